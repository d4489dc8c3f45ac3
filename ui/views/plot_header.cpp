#include "ui/views/plot_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QtMath>

#include <algorithm>

namespace fplab {
namespace {

constexpr int titleGap = 12, tightGap = 6;
constexpr int leastTarget = 24; ///< pixels to hit with a pointer
constexpr int roomyFrom = 400; ///< wide a tile has room for larger buttons, times the scale of the text
constexpr int leastTitle = 4; ///< letters that stay of a title

} // namespace

NoteLine::NoteLine(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void NoteLine::setText(const QString& text, const std::optional<QString>& brief)
{
    if (text == m_text && brief == m_brief)
        return;
    m_text = text;
    m_brief = brief;
    describe();
}

void NoteLine::setKey(const QVector<KeyEntry>& key)
{
    m_key = key;
    describe();
}

void NoteLine::setTight(bool tight)
{
    m_tight = tight;
    update();
}

double NoteLine::keyWidth() const { return fplab::keyWidth(m_key, font(), m_tight); }

void NoteLine::describe()
{
    QStringList words;
    for (const KeyEntry& entry : std::as_const(m_key))
        words.append(entry.label);
    if (!m_text.isEmpty())
        words.append(m_text);
    const QString all = words.join(QStringLiteral(", "));
    if (all != toolTip()) {
        setToolTip(all);
        setAccessibleName(all);
    }
    update();
}

void NoteLine::setLook(const QFont& font, const QColor& muted)
{
    setFont(font);
    m_muted = muted;
    update();
}

QSize NoteLine::sizeHint() const { return {160, fontMetrics().height() + 4}; }

QSize NoteLine::minimumSizeHint() const { return {0, fontMetrics().height() + 4}; }

void NoteLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    double x = drawKey(painter, rect(), m_key, font(), m_muted, m_tight);
    painter.setFont(font());
    painter.setPen(m_muted);
    const QRectF rest(x, 0, width() - x, height());
    const QString& text = m_brief && fontMetrics().horizontalAdvance(m_text) > rest.width() ? *m_brief : m_text;
    if (rest.width() > 24)
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
            fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(rest.width())));
}

void PlotHeader::setTitle(const QString& title)
{
    m_title = title;
    m_label->setText(title);
    m_equation->setAccessibleName(tr("Equation of %1").arg(title));
    m_more->setAccessibleName(tr("More for %1").arg(title));
}

PlotHeader::PlotHeader(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_note(new NoteLine(this))
    , m_action(new QPushButton(this))
    , m_equation(new QToolButton(this))
    , m_maximise(new QToolButton(this))
    , m_more(new QToolButton(this))
{
    m_label->setProperty("role", QStringLiteral("title"));
    m_equation->setToolTip(tr("Equation, with the numbers of now"));
    m_more->setToolTip(tr("Options, zoom, table, copy and export, with their keys"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    setTitle(title);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_label);
    row->addWidget(m_note, 1);
    m_action->setFocusPolicy(Qt::TabFocus);
    m_action->setVisible(false);
    row->addWidget(m_action);
    for (QToolButton* button : {m_equation, m_maximise, m_more}) {
        button->setProperty("flat", true);
        button->setProperty("tight", true);
        button->setAutoRaise(true);
        row->addWidget(button);
    }
    setMaximised(false);
}

void PlotHeader::applyTheme(const Theme& theme)
{
    m_theme = theme;
    QFont bold = theme.uiFont();
    bold.setWeight(QFont::DemiBold);
    m_label->setFont(bold);
    QPalette palette = m_label->palette();
    palette.setColor(QPalette::WindowText, theme.ink);
    m_label->setPalette(palette);
    m_note->setLook(theme.plotFont(), theme.muted);
    const int icon = qRound(16 * theme.fontScale);
    m_equation->setIcon(theme.icon(QStringLiteral("formula"), theme.muted));
    m_more->setIcon(theme.icon(QStringLiteral("more"), theme.muted));
    for (QToolButton* button : {m_equation, m_maximise, m_more}) {
        button->setIconSize({icon, icon});
    }
    setMaximised(m_maximised);
    arrange();
}

void PlotHeader::setPlain(bool plain)
{
    m_plain = plain;
    arrange();
}

void PlotHeader::setAction(const QString& text)
{
    if (text == m_action->text())
        return;
    m_action->setText(text);
    m_action->setAccessibleName(text);
    m_action->setVisible(!text.isEmpty());
    arrange();
}

void PlotHeader::setKey(const QVector<KeyEntry>& key)
{
    if (key == m_note->key())
        return;
    m_note->setKey(key);
    arrange();
}

void PlotHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

int PlotHeader::buttonSide() const
{
    const double scale = std::max(1.0, m_theme.fontScale);
    return width() >= roomyFrom * scale ? qRound(28 * scale) : std::max(leastTarget, m_more->iconSize().width() + 4);
}

void PlotHeader::arrange()
{
    m_equation->setVisible(!m_plain);
    m_more->setVisible(!m_plain);
    for (QToolButton* button : {m_equation, m_maximise, m_more})
        button->setFixedSize(buttonSide(), qRound(28 * std::max(1.0, m_theme.fontScale)));
    const int room
        = width() - (m_plain ? 1 : 3) * buttonSide() - (m_action->isHidden() ? 0 : m_action->sizeHint().width());
    const QFontMetrics metrics(m_label->font());
    const int title = metrics.horizontalAdvance(m_title) + 2;
    m_note->setTight(room < title + titleGap + keyWidth(m_note->key(), m_note->font()));
    const int key = qCeil(m_note->keyWidth()), gap = room < title + titleGap + key ? tightGap : titleGap;
    const int most = std::clamp(
        room - gap - key, std::min(std::max(metrics.averageCharWidth() * leastTitle, room / 2), title), title);
    m_label->setText(metrics.elidedText(m_title, Qt::ElideRight, most));
    m_label->setToolTip(most < title ? m_title : QString());
    m_label->setFixedWidth(most + gap);
}

void PlotHeader::setMaximised(bool maximised)
{
    m_maximised = maximised;
    m_maximise->setAccessibleName(maximised ? tr("Restore %1").arg(m_title) : tr("Maximise %1").arg(m_title));
    m_maximise->setToolTip(maximised ? tr("Back to all views (0)") : tr("This view alone (1 to 9)"));
    if (m_theme.ink.isValid())
        m_maximise->setIcon(
            m_theme.icon(maximised ? QStringLiteral("restore") : QStringLiteral("maximise"), m_theme.muted));
}

} // namespace fplab
