#include "ui/help/help_window.h"

#include "ui/help/help_pages.h"
#include "ui/widgets/page_list.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/window_place.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStyle>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

/// Shows pages of its own under "help:"; nothing else is loaded.
class HelpBrowser : public QTextBrowser {
public:
    HelpBrowser(const KeyMap& keys, QWidget* parent)
        : QTextBrowser(parent)
        , m_keys(keys)
    {
    }
    QVariant loadResource(int, const QUrl& name) override
    {
        return name.scheme() == QLatin1String("help") ? QVariant(helpPage(name.path(), m_keys)) : QVariant();
    }

private:
    const KeyMap& m_keys;
};

} // namespace

HelpWindow::HelpWindow(const ThemeManager& themes, const KeyMap& keys, QWidget* parent)
    : QDialog(parent, Qt::Window)
    , m_themes(themes)
    , m_list(new PageList(tr("Pages of the help"), this))
    , m_text(new HelpBrowser(keys, this))
    , m_find(new SearchField(tr("Find on this page"), this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_forward(new QPushButton(tr("&Forward"), this))
{
    setObjectName(QStringLiteral("help"));
    setWindowTitle(tr("Help"));
    const std::pair<QString, QString> pages[] = {{QStringLiteral("idea"), tr("The idea")},
        {QStringLiteral("panels"), tr("Panels and marks")}, {QStringLiteral("keys"), tr("Keys")},
        {QStringLiteral("formulas"), tr("Formulas")}, {QStringLiteral("files"), tr("Files, command line")},
        {QStringLiteral("definitions"), tr("Definitions")}, {QStringLiteral("about"), tr("About, licences")}};
    for (const auto& [id, title] : pages)
        (new QListWidgetItem(title, m_list))->setData(Qt::UserRole, id);
    m_list->setObjectName(QStringLiteral("help.pages"));
    m_text->setObjectName(QStringLiteral("help.text"));
    m_text->setAccessibleName(tr("Help text"));
    m_text->setOpenExternalLinks(false);
    m_text->document()->setDocumentMargin(20);
    m_find->setObjectName(QStringLiteral("help.find"));
    m_find->setToolTip(tr("Ctrl+F; Enter finds the next, Shift+Enter the previous"));
    m_find->setMinimumWidth(220);
    for (QPushButton* button : {m_back, m_forward}) {
        button->setAutoDefault(false);
        button->setEnabled(false);
    }
    m_back->setObjectName(QStringLiteral("help.back"));
    m_forward->setObjectName(QStringLiteral("help.forward"));

    auto* bar = new QHBoxLayout;
    bar->setSpacing(6);
    bar->addWidget(m_back);
    bar->addWidget(m_forward);
    bar->addStretch();
    bar->addWidget(m_find);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addLayout(bar);
    right->addWidget(m_text, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    row->addWidget(m_list);
    row->addLayout(right, 1);

    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item && m_text->source().path() != item->data(Qt::UserRole).toString())
            showTopic(item->data(Qt::UserRole).toString());
    });
    connect(m_text, &QTextBrowser::sourceChanged, this, &HelpWindow::markPage);
    connect(m_text, &QTextBrowser::backwardAvailable, m_back, &QWidget::setEnabled);
    connect(m_text, &QTextBrowser::forwardAvailable, m_forward, &QWidget::setEnabled);
    connect(m_back, &QPushButton::clicked, m_text, &QTextBrowser::backward);
    connect(m_forward, &QPushButton::clicked, m_text, &QTextBrowser::forward);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_find, &QLineEdit::textChanged, this, [this] { // from where the last hit begins
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_text->setTextCursor(cursor);
        find(false);
    });
    connect(new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Return), m_find, nullptr, nullptr, Qt::WidgetShortcut),
        &QShortcut::activated, this, [this] { find(true); });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_find, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
    connect(new QShortcut(QKeySequence::Back, this), &QShortcut::activated, m_text, &QTextBrowser::backward);
    connect(new QShortcut(QKeySequence::Forward, this), &QShortcut::activated, m_text, &QTextBrowser::forward);
    connect(&themes, &ThemeManager::changed, this, &HelpWindow::showTheme);
    showTheme();
    const double scale = themes.theme().fontScale;
    resize(std::min(1000, qRound(880 * scale)), std::min(580, qRound(560 * scale)));
    m_text->setFocus();
    new WindowPlace(*this, {});
}

void HelpWindow::showTopic(const QString& topic)
{
    const QUrl url(QStringLiteral("help:") + topic);
    if (url == m_text->source())
        m_text->reload(); // keys may have changed
    else
        m_text->setSource(url, QTextDocument::HtmlResource);
}

QString HelpWindow::topic() const
{
    const QUrl url = m_text->source();
    return url.hasFragment() ? url.path() + u'#' + url.fragment() : url.path();
}

void HelpWindow::showTheme()
{
    const Theme& theme = m_themes.theme();
    m_text->document()->setDefaultFont(theme.uiFont());
    m_text->document()->setDefaultStyleSheet(helpStyle(theme));
    if (!m_text->source().isEmpty()) {
        const int at = m_text->verticalScrollBar()->value();
        m_text->reload();
        m_text->verticalScrollBar()->setValue(at);
    }
}

void HelpWindow::markPage(const QUrl& url)
{
    const QSignalBlocker quiet(m_list);
    m_find->clear();
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->data(Qt::UserRole).toString() == url.path())
            m_list->setCurrentRow(i);
}

void HelpWindow::find(bool backward)
{
    const QString words = m_find->text();
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    bool found = words.isEmpty() || m_text->find(words, flags);
    if (!found) { // once more, from the other end
        const QTextCursor before = m_text->textCursor();
        m_text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
        found = m_text->find(words, flags);
        if (!found)
            m_text->setTextCursor(before);
    }
    if (m_find->property("wrong").toBool() != !found) {
        m_find->setProperty("wrong", !found);
        m_find->style()->unpolish(m_find);
        m_find->style()->polish(m_find);
    }
}

} // namespace fplab
