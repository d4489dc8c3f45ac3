#pragma once

#include "ui/look/theme.h"

#include <QColor>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QVector>

#include "ui/views/qcp.h"

#include <functional>

namespace fplab {

/// One entry of a view's key: a sample of how it is drawn, and a word.
struct KeyEntry {
    enum class Kind { Line, Dot, Ring, Bar };
    QString label;
    QColor color;
    Kind kind = Kind::Line;
    Qt::PenStyle dash = Qt::SolidLine;
    double width = 2;
    bool operator==(const KeyEntry&) const = default;
};

/// Width in pixels that drawKey() needs for all entries.
/// `tight`: with short samples and gaps, where room is scarce.
[[nodiscard]] double keyWidth(const QVector<KeyEntry>& key, const QFont& font, bool tight = false);
/// Draws the entries from the left of `rect`, vertically centred; entries that do not fit are left out.
/// Returns the x after the last one.
double drawKey(QPainter& painter, const QRectF& rect, const QVector<KeyEntry>& key, const QFont& font,
    const QColor& text, bool tight = false);

/// `size` is the diameter of the circle; the other markers look as large.
void drawMarker(QPainter& painter, Marker marker, QPointF centre, double size, const QColor& color, bool filled = true);

/// A pen with the dash pattern that all plots share (lengths in multiples of the width).
[[nodiscard]] QPen curvePen(const QColor& color, double width, Qt::PenStyle dash = Qt::SolidLine);

/// Lines through the points (pixels), with gaps where one is not finite. On screen, segments are drawn one by one,
/// dashes cut by hand: Qt's own wide polylines take up to 100 times as long (500 noisy points, pen 2: 12 ms).
void drawCurve(QCPPainter& painter, const QVector<QPointF>& points, const QPen& pen);

/// Thin diagonal lines; unlike Qt's brush pattern the same at any scale and in vector files.
void drawHatch(QPainter& painter, const QRectF& rect, const QColor& color, double spacing = 6);

/// Text on a rounded ground with its corner at `at`; `alignment` tells which corner. Returns the rectangle.
QRectF drawPill(QPainter& painter, QPointF at, Qt::Alignment alignment, const QString& text, const QFont& font,
    const QColor& color, const QColor& ground);

/// Draws by a function on a layer of the plot; also in exported figures. Owned by the plot.
class PaintItem : public QCPLayerable {
public:
    using Function = std::function<void(QCPPainter&)>;
    PaintItem(QCustomPlot* plot, const QString& layer, bool clipToAxes, Function function);

protected:
    QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    bool m_clip;
    Function m_function;
};

} // namespace fplab
