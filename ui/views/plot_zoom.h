#pragma once

#include "ui/views/scales.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace fplab {

/// The part of the axes that is shown: everything, until the user zooms or pans. Earlier parts are kept, to go back.
/// What is in sight stays when an axis is switched to another scale of the same quantity, and with a new run.
class PlotZoom : public QObject {
public:
    PlotZoom(QCPAxis& x, QCPAxis& y, QObject* parent = nullptr);

    /// What the next setWhole() means by its numbers. The part that is shown is taken along: an end that has no place
    /// on the new axis becomes the end of all data, and an axis of another quantity shows everything.
    void setScales(const AxisScale& x, const AxisScale& y);
    /// The ranges of all data; shown now on an axis that the user has not zoomed, or has zoomed to where nothing is any
    /// more.
    void setWhole(const QCPRange& x, const QCPRange& y);
    [[nodiscard]] bool isZoomed() const { return m_x.zoomed || m_y.zoomed; }
    /// Whether this value lies in the part of the x axis that is shown.
    [[nodiscard]] bool showsX(double value) const;
    /// The user is about to change the ranges, which then stay. Turns of the wheel that follow each other are one step
    /// of the history.
    enum class Gesture { Drag, Wheel, Key };
    void begin(Gesture gesture);
    /// Everything again; a step of the history.
    void fit();
    /// The part before the last gesture; false if there is none.
    bool back();
    [[nodiscard]] bool hasHistory() const { return !m_history.empty(); }
    /// Everything, and no history: another experiment is shown.
    void forget();

private:
    struct Part {
        std::optional<QCPRange> x, y; ///< none = everything
    };
    struct Side {
        QCPAxis& axis;
        std::optional<QCPRange> Part::*part;
        AxisScale scale, next;
        QCPRange whole {0, 1};
        bool zoomed = false;
    };
    void remember();
    void adopt(Side& side, const QCPRange& whole);
    void show(Side& side, const QCPRange& range);
    void clamp(const Side& side);

    Side m_x, m_y;
    bool m_clamping = false;
    std::vector<Part> m_history;
    QElapsedTimer m_sinceWheel;
};

} // namespace fplab
