#include "ui/widgets/slider_marks.h"

#include "ui/text/number_text.h"
#include "ui/widgets/number_slider.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double tick = 4, between = 3;

} // namespace

SliderMarks::SliderMarks(const NumberSlider& slider, const ThemeManager& themes, QWidget* parent)
    : QWidget(parent)
    , m_slider(slider)
    , m_themes(themes)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    connect(&themes, &ThemeManager::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void SliderMarks::setMarks(const QList<Mark>& marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    QStringList words;
    for (const Mark& mark : marks)
        words.append(mark.name);
    setAccessibleName(tr("Usual values: %1").arg(words.join(QStringLiteral(", "))));
    update();
}

double SliderMarks::xOf(const Mark& mark) const { return m_slider.xOf(mark.value); }

QSize SliderMarks::sizeHint() const { return {72, qRound(tick + QFontMetricsF(smallFont()).height())}; }

QFont SliderMarks::smallFont() const
{
    QFont font = m_themes.theme().uiFont();
    font.setPointSizeF(font.pointSizeF() * 0.8);
    return font;
}

const SliderMarks::Mark* SliderMarks::markAt(double x) const
{
    constexpr double reach = 12;
    const auto nearest
        = std::ranges::min_element(m_marks, {}, [&](const Mark& mark) { return std::abs(xOf(mark) - x); });
    return nearest != m_marks.end() && std::abs(xOf(*nearest) - x) <= reach ? &*nearest : nullptr;
}

bool SliderMarks::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const Mark* mark = markAt(help->pos().x())) {
            const QString number = shortNumber(mark->value);
            QToolTip::showText(
                help->globalPos(), mark->name == number ? number : tr("%1: %2").arg(mark->name, number), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void SliderMarks::mousePressEvent(QMouseEvent* event)
{
    const Mark* mark = event->button() == Qt::LeftButton ? markAt(event->position().x()) : nullptr;
    if (mark)
        Q_EMIT picked(mark->value);
}

void SliderMarks::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont font = smallFont();
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    QList<QRectF> taken;
    for (const Mark& mark : std::as_const(m_marks)) {
        const double x = xOf(mark);
        painter.setPen(QPen(theme.muted, 1));
        painter.drawLine(QPointF(x, 0), QPointF(x, tick - 1));
        const double wide = metrics.horizontalAdvance(mark.name);
        QRectF room(x - wide / 2, tick, wide, metrics.height());
        room.moveLeft(std::clamp(room.left(), 0.0, std::max(0.0, width() - wide)));
        const bool free = std::ranges::none_of(
            taken, [&](const QRectF& other) { return other.intersects(room.adjusted(-between, 0, between, 0)); });
        if (!free)
            continue;
        taken.append(room);
        painter.drawText(room, Qt::AlignCenter, mark.name);
    }
}

} // namespace fplab
