#include "core/results/result_writer.h"

#include "core/experiment/experiment_file.h"
#include "core/experiment/experiment_id.h"
#include "core/fields/json_fields.h"
#include "core/kinds/fit_curve/fit_curve.h"
#include "core/kinds/poisson/poisson.h"
#include "core/results/data_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>

namespace fplab {
namespace {

std::string number(double value)
{
    return std::isnan(value) ? "nan" : formatNumber(value); // never "-nan"
}

/// `text`: a second column, unless empty.
std::string row(std::int64_t step, const std::string& text, std::span<const double> values)
{
    std::string out = std::to_string(step);
    if (!text.empty())
        out += ',' + text;
    for (const double value : values)
        out += ',' + number(value);
    return out + '\n';
}

std::string columns(std::string first, char letter, std::span<const double> values)
{
    for (const double value : values) {
        first += ',';
        first += letter;
        first += '=' + formatNumber(value);
    }
    return first;
}

/// "x" for one column, "x1,x2,..." for more.
std::string namedColumns(std::string_view name, std::size_t count)
{
    std::string out;
    for (std::size_t j = 0; j < count; ++j)
        out.append(name).append(count == 1 ? "" : std::to_string(j + 1)) += ',';
    return out;
}

/// The names of all files that a run may write.
constexpr std::array<std::string_view, 13> fileNames {"experiment.json", "summary.json", "weights.json", "loss.csv",
    "delta_f.csv", "delta_f_map.csv", "outputs.csv", "spectrum.csv", "output.csv", "error.csv", "modes.csv",
    "solution.csv", "run.fpsession"};

std::string headingOf(const ExperimentSpec& spec, int threads, std::string_view samples)
{
    return "# program: fplab " FPLAB_VERSION "\n# experiment: " + experimentHash(spec, samples)
        + "\n# seed: " + std::to_string(spec.seed) + "\n# precision: " + spec.precision
        + "\n# threads: " + std::to_string(threads) + "\n# isa: " + instructionLevel() + '\n';
}

void appendSamples(std::string& out, const SampleMatrix& inputs, const SampleMatrix& targets,
    const SampleMatrix& outputs, std::string_view set)
{
    for (std::size_t i = 0; i < outputs.count; ++i) {
        for (const auto* matrix : {&inputs, &targets, &outputs})
            for (std::size_t j = 0; j < matrix->dim; ++j)
                out += number((*matrix)(i, j)) + ',';
        out.append(set) += '\n';
    }
}

void writeOptional(JsonWriter& out, std::string_view key, const auto& value)
{
    out.key(key);
    if (value)
        out.value(*value);
    else
        out.null();
}

} // namespace

FinalState finalStateOf(Experiment& experiment)
{
    FinalState state;
    if (auto* fit = dynamic_cast<FitCurveExperiment*>(&experiment)) {
        state.data = &fit->data();
        state.trainOutputs = fit->trainOutputs();
        if (fit->data().testInputs.count > 0)
            state.testOutputs = fit->testOutputs();
        state.params = fit->params();
    } else if (auto* poisson = dynamic_cast<PoissonExperiment*>(&experiment)) {
        state.params = poisson->params();
        state.solution = {&poisson->setting(), poisson->handedOver(), poisson->solution()};
        if (state.solution->network.empty() && !state.params.empty())
            state.solution->network = state.solution->u; // the network alone
    }
    return state;
}

std::optional<Remark> remarkOnWeights(const NetworkParams& params)
{
    std::size_t count = 0;
    for (const auto& layer : params)
        count += layer.b.size() + layer.W.size() * (layer.W.empty() ? 0 : layer.W.front().size());
    if (count <= writtenWeightsLimit)
        return std::nullopt;
    return Remark {.id = "weights_not_written",
        .text = "The network has " + std::to_string(count)
            + " weights and biases, which is too many for weights.json: at most " + std::to_string(writtenWeightsLimit)
            + " are written.",
        .path = "network.hidden",
        .fixes = {}};
}

std::string samplesSha256(const Experiment& experiment)
{
    const auto* fit = dynamic_cast<const FitCurveExperiment*>(&experiment);
    return fit ? samplesSha256(fit->data().trainInputs, fit->data().trainTargets) : std::string();
}

namespace {

void writeFixes(JsonWriter& out, std::span<const Fix> fixes)
{
    out.key("fixes").beginArray();
    for (const auto& fix : fixes) {
        out.beginObject().member("label", fix.label).key("set").beginObject();
        for (const auto& [path, value] : fix.settings)
            out.member(path, value);
        out.endObject().endObject();
    }
    out.endArray();
}

void writeRemarks(JsonWriter& out, std::span<const Remark> remarks)
{
    out.key("remarks").beginArray();
    for (const auto& remark : remarks) {
        out.beginObject().member("id", remark.id).member("path", remark.path).member("text", remark.text);
        writeFixes(out, remark.fixes);
        out.endObject();
    }
    out.endArray();
}

void writePoint(JsonWriter& out, const SolveSummary::Point& point)
{
    out.member("iteration", point.step).member("sweeps", point.sweeps);
    out.member("seconds", point.seconds).member("work", point.work);
}

void writeSolve(JsonWriter& out, const RunReport& report)
{
    const auto& solve = report.summary.solve();
    out.key("poisson").beginObject();
    out.member("max_error", solve.latest().error);
    writePoint(out, solve.latest());
    out.key("hand_over");
    if (solve.handOver()) {
        out.beginObject();
        writePoint(out, *solve.handOver());
        out.member("max_error", solve.handOver()->error).endObject();
    } else {
        out.null();
    }
    if (report.poisson) {
        out.member("reference", report.poisson->reference.closedForm ? "closed form" : "Green's function");
        out.member("discretisation_floor", report.poisson->discretisationFloor);
        out.member("penalty_floor", report.poisson->penaltyFloor);
    }
    out.key("reached").beginArray();
    for (const auto& milestone : solve.reached()) {
        out.beginObject()
            .member("error", milestone.error)
            .member("phase", milestone.point.solver ? "solver" : "network");
        writePoint(out, milestone.point);
        out.endObject();
    }
    out.endArray().endObject();
}

} // namespace

std::string formatReport(const RunReport& report, int indent)
{
    const auto& result = report.result;
    const auto verdict = report.summary.verdict(true);
    JsonWriter out(indent);
    out.beginObject();
    out.member("outcome", outcomeId(result.outcome)).member("steps", result.step).member("seconds", result.seconds);
    out.member("train_loss", report.summary.trainLoss()).member("test_loss", report.summary.testLoss());
    out.member("weights_sha256", report.weightsSha256).member("precision", report.spec.precision);
    out.member("threads", report.threads).member("isa", instructionLevel()).member("version", FPLAB_VERSION);
    out.member("experiment", experimentHash(report.spec, report.samples)).member("seed", report.spec.seed);
    out.member("reason", result.reason);
    writeFixes(out, result.fixes);
    if (result.divergedAt >= 0)
        out.member("diverged_at", result.divergedAt);
    out.key("peaks").beginArray();
    for (const auto& passage : report.summary.passages()) {
        out.beginObject();
        out.member("k", static_cast<std::uint64_t>(passage.k)).member("frequency", passage.frequency);
        writeOptional(out, "first_below", passage.firstBelow);
        writeOptional(out, "stays_below", passage.staysBelow);
        out.endObject();
    }
    out.endArray().key("verdict").beginObject();
    writeOptional(out, "rho_first", verdict.rhoFirst);
    writeOptional(out, "rho_stays", verdict.rhoStays);
    out.member("holds", verdict.holds()).member("text", verdict.text).endObject();
    writeRemarks(out, report.remarks);
    if (report.summary.solve().applies())
        writeSolve(out, report);
    out.endObject();
    return out.text() + '\n';
}

ResultWriter::ResultWriter(std::string folder, std::span<const Channel> channels, const RunSummary& summary, Vfs& vfs)
    : m_folder(std::move(folder))
    , m_vfs(vfs)
    , m_channels(channels)
    , m_summary(summary)
    , m_spectrum(findChannel(channels, Role::OutputSpectrum))
    , m_output(findChannel(channels, Role::Output))
{
}

Result<std::unique_ptr<ResultWriter>> ResultWriter::create(std::string folder, const ExperimentSpec& spec,
    std::span<const Channel> channels, const RunSummary& summary, int threads, Vfs& vfs, std::string_view samples)
{
    if (const auto made = makeDirectories(folder, vfs); !made)
        return made.error();
    std::unique_ptr<ResultWriter> writer(new ResultWriter(std::move(folder), channels, summary, vfs));
    writer->m_heading = headingOf(spec, threads, samples);
    auto state = writer->keepExperiment(spec);
    if (state)
        state = writer->openTable(writer->m_loss, "loss.csv", "step,train_loss,test_loss");
    if (const auto* spectrum = writer->m_spectrum) {
        std::vector<double> followed;
        for (const auto bin : summary.bins())
            followed.push_back(spectrum->x.values[bin]);
        if (state)
            state = writer->openTable(writer->m_peaks, "delta_f.csv", columns("step", 'k', followed));
        if (state)
            state = writer->openTable(writer->m_map, "delta_f_map.csv", columns("step", 'k', spectrum->x.values));
        if (state && writer->m_output)
            state
                = writer->openTable(writer->m_outputs, "outputs.csv", columns("step", 'x', writer->m_output->x.values));
    }
    const auto* modes = findChannel(channels, Role::ModeErrors);
    if (const auto* poisson = std::get_if<PoissonSpec>(&spec.problem))
        writer->m_solver = poisson->pde.then;
    if (state && summary.solve().applies())
        state = writer->openTable(
            writer->m_errors, "error.csv", "iteration,phase,seconds,work,max_error,l2_error,residual");
    if (state && modes)
        state = writer->openTable(writer->m_modes, "modes.csv", columns("iteration,phase", 'j', modes->x.values));
    if (!state)
        return state.error();
    return writer;
}

/// The experiment as it will stand in the folder, with its data.
Status ResultWriter::keepExperiment(ExperimentSpec spec)
{
    namespace fs = std::filesystem;
    if (auto* csv = csvPathOf(spec)) {
        const auto folder = fs::absolute(m_folder).lexically_normal().string();
        const auto path = fs::absolute(*csv).lexically_normal().string();
        const auto inFolder = dataPathFrom(folder, path);
        if (inFolder == path || std::ranges::find(fileNames, inFolder) != fileNames.end()) {
            const auto content = loadFile(path, fileLimit, m_vfs);
            if (!content)
                return content.error();
            *csv = freeName(
                m_folder, fs::path(path).filename().string(), *content, {fileNames.begin(), fileNames.end()}, m_vfs);
            m_data = std::make_unique<AtomicFile>(m_folder + '/' + *csv, m_vfs);
            if (auto status = m_data->write(*content); !status)
                return status;
        } else {
            *csv = inFolder;
        }
    }
    auto text = experimentFileText(spec);
    if (!text)
        return text.error();
    m_experiment = std::move(text.value());
    return success();
}

Status ResultWriter::openTable(std::unique_ptr<AtomicFile>& table, const char* name, const std::string& columns)
{
    table = std::make_unique<AtomicFile>(m_folder + '/' + name, m_vfs);
    return table->write(m_heading + columns + '\n');
}

std::span<const double> ResultWriter::sample(const Channel* channel) const
{
    return m_last->samples[static_cast<std::size_t>(channel - m_channels.data())];
}

Status ResultWriter::add(const RecordPtr& record)
{
    m_last = record;
    const auto write
        = [&](const std::unique_ptr<AtomicFile>& table, std::span<const double> values, const std::string& phase = {}) {
              if (m_state && table)
                  m_state = table->write(row(record->step, phase, values));
          };
    const auto scalar = [&](Role role) {
        const auto* channel = findChannel(m_channels, role);
        return channel ? sample(channel).front() : std::numeric_limits<double>::quiet_NaN();
    };
    write(m_loss, std::array {m_summary.trainLoss(), m_summary.testLoss()});
    if (m_spectrum) {
        std::vector<double> followed;
        for (const auto bin : m_summary.bins())
            followed.push_back(m_summary.errors()[bin]);
        write(m_peaks, followed);
        write(m_map, m_summary.errors());
    }
    if (m_output)
        write(m_outputs, sample(m_output));
    const std::string phase = scalar(Role::Phase) == 1 ? m_solver : "network";
    write(m_errors,
        std::array {
            record->seconds, scalar(Role::Work), scalar(Role::MaxError), scalar(Role::L2Error), scalar(Role::Residual)},
        phase);
    if (const auto* modes = findChannel(m_channels, Role::ModeErrors))
        write(m_modes, sample(modes), phase);
    return m_state;
}

std::string ResultWriter::spectrumTable() const
{
    std::string out = m_heading + "k,frequency,target_re,target_im,output_re,output_im,target_abs,output_abs\n";
    const auto& axis = m_spectrum->x.values;
    const auto& target = m_spectrum->reference;
    const auto output = sample(m_spectrum);
    for (std::size_t k = 0, n = axis.size(); k < n; ++k) {
        out += number(axis[k]);
        for (const double value : {m_spectrum->frequency[k], target[k], target[n + k], output[k], output[n + k],
                 std::hypot(target[k], target[n + k]), std::hypot(output[k], output[n + k])})
            out += ',' + number(value);
        out += '\n';
    }
    return out;
}

std::string ResultWriter::outputTable(const FinalState& state) const
{
    const auto& data = *state.data;
    std::string out = m_heading + namedColumns("x", data.trainInputs.dim)
        + namedColumns("target", data.trainTargets.dim) + namedColumns("output", state.trainOutputs.dim) + "set\n";
    appendSamples(out, data.trainInputs, data.trainTargets, state.trainOutputs, "train");
    appendSamples(out, data.testInputs, data.testTargets, state.testOutputs, "test");
    return out;
}

std::string ResultWriter::solutionTable(const FinalState::Solution& solution) const
{
    const auto& setting = *solution.setting;
    std::string out = m_heading + "x,u_ref,u_network,u\n";
    for (std::size_t i = 0; i < solution.u.size(); ++i) {
        const double network
            = solution.network.empty() ? std::numeric_limits<double>::quiet_NaN() : solution.network[i];
        out += number(setting.problem.grid.x(i)) + ',' + number(setting.reference.u[i]) + ',' + number(network) + ','
            + number(solution.u[i]) + '\n';
    }
    return out;
}

Status ResultWriter::finish(const RunReport& report, const FinalState& state)
{
    for (auto* table : {&m_data, &m_loss, &m_peaks, &m_map, &m_outputs, &m_errors, &m_modes}) {
        if (!m_state || !*table)
            continue;
        if (const auto saved = (*table)->commit(); !saved)
            m_state = saved.error();
    }
    const auto save = [&](const char* name, const std::string& content) {
        if (!m_state)
            return;
        if (const auto saved = saveFile(m_folder + '/' + name, content, m_vfs); !saved)
            m_state = saved.error();
    };
    if (m_spectrum && m_last)
        save("spectrum.csv", spectrumTable());
    if (state.data)
        save("output.csv", outputTable(state));
    if (state.solution)
        save("solution.csv", solutionTable(*state.solution));
    if (remarkOnWeights(state.params)) {
        (void)m_vfs.unlink(m_folder + "/weights.json"); // of another run
    } else if (!state.params.empty()) {
        JsonWriter weights;
        weights.beginObject().member("kind", "explicit").key("params");
        writeParams(weights, state.params);
        weights.endObject();
        save("weights.json", weights.text() + '\n');
    }
    save("experiment.json", m_experiment);
    save("summary.json", formatReport(report));
    return m_state;
}

} // namespace fplab
