#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QSet>
#include <QWidget>

#include <algorithm>
#include <ctime>
#include <vector>

namespace bench {

/// Runs the event loop until widgets have been painted anew.
class Painted : public QObject {
public:
    explicit Painted(const std::vector<QWidget*>& widgets)
        : m_widgets(widgets.begin(), widgets.end())
    {
        for (QWidget* widget : widgets)
            widget->installEventFilter(this);
    }
    void wait()
    {
        m_missing = m_widgets;
        while (!m_missing.isEmpty())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            m_missing.remove(static_cast<QWidget*>(watched));
        return false;
    }

private:
    const QSet<QWidget*> m_widgets;
    QSet<QWidget*> m_missing;
};

/// What some frames needed: milliseconds of a processor, so that neither other programs nor the pauses of the event
/// loop count (but every thread does, for Qt fills large areas with several), and by the clock.
class FrameTimes {
public:
    template <class Frame> void time(Frame&& frame)
    {
        QElapsedTimer clock;
        clock.start();
        const double before = busy();
        frame();
        m_busy.push_back(busy() - before);
        m_elapsed.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
    }
    [[nodiscard]] double median() const { return quantile(m_busy, 0.5); }
    [[nodiscard]] double p95() const { return quantile(m_busy, 0.95); }
    [[nodiscard]] double elapsedMedian() const { return quantile(m_elapsed, 0.5); }
    [[nodiscard]] double elapsedP95() const { return quantile(m_elapsed, 0.95); }

private:
    static double busy()
    {
        timespec now {};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
    }
    static double quantile(const std::vector<double>& values, double share)
    {
        if (values.empty())
            return 0;
        auto sorted = values;
        std::ranges::sort(sorted);
        return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    }

    std::vector<double> m_busy, m_elapsed;
};

} // namespace bench
