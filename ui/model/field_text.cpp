#include "ui/model/field_text.h"

#include "ui/model/experiment_editor.h"
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr int mostLayers = 16;

QString tr(const char* text) { return QCoreApplication::translate("FieldText", text); }

QJsonArray arrayFromJson(const QString& json) { return QJsonDocument::fromJson(json.toUtf8()).array(); }

QString stringFromJson(const QString& json) { return arrayFromJson(u'[' + json + u']').first().toString(); }

QString jsonString(const QString& text)
{
    const QByteArray json = QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

QString joined(const QString& json, QChar between)
{
    QStringList words;
    for (const auto& value : arrayFromJson(json))
        words.append(jsonNumber(value.toDouble()));
    return words.join(between);
}

QString jsonList(const QStringList& numbers) { return u'[' + numbers.join(u',') + u']'; }

bool same(const QString& typed, const QString& word) { return typed.trimmed().compare(word, Qt::CaseInsensitive) == 0; }

QString numberJson(const FormField& field, const QString& text, QString& problem)
{
    if (const QString zero = textOf(field.hint.zero); !zero.isEmpty() && same(text, zero))
        return QStringLiteral("0");
    const ParsedNumber parsed = parseNumber(text);
    problem = parsed.problem;
    if (!parsed.value)
        return {};
    if (field.type != FieldType::Whole && field.type != FieldType::AutoWhole)
        return jsonNumber(*parsed.value);
    if (*parsed.value != std::floor(*parsed.value) || std::abs(*parsed.value) > 9e15) {
        problem = tr("A whole number is needed");
        return {};
    }
    return QString::number(static_cast<qlonglong>(*parsed.value));
}

QString seedJson(const QString& text, QString& problem)
{
    bool ok = false;
    const QString digits = text.simplified().remove(u' ');
    static_cast<void>(digits.toULongLong(&ok));
    if (!ok)
        problem = tr("A seed is a whole number from 0 on");
    return digits;
}

QString layersJson(const QString& text, QString& problem)
{
    static const QRegularExpression repeated(QStringLiteral("^\\s*(\\d+)\\s*[x×X*]\\s*(\\d+)\\s*$"));
    static const QRegularExpression between(QStringLiteral("[\\s,;x×X*–—-]+"));
    QStringList words = text.trimmed().split(between, Qt::SkipEmptyParts);
    if (const auto match = repeated.match(text); match.hasMatch() && match.captured(2).toInt() <= mostLayers)
        words = QStringList(match.captured(2).toInt(), match.captured(1)); // 100x3: three layers
    for (const QString& word : std::as_const(words)) {
        bool ok = false;
        if (word.toInt(&ok) < 1 || !ok)
            problem = tr("\"%1\" is no number of neurons; write 100-100").arg(word);
    }
    return jsonList(words);
}

QString weightsJson(const QString& text, QString& problem)
{
    static const QRegularExpression between(QStringLiteral("[\\s;]+"));
    QStringList words;
    for (const QString& word : text.trimmed().split(between, Qt::SkipEmptyParts)) {
        const ParsedNumber parsed = parseNumber(word);
        if (parsed.value)
            words.append(jsonNumber(*parsed.value));
        else
            problem = parsed.problem;
    }
    return jsonList(words);
}

QString peaksJson(const QString& text, QString& problem)
{
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    QList<int> peaks;
    for (const QString& word : text.trimmed().split(between, Qt::SkipEmptyParts)) {
        bool ok = false;
        const int k = word.toInt(&ok);
        if (!ok || k < 1)
            problem = tr("A frequency is a whole number from 1 on");
        else if (!peaks.contains(k))
            peaks.append(k);
    }
    std::ranges::sort(peaks);
    QStringList words;
    for (const int k : std::as_const(peaks))
        words.append(QString::number(k));
    return jsonList(words);
}

QString choiceJson(const FormField& field, const QString& text, QString& problem)
{
    for (const Choice& choice : field.hint.choices)
        if (same(text, textOf(choice.label)) || same(text, textOf(choice.id)))
            return jsonString(textOf(choice.id));
    problem = tr("\"%1\" is none of its choices").arg(text.trimmed());
    return {};
}

} // namespace

QString fieldText(const FormField& field, const QString& json)
{
    if (json.isEmpty() || json == QLatin1String("null"))
        return {};
    if (json == QLatin1String("\"auto\"") && field.type != FieldType::Text && field.type != FieldType::Choice)
        return tr("auto");
    switch (field.type) {
    case FieldType::Text:
        return stringFromJson(json);
    case FieldType::Choice: {
        const auto found = std::ranges::find(field.hint.choices, stringFromJson(json).toStdString(), &Choice::id);
        return found == field.hint.choices.end() ? QString() : textOf(found->label);
    }
    case FieldType::Flag:
        return json == QLatin1String("true") ? tr("on") : tr("off");
    case FieldType::Seed:
        return json;
    case FieldType::Layers:
        return joined(json, u'-');
    case FieldType::Weights:
        return joined(json, u' ');
    case FieldType::Peaks:
        return joined(json, u' ');
    case FieldType::Real:
    case FieldType::Parameters:
    case FieldType::OptionalReal:
    case FieldType::Whole:
    case FieldType::AutoWhole: {
        if (const QString zero = textOf(field.hint.zero); !zero.isEmpty() && json.toDouble() == 0)
            return zero;
        return field.type == FieldType::Whole || field.type == FieldType::AutoWhole ? json
                                                                                    : shortNumber(json.toDouble());
    }
    case FieldType::Data:
    case FieldType::Given:
        break;
    }
    return {};
}

QString fieldJson(const FormField& field, const QString& text, QString& problem)
{
    const bool automatic = text.trimmed().isEmpty() || same(text, tr("auto"));
    switch (field.type) {
    case FieldType::Text:
        return jsonString(text.trimmed());
    case FieldType::Choice:
        return choiceJson(field, text, problem);
    case FieldType::Flag:
        if (same(text, tr("on")) || same(text, tr("off")))
            return same(text, tr("on")) ? QStringLiteral("true") : QStringLiteral("false");
        problem = tr("It is on or off");
        return {};
    case FieldType::Seed:
        return seedJson(text, problem);
    case FieldType::OptionalReal:
        return text.trimmed().isEmpty() ? QStringLiteral("null") : numberJson(field, text, problem);
    case FieldType::AutoWhole:
        return automatic ? QStringLiteral("\"auto\"") : numberJson(field, text, problem);
    case FieldType::Real:
    case FieldType::Parameters:
    case FieldType::Whole:
        return numberJson(field, text, problem);
    case FieldType::Layers:
        return layersJson(text, problem);
    case FieldType::Weights:
        return weightsJson(text, problem);
    case FieldType::Peaks:
        return automatic ? QStringLiteral("\"auto\"") : peaksJson(text, problem);
    case FieldType::Data:
    case FieldType::Given:
        break;
    }
    problem = tr("This cannot be typed");
    return {};
}

QString inWords(const QString& problem, const ExperimentSpec& spec)
{
    static const QRegularExpression path(QStringLiteral("\\b[a-z]+(?:\\.[a-z_]+)+\\b"));
    QString words;
    qsizetype done = 0;
    for (auto found = path.globalMatch(problem); found.hasNext();) {
        const auto match = found.next();
        const QString label = ExperimentEditor::labelOf(spec, match.captured());
        words += problem.mid(done, match.capturedStart() - done)
            + (label == match.captured() ? label : QStringLiteral("“%1”").arg(label));
        done = match.capturedEnd();
    }
    return words + problem.mid(done);
}

} // namespace fplab
