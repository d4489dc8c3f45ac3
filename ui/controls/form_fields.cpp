#include "ui/controls/form_fields.h"

#include "core/io/json_fields.h"

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
                static_assert(std::is_same_v<T, NetworkParams>, "a field of a new type needs an editor");
                return FieldType::Params;
            }
        }

        std::vector<FormField>& m_fields;
        QString m_prefix;
    };

    class TextCollector {
    public:
        TextCollector(QHash<QString, QString>& texts, QString prefix)
            : m_texts(texts)
            , m_prefix(std::move(prefix))
        {
        }

        void operator()(std::string_view id, const std::map<std::string, double>& parameters, const Hint& hint)
        {
            for (const auto& [name, value] : parameters)
                (*this)(std::string(id) + '.' + name, value, hint);
        }

        template <class T> void operator()(std::string_view id, const T& value, const Hint& hint)
        {
            if constexpr (!std::is_same_v<T, std::optional<DataSpec>> && !std::is_same_v<T, NetworkParams>) {
                JsonWriter out(0);
                out.beginObject();
                FieldWriter writer(out);
                writer(id, value, hint);
                out.endObject();
                const QString text = QString::fromStdString(out.text()); // {"id":value} or {}
                if (const auto colon = text.indexOf(u':'); colon >= 0)
                    m_texts.insert(m_prefix + textOf(id), text.mid(colon + 1).chopped(1).trimmed());
            }
        }

        template <class Part> void group(std::string_view id, const Part& part, std::string_view)
        {
            visitFields(part, TextCollector(m_texts, m_prefix + textOf(id) + u'.'));
        }

    private:
        QHash<QString, QString>& m_texts;
        QString m_prefix;
    };

    bool relevantWeight(const QString& field, const WeightSpec& weights)
    {
        const auto is = [&](auto... kinds) { return ((weights.kind == kinds) || ...); };
        if (field == QLatin1String("from"))
            return is("high_pass", "band");
        if (field == QLatin1String("to"))
            return is("low_pass", "band");
        if (field == QLatin1String("outside"))
            return is("low_pass", "high_pass", "band", "low_to_high", "high_to_low");
        if (field.startsWith(QLatin1String("advance")))
            return is("low_to_high", "high_to_low");
        if (field == QLatin1String("values"))
            return is("points", "values");
        return true;
    }

    /// For the fields that all kinds with a network have.
    template <class Problem> bool relevantToTraining(const QString& path, const Problem& s)
    {
        const auto is = [&](const char* whole) { return path == QLatin1String(whole); };
        if (is("network.init.std") || is("network.init.bias_std"))
            return s.network.init.kind == "normal" || s.network.init.kind == "uniform";
        if (is("network.init.params"))
            return s.network.init.kind == "explicit";
        if (is("optimizer.momentum"))
            return s.optimizer.kind == "momentum";
        if (is("optimizer.beta1") || is("optimizer.beta2") || is("optimizer.eps"))
            return s.optimizer.kind == "adam";
        if (is("record.per_decade"))
            return s.record.kind == "log";
        if (is("record.every"))
            return s.record.kind == "every";
        return true;
    }

    bool relevantIn(const QString& path, const PoissonSpec& s)
    {
        const auto is = [&](const char* whole) { return path == QLatin1String(whole); };
        const bool network = s.pde.handoffStep != 0, solver = s.pde.handoffStep >= 0;
        if (is("pde.omega"))
            return solver && (s.pde.then == "damped_jacobi" || s.pde.then == "sor");
        if (is("pde.low_up_to"))
            return network && solver && s.pde.handoffWhen == "captured";
        if (is("pde.handoff_when") || is("pde.remove_boundary_line") || is("pde.alternate_every"))
            return network && solver;
        if (is("pde.then") || is("pde.tolerance") || is("pde.max_sweeps"))
            return solver;
        if (is("stop.steps"))
            return !solver;
        if (is("stop.loss"))
            return false; // the energy is negative
        return relevantToTraining(path, s);
    }

    bool relevantIn(const QString& path, const FitCurveSpec& s)
    {
        const auto starts = [&](const char* prefix) { return path.startsWith(QLatin1String(prefix)); };
        const auto is = [&](const char* whole) { return path == QLatin1String(whole); };
        if (s.data && (starts("target.") || (starts("sampling.") && !is("sampling.show_outside"))))
            return false;
        if (is("target.noise.where"))
            return s.target.noise.std > 0 && s.target.quantise > 0;
        if (is("sampling.endpoint"))
            return s.sampling.kind == "uniform";
        if (is("loss.p"))
            return s.loss.kind == "lp";
        if (starts("loss.weights."))
            return s.loss.kind == "weighted_fourier" && relevantWeight(path.mid(13), s.loss.weights);
        return relevantToTraining(path, s);
    }

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
    visitFields(spec, TextCollector(texts, {}));
    return texts;
}

bool isRelevant(const QString& path, const ExperimentSpec& spec)
{
    return std::visit([&](const auto& problem) { return relevantIn(path, problem); }, spec.problem);
}

QVector<PanelKind> panelsOf(const ExperimentSpec& spec)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("fplab::SpecForm", text); };
    const bool poisson = std::holds_alternative<PoissonSpec>(spec.problem);
    return {{poisson ? tr("1 Equation") : tr("1 Target"), Effect::NewRun}, {tr("2 Network and start"), Effect::NewRun},
        {tr("3 Training"), Effect::Live}, {poisson ? tr("4 Hand-off") : tr("4 Loss and weights"), Effect::Live},
        {tr("5 Analysis"), Effect::View}};
}

int panelOf(const QString& path)
{
    static const QStringList equation {QStringLiteral("pde.formula"), QStringLiteral("pde.parameters"), QStringLiteral("pde.from"), QStringLiteral("pde.to"),
        QStringLiteral("pde.grid"), QStringLiteral("pde.training_points"), QStringLiteral("pde.beta")};
    static constexpr std::pair<const char*, int> panels[] {{"target", 0}, {"sampling", 0}, {"data", 0}, {"network", 1},
        {"seed", 1}, {"precision", 1}, {"optimizer", 2}, {"batch", 2}, {"stop", 2}, {"record", 2}, {"loss", 3}, {"pde", 3},
        {"analysis", 4}};
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
    static const QStringList rarer {QStringLiteral("target.quantise"), QStringLiteral("sampling.kind"),
        QStringLiteral("sampling.test_count")};
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
