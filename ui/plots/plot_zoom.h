#pragma once

#include "ui/plots/qcp.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace fplab {

/// The part of the axes that is shown: everything, until the user zooms or pans. Earlier parts are kept, to go back.
class PlotZoom : public QObject {
public:
    PlotZoom(QCPAxis& x, QCPAxis& y, QObject* parent = nullptr);

    /// The ranges of all data; shown now unless the user has zoomed.
    void setWhole(const QCPRange& x, const QCPRange& y);
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    /// The user is about to change the ranges, which then stay. Turns of the wheel that follow each other are one step
    /// of the history.
    enum class Gesture { Drag, Wheel, Key };
    void begin(Gesture gesture);
    /// Everything again; a step of the history.
    void fit();
    /// The part before the last gesture; false if there is none.
    bool back();
    [[nodiscard]] bool hasHistory() const { return !m_history.empty(); }
    /// Everything, and no history: the axes mean something else now.
    void forget();

private:
    struct Part {
        QCPRange x, y;
    };
    void remember();
    [[nodiscard]] std::optional<Part> part() const;
    void show(const QCPRange& x, const QCPRange& y);
    void clamp(QCPAxis& axis, const QCPRange& whole);

    QCPAxis& m_x;
    QCPAxis& m_y;
    QCPRange m_wholeX {0, 1}, m_wholeY {0, 1};
    bool m_zoomed = false, m_clamping = false;
    std::vector<std::optional<Part>> m_history; ///< none = everything
    QElapsedTimer m_sinceWheel;
};

} // namespace fplab
