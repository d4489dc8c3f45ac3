#include "ui/search/setting_commands.h"

#include "core/experiment/formula_parameters.h"
#include "core/kinds/registry.h"
#include "ui/model/field_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("SettingCommands", text); }

/// When an edit acts, in the words of the panels.
QString effectWord(Effect effect)
{
    return effect == Effect::Live ? tr("live") : effect == Effect::NewRun ? tr("new run") : QString();
}

/// "learning rate" of "optimizer.learning_rate".
QString keyWords(const QString& path) { return path.section(u'.', -1).replace(u'_', u' '); }

bool hasChoices(const FormField& field) { return field.type == FieldType::Choice || field.type == FieldType::Flag; }

bool canBeTyped(const FormField& field)
{
    return !hasChoices(field) && field.type != FieldType::Data && field.type != FieldType::Given;
}

QString brief(const QString& text)
{
    constexpr qsizetype longest = 40;
    return text.size() > longest ? text.left(longest) + u'…' : text;
}

/// "set learning rate = 0.01" -> "learning", "rate", "0.01"
QStringList valueWords(const QString& typed)
{
    static const QRegularExpression sign(QStringLiteral("(?<![<>!=])=(?!=)"));
    QString text = typed;
    if (const auto match = sign.match(text); match.hasMatch())
        text.replace(match.capturedStart(), 1, QStringLiteral(" "));
    QStringList words = text.simplified().split(u' ');
    if (words.size() > 2 && words.first().compare(tr("set"), Qt::CaseInsensitive) == 0)
        words.removeFirst();
    return words;
}

/// How well the words name something; -1 if one of them does not begin a word there. A single letter is a whole one.
int nameScore(const QStringList& words, const QString& name)
{
    WordFit worst = WordFit::Whole;
    for (const QString& word : words)
        worst = std::min(worst, wordFit(name, word));
    if (worst == WordFit::Whole)
        return name.compare(words.join(u' '), Qt::CaseInsensitive) == 0 ? 0 : 1;
    const bool letter = std::ranges::any_of(words, [](const QString& word) { return word.size() < 2; });
    return worst == WordFit::Start && !letter ? 3 : -1;
}

} // namespace

SettingCommands::SettingCommands(const ExperimentEditor& editor, bool open, Ways ways)
    : m_editor(editor)
    , m_ways(std::move(ways))
{
    collect(editor.spec());
    if (!open)
        for (Setting& setting : m_settings)
            setting.why = tr("open an experiment first");
    for (const Kind* kind : kinds()) {
        if (kind == &editor.spec().problem.kind())
            continue;
        const QList<Setting> known = m_settings;
        m_settings.clear();
        collect({.problem = kind->prototype()});
        QList<Setting> elsewhere = std::exchange(m_settings, known);
        for (Setting& setting : elsewhere) {
            if (std::ranges::find(known, setting.label, &Setting::label) != known.end())
                continue;
            setting.why = tr("only of %1").arg(textOf(kind->label));
            setting.json.clear();
            m_settings.append(setting);
        }
    }
}

void SettingCommands::collect(const ExperimentSpec& spec)
{
    const auto texts = fieldTexts(spec);
    const auto add = [&](const FormField& field, const QString& label) {
        const Kind& kind = spec.problem.kind();
        const int panel = panelOf(kind, field.hint);
        m_settings.append(
            {field, label, panel < 0 ? tr("Experiment") : textOf(kind.panels[static_cast<std::size_t>(panel)].label),
                texts.value(field.path), QString::fromStdString(field.hint.idle), panel >= 0});
    };
    for (const FormField& field : formFields(spec)) {
        if (field.type != FieldType::Parameters) {
            add(field, textOf(field.hint.label));
            continue;
        }
        for (const std::string& name : formulaParameterNames(spec)) {
            FormField one = field;
            one.path += u'.' + QString::fromStdString(name);
            add(one, QString::fromStdString(name));
        }
    }
}

QList<Command> SettingCommands::find(const QString& typed) const
{
    const QStringList words = valueWords(typed);
    QList<Command> places, values, set;
    for (const Setting& setting : m_settings) {
        if (setting.field.type == FieldType::Given)
            continue; // given by a file
        places.append(place(setting));
        if (hasChoices(setting.field))
            addChoices(setting, typed.simplified(), values);
        else if (canBeTyped(setting.field) && words.size() > 1)
            addTyped(setting, words, set);
    }
    return set + places + values;
}

Command SettingCommands::place(const Setting& setting) const
{
    const QString& path = setting.field.path;
    const QString value = brief(fieldText(setting.field, setting.json));
    const auto run = !setting.inPanel
        ? std::function<void()>([type = m_ways.type, label = setting.label] { type(label + u' '); })
        : [goTo = m_ways.goTo, path] { goTo(path); };
    return {.name = value.isEmpty() ? setting.label : QStringLiteral("%1 %2").arg(setting.label, value),
        .place = setting.place,
        .keys = effectWord(setting.field.hint.effect),
        .enabled = setting.why.isEmpty(),
        .run = run,
        .words = textOf(setting.field.hint.tip) + u' ' + keyWords(path),
        .why = setting.why};
}

void SettingCommands::addChoices(const Setting& setting, const QString& typed, QList<Command>& found) const
{
    const FormField& field = setting.field;
    QList<std::pair<QString, QString>> values; // text, JSON
    if (field.type == FieldType::Flag)
        for (const auto* json : {"true", "false"})
            values.append({fieldText(field, QString::fromLatin1(json)), QString::fromLatin1(json)});
    for (const Choice& choice : field.hint.choices)
        values.append({textOf(choice.label), u'"' + textOf(choice.id) + u'"'});
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const auto& [text, json] : values) {
        const bool meant = std::ranges::any_of(
            words, [&text = text](const QString& word) { return wordFit(text, word) >= WordFit::Start; });
        if (!meant || json == setting.json) // which the place itself tells
            continue;
        found.append({.name = tr("%1: %2").arg(setting.label, text),
            .place = setting.place,
            .keys = effectWord(field.hint.effect),
            .enabled = setting.why.isEmpty(),
            .run = [edit = m_ways.edit, path = field.path, json = json] { edit(path, json); },
            .words = textOf(field.hint.tip),
            .why = setting.why});
    }
}

/// The longest beginning that names the setting, and the rest as its value.
void SettingCommands::addTyped(const Setting& setting, const QStringList& words, QList<Command>& found) const
{
    for (qsizetype named = words.size() - 1; named > 0; --named) {
        QStringList name = words.mid(0, named), rest = words.mid(named);
        if (rest.size() > 1 && rest.first().compare(tr("to"), Qt::CaseInsensitive) == 0)
            rest.removeFirst();
        const int byLabel = nameScore(name, setting.label), byKey = nameScore(name, keyWords(setting.field.path));
        const int score = byLabel < 0 ? byKey : byKey < 0 ? byLabel : std::min(byLabel, byKey);
        if (score < 0)
            continue;
        QString problem;
        const QString value = rest.join(u' '), json = fieldJson(setting.field, value, problem);
        if (!problem.isEmpty() && score > 0)
            continue; // more likely a part of a name than a value
        QString why = setting.why.isEmpty() ? problem : setting.why;
        if (why.isEmpty())
            if (const Status status = m_editor.check(setting.field.path, json); !status)
                why = inWords(QString::fromStdString(status.error().what), m_editor.spec());
        const QString shown = problem.isEmpty() ? fieldText(setting.field, json) : value;
        const QString now = brief(fieldText(setting.field, setting.json));
        found.append({.name = tr("Set %1 to %2").arg(setting.label, shown),
            .place = now.isEmpty() ? setting.place : tr("%1 · now %2").arg(setting.place, now),
            .keys = effectWord(setting.field.hint.effect),
            .enabled = why.isEmpty(),
            .run = [edit = m_ways.edit, path = setting.field.path, json] { edit(path, json); },
            .words = {},
            .why = why,
            .score = score});
        return;
    }
}

} // namespace fplab
