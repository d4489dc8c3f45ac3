#include "ui/model/form_fields.h"

#include "core/fields/field_list.h"
#include "core/kinds/poisson/kind.h"

#include <QCoreApplication>

namespace fplab {
namespace {

class Collector {
public:
    Collector(std::vector<FormField>& fields, QString prefix)
        : m_fields(fields)
        , m_prefix(std::move(prefix))
    {
    }

    template <class T> void operator()(std::string_view id, const T&, const Hint& hint)
    {
        m_fields.push_back({m_prefix + textOf(id), hint, typeOf<T>(hint)});
    }

    template <class Part> void group(std::string_view id, const Part& part, std::string_view)
    {
        visitFields(part, Collector(m_fields, m_prefix + textOf(id) + u'.'));
    }

private:
    template <class T> static FieldType typeOf(const Hint& hint)
    {
        if constexpr (std::is_same_v<T, std::string>)
            return hint.choices.empty() ? FieldType::Text : FieldType::Choice;
        else if constexpr (std::is_same_v<T, double>)
            return FieldType::Real;
        else if constexpr (std::is_same_v<T, std::optional<double>>)
            return FieldType::OptionalReal;
        else if constexpr (std::is_same_v<T, std::optional<int>>)
            return FieldType::AutoWhole;
        else if constexpr (std::is_same_v<T, bool>)
            return FieldType::Flag;
        else if constexpr (std::is_same_v<T, std::uint64_t>)
            return FieldType::Seed;
        else if constexpr (std::is_integral_v<T>)
            return FieldType::Whole;
        else if constexpr (std::is_same_v<T, std::vector<int>>)
            return FieldType::Layers;
        else if constexpr (std::is_same_v<T, std::vector<double>>)
            return FieldType::Weights;
        else if constexpr (std::is_same_v<T, std::optional<std::vector<int>>>)
            return FieldType::Peaks;
        else if constexpr (std::is_same_v<T, std::optional<DataSpec>>)
            return FieldType::Data;
        else if constexpr (std::is_same_v<T, std::map<std::string, double>>)
            return FieldType::Parameters;
        else {
            static_assert(std::is_same_v<T, Shared<NetworkParams>>, "a field of a new type needs an editor");
            return FieldType::Params;
        }
    }

    std::vector<FormField>& m_fields;
    QString m_prefix;
};

} // namespace

std::vector<FormField> formFields(const ExperimentSpec& spec)
{
    std::vector<FormField> fields;
    visitFields(spec, Collector(fields, {}));
    return fields;
}

QHash<QString, QString> fieldTexts(const ExperimentSpec& spec)
{
    QHash<QString, QString> texts;
    for (const FieldRef& field : singleFieldsOf(spec)) {
        if (field.as<std::optional<DataSpec>>() || field.as<Shared<NetworkParams>>())
            continue;
        if (const std::string json = field.json(); !json.empty())
            texts.insert(textOf(field.path), QString::fromStdString(json));
    }
    return texts;
}

QVector<PanelKind> panelsOf(const ExperimentSpec& spec)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("fplab::SpecForm", text); };
    const bool poisson = spec.problem.as<PoissonSpec>();
    return {{poisson ? tr("1 Equation") : tr("1 Target"), Effect::NewRun}, {tr("2 Network and start"), Effect::NewRun},
        {tr("3 Training"), Effect::Live}, {poisson ? tr("4 Hand-off") : tr("4 Loss and weights"), Effect::Live},
        {tr("5 Analysis"), Effect::View}};
}

int panelOf(const QString& path)
{
    static const QStringList equation {QStringLiteral("pde.formula"), QStringLiteral("pde.parameters"),
        QStringLiteral("pde.from"), QStringLiteral("pde.to"), QStringLiteral("pde.grid"),
        QStringLiteral("pde.training_points"), QStringLiteral("pde.training_sampling"), QStringLiteral("pde.beta")};
    static constexpr std::pair<const char*, int> panels[] {{"target", 0}, {"sampling", 0}, {"data", 0}, {"network", 1},
        {"seed", 1}, {"precision", 1}, {"optimizer", 2}, {"batch", 2}, {"stop", 2}, {"record", 2}, {"loss", 3},
        {"pde", 3}, {"analysis", 4}};
    if (equation.contains(path))
        return 0;
    const QString first = path.section(u'.', 0, 0);
    for (const auto& [name, panel] : panels)
        if (first == QLatin1String(name))
            return panel;
    return -1;
}

ExperimentSpec defaultsOf(const ExperimentSpec& spec)
{
    ExperimentSpec defaults;
    std::visit([&]<class Problem>(const Problem&) { defaults.problem = Problem {}; }, spec.problem);
    return defaults;
}

bool isUnderMore(const FormField& field)
{
    static const QStringList rarer {
        QStringLiteral("target.quantise"), QStringLiteral("sampling.kind"), QStringLiteral("sampling.test_count")};
    return field.hint.more || rarer.contains(field.path);
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
