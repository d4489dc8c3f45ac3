#include "ui/settings/key_map.h"

namespace fplab {
namespace {

/// The two Enter keys go by one name, so they do the same.
QList<QKeySequence> twins(const QKeySequence& key)
{
    const QKeyCombination first = key[0];
    if (first.key() != Qt::Key_Return && first.key() != Qt::Key_Enter)
        return {key};
    return {QKeyCombination(first.keyboardModifiers(), Qt::Key_Enter),
        QKeyCombination(first.keyboardModifiers(), Qt::Key_Return)};
}

} // namespace

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
        if (const QString fixed = fixedKey(*entry.action, settings); entry.action->text().section(u'\t', 1) != fixed)
            entry.action->setText(
                entry.action->text().section(u'\t', 0, 0) + (fixed.isEmpty() ? QString() : u'\t' + fixed));
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
        for (const QKeySequence& same : twins(key))
            rest.removeAll(same);
        set(*other, rest);
    }
    set(action, key.isEmpty() ? QList<QKeySequence> {} : twins(key));
}

QString KeyMap::fixedKey(const QAction& action, const Settings& settings)
{
    return settings.singleKeys ? action.property("fixedKey").toString() : QString();
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
