#include "ui/widgets/banner.h"

#include "ui/widgets/flow_layout.h"
#include "ui/widgets/mnemonics.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fplab {
namespace {

constexpr int buttonGap = 8;
constexpr int fewestLetters = 40; ///< in a line of the words

} // namespace

Banner::Banner(const ThemeManager& themes, QWidget* parent)
    : QFrame(parent)
    , m_themes(themes)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_parts(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_buttons(new QWidget(this))
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
    new FlowLayout(buttonGap, buttonGap, m_buttons);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    m_parts->setSpacing(buttonGap);
    m_parts->addLayout(words, 1);
    m_parts->addWidget(m_buttons);
    row->addLayout(m_parts, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
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
    QLayout* buttons = m_buttons->layout();
    while (QLayoutItem* item = buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    QString taken = menuMnemonics(*this);
    for (const Action& action : actions) {
        auto* button = new QPushButton(withMnemonic(action.label, taken), m_buttons);
        button->setObjectName(QStringLiteral("banner.%1").arg(buttons->count()));
        button->setAccessibleName(action.label);
        button->setToolTip(tr("%1 (%2)").arg(action.label, button->shortcut().toString(QKeySequence::NativeText)));
        button->setProperty("primary", buttons->isEmpty());
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, [this, run = action.run] {
            dismiss();
            run();
        });
        buttons->addWidget(button);
        button->show();
    }
    showTheme();
    arrange();
    QFrame::show();
}

void Banner::arrange()
{
    const QLayout& buttons = *m_buttons->layout();
    int wide = 0;
    for (int i = 0; i < buttons.count(); ++i)
        wide += buttons.itemAt(i)->sizeHint().width() + (i > 0 ? buttonGap : 0);
    const int forWords = width() - wide - m_icon->sizeHint().width() - m_close->sizeHint().width() - 5 * buttonGap;
    const bool beside = forWords >= fewestLetters * m_text->fontMetrics().averageCharWidth();
    m_parts->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_buttons->setMinimumWidth(beside ? wide : 0);
}

void Banner::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange();
}

void Banner::showTheme()
{
    const Theme& theme = m_themes.theme();
    const int size = qRound(20 * theme.fontScale);
    m_icon->setPixmap(theme.icon(QStringLiteral("warning"), theme.error).pixmap(QSize(size, size), devicePixelRatio()));
    m_close->setIcon(theme.icon(QStringLiteral("close"), theme.muted));
}

} // namespace fplab
