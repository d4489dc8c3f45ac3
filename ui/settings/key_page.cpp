#include "ui/settings/key_edit.h"
#include "ui/settings/key_map.h"
#include "ui/settings/settings_pages.h"
#include "ui/widgets/search_field.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("SettingsDialog", text); }

/// The window handles these itself, whatever the menus say.
bool isReserved(const QKeySequence& key)
{
    const auto first = key[0];
    return first == QKeyCombination(Qt::Key_Space) || first.key() == Qt::Key_Escape || first.key() == Qt::Key_Tab
        || first.key() == Qt::Key_Backtab;
}

/// All actions with their keys, and below the key of the chosen one. A key that belongs to another action is not
/// taken before that is confirmed.
class KeyPage : public QWidget {
public:
    KeyPage(SettingsStore& store, const KeyMap& keys, QWidget* parent)
        : QWidget(parent)
        , m_store(store)
        , m_keys(keys)
        , m_tree(new QTreeWidget(this))
        , m_search(new SearchField(tr("Search actions and keys"), this))
        , m_name(new QLabel(this))
        , m_edit(new KeyEdit(this))
        , m_clear(button(tr("None"), QStringLiteral("settings.key.none"), tr("No key for this action")))
        , m_default(
              button(tr("Default"), QStringLiteral("settings.key.default"), tr("The key that the program comes with")))
        , m_conflict(new QLabel(this))
        , m_take(
              button(tr("Use it here"), QStringLiteral("settings.key.take"), tr("Takes the key from the other action")))
    {
        auto* heading = new QLabel(tr("Keyboard"), this);
        heading->setProperty("role", QStringLiteral("heading"));
        m_search->setObjectName(QStringLiteral("settings.key.search"));
        m_tree->setObjectName(QStringLiteral("settings.keys"));
        m_tree->setAccessibleName(tr("Actions and their keys"));
        m_tree->setColumnCount(3);
        m_tree->setHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
        m_tree->setRootIsDecorated(false);
        m_tree->setUniformRowHeights(true);
        m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
        m_tree->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
        m_tree->header()->setStretchLastSection(false);
        m_tree->setMinimumHeight(140);
        for (const MenuAction& entry : keys.actions()) {
            auto* item = new QTreeWidgetItem(m_tree, {plainText(entry.action->text()), entry.path});
            item->setToolTip(0, entry.action->toolTip());
        }
        m_edit->setObjectName(QStringLiteral("settings.key.edit"));
        m_conflict->setProperty("role", QStringLiteral("pending"));
        m_conflict->setObjectName(QStringLiteral("settings.key.conflict"));
        m_conflict->setWordWrap(true);
        m_name->setObjectName(QStringLiteral("settings.key.name"));
        m_name->setWordWrap(true);

        auto* editor = new QHBoxLayout;
        editor->setSpacing(6);
        editor->addWidget(m_name, 1);
        editor->addWidget(m_edit);
        editor->addWidget(m_clear);
        editor->addWidget(m_default);
        auto* conflict = new QHBoxLayout;
        conflict->setSpacing(6);
        conflict->addWidget(m_conflict, 1);
        conflict->addWidget(m_take);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(4, 0, 2, 0);
        column->setSpacing(8);
        column->addWidget(heading);
        column->addWidget(m_search);
        column->addWidget(m_tree, 1);
        column->addLayout(editor);
        column->addLayout(conflict);

        connect(m_search, &QLineEdit::textChanged, this, &KeyPage::filter);
        connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeyPage::showChosen);
        connect(m_edit, &KeyEdit::keyPressed, this, &KeyPage::onKey);
        connect(m_clear, &QPushButton::clicked, this, [this] { assign({}); });
        connect(m_take, &QPushButton::clicked, this, [this] { assign(m_edit->key()); });
        connect(m_default, &QPushButton::clicked, this, [this] {
            Settings settings = m_store.values();
            settings.keys.remove(action().objectName());
            m_store.set(settings);
        });
    }

    void showKeys(const Settings& settings)
    {
        for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
            const QAction& action = *m_keys.actions()[i].action;
            const auto keys = m_keys.keys(action, settings);
            const bool off = !settings.singleKeys && !keys.isEmpty() && std::ranges::all_of(keys, &KeyMap::isSingle);
            auto* item = m_tree->topLevelItem(i);
            QStringList texts {KeyMap::fixedKey(action, settings), keyText(keys)};
            texts.removeAll(QString());
            const QString text = texts.join(QStringLiteral(", "));
            item->setText(2, off ? tr("%1 (off)").arg(text) : text);
            QFont face = m_tree->font();
            face.setBold(keys != m_keys.defaults(action)); // the user's own
            item->setFont(2, face);
            item->setForeground(1, palette().color(QPalette::PlaceholderText));
        }
        showChosen();
    }

protected:
    /// A list that nobody sees has no item in focus, also for assistive programs.
    void hideEvent(QHideEvent* event) override
    {
        m_chosen = std::max(0, m_tree->indexOfTopLevelItem(m_tree->currentItem()));
        m_tree->setCurrentItem(nullptr);
        QWidget::hideEvent(event);
    }
    void showEvent(QShowEvent* event) override
    {
        if (!m_tree->currentItem())
            m_tree->setCurrentItem(m_tree->topLevelItem(m_chosen));
        QWidget::showEvent(event);
    }

private:
    QPushButton* button(const QString& text, const QString& name, const QString& tip)
    {
        auto* made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        return made;
    }
    [[nodiscard]] const QAction& action() const
    {
        return *m_keys.actions()[m_tree->indexOfTopLevelItem(m_tree->currentItem())].action;
    }

    void filter(const QString& text)
    {
        for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
            auto* item = m_tree->topLevelItem(i);
            const QString all = item->text(0) + u' ' + item->text(1) + u' ' + item->text(2);
            item->setHidden(!all.contains(text.trimmed(), Qt::CaseInsensitive));
        }
    }

    void showChosen()
    {
        m_conflict->clear();
        m_take->hide();
        if (!m_tree->currentItem())
            return;
        const auto keys = m_keys.keys(action(), m_store.values());
        m_name->setText(tr("Key for “%1”").arg(plainText(action().text())));
        m_edit->setKey(keys.isEmpty() ? QKeySequence() : keys.first());
        m_clear->setEnabled(!keys.isEmpty());
        m_default->setEnabled(keys != m_keys.defaults(action()));
    }

    void onKey(const QKeySequence& key)
    {
        m_take->hide();
        m_conflict->clear();
        if (isReserved(key)) {
            m_conflict->setText(tr("%1 has a fixed meaning in the window.").arg(keyText({key})));
            return;
        }
        if (const QAction* owner = m_keys.owner(key, action(), m_store.values())) {
            m_conflict->setText(tr("%1 belongs to “%2”.").arg(keyText({key}), plainText(owner->text())));
            m_take->show();
            return;
        }
        assign(key);
    }

    void assign(const QKeySequence& key)
    {
        Settings settings = m_store.values();
        m_keys.assign(action(), key, settings);
        m_store.set(settings);
    }

    SettingsStore& m_store;
    const KeyMap& m_keys;
    QTreeWidget* m_tree;
    int m_chosen = 0; ///< row while hidden
    SearchField* m_search;
    QLabel* m_name;
    KeyEdit* m_edit;
    QPushButton *m_clear, *m_default;
    QLabel* m_conflict;
    QPushButton* m_take;
};

} // namespace

SettingsPage keyboardPage(SettingsStore& store, const KeyMap& keys, QWidget* parent)
{
    auto* page = new KeyPage(store, keys, parent);
    return {
        tr("Keyboard"), page, [page](const Settings& s) { page->showKeys(s); }, [](Settings& s) { s.keys.clear(); }};
}

} // namespace fplab
