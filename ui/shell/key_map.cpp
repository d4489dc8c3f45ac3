#include "ui/shell/key_map.h"

namespace fplab {

void KeyMap::add(const QList<MenuAction>& actions)
{
    for (const MenuAction& entry : actions) {
        if (entry.action->objectName().isEmpty())
            continue;
        m_actions.append(entry);
        m_defaults.insert(entry.action->objectName(), entry.action->shortcuts());
    }
}

void KeyMap::apply(const Settings& settings) const
{
    for (const MenuAction& entry : m_actions) {
        auto wanted = keys(*entry.action, settings);
        if (!settings.singleKeys)
            wanted.removeIf(&KeyMap::isSingle);
        if (entry.action->shortcuts() != wanted)
            entry.action->setShortcuts(wanted);
    }
}

QList<QKeySequence> KeyMap::defaults(const QAction& action) const { return m_defaults.value(action.objectName()); }

QList<QKeySequence> KeyMap::keys(const QAction& action, const Settings& settings) const
{
    return settings.keys.value(action.objectName(), defaults(action));
}

const QAction* KeyMap::owner(const QKeySequence& key, const QAction& except, const Settings& settings) const
{
    for (const MenuAction& entry : m_actions)
        if (entry.action != &except && keys(*entry.action, settings).contains(key))
            return entry.action;
    return nullptr;
}

void KeyMap::assign(const QAction& action, const QKeySequence& key, Settings& settings) const
{
    const auto set = [&](const QAction& which, const QList<QKeySequence>& keys) {
        if (keys == defaults(which))
            settings.keys.remove(which.objectName());
        else
            settings.keys.insert(which.objectName(), keys);
    };
    while (const QAction* other = key.isEmpty() ? nullptr : owner(key, action, settings)) {
        auto rest = keys(*other, settings);
        rest.removeAll(key);
        set(*other, rest);
    }
    set(action, key.isEmpty() ? QList<QKeySequence> {} : QList<QKeySequence> {key});
}

bool KeyMap::isSingle(const QKeySequence& key)
{
    if (key.isEmpty())
        return false;
    const QKeyCombination first = key[0];
    const bool modified = first.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    return !modified && !(first.key() >= Qt::Key_F1 && first.key() <= Qt::Key_F35);
}

} // namespace fplab
