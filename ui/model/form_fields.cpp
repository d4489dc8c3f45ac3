#include "ui/model/form_fields.h"

#include "core/datasets/data_spec.h"
#include "core/fields/field_list.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>

namespace fplab {
namespace {

/// One row for each type that a field can have; of the types that only parts know, samples have an editor.
struct TypeOf {
    const Hint& hint;

    FieldType operator()(const std::string*) const
    {
        return hint.choices.empty() ? FieldType::Text : FieldType::Choice;
    }
    FieldType operator()(const double*) const { return FieldType::Real; }
    FieldType operator()(const std::optional<double>*) const { return FieldType::OptionalReal; }
    FieldType operator()(const std::optional<int>*) const { return FieldType::AutoWhole; }
    FieldType operator()(const bool*) const { return FieldType::Flag; }
    FieldType operator()(const std::uint64_t*) const { return FieldType::Seed; }
    FieldType operator()(const int*) const { return FieldType::Whole; }
    FieldType operator()(const std::int64_t*) const { return FieldType::Whole; }
    FieldType operator()(const std::vector<int>*) const { return FieldType::Layers; }
    FieldType operator()(const std::vector<double>*) const { return FieldType::Weights; }
    FieldType operator()(const std::optional<std::vector<int>>*) const { return FieldType::Peaks; }
    FieldType operator()(const std::map<std::string, double>*) const { return FieldType::Parameters; }
    FieldType operator()(const Shared<NetworkParams>*) const { return FieldType::Given; }
    FieldType operator()(const CustomField& field) const
    {
        return field.type == &dataFieldType ? FieldType::Data : FieldType::Given;
    }
};

FieldType typeOf(const FieldRef& field) { return std::visit(TypeOf {field.hint}, field.value); }

} // namespace

std::vector<FormField> formFields(const ExperimentSpec& spec)
{
    std::vector<FormField> fields;
    for (const FieldRef& field : fieldsOf(spec))
        fields.push_back({textOf(field.path), field.hint, typeOf(field)});
    return fields;
}

std::vector<FormField> inFormOrder(std::vector<FormField> fields)
{
    std::vector<FormField> behind;
    std::erase_if(fields, [&](const FormField& field) {
        if (!field.hint.behind.empty())
            behind.push_back(field);
        return !field.hint.behind.empty();
    });
    for (FormField& field : std::views::reverse(behind)) {
        const auto place = std::ranges::find(fields, textOf(field.hint.behind), &FormField::path);
        fields.insert(place == fields.end() ? place : place + 1, std::move(field));
    }
    return fields;
}

QHash<QString, QString> fieldTexts(const ExperimentSpec& spec)
{
    QHash<QString, QString> texts;
    for (const FieldRef& field : singleFieldsOf(spec)) {
        if (const FieldType type = typeOf(field); type == FieldType::Data || type == FieldType::Given)
            continue;
        if (const std::string json = field.json(); !json.empty())
            texts.insert(textOf(field.path), QString::fromStdString(json));
    }
    return texts;
}

int panelOf(const Kind& kind, const Hint& hint)
{
    const auto found = std::ranges::find(kind.panels, hint.panel, &Panel::id);
    return found == kind.panels.end() ? -1 : static_cast<int>(found - kind.panels.begin());
}

QString tipOf(const Hint& hint)
{
    const char* effect = hint.effect == Effect::Live ? QT_TRANSLATE_NOOP("FormFields", "Applies live.")
        : hint.effect == Effect::View                ? QT_TRANSLATE_NOOP("FormFields", "Changes only what is shown.")
                                                     : QT_TRANSLATE_NOOP("FormFields", "Needs a new run.");
    return textOf(hint.tip) + u' ' + QCoreApplication::translate("FormFields", effect);
}

QString textOf(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

} // namespace fplab
