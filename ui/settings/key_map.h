#pragma once

#include "ui/model/settings.h"
#include "ui/widgets/menu_actions.h"

#include <QHash>

namespace fplab {

/// The keys of the menus' actions: those that the program comes with, and the user's own. Actions are known by their
/// object name; those without one have no keys of their own.
class KeyMap {
public:
    /// Takes the keys that the actions have now as the defaults.
    void add(const QList<MenuAction>& actions);
    /// Gives the actions the keys that the settings want, and the text that tells the fixed one in menus.
    void apply(const Settings& settings) const;

    [[nodiscard]] const QList<MenuAction>& actions() const { return m_actions; }
    [[nodiscard]] QList<QKeySequence> defaults(const QAction& action) const;
    /// Its keys by these settings, those included that are switched off as single keys.
    [[nodiscard]] QList<QKeySequence> keys(const QAction& action, const Settings& settings) const;
    /// A key that the window gives the action beside them ("Space"), which cannot be changed; empty = none now.
    [[nodiscard]] static QString fixedKey(const QAction& action, const Settings& settings);
    /// Another action that has this key, or nullptr.
    [[nodiscard]] const QAction* owner(const QKeySequence& key, const QAction& except, const Settings& settings) const;
    /// Gives the action this key alone (both Enter keys if it is one), and takes it from every other; an empty key =
    /// none.
    void assign(const QAction& action, const QKeySequence& key, Settings& settings) const;

    /// Without Ctrl, Alt or Meta, and no function key (WCAG 2.1.4).
    [[nodiscard]] static bool isSingle(const QKeySequence& key);

private:
    QList<MenuAction> m_actions;
    QHash<QString, QList<QKeySequence>> m_defaults; ///< by object name
};

} // namespace fplab
