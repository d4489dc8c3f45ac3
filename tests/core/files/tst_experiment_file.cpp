#include "core/experiment/spec.h"
#include "core/fields/field_list.h"
#include "core/fields/json.h"
#include "core/fields/json_fields.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"
#include "support/fault_vfs.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace fplab;

namespace {

FitCurveSpec& fit(ExperimentSpec& spec) { return specOf<FitCurveSpec>(spec.problem); }

/// The text of the error, or "" when the file is right.
std::string errorOf(std::string_view text)
{
    const auto spec = parseExperiment(text);
    return spec ? std::string() : spec.error().text();
}

/// A file with one member beside "fplab": 1.
std::string fileWith(const std::string& member) { return "{ \"fplab\": 1, " + member + " }"; }

/// Every field away from its default.
ExperimentSpec unusual()
{
    ExperimentSpec spec;
    spec.title = "Ünusual \"title\" \\ \n \x01 €";
    spec.seed = 18446744073709551615u;
    spec.precision = "double";
    auto& f = fit(spec);
    f.target = {.formula = "a*abs(x)",
        .parameters = {{"a", -0.5}},
        .quantise = 0.1 + 0.2,
        .noise = {.std = 1e-300, .where = "before"}};
    f.sampling = {.from = -1.0 / 3,
        .to = 5e-324,
        .count = 3,
        .kind = "random",
        .endpoint = false,
        .testCount = 7,
        .showOutside = 0};
    f.data = DataSpec {};
    f.data->inputs = {3, 2, {1, 2, 3, -0.0, 5, 1.7976931348623157e308}};
    f.data->targets = {3, 1, {0.1, 0.2, 0.3}};
    f.network.hidden = {1, 20000, 3};
    f.network.activation = "sin";
    f.network.init.kind = "explicit";
    f.network.init.std = 0;
    f.network.init.biasStd = 0.7;
    f.network.init.params = NetworkParams {{{{1, 2}, {3, 4e-17}}, {5, 6}}, {{{7, 8}}, {9}}};
    f.loss.kind = "weighted_fourier";
    f.loss.p = 1.5;
    f.loss.weights.kind = "values";
    f.loss.weights.from = 1;
    f.loss.weights.to = 2;
    f.loss.weights.outside = 0.5;
    f.loss.weights.advanceBelow = 0.2;
    f.loss.weights.advanceAfter = 11;
    f.loss.weights.values = {1, 0.5, 0.25};
    f.optimizer = {.kind = "momentum", .learningRate = 10, .momentum = 0.5, .beta1 = 0.1, .beta2 = 0.2, .eps = 1e-3};
    f.stop = {.steps = 999'999'999, .loss = 1e-3, .seconds = 60};
    f.record = {.kind = "every", .perDecade = 3, .every = 17};
    f.analysis = {.metric = "amplitude", .peaks = std::vector {5, 1}, .threshold = 0.5, .maxK = 9};
    return spec;
}

/// Collects the JSON paths of all fields.
void collectLeaves(const JsonValue& json, const std::string& prefix, std::vector<std::string>& out)
{
    for (const auto& [key, value] : json.members) {
        if (value.type == JsonValue::Type::Object)
            collectLeaves(value, prefix + key + '.', out);
        else
            out.push_back(prefix + key);
    }
}

} // namespace

class TstExperimentFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrips()
    {
        ExperimentSpec csv;
        fit(csv).data = DataSpec {};
        fit(csv).data->csv = "my data.csv";
        fit(csv).data->y = "col 2";
        fit(csv).analysis.peaks = std::vector<int> {};
        for (const auto& spec : {ExperimentSpec {}, unusual(), csv}) {
            const auto text = formatExperiment(spec);
            const auto again = parseExperiment(text);
            QVERIFY2(again.ok(), again ? "" : again.error().text().c_str());
            QVERIFY(*again == spec);
            QVERIFY(formatExperiment(*again) == text);
        }
    }

    /// What is left to the program stands in no file, so that older files keep their hash.
    void howACsvFileIsRead()
    {
        ExperimentSpec spec;
        auto& data = fit(spec).data.emplace();
        data.csv = "a.csv";
        for (const char* key : {"skip_rows", "header", "separator", "decimal", "thousands", "encoding", "date_order",
                 "bad_rows", "x_offset", "x_scale", "y_offset", "y_scale"})
            QVERIFY2(formatExperiment(spec).find(key) == std::string::npos, key);
        const std::pair<const char*, const char*> settings[] {{"data.skip_rows", "3"}, {"data.header", "no"},
            {"data.separator", "tab"}, {"data.decimal", ","}, {"data.thousands", "'"}, {"data.encoding", "gb18030"},
            {"data.date_order", "month_first"}, {"data.bad_rows", "skip"}, {"data.x_offset", "1600000000"},
            {"data.x_scale", "-0.5"}, {"data.y_offset", "1e-3"}, {"data.y_scale", "2"}, {"data.x", "2024"},
            {"data.y", "#3"}};
        for (const auto& [path, value] : settings) {
            const auto status = setByPath(spec, path, value);
            QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
        }
        const DataSpec& set = *fit(spec).data;
        QCOMPARE(set.skipRows, 3);
        QVERIFY(set.header == "no" && set.separator == "tab" && set.decimal == "," && set.thousands == "'");
        QVERIFY(set.encoding == "gb18030" && set.dateOrder == "month_first" && set.badRows == "skip");
        QVERIFY(set.xOffset == 1.6e9 && set.xScale == -0.5 && set.yOffset == 1e-3 && set.yScale == 2);
        QVERIFY(set.x == "2024" && set.y == "#3");
        QVERIFY(parseExperiment(formatExperiment(spec)).value() == spec);
        QVERIFY(setByPath(spec, "data.thousands", ",").ok());
        QCOMPARE(checkExperiment(spec).error().path, std::string("data.thousands")); // both cannot be commas
        QVERIFY(setByPath(spec, "data.thousands", "auto").ok());
        QVERIFY(setByPath(spec, "data.x_scale", "0").ok());
        QCOMPARE(checkExperiment(spec).error().path, std::string("data.x_scale"));
        QVERIFY(!setByPath(spec, "data.separator", ":").ok());
        QVERIFY(!setByPath(spec, "data.bad_rows", "drop").ok());
    }

    void presetsRoundTrip()
    {
        QVERIFY(presets().size() >= 8);
        for (const auto& preset : presets())
            QVERIFY2(parseExperiment(formatExperiment(preset.spec)).value() == preset.spec, preset.id.c_str());
    }

    void missingKeysTakeDefaults()
    {
        QVERIFY(parseExperiment("{\"fplab\": 1}").value() == ExperimentSpec {});
        auto expected = ExperimentSpec {};
        fit(expected).network.init.std = 0.5;
        QVERIFY(parseExperiment(fileWith(R"("network": {"init": {"std": 0.5}})")).value() == expected);
    }

    void automaticHighestFrequency()
    {
        QVERIFY(formatExperiment({}).find("\"max_k\": \"auto\"") != std::string::npos);
        ExperimentSpec spec;
        QVERIFY(setByPath(spec, "analysis.max_k", "12").ok());
        QCOMPARE(fit(spec).analysis.maxK, std::optional(12));
        QVERIFY(setByPath(spec, "analysis.max_k", "auto").ok());
        QVERIFY(!fit(spec).analysis.maxK);
        const auto wrong = setByPath(spec, "analysis.max_k", "many");
        QVERIFY(!wrong.ok() && wrong.error().text().find("must be \"auto\" or a whole number") != std::string::npos);
    }

    void documentedExample()
    {
        const auto spec = parseExperiment(R"json({
  "fplab": 1, "kind": "fit_curve", "title": "Three sines", "seed": 42, "precision": "float",
  "target":   { "formula": "sin(x)+sin(3*x)+sin(5*x)", "quantise": 0, "noise": { "std": 0, "where": "after" } },
  "sampling": { "from": -3.14, "to": 3.14, "count": 201, "kind": "uniform", "endpoint": true, "test_count": 0 },
  "data":     { "inputs": [[-1.0], [0.0], [1.0]], "targets": [[0.1], [0.0], [0.3]] },
  "network":  { "hidden": [100, 100], "activation": "tanh", "init": { "kind": "normal", "std": 0.1 } },
  "loss":     { "kind": "mse" },
  "optimizer":{ "kind": "adam", "learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8 },
  "batch": 0, "stop": { "steps": 2000 }, "record": { "kind": "log", "per_decade": 60 },
  "analysis": { "metric": "complex", "peaks": "auto", "threshold": 0.1, "max_k": 40 } })json");
        QVERIFY2(spec.ok(), spec ? "" : spec.error().text().c_str());
        auto expected = ExperimentSpec {};
        expected.title = "Three sines";
        fit(expected).data = DataSpec {};
        fit(expected).data->inputs = {3, 1, {-1, 0, 1}};
        fit(expected).data->targets = {3, 1, {0.1, 0, 0.3}};
        fit(expected).analysis.maxK = 40;
        QVERIFY(*spec == expected);
    }

    void fieldsCoverTheFile()
    {
        std::vector<std::string> listed,
            written {"data", "analysis.measure", "target.parameters", "network.init.params", "network.init.bias_std",
                "loss.weights.values"};
        const ExperimentSpec spec;
        for (const auto& [path, hint, value] : fieldsOf(spec)) {
            listed.push_back(path);
            QVERIFY(!hint.label.empty() && hint.min <= hint.max && hint.sliderMin <= hint.sliderMax);
            QVERIFY(hint.sliderMax == 0 || (hint.sliderMin >= hint.min && hint.sliderMax <= hint.max));
        }
        collectLeaves(parseJson(formatExperiment(spec)).value(), {}, written);
        std::erase(written, "fplab");
        std::erase(written, "kind");
        std::ranges::sort(listed);
        std::ranges::sort(written);
        QVERIFY(listed == written);
        QVERIFY(listed.size() > 35);
    }

    void partsAreThoseOfTheEngine()
    {
        const auto offers = [](const char* path, const auto& table) {
            const auto found = hintOf(ExperimentSpec {}, path).choices;
            return std::ranges::equal(found, namesOf(table), {}, &Choice::id, &Choice::id);
        };
        QVERIFY(offers("network.activation", activations()));
        QVERIFY(offers("network.init.kind", initialisations()));
        QVERIFY(offers("optimizer.kind", optimizers()));
        QVERIFY(offers("loss.weights.kind", weightings()));
        std::vector<Loss> ofSamples;
        std::ranges::copy_if(losses(), std::back_inserter(ofSamples), &Loss::comparesSamples);
        QVERIFY(ofSamples.size() < losses().size());
        QVERIFY(offers("loss.kind", ofSamples));
    }

    /// Also of an experiment that was made in code, where no reader looks at them.
    void unknownIdsAreErrors()
    {
        const auto pathOf = [](auto&& change) {
            ExperimentSpec spec;
            change(specOf<FitCurveSpec>(spec.problem));
            if (const auto status = checkExperiment(spec); !status)
                return status.error().path + ": " + status.error().what;
            const auto made = makeExperiment(spec);
            return made ? std::string() : made.error().path + ": " + made.error().what;
        };
        using Fit = FitCurveSpec;
        QCOMPARE(pathOf([](Fit& f) { f.loss.kind = "mes"; }), "loss.kind: " + notKnown("mes", lossChoices()));
        QVERIFY(notKnown("mes", lossChoices()).starts_with("\"mes\" is not known, expected one of mse, lp, "));
        QVERIFY(pathOf([](Fit& f) { f.loss.kind = "deep_ritz"; }).starts_with("loss.kind: "));
        QVERIFY(pathOf([](Fit& f) {
            f.loss = {.kind = "weighted_fourier", .weights = {.kind = "low"}};
        }).starts_with("loss.weights.kind: "));
        QVERIFY(pathOf([](Fit& f) { f.optimizer.kind = "adm"; }).starts_with("optimizer.kind: "));
        QVERIFY(pathOf([](Fit& f) { f.network.init.kind = ""; }).starts_with("network.init.kind: "));
        QVERIFY(pathOf([](Fit& f) { f.network.activation = "Tanh"; }).starts_with("network.activation: "));
    }

    void thoseWhoUseAFieldAreNamed()
    {
        const std::string_view users[] {"A", "B", "C"};
        QCOMPARE(onlyUsedBy("the loss", std::span(users).first(1)), std::string("only the loss A uses it"));
        QCOMPARE(onlyUsedBy("the loss", std::span(users).first(2)), std::string("only the loss A or B uses it"));
        QCOMPARE(onlyUsedBy("the loss", users), std::string("only the loss A, B or C uses it"));
    }

    void errors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const std::string& text, const char* error) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(error);
        };
        row("empty", "", "line 1, column 1: not valid JSON: expected a value, found the end of the file");
        row("not json", "{\n  \"fplab\": 1,\n  \"seed\" 4 }",
            "line 3, column 10: not valid JSON: expected ':', found '4'");
        row("column in characters", "{\"fplab\": 1, \"title\": \"äöü\" x",
            "line 1, column 29: not valid JSON: expected ',' or '}', found 'x'");
        row("trailing comma", "{\"fplab\": 1,}", "expected a key in quotes, found '}'");
        row("two values", "{\"fplab\": 1} {}", "expected the end of the file");
        row("no number", "{\"fplab\": 01}", "expected ',' or '}'");
        row("no nan", fileWith("\"seed\": NaN"), "expected a value, found 'N'");
        row("infinite", fileWith("\"sampling\": {\"to\": 1e999}"), "the number 1e999 is too large");
        row("duplicate", fileWith("\"seed\": 1, \"seed\": 2"),
            "line 1, column 26: the key \"seed\" stands there twice");
        row("duplicate by escape", fileWith(R"("seed": 1, "se\u0065d": 2)"), "the key \"seed\" stands there twice");
        row("deep", std::string(40, '['), "nested more than 32 deep");
        row("deep in place", fileWith("\"target\": " + std::string(31, '[') + std::string(31, ']')),
            "target, line 1, column 25: must be an object { ... }, found a list");
        row("no object", "[1]", "an experiment must be an object { ... }, found a list");
        row("no version", "{}", "it has no \"fplab\": 1");
        row("newer", "{\"fplab\": 2}", "the file is of format 2, newer than this version of the program reads");
        row("version text", "{\"fplab\": \"1\"}", "must be 1, found the text \"1\"");
        row("kind", fileWith("\"kind\": \"fit_surface\""),
            "kind, line 1, column 23: must be one of the kinds this version knows (fit_curve, poisson), found the text "
            "\"fit_surface\"");
        row("unknown key", fileWith("\"sed\": 3"),
            "sed, line 1, column 22: unknown key \"sed\". Did you mean \"seed\"?");
        row("unknown inner key", fileWith(R"("optimizer": {"learning_rte": 3})"),
            "optimizer.learning_rte, line 1, column 45: unknown key \"learning_rte\". Did you mean \"learning_rate\"?");
        row("camel case", fileWith(R"("analysis": {"maxK": 3})"), "Did you mean \"max_k\"?");
        row("far off", fileWith(R"("stop": {"elephants": 3})"),
            "unknown key \"elephants\". Known here: steps, loss, seconds");
        row("enum", fileWith(R"("network": {"activation": "tahn"})"),
            "found the text \"tahn\". Did you mean \"tanh\"?");
        row("enum of two", fileWith("\"precision\": \"flaot\""),
            "precision, line 1, column 28: must be one of float, double, found the text \"flaot\". Did you mean "
            "\"float\"?");
        row("type number", fileWith("\"seed\": \"4\""),
            "seed, line 1, column 23: must be a whole number, found the text \"4\"");
        row("type text", fileWith("\"title\": 4"), "must be text in quotes, found the number 4");
        row("type bool", fileWith(R"("sampling": {"endpoint": 1})"),
            "sampling.endpoint, line 1, column 40: must be true or false, found the number 1");
        row("type list", fileWith(R"("network": {"hidden": 100})"),
            "network.hidden, line 1, column 37: must be a list [ ... ], found the number 100");
        row("null", fileWith("\"batch\": null"), "batch, line 1, column 24: must be a whole number, found null");
        row("fraction", fileWith("\"batch\": 1.5"), "must be a whole number, found the number 1.5");
        row("negative seed", fileWith("\"seed\": -1"), "must be between 0 and");
        row("huge seed", fileWith("\"seed\": 18446744073709551616"), "seed");
        row("range", fileWith(R"("network": {"init": {"std": -0.5}})"),
            "network.init.std, line 1, column 43: must be between 0 and 1000, found -0.5");
        row("range int", fileWith(R"("stop": {"steps": 0})"),
            "stop.steps, line 1, column 33: must be between 1 and 1000000000, found 0");
        row("list entry", fileWith(R"("network": {"hidden": [10, 0]})"),
            "network.hidden[1], line 1, column 42: must be between 1 and 20000, found 0");
        row("no layers", fileWith(R"("network": {"hidden": []})"), "must have between 1 and 16 entries, found 0");
        row("many layers", fileWith(R"("network": {"hidden": [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]})"),
            "must have between 1 and 16 entries, found 17");
        row("peaks word", fileWith(R"("analysis": {"peaks": "all"})"),
            "must be \"auto\" or a list of frequencies, found the text \"all\"");
        row("peaks twice", fileWith(R"("analysis": {"peaks": [1, 1]})"), "must not name a frequency twice");
        row("from to", fileWith(R"("sampling": {"from": 1, "to": 1})"),
            "sampling.to: must be greater than sampling.from (1), found 1");
        row("ragged rows", fileWith(R"("data": {"inputs": [[1], [2, 3]], "targets": [[1], [2]]})"),
            "data.inputs[1], line 1, column 40: must have 1 numbers as the first row, found 2");
        row("rows", fileWith(R"("data": {"inputs": [[1], [2]], "targets": [[1]]})"),
            "data.targets: must have as many rows as data.inputs (2), found 1");
        row("only inputs", fileWith(R"("data": {"inputs": [[1], [2]]})"),
            "data: must have \"inputs\" and \"targets\", or \"csv\"");
        row("csv and inline", fileWith(R"("data": {"inputs": [[1]], "targets": [[1]], "csv": "a"})"),
            "Keep one of them");
        row("no params", fileWith(R"("network": {"init": {"kind": "explicit"}})"), "network.init.params: is missing");
        row("layer without b", fileWith(R"("network": {"init": {"params": [{"W": [[1]]}]}})"),
            "network.init.params[0], line 1, column 47: has no \"b\"");
        row("weight text", fileWith(R"("network": {"init": {"params": [{"W": [["1"]], "b": [0]}]}})"),
            "network.init.params[0].W[0][0], line 1, column 55: must be a number");
        row("weights number", fileWith(R"("loss": {"kind": "weighted_fourier", "weights": [1, 2]})"),
            "loss.weights: must have one weight for each of the 201 samples, found 2");
        row("weights negative", fileWith(R"("loss": {"weights": [1, -2]})"),
            "loss.weights[1], line 1, column 39: must be between 0 and");
        row("batch and fourier", fileWith(R"("loss": {"kind": "weighted_fourier"}, "batch": 5)"),
            "batch: must be 0 (all samples)");
        row("text too long", fileWith("\"title\": \"" + std::string(300, 'x') + '"'),
            "title, line 1, column 24: must have at most 200 bytes, found 300");
    }

    void errors()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto found = QString::fromStdString(errorOf(text.toStdString()));
        QVERIFY2(found.contains(error), qPrintable(found));
    }

    void badBytes()
    {
        QVERIFY(!errorOf("{\"fplab\": 1, \"title\": \"\xff\"}").empty());
        QVERIFY(!errorOf(std::string("{\"fplab\": 1}\0", 13)).empty());
        QVERIFY(!errorOf(fileWith(R"("title": "\u0000")")).empty());
        QVERIFY(!errorOf(fileWith(R"("title": "\ud800")")).empty());
        QVERIFY(errorOf("\xef\xbb\xbf{\"fplab\": 1}").empty());
        QVERIFY(errorOf(std::string(experimentFileLimit + 1, ' ')).find("at most 300 MB") != std::string::npos);
        QVERIFY(parseExperiment(fileWith(R"("title": "\ud83d\ude00\u00e4\/")")).value().title
            == "\xf0\x9f\x98\x80\xc3\xa4/");
    }

    void wholeNumbersMayHaveExponents()
    {
        const auto spec
            = parseExperiment(fileWith(R"("stop": {"steps": 1e4}, "batch": 10.0, "seed": 9007199254740993)"));
        QVERIFY(spec.ok());
        QCOMPARE(specOf<FitCurveSpec>(spec->problem).stop.steps, std::int64_t(10000));
        QCOMPARE(specOf<FitCurveSpec>(spec->problem).batch, std::int64_t(10));
        QCOMPARE(spec->seed, std::uint64_t(9007199254740993)); // not a double
    }

    void weightsMayBeAList()
    {
        auto spec = parseExperiment(
            fileWith(R"("sampling": {"count": 3}, "loss": {"kind": "weighted_fourier", "weights": [1, 2, 3]})"));
        QVERIFY(spec.ok());
        QVERIFY(fit(spec.value()).loss.weights.kind == "values");
        QVERIFY((fit(spec.value()).loss.weights.values == std::vector<double> {1, 2, 3}));
    }

    void everyTruncationIsAnError()
    {
        auto text = formatExperiment(unusual());
        while (text.back() == '\n')
            text.pop_back();
        for (std::size_t length = 0; length < text.size(); ++length)
            QVERIFY2(
                !parseExperiment(std::string_view(text).substr(0, length)).ok(), qPrintable(QString::number(length)));
    }

    void damagedFilesNeverCrash()
    {
        const auto text = formatExperiment(unusual());
        std::mt19937 random(1);
        int accepted = 0;
        for (int i = 0; i < 20'000; ++i) {
            auto damaged = text;
            for (auto n = 1 + random() % 3; n > 0; --n)
                damaged[random() % damaged.size()] ^= static_cast<char>(1u << random() % 8);
            const auto spec = parseExperiment(damaged);
            if (!spec) {
                QVERIFY(!spec.error().what.empty());
                continue;
            }
            ++accepted;
            QVERIFY(parseExperiment(formatExperiment(*spec)).value() == *spec);
        }
        QVERIFY(accepted > 0);
    }

    void setsByPath()
    {
        ExperimentSpec spec;
        for (const auto& [path, value] : std::initializer_list<std::pair<const char*, const char*>> {
                 {"network.init.std", "0.5"}, {"network.init.bias_std", "0.25"}, {"network.hidden", "[50,60]"},
                 {"network.hidden[1]", "70"}, {"network.activation", "relu"}, {"title", "two words"},
                 {"target.formula", "sin(x)"}, {"sampling.endpoint", "false"}, {"analysis.peaks", "[1,2]"},
                 {"analysis.peaks[0]", "3"}, {"optimizer", R"({"kind": "sgd", "learning_rate": 0.1})"},
                 {"seed", "18446744073709551615"}, {"loss.weights", "[1,2]"}, {"data.csv", "a.csv"}}) {
            const auto status = setByPath(spec, path, value);
            QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
        }
        const auto& f = fit(spec);
        QCOMPARE(f.network.init.std, 0.5);
        QCOMPARE(f.network.init.biasStd.value(), 0.25);
        QVERIFY((f.network.hidden == std::vector {50, 70}));
        QVERIFY(f.network.activation == "relu" && spec.title == "two words" && f.target.formula == "sin(x)");
        QVERIFY(!f.sampling.endpoint);
        QVERIFY((*f.analysis.peaks == std::vector {3, 2}));
        QVERIFY(f.optimizer.kind == "sgd" && f.optimizer.learningRate == 0.1 && f.optimizer.beta1 == 0.9);
        QCOMPARE(spec.seed, std::uint64_t(18446744073709551615u));
        QVERIFY(f.loss.weights.kind == "values" && f.loss.weights.values.size() == 2);
        QVERIFY(f.data->csv == "a.csv");
    }

    /// Names in a formula are parameters: all of them stand in the file, 1 where nobody gave a value.
    void parametersOfTheFormula()
    {
        using Parameters = std::map<std::string, double>;
        auto spec = parseExperiment(
            fileWith(R"("target": {"formula": "a*sin(k*x)+phi", "parameters": {"k": 5, "a": -0.5}})"));
        QVERIFY(spec.ok());
        QVERIFY((fit(spec.value()).target.parameters == Parameters {{"a", -0.5}, {"k", 5}, {"phi", 1}}));
        QVERIFY(formatExperiment(*spec).find("\"phi\": 1") != std::string::npos);

        ExperimentSpec other; // a formula without names leaves the file as it was
        QVERIFY(formatExperiment(other).find("parameters") == std::string::npos);
        QVERIFY(setByPath(other, "target.parameters.k", "3").ok()); // before the formula that has it
        QVERIFY(!checkExperiment(other).ok());
        QVERIFY(setByPath(other, "target.formula", "a*sin(k*x)").ok());
        QVERIFY((fit(other).target.parameters == Parameters {{"a", 1}, {"k", 3}}));
        QVERIFY(setByPath(other, "target.parameters.a", "2.5").ok());
        QVERIFY(setByPath(other, "target.formula", "a*x").ok()); // what only the former formula had goes
        QVERIFY((fit(other).target.parameters == Parameters {{"a", 2.5}}));
        QVERIFY(setByPath(other, "target.formula", "x").ok());
        QVERIFY(fit(other).target.parameters.empty());

        const auto poisson = parseExperiment(
            R"json({"fplab": 1, "kind": "poisson", "pde": {"formula": "g0*sin(n*pi*x)", "parameters": {"n": 4}}})json");
        QVERIFY(poisson.ok());
        QVERIFY((specOf<PoissonSpec>(poisson->problem).pde.parameters == Parameters {{"g0", 1}, {"n", 4}}));
    }

    void setByPathErrors_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* path, const char* value, const char* error) {
            QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(value) << QString::fromUtf8(error);
        };
        row("network.init.sdt", "1", "network.init.sdt: unknown key \"sdt\". Did you mean \"std\"?");
        row("nettwork.init.std", "1", "nettwork: unknown key \"nettwork\". Did you mean \"network\"?");
        row("network.init.std", "-1", "network.init.std: must be between 0 and 1000, found -1");
        row("network.init", "{\"std\": 1e9}", "network.init.std: must be between 0 and 1000, found 1e9");
        row("network.activation", "swish", "network.activation: must be one of tanh");
        row("target.parameters.x", "1", "target.parameters.x: is no name for a parameter");
        row("target.parameters.sin", "1", "target.parameters.sin: is no name for a parameter");
        row("target.parameters.a", "1e7", "target.parameters.a: must be between -1000000 and 1000000, found 1e7");
        row("target.parameters.a", "true", "target.parameters.a: must be a number");
        row("target.parameters", "[1]", "target.parameters: must be an object");
        row("network.activation.x", "1", "network.activation.x: there is no such path");
        row("network.hidden[2]", "1", "network.hidden[2]: there is no entry [2]");
        row("network.hidden[x]", "1", "is not a path");
        row("network..init", "1", "is not a path");
        row("", "1", "is not a path");
        row("seed", "abc", "seed: must be a whole number, found the text \"abc\"");
        row("stop.steps", "1e10", "stop.steps: must be between 1 and 1000000000, found 1e10");
        row("fplab", "2", "newer");
        row("kind", "poisson2", "kind: must be one of");
    }

    void setByPathErrors()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, error);
        ExperimentSpec spec;
        const auto status = setByPath(spec, path.toStdString(), value.toStdString());
        QVERIFY(!status.ok());
        const auto found = QString::fromStdString(status.error().text());
        QVERIFY2(found.contains(error), qPrintable(found));
        QVERIFY2(!found.contains(QStringLiteral("line ")), qPrintable(found));
        QVERIFY(spec == ExperimentSpec {});
    }

    void manySamplesRoundTrip()
    {
        constexpr std::size_t count = 100'000; // on one line each: read in quadratic time, this would take hours
        ExperimentSpec spec;
        fit(spec).data = DataSpec {};
        std::mt19937_64 random(1);
        SampleMatrix inputs {count, 2, {}}, targets {count, 1, {}};
        for (std::size_t i = 0; i < 2 * count; ++i)
            inputs.values.push_back(static_cast<double>(random()) / 1e16);
        for (std::size_t i = 0; i < count; ++i)
            targets.values.push_back(1 / static_cast<double>(i + 1));
        fit(spec).data->inputs = inputs;
        fit(spec).data->targets = targets;
        const auto text = experimentFileText(spec);
        QVERIFY(text.ok());
        QVERIFY(*parseExperiment(*text) == spec);
        auto line = *text;
        std::ranges::replace(line, '\n', ' ');
        QVERIFY(*parseExperiment(line) == spec);
    }

    void largeWeightsRoundTrip()
    {
        const std::vector<std::size_t> sizes {1, 200, 200, 200, 100, 1};
        ExperimentSpec spec;
        fit(spec).network.hidden = {200, 200, 200, 100};
        fit(spec).network.init.kind = "explicit";
        std::mt19937_64 random(2);
        NetworkParams params(sizes.size() - 1);
        for (std::size_t l = 0; l < params.size(); ++l) {
            params[l].W.assign(sizes[l + 1], std::vector<double>(sizes[l]));
            params[l].b.resize(sizes[l + 1]);
            for (auto& row : params[l].W)
                for (auto& w : row)
                    w = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())), -64);
        }
        fit(spec).network.init.params = params;
        const auto text = experimentFileText(spec);
        QVERIFY(text.ok());
        QVERIFY(text->size() > 1u << 20);
        QVERIFY(*parseExperiment(*text) == spec);
        // The text of weights.json, as the value of the init or of its params.
        JsonWriter weights;
        weights.beginObject().member("kind", "explicit").key("params");
        writeParams(weights, params);
        weights.endObject();
        for (const char* path : {"network.init", "network.init.params"}) {
            ExperimentSpec start;
            QVERIFY(setByPath(start, path, weights.text()).ok());
            QVERIFY(*fit(start).network.init.params == params);
        }
    }

    void nothingIsSavedThatCannotBeOpened()
    {
        FaultVfs vfs;
        vfs.files["out/e.fplab.json"] = "old";
        ExperimentSpec longTitle;
        longTitle.title = std::string(201, 'x');
        auto notANumber = unusual();
        fit(notANumber).data->targets = SampleMatrix {3, 1, {1, std::nan(""), 2}};
        ExperimentSpec noBytes;
        fit(noBytes).data = DataSpec {};
        fit(noBytes).data->csv = "\xff.csv";
        for (const auto& [spec, word] : {std::pair(longTitle, "title: must have at most 200 bytes"),
                 {notANumber, "data.targets[1][0]: must be a number, found null"}, {noBytes, "not valid JSON"}}) {
            const auto saved = saveExperiment("out/e.fplab.json", spec, vfs);
            QVERIFY(!saved.ok());
            const auto text = saved.error().text();
            QVERIFY2(text.starts_with("out/e.fplab.json, ") || text.starts_with("out/e.fplab.json: "), text.c_str());
            QVERIFY2(text.find(word) != std::string::npos, text.c_str());
            QVERIFY2(text.find("Nothing was written.") != std::string::npos, text.c_str());
            QVERIFY(vfs.files.at("out/e.fplab.json") == "old" && vfs.files.size() == 1);
        }
        QVERIFY(saveExperiment("out/e.fplab.json", unusual(), vfs).ok());
        QVERIFY(*parseExperiment(vfs.files.at("out/e.fplab.json")) == unusual());
    }

    void setsWithinAField()
    {
        auto spec = unusual();
        for (const auto& [path, value] :
            std::initializer_list<std::pair<const char*, const char*>> {{"data.targets[1][0]", "7"},
                {"network.init.params[0].W[1][0]", "0.5"}, {"loss.weights.values[2]", "3"}}) {
            const auto status = setByPath(spec, path, value);
            QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
        }
        QVERIFY((fit(spec).data->targets->values == std::vector<double> {0.1, 7, 0.3}));
        auto before = unusual();
        QVERIFY(fit(spec).data->inputs == fit(before).data->inputs);
        QVERIFY((fit(spec).network.init.params->at(0).W[1] == std::vector<double> {0.5, 4e-17}));
        QVERIFY((fit(spec).loss.weights.values == std::vector<double> {1, 0.5, 3}));
        const auto status = setByPath(spec, "kind", "poisson");
        QVERIFY(!status.ok() && status.error().text().starts_with("kind: cannot be changed"));
        QVERIFY(setByPath(spec, "kind", "fit_curve").ok());
    }
};

QTEST_GUILESS_MAIN(TstExperimentFile)
#include "tst_experiment_file.moc"
