#include "ui/widgets/scroll_fade.h"

#include <QEvent>
#include <QLinearGradient>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

namespace fplab {

ScrollFade::ScrollFade(QScrollArea& area, int height, const ThemeManager& themes)
    : QWidget(&area)
    , m_area(area)
    , m_height(height)
    , m_themes(themes)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    area.viewport()->installEventFilter(this);
    connect(area.verticalScrollBar(), &QScrollBar::valueChanged, this, &ScrollFade::place);
    connect(area.verticalScrollBar(), &QScrollBar::rangeChanged, this, &ScrollFade::place);
    connect(&themes, &ThemeManager::changed, this, [this] { update(); });
    place();
}

bool ScrollFade::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

void ScrollFade::place()
{
    const QScrollBar* bar = m_area.verticalScrollBar();
    const QRect place = m_area.viewport()->geometry();
    setVisible(bar->value() < bar->maximum());
    setGeometry(place.x(), place.bottom() + 1 - m_height, place.width(), m_height);
    raise();
}

void ScrollFade::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    QColor clear = theme.window;
    clear.setAlpha(0);
    QLinearGradient gradient(0, 0, 0, height());
    gradient.setColorAt(0, clear);
    gradient.setColorAt(0.75, theme.window);
    painter.fillRect(rect(), gradient);
    const int size = std::min(20, height() / 2 + 2);
    theme.icon(QStringLiteral("chevron_down"), theme.muted)
        .paint(&painter, QRect((width() - size) / 2, height() - size - 2, size, size));
}

} // namespace fplab
