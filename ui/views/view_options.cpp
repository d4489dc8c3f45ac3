#include "ui/views/view_options.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace fplab {

ViewOptions::ViewOptions(QObject* parent)
    : QObject(parent)
{
}

void ViewOptions::addSwitch(const QString& key, const QString& text, bool& value)
{
    m_switches.append({key, text, &value});
}

void ViewOptions::addChoice(const QString& key, const QString& text, const QVector<Choice>& choices, int& value)
{
    m_selections.append({key, text, choices, &value});
}

void ViewOptions::fillMenu(QMenu& menu)
{
    for (const Switch& option : std::as_const(m_switches)) {
        QAction* action = menu.addAction(option.text);
        action->setCheckable(true);
        action->setChecked(*option.value);
        connect(action, &QAction::toggled, this, [this, value = option.value](bool on) {
            *value = on;
            Q_EMIT changed();
        });
    }
    for (const Selection& option : std::as_const(m_selections)) {
        QMenu* choices = menu.addMenu(option.text);
        auto* group = new QActionGroup(choices);
        for (int i = 0; i < static_cast<int>(option.choices.size()); ++i) {
            QAction* action = choices->addAction(option.choices[i].text);
            action->setCheckable(true);
            action->setChecked(i == *option.value);
            group->addAction(action);
            connect(action, &QAction::triggered, this, [this, i, value = option.value] {
                if (std::exchange(*value, i) != i)
                    Q_EMIT changed();
            });
        }
    }
}

QJsonObject ViewOptions::state() const
{
    QJsonObject state;
    for (const Switch& option : m_switches)
        state[option.key] = *option.value;
    for (const Selection& option : m_selections)
        state[option.key] = option.choices[*option.value].id;
    return state;
}

void ViewOptions::restore(const QJsonObject& state)
{
    bool different = false;
    const auto take = [&different](auto& value, auto wanted) { different |= std::exchange(value, wanted) != wanted; };
    for (const Switch& option : std::as_const(m_switches))
        take(*option.value, state[option.key].toBool(*option.value));
    for (const Selection& option : std::as_const(m_selections)) {
        const auto found = std::ranges::find(option.choices, state[option.key].toString(), &Choice::id);
        if (found != option.choices.end())
            take(*option.value, static_cast<int>(found - option.choices.begin()));
    }
    if (different)
        Q_EMIT changed();
}

} // namespace fplab
