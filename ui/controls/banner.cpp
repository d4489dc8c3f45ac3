#include "ui/controls/banner.h"

#include "ui/shell/mnemonics.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fplab {

Banner::Banner(const ThemeManager& themes, QWidget* parent)
    : QFrame(parent)
    , m_themes(themes)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("banner"));
    setProperty("errorBar", true);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setObjectName(QStringLiteral("banner.close"));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(m_close->accessibleName());
    m_close->setProperty("flat", true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_buttons->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &Banner::dismiss);
    connect(&themes, &ThemeManager::changed, this, &Banner::showTheme);
    hide();
}

void Banner::dismiss() { hide(); }

void Banner::show(const QString& title, const QString& text, const QList<Action>& actions)
{
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title + QStringLiteral(". ") + text);
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    QString taken = menuMnemonics(*this);
    for (const Action& action : actions) {
        auto* button = new QPushButton(withMnemonic(action.label, taken), this);
        button->setObjectName(QStringLiteral("banner.%1").arg(m_buttons->count()));
        button->setAccessibleName(action.label);
        button->setToolTip(tr("%1 (%2)").arg(action.label, button->shortcut().toString(QKeySequence::NativeText)));
        button->setProperty("primary", m_buttons->isEmpty());
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            dismiss();
            run();
        });
        m_buttons->addWidget(button);
    }
    showTheme();
    QFrame::show();
}

void Banner::showTheme()
{
    const Theme& theme = m_themes.theme();
    const int size = qRound(20 * theme.fontScale);
    m_icon->setPixmap(theme.icon(QStringLiteral("warning"), theme.error).pixmap(QSize(size, size), devicePixelRatio()));
    m_close->setIcon(theme.icon(QStringLiteral("close"), theme.muted));
}

} // namespace fplab
