#pragma once

#include "ui/plots/qcp.h"

#include <QObject>

namespace fplab {

/// The part of the axes that is shown: everything, until the user zooms or pans.
class PlotZoom : public QObject {
public:
    PlotZoom(QCPAxis& x, QCPAxis& y, QObject* parent = nullptr);

    /// The ranges of all data; shown now unless the user has zoomed.
    void setWhole(const QCPRange& x, const QCPRange& y);
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    /// The user is about to change the ranges, which then stay.
    void begin();
    /// From the next setWhole() on everything is shown.
    void fit();

private:
    void showWhole();
    void clamp(QCPAxis& axis, const QCPRange& whole);

    QCPAxis& m_x;
    QCPAxis& m_y;
    QCPRange m_wholeX {0, 1}, m_wholeY {0, 1};
    bool m_zoomed = false, m_clamping = false;
};

} // namespace fplab
