#include "ui/search/preference_commands.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>

#include <algorithm>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("PreferenceCommands", text); }

struct Value {
    QString text;
    bool now;
    std::function<void()> choose;
};

QList<Value> valuesOf(QWidget* control)
{
    QList<Value> values;
    if (auto* box = qobject_cast<QComboBox*>(control))
        for (int i = 0; i < box->count(); ++i)
            values.append({box->itemText(i), i == box->currentIndex(), [box, i] {
                               box->setCurrentIndex(i);
                               Q_EMIT box->activated(i);
                           }});
    if (auto* box = qobject_cast<QCheckBox*>(control))
        for (const bool on : {true, false})
            values.append({on ? tr("on") : tr("off"), on == box->isChecked(), [box, on] {
                               if (box->isChecked() != on)
                                   box->click();
                           }});
    return values;
}

} // namespace

QList<Command> preferenceCommands(SettingsDialog& dialog, const QString& typed)
{
    const QStringList words = typed.simplified().split(u' ', Qt::SkipEmptyParts);
    QList<Command> places, values;
    for (const SettingsDialog::Row& row : dialog.rows()) {
        const QString page = tr("Settings › %1").arg(row.page);
        QString now;
        for (const auto& [text, isNow, choose] : valuesOf(row.control)) {
            if (isNow)
                now = u' ' + text;
            else if (std::ranges::any_of(
                         words, [&text = text](const QString& word) { return wordFit(text, word) >= WordFit::Start; }))
                values.append({.name = tr("%1: %2").arg(row.name, text),
                    .place = page,
                    .keys = {},
                    .run = choose,
                    .words = row.meaning});
        }
        places.append({.name = row.name + now,
            .place = page,
            .keys = {},
            .run = [&dialog, row] { dialog.showRow(row); },
            .words = row.meaning});
    }
    return places + values;
}

} // namespace fplab
