#include "ui/widgets/mnemonics.h"

#include "ui/widgets/menu_actions.h"

#include <QAbstractButton>
#include <QAction>
#include <QKeySequence>
#include <QLabel>
#include <QMenuBar>
#include <QToolButton>

#include <algorithm>
#include <functional>

namespace fplab {

QChar mnemonicOf(const QString& text)
{
    const QKeySequence keys = QKeySequence::mnemonic(text);
    return keys.isEmpty() ? QChar() : QChar(keys[0].key()).toLower();
}

QString withMnemonic(const QString& label, QString& taken)
{
    QString plain = label;
    const auto isFree = [&](qsizetype i) {
        const char16_t letter = label[i].toLower().unicode();
        return letter >= u'a' && letter <= u'z' && !taken.contains(QChar(letter));
    };
    qsizetype place = -1;
    for (qsizetype i = 0; i < label.size() && place < 0; ++i)
        if (isFree(i) && (i == 0 || label[i - 1].isSpace()))
            place = i;
    for (qsizetype i = 0; i < label.size() && place < 0; ++i)
        if (isFree(i))
            place = i;
    if (place < 0)
        return plain.replace(u'&', QLatin1String("&&"));
    taken += label[place].toLower();
    QString before = label.left(place), after = label.mid(place);
    return before.replace(u'&', QLatin1String("&&")) + u'&' + after.replace(u'&', QLatin1String("&&"));
}

void giveMnemonics(const QWidget& root, QString taken)
{
    QList<QAbstractButton*> buttons;
    for (auto* button : root.findChildren<QAbstractButton*>())
        if (!button->text().isEmpty() && !qobject_cast<QToolButton*>(button))
            buttons.append(button);
    QList<QLabel*> labels;
    for (auto* label : root.findChildren<QLabel*>())
        if (label->buddy())
            labels.append(label);
    const auto each = [&](const auto& act) {
        for (auto* button : std::as_const(buttons))
            act(*button);
        for (auto* label : std::as_const(labels))
            act(*label);
    };
    each([&](const auto& widget) {
        if (const QChar letter = mnemonicOf(widget.text()); !letter.isNull())
            taken += letter;
    });
    QList<std::pair<qsizetype, std::function<void()>>> missing; // by their letters: those with few choose first
    each([&](auto& widget) {
        if (mnemonicOf(widget.text()).isNull())
            missing.append({widget.text().size(),
                [&widget, &taken] { widget.setText(withMnemonic(plainText(widget.text()), taken)); }});
    });
    std::ranges::stable_sort(missing, {}, [](const auto& entry) { return entry.first; });
    for (const auto& [letters, give] : std::as_const(missing))
        give();
}

QString menuMnemonics(const QWidget& widget)
{
    QString letters;
    for (const QMenuBar* bar : widget.window()->findChildren<QMenuBar*>())
        for (const QAction* action : bar->actions())
            letters += mnemonicOf(action->text());
    return letters;
}

} // namespace fplab
