#include "app/cli_run.h"

#include "app/cli_progress.h"
#include "app/stop_signal.h"
#include "core/experiment/formula_parameters.h"
#include "core/experiment/relevance.h"
#include "core/experiment/spec.h"
#include "core/fields/json_fields.h"
#include "core/files/data_file.h"
#include "core/files/experiment_file.h"
#include "core/files/result_writer.h"
#include "core/parts/csv_samples.h"
#include "core/run/run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace fplab::cli {
namespace {

constexpr Option runOptions[] {
    {"--set", "PATH=VALUE", "change one value of the experiment file; may be repeated; @FILE reads it from a file",
        true},
    {"--steps", "N", "end after N steps (stop.steps)"},
    {"--seed", "S", "seed of all random numbers"},
    {"--threads", "T", "threads to compute with; never changes the numbers"},
    {"--precision", "P", "float or double"},
    {"--record", "WHEN", "every:N (each N-th step) or log:N (N per factor of ten)"},
    {"--out", "DIR", "write tables, weights and a summary into this folder"},
    {"--force", "", "write into DIR even if it is not empty"},
    {"--progress", "KIND", "auto, bar, json or none"},
    {"--check", "", "compare with what the preset must show: exit 0 or 1"},
};

/// Ways out as options to type, one a line.
void printFixes(std::FILE* out, std::span<const Fix> fixes)
{
    for (const auto& fix : fixes) {
        std::string sets;
        for (const auto& [path, value] : fix.settings)
            sets += " --set '" + path + '=' + value + '\'';
        std::fprintf(out, "      %s:%s\n", fix.label.c_str(), sets.c_str());
    }
}

struct Plan {
    Source source;
    std::string out;
    int threads = 1;
    ProgressStyle progress = ProgressStyle::None;
    bool check = false;
    bool json = false;
};

/// A failure on the way to a run: what to print and the code to exit with.
struct Failure {
    ExitCode code;
    Diagnostic error;
};
using Outcome = std::optional<Failure>; ///< none: go on

Outcome applySet(ExperimentSpec& spec, const std::string& assignment)
{
    const auto equals = assignment.find('=');
    if (equals == assignment.npos || equals == 0)
        return Failure {usage, usageError("--set needs PATH=VALUE, found \"" + assignment + '"')};
    auto value = assignment.substr(equals + 1);
    std::string file;
    if (value.size() > 1 && value.front() == '@') {
        file = value.substr(1);
        auto content = loadFile(file, experimentFileLimit);
        if (!content)
            return Failure {codeOf(content.error()), content.error()};
        if (const auto json = parseJson(*content); !json) {
            auto error = json.error();
            error.file = file;
            return Failure {input, error};
        }
        value = std::move(content.value());
    }
    if (auto status = setByPath(spec, assignment.substr(0, equals), value); !status) {
        auto error = status.error();
        error.file = file;
        return Failure {input, error};
    }
    return {};
}

/// --record every:N or log:N
Outcome applyRecord(ExperimentSpec& spec, const std::string& text)
{
    const auto colon = text.find(':');
    const auto kind = text.substr(0, colon);
    if (colon == text.npos || (kind != "every" && kind != "log"))
        return Failure {usage, usageError("--record must be every:N or log:N, found \"" + text + '"')};
    const auto count
        = wholeNumber("--record " + kind, text.substr(colon + 1), 1, kind == "log" ? 10'000 : 1'000'000'000);
    if (!count)
        return Failure {usage, count.error()};
    auto& record = *findPart<RecordSpec>(spec); // each kind has it
    record.kind = kind;
    if (kind == "log")
        record.perDecade = static_cast<int>(*count);
    else
        record.every = *count;
    return {};
}

/// What is asked for by hand and changes nothing would be taken for done.
Outcome checkEffects(const ExperimentSpec& spec, const Arguments& arguments)
{
    if (const auto sets = arguments.options.find("--set"); sets != arguments.options.end())
        for (const auto& assignment : sets->second)
            if (auto status = checkEffect(spec, std::string_view(assignment).substr(0, assignment.find('='))); !status)
                return Failure {input, status.error()};
    if (auto status = checkEffect(spec, pathOf(spec, Meaning::LastStep)); arguments.value("--steps") && !status) {
        auto error = status.error();
        error.path = "--steps";
        return Failure {input, error};
    }
    return {};
}

Outcome applyOverrides(ExperimentSpec& spec, const Arguments& arguments)
{
    if (const auto sets = arguments.options.find("--set"); sets != arguments.options.end())
        for (const auto& assignment : sets->second)
            if (auto failure = applySet(spec, assignment))
                return failure;
    for (const auto& [option, path] : {std::pair("--steps", pathOf(spec, Meaning::LastStep)),
             {"--seed", pathOf(spec, Meaning::Seed)}, {"--precision", "precision"}}) {
        const auto value = arguments.value(option);
        if (!value)
            continue;
        if (auto status = setByPath(spec, path, *value); !status) {
            auto error = status.error();
            error.path = option;
            return Failure {usage, error};
        }
    }
    if (const auto record = arguments.value("--record"))
        if (auto failure = applyRecord(spec, *record))
            return failure;
    if (auto status = checkExperiment(spec); !status)
        return Failure {input, status.error()};
    return checkEffects(spec, arguments);
}

Outcome readProgress(Plan& plan, const std::string& style)
{
    if (style != "auto" && style != "bar" && style != "json" && style != "none")
        return Failure {usage, usageError("--progress must be auto, bar, json or none, found \"" + style + '"')};
    plan.json = style == "json";
    plan.progress = plan.json                     ? ProgressStyle::Json
        : style == "none"                         ? ProgressStyle::None
        : style == "bar" || isatty(STDERR_FILENO) ? ProgressStyle::Bar
                                                  : ProgressStyle::Lines;
    return {};
}

Outcome readOut(Plan& plan, const Arguments& arguments)
{
    const auto out = arguments.value("--out");
    if (!out)
        return arguments.has("--force") ? Outcome(Failure {usage, usageError("--force only makes sense with --out")})
                                        : Outcome();
    if (out->empty())
        return Failure {usage, usageError("--out needs the name of a folder")};
    std::error_code ignored;
    namespace fs = std::filesystem;
    if (!arguments.has("--force") && fs::is_directory(*out, ignored) && !fs::is_empty(*out, ignored)) {
        auto error = usageError(
            "the folder is not empty", "Choose another one, or add --force to overwrite the results in it.");
        error.file = *out;
        return Failure {usage, error};
    }
    plan.out = *out;
    while (plan.out.size() > 1 && plan.out.ends_with('/'))
        plan.out.pop_back();
    return {};
}

Outcome readPlan(Plan& plan, const Arguments& arguments)
{
    auto code = input;
    auto source = loadSource(arguments.positional.front(), code);
    if (!source)
        return Failure {code, source.error()};
    plan.source = std::move(source.value());
    plan.check = arguments.has("--check");
    if (plan.check && !plan.source.preset)
        return Failure {usage, usageError("--check needs a preset: a file does not say what must come out")};
    const auto threads = wholeNumber("--threads", arguments.value("--threads").value_or("1"), 1, 256);
    if (!threads)
        return Failure {usage, threads.error()};
    plan.threads = static_cast<int>(*threads);
    if (auto failure = readProgress(plan, arguments.value("--progress").value_or("auto")))
        return failure;
    if (auto failure = applyOverrides(plan.source.spec, arguments))
        return failure;
    if (const auto located = locateData(plan.source); !located)
        return Failure {codeOf(located.error()), located.error()};
    if (csvPathOf(plan.source.spec)) {
        DataSpec& data = **dataOf(plan.source.spec);
        const bool chosen = data.x.empty() || data.y.empty();
        if (const auto status = chooseColumns(data, plan.source.folder); !status)
            return Failure {codeOf(status.error()), status.error()};
        if (chosen && !plan.json)
            std::printf("%s: x is \"%s\", y is \"%s\"\n", std::filesystem::path(data.csv).filename().c_str(),
                data.x.c_str(), data.y.c_str());
    }
    return readOut(plan, arguments);
}

/// Frequencies that the file asks for and the spectrum does not have would silently be missing.
Outcome checkPeaks(const ExperimentSpec& spec, std::span<const Channel> channels)
{
    const AnalysisSpec& analysis = analysisOf(spec);
    const auto* spectrum = findChannel(channels, Role::OutputSpectrum);
    if (!analysis.peaks || !spectrum)
        return {};
    const auto highest = static_cast<int>(spectrum->x.values.size()) - 1;
    for (const int k : *analysis.peaks) {
        if (k <= highest)
            continue;
        Diagnostic error;
        error.path = pathOf(spec, Meaning::FollowedPeaks);
        error.what
            = "the highest frequency recorded is k = " + std::to_string(highest) + ", found " + std::to_string(k);
        error.advice = "It is half the number of samples or analysis.max_k, whichever is less.";
        return Failure {input, error};
    }
    return {};
}

void printRecord(const Record& record, const RunAnalysis& summary)
{
    JsonWriter out(0);
    out.beginObject().member("event", "record").member("step", record.step).member("seconds", record.seconds);
    out.member("train_loss", summary.trainLoss()).member("test_loss", summary.testLoss()).endObject();
    std::printf("%s\n", out.text().c_str());
}

/// What must be known to read the results, each with the ways out, if they do not stand there already.
void printRemarks(std::span<const Remark> remarks, const std::vector<Fix>& printed)
{
    for (const auto& remark : remarks) {
        std::printf("note: %s\n", remark.text.c_str());
        if (remark.fixes != printed)
            printFixes(stdout, remark.fixes);
    }
}

/// Names without a meaning are parameters, 1 where nobody gave a value: which, so that a slip is seen.
void printParameters(const ExperimentSpec& spec)
{
    std::string list;
    for (const auto& name : formulaParameterNames(spec))
        list += (list.empty() ? "" : ", ") + name + " = " + formatNumber(formulaParameters(spec).at(name));
    if (!list.empty())
        std::printf("note: parameters of the formula: %s\n", list.c_str());
}

/// "captured at step 60, touched 0.1 first at step 8".
std::string passageText(const Passage& peak, double threshold)
{
    if (!peak.inTarget)
        return "the target has nothing there, it does not count";
    if (!peak.firstBelow)
        return "not captured";
    const std::string first = std::to_string(*peak.firstBelow), limit = formatNumber(threshold);
    if (!peak.staysBelow)
        return "touched " + limit + " first at step " + first + ", not captured";
    return "captured at step " + std::to_string(*peak.staysBelow) + ", from which on it stays below " + limit
        + (peak.firstBelow == peak.staysBelow ? "" : "; touched first at step " + first);
}

void printResult(const Plan& plan, const RunReport& report)
{
    if (plan.json) {
        const auto text = formatReport(report, 0);
        std::printf("{\"event\": \"result\", %s", text.c_str() + 1);
        return;
    }
    const auto& summary = report.summary;
    const auto why = report.result.outcome == fplab::Outcome::Stopped ? std::string() : ": " + report.result.reason;
    std::printf("%s: %s after %lld steps (%s s)%s\n", report.spec.title.c_str(), outcomeId(report.result.outcome),
        static_cast<long long>(report.result.step), formatRounded(report.result.seconds, 3).c_str(), why.c_str());
    printFixes(stdout, report.result.fixes);
    std::printf("%s\n", summary.verdict(true).text.c_str());
    printRemarks(report.remarks, report.result.fixes);
    printParameters(report.spec);
    for (const auto& peak : summary.passages())
        std::printf("  k = %zu: %s\n", peak.k, passageText(peak, analysisOf(report.spec).threshold).c_str());
    std::printf("%s", report.kind.text().c_str());
    std::printf("training loss %s", formatRounded(summary.trainLoss(), 6).c_str());
    if (!std::isnan(summary.testLoss()))
        std::printf(", test loss %s", formatRounded(summary.testLoss(), 6).c_str());
    std::printf("\n");
    if (!plan.out.empty())
        std::printf("results in %s\n", plan.out.c_str());
}

/// Prints the judgement of --check and returns the exit code.
ExitCode printCheck(const Plan& plan, const RunReport& report, KindReport& kind, const std::stop_token& stop)
{
    const auto& summary = report.summary;
    const auto check = checkPreset(*plan.source.preset,
        {.passages = summary.passages(),
            .verdict = summary.verdict(true),
            .trainLoss = summary.trainLoss(),
            .testLoss = summary.testLoss(),
            .report = &kind,
            .threads = plan.threads,
            .stop = stop});
    const bool reproduced = check.right && report.result.outcome != fplab::Outcome::Diverged
        && report.result.outcome != fplab::Outcome::Stopped;
    if (plan.json) {
        JsonWriter out(0);
        out.beginObject()
            .member("event", "check")
            .member("reproduced", reproduced)
            .member("text", check.text)
            .endObject();
        std::printf("%s\n", out.text().c_str());
    } else {
        std::printf("%s\n%s", reproduced ? "reproduced" : "not reproduced", check.text.c_str());
    }
    return reproduced ? done : notReproduced;
}

ExitCode execute(const Plan& plan, Experiment& experiment)
{
    const auto& spec = plan.source.spec;
    const StopSignal signal;
    std::stop_source stop; // also on a disk error
    const std::stop_callback onSignal(signal.token(), [&] { stop.request_stop(); });

    RunAnalysis summary(experiment.channels(), analysisOf(spec));
    const auto kind = spec.problem.kind().report(spec, experiment);
    const auto samples = samplesSha256(*kind);
    std::unique_ptr<ResultWriter> writer;
    if (!plan.out.empty()) {
        auto made = ResultWriter::create(
            plan.out, spec, experiment.channels(), summary, *kind, plan.threads, Vfs::system(), samples);
        if (!made)
            return static_cast<ExitCode>(report(codeOf(made.error()), made.error()));
        writer = std::move(made.value());
    }
    Status written = success();
    const RunSink sink {.record =
                            [&](const RecordPtr& record) {
                                summary.add(*record);
                                kind->add(*record);
                                if (plan.json)
                                    printRecord(*record, summary);
                                if (writer && written)
                                    written = writer->add(record);
                                if (!written)
                                    stop.request_stop();
                            },
        .change = {},
        .paused = {}};
    CountedExperiment counted(experiment);
    RunControl control;
    RunResult result;
    {
        const Progress progress(plan.progress, counted, stopRuleOf(spec).steps);
        result = run(counted, scheduleOf(spec), stopRuleOf(spec), sink, control, stop.get_token());
    }
    const NetworkParams params = kind->params();
    std::vector<Remark> remarks(experiment.remarks().begin(), experiment.remarks().end());
    remarks.insert(remarks.end(), result.findings.begin(), result.findings.end());
    if (auto remark = remarkOnWeights(params); remark && writer)
        remarks.push_back(std::move(*remark));
    const RunReport report {.spec = spec,
        .summary = summary,
        .kind = *kind,
        .result = std::move(result),
        .weightsSha256 = weightsSha256(params),
        .threads = plan.threads,
        .remarks = remarks,
        .samples = samples};
    if (writer && written)
        written = writer->finish(report);
    if (!written)
        return static_cast<ExitCode>(cli::report(codeOf(written.error()), written.error()));
    printResult(plan, report);
    if (const int received = StopSignal::received(); received != 0 && report.result.outcome == fplab::Outcome::Stopped)
        return static_cast<ExitCode>(signalBase + received);
    if (report.result.outcome == fplab::Outcome::Diverged)
        std::fprintf(stderr, "fplab-cli: training diverged at step %lld: %s\n",
            static_cast<long long>(report.result.divergedAt), report.result.reason.c_str());
    if (plan.check)
        return printCheck(plan, report, *kind, signal.token());
    return report.result.outcome == fplab::Outcome::Diverged ? diverged : done;
}

} // namespace

const Command runCommand {"run", "PRESET|FILE",
    "Trains the network of a preset or an experiment file and prints what was learnt when.\n"
    "An argument that contains / or ends in .json is a file, else a preset. A table of numbers (.csv, .tsv, .txt, "
    ".dat) is\n"
    "learnt as it is: x and y are the columns of these names, or the first two with numbers.",
    R"(Any value of the experiment file can be changed with --set; text needs no quotes. See fplab-cli show.
--set PATH=@FILE takes the value, as JSON, from a file: --set network.init=@results/weights.json starts from the
weights of another run. A text that begins with @ needs double quotes.

The folder DIR then holds experiment.json (as run), summary.json, weights.json, loss.csv, delta_f.csv (relative
error of the followed peaks), delta_f_map.csv (of all frequencies), spectrum.csv and outputs.csv; and
{files of kinds}
Samples from a CSV file are copied into it, so that it runs again wherever it is moved.
After Ctrl-C what was recorded so far is written.

The first line printed, and outcome and reason of summary.json, say how the run ended: finished (what was asked was
reached, or the last step where no goal was set), ended (it gave up; the reason says why, with settings that lead
further), stopped or diverged. Lines "note: ..." must be known to read the results. A --set that would change nothing
is refused.

Exit codes: 0 done, 1 not reproduced (--check), 2 wrong command line, 3 wrong file or value, 4 training diverged,
5 disk, 130 or 143 interrupted.

Examples:
  fplab-cli run three-sines
  fplab-cli run three-sines --check
  fplab-cli run three-sines --set network.init.std=1 --set 'network.hidden=[50,50]' --out big-start
  fplab-cli run my.fplab.json --precision double --record every:10 --out results --force
  fplab-cli run data.csv
  fplab-cli run data.csv --set data.x=time --set 'data.y=#3' --set data.bad_rows=skip
)",
    runOptions, 1};

int report(ExitCode code, const Diagnostic& error)
{
    std::fflush(stdout);
    std::fprintf(stderr, "fplab-cli: %s\n", error.text().c_str());
    printFixes(stderr, error.fixes);
    return code;
}

ExitCode codeOf(const Diagnostic& error) { return error.kind == ErrorKind::Disk ? disk : input; }

Result<Source> loadSource(const std::string& argument, ExitCode& code)
{
    const bool table = isCsvName(argument) && !findPreset(argument);
    if (argument.find('/') == argument.npos && !argument.ends_with(".json") && !table) {
        if (const auto* preset = findPreset(argument))
            return Source {.spec = preset->spec, .preset = preset, .folder = {}};
        code = usage;
        std::vector<std::string_view> ids;
        std::ranges::transform(presets(), std::back_inserter(ids), &Preset::id);
        const auto nearest = nearestWord(argument, ids);
        return usageError("there is no preset \"" + argument + '"',
            nearest.empty() ? "See fplab-cli list; a file has / or .json or .csv in its name."
                            : "Did you mean " + nearest + "?");
    }
    const std::string folder = std::filesystem::path(argument).parent_path().string();
    if (table)
        return Source {.spec = experimentOfCsv(argument), .preset = nullptr, .folder = folder};
    const auto text = loadFile(argument, experimentFileLimit);
    if (!text) {
        code = codeOf(text.error());
        return text.error();
    }
    auto spec = parseExperiment(*text);
    if (!spec) {
        code = input;
        auto error = spec.error();
        error.file = argument;
        return error;
    }
    return Source {.spec = std::move(spec.value()), .preset = nullptr, .folder = folder};
}

Status locateData(Source& source)
{
    auto* csv = csvPathOf(source.spec);
    if (!csv)
        return success();
    const auto found = findDataFile(*csv, source.folder);
    if (!found)
        return found.error();
    if (!found->note.empty())
        std::fprintf(stderr, "fplab-cli: note: %s\n", found->note.c_str());
    *csv = found->path;
    source.folder.clear();
    return success();
}

int runExperiment(const Arguments& arguments)
{
    Plan plan;
    if (const auto failure = readPlan(plan, arguments))
        return report(failure->code, failure->error);
    auto& spec = plan.source.spec;
    auto experiment = makeExperiment(spec, {.threads = plan.threads, .baseFolder = {}});
    if (!experiment)
        return report(codeOf(experiment.error()), experiment.error());
    if (const auto failure = checkPeaks(spec, (*experiment)->channels()))
        return report(failure->code, failure->error);
    return execute(plan, *experiment.value());
}

} // namespace fplab::cli
