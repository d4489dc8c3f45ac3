#include "ui/widgets/panel_card.h"

#include <QHBoxLayout>

namespace fplab {

PanelCard::PanelCard(const QString& title, Effect effect, const ThemeManager& themes, QWidget* parent)
    : QFrame(parent)
    , m_themes(themes)
    , m_header(new QPushButton(title, this))
    , m_effect(new QLabel(m_header))
    , m_chevron(new QLabel(m_header))
    , m_body(new QWidget(this))
    , m_rows(new QVBoxLayout)
    , m_more(new QPushButton(m_body))
{
    setProperty("card", true);
    setObjectName(QStringLiteral("panel.%1").arg(title.section(u' ', 0, 0)));
    m_header->setProperty("panelHeader", true);
    m_header->setObjectName(objectName() + QStringLiteral(".header"));
    m_header->setCheckable(true);
    m_header->setChecked(true);
    m_header->setFocusPolicy(Qt::TabFocus);
    const QString word = effect == Effect::Live ? tr("live") : effect == Effect::View ? tr("view") : tr("new run");
    m_effect->setText(effect == Effect::Live ? QStringLiteral("<span style='font-size:7pt'>●</span> ") + word : word);
    m_effect->setProperty("role", effect == Effect::Live ? QStringLiteral("good") : QStringLiteral("muted"));
    m_header->setAccessibleName(tr("%1, %2").arg(title, word));
    m_header->setToolTip(effect == Effect::Live ? tr("Changes here apply to the run that goes on")
            : effect == Effect::View            ? tr("Changes here alter only what is shown")
                                                : tr("Changes here need a new run"));
    m_more->setProperty("link", true);
    m_more->setObjectName(objectName() + QStringLiteral(".more"));
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::TabFocus);

    auto* header = new QHBoxLayout(m_header);
    header->setContentsMargins(12, 0, 10, 0);
    header->setSpacing(6);
    header->addStretch();
    header->addWidget(m_effect);
    header->addWidget(m_chevron);
    m_effect->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_chevron->setAttribute(Qt::WA_TransparentForMouseEvents);

    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(4, 0, 12, 8);
    body->setSpacing(2);
    m_rows->setSpacing(5);
    body->addLayout(m_rows);
    body->addWidget(m_more, 0, Qt::AlignLeft);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_body);

    connect(m_header, &QPushButton::toggled, this, [this](bool open) {
        m_body->setVisible(open);
        showTheme();
    });
    connect(m_more, &QPushButton::toggled, this, &PanelCard::moreToggled);
    connect(&themes, &ThemeManager::changed, this, &PanelCard::showTheme);
    setHidden(0);
    showTheme();
}

void PanelCard::addRow(QWidget* row) { m_rows->addWidget(row); }

void PanelCard::setFolded(bool folded) { m_header->setChecked(!folded); }

void PanelCard::setHidden(int hiddenRows)
{
    m_more->setText(showsMore() ? tr("Fewer") : tr("More (%1)").arg(hiddenRows));
    m_more->setAccessibleName(
        (showsMore() ? tr("Fewer settings of %1") : tr("More settings of %1")).arg(m_header->text()));
    m_more->setVisible(showsMore() || hiddenRows > 0);
}

void PanelCard::showTheme()
{
    const Theme& theme = m_themes.theme();
    const QString name = folded() ? QStringLiteral("chevron_right") : QStringLiteral("chevron_down");
    const int size = qRound(14 * theme.fontScale);
    m_chevron->setPixmap(theme.icon(name, theme.muted).pixmap(QSize(size, size), devicePixelRatio()));
}

} // namespace fplab
