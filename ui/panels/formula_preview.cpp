#include "ui/panels/formula_preview.h"

#include "core/signal/formula.h"
#include "ui/look/robust_range.h"
#include "ui/text/number_text.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr std::size_t points = 400;
constexpr double gap = 6; ///< between curve and numbers

QString shortExtreme(double value)
{
    return shortNumber(QString::number(value, 'g', 3).toDouble()).replace(u'-', u'−');
}

} // namespace

FormulaPreview::FormulaPreview(const ThemeManager& themes, QWidget* parent)
    : QWidget(parent)
    , m_themes(themes)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&themes, &ThemeManager::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize FormulaPreview::sizeHint() const { return {60, qRound(36 * m_themes.theme().fontScale)}; }

void FormulaPreview::setFormula(const Formula& formula, double from, double to)
{
    m_values.resize(points);
    for (std::size_t i = 0; i < points; ++i)
        m_values[i] = formula(from + (to - from) * static_cast<double>(i) / (points - 1));
    const RobustRange range = robustRange(m_values);
    m_low = range.low;
    m_high = range.high;
    m_stale = false;
    QString text = m_low <= m_high
        ? tr("Values from %1 to %2 for x from %3 to %4")
              .arg(shortExtreme(m_low), shortExtreme(m_high), shortNumber(from), shortNumber(to))
        : tr("No values for x from %1 to %2").arg(shortNumber(from), shortNumber(to));
    if (const std::size_t beyond = range.below + range.above; beyond > 0)
        text += beyond == 1 ? tr(", and 1 value far beyond") : tr(", and %1 values far beyond").arg(beyond);
    setToolTip(text);
    setAccessibleName(tr("Preview of the formula"));
    setAccessibleDescription(text);
    update();
}

void FormulaPreview::setStale(bool stale)
{
    m_stale = stale;
    update();
}

void FormulaPreview::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.window);
    painter.drawRoundedRect(rect(), 4, 4);
    if (m_low > m_high)
        return;
    QFont font = theme.uiFont();
    font.setPointSizeF(font.pointSizeF() * 0.8);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    const QString high = shortExtreme(m_high), low = shortExtreme(m_low);
    const double text = std::max(metrics.horizontalAdvance(high), metrics.horizontalAdvance(low));
    const QRectF inner = QRectF(rect()).adjusted(gap, 4, -gap, -4);
    painter.setPen(theme.muted);
    painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, high);
    if (low != high)
        painter.drawText(inner, Qt::AlignRight | Qt::AlignBottom, low);

    const QRectF area = inner.adjusted(0, 2, -text - gap, -2);
    const double span = m_high > m_low ? m_high - m_low : 1;
    const auto y = [&](double value) {
        const double share = std::clamp(value / span - m_low / span, -1.0, 2.0); // far enough to leave the area
        return m_high > m_low ? area.bottom() - share * area.height() : area.center().y();
    };
    if (m_low < 0 && m_high > 0) {
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(QPointF(area.left(), y(0)), QPointF(area.right(), y(0)));
    }
    painter.setClipRect(area.adjusted(0, -2, 0, 2));
    QPainterPath curve;
    bool drawing = false;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (!std::isfinite(m_values[i])) {
            drawing = false;
            continue;
        }
        const QPointF point(
            area.left() + area.width() * static_cast<double>(i) / static_cast<double>(m_values.size() - 1),
            y(m_values[i]));
        drawing ? curve.lineTo(point) : curve.moveTo(point);
        drawing = true;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_stale ? theme.line : theme.target, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(curve);
}

} // namespace fplab
