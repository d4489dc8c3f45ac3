#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <vector>

/// Measures the gaps between turns of the event loop: how long the window would not have answered.
class Heartbeat {
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(interval);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            m_gaps.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
        });
        m_clock.start();
        m_timer.start();
    }
    /// Milliseconds beyond the timer's own interval; `quantile` in 0..1.
    [[nodiscard]] double gap(double quantile) const
    {
        if (m_gaps.empty())
            return 0;
        auto sorted = m_gaps;
        std::ranges::sort(sorted);
        const auto index = static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1));
        return std::max(0.0, sorted[index] - interval);
    }
    [[nodiscard]] std::size_t beats() const { return m_gaps.size(); }
    void reset()
    {
        m_gaps.clear();
        m_clock.restart();
    }

private:
    static constexpr int interval = 10;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};
