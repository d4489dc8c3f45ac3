#include "core/files/result_writer.h"

#include "core/engine/trainer.h"
#include "core/experiment/given_data.h"
#include "core/files/data_file.h"
#include "core/files/experiment_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>

namespace fplab {
namespace {

/// The names of the files that any run may write.
constexpr std::array<std::string_view, 9> commonNames {"experiment.json", "summary.json", "weights.json", "loss.csv",
    "delta_f.csv", "delta_f_map.csv", "outputs.csv", "spectrum.csv", "run.fpsession"};

std::string headingOf(const ExperimentSpec& spec, int threads, std::string_view samples)
{
    return "# program: fplab " FPLAB_VERSION "\n# experiment: " + experimentHash(spec, samples)
        + "\n# seed: " + std::to_string(spec.seed) + "\n# precision: " + spec.precision
        + "\n# threads: " + std::to_string(threads) + "\n# isa: " + instructionLevel() + '\n';
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

std::string samplesSha256(const KindReport& kind)
{
    const Dataset* data = kind.samples();
    return data ? samplesSha256(data->trainInputs, data->trainTargets) : std::string();
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
    report.kind.writeSummary(out);
    out.endObject();
    return out.text() + '\n';
}

ResultWriter::ResultWriter(
    std::string folder, std::span<const Channel> channels, const RunAnalysis& summary, KindReport& kind, Vfs& vfs)
    : m_folder(std::move(folder))
    , m_vfs(vfs)
    , m_channels(channels)
    , m_summary(summary)
    , m_kind(kind)
    , m_spectrum(findChannel(channels, Role::OutputSpectrum))
    , m_output(findChannel(channels, Role::Output))
{
}

Result<std::unique_ptr<ResultWriter>> ResultWriter::create(std::string folder, const ExperimentSpec& spec,
    std::span<const Channel> channels, const RunAnalysis& summary, KindReport& kind, int threads, Vfs& vfs,
    std::string_view samples)
{
    if (const auto made = makeDirectories(folder, vfs); !made)
        return made.error();
    std::unique_ptr<ResultWriter> writer(new ResultWriter(std::move(folder), channels, summary, kind, vfs));
    writer->m_heading = headingOf(spec, threads, samples);
    auto state = writer->keepExperiment(spec);
    if (state)
        state = writer->openTable(writer->m_loss, "loss.csv", "step,train_loss,test_loss");
    if (const auto* spectrum = writer->m_spectrum) {
        std::vector<double> followed;
        for (const auto bin : summary.bins())
            followed.push_back(spectrum->x.values[bin]);
        if (state)
            state = writer->openTable(writer->m_peaks, "delta_f.csv", columnsOf("step", 'k', followed));
        if (state)
            state = writer->openTable(writer->m_map, "delta_f_map.csv", columnsOf("step", 'k', spectrum->x.values));
        if (state && writer->m_output)
            state = writer->openTable(
                writer->m_outputs, "outputs.csv", columnsOf("step", 'x', writer->m_output->x.values));
    }
    for (const auto& [name, names] : kind.growingTables())
        if (state)
            state = writer->openTable(writer->m_ofKind.emplace_back(), name, names);
    if (!state)
        return state.error();
    return writer;
}

/// Of the files that the kind may write.
std::vector<std::string> ResultWriter::namesOfKind() const
{
    std::vector<std::string> names = m_kind.finalTableNames();
    for (const auto& table : m_kind.growingTables())
        names.push_back(table.name);
    return names;
}

/// The experiment as it will stand in the folder, with its data.
Status ResultWriter::keepExperiment(ExperimentSpec spec)
{
    namespace fs = std::filesystem;
    if (auto* csv = csvPathOf(spec)) {
        const auto folder = fs::absolute(m_folder).lexically_normal().string();
        const auto path = fs::absolute(*csv).lexically_normal().string();
        const auto inFolder = dataPathFrom(folder, path);
        const std::vector<std::string> ofKind = namesOfKind();
        std::vector<std::string_view> names(commonNames.begin(), commonNames.end());
        names.insert(names.end(), ofKind.begin(), ofKind.end());
        if (inFolder == path || std::ranges::find(names, inFolder) != names.end()) {
            const auto content = loadFile(path, fileLimit, m_vfs);
            if (!content)
                return content.error();
            *csv = freeName(m_folder, fs::path(path).filename().string(), *content, names, m_vfs);
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

Status ResultWriter::openTable(std::unique_ptr<AtomicFile>& table, const std::string& name, const std::string& columns)
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
    const auto write = [&](const std::unique_ptr<AtomicFile>& table, const std::string& row) {
        if (m_state && table)
            m_state = table->write(row + '\n');
    };
    const auto writeNumbers = [&](const std::unique_ptr<AtomicFile>& table, std::span<const double> values) {
        write(table, rowOf(record->step, {}, values));
    };
    writeNumbers(m_loss, std::array {m_summary.trainLoss(), m_summary.testLoss()});
    if (m_spectrum) {
        std::vector<double> followed;
        for (const auto bin : m_summary.bins())
            followed.push_back(m_summary.errors()[bin]);
        writeNumbers(m_peaks, followed);
        writeNumbers(m_map, m_summary.errors());
    }
    if (m_output)
        writeNumbers(m_outputs, sample(m_output));
    for (std::size_t i = 0; i < m_ofKind.size(); ++i)
        write(m_ofKind[i], m_kind.row(i, *record));
    return m_state;
}

std::string ResultWriter::spectrumTable() const
{
    std::string out = m_heading + "k,frequency,target_re,target_im,output_re,output_im,target_abs,output_abs\n";
    const auto& axis = m_spectrum->x.values;
    const auto& target = m_spectrum->reference;
    const auto output = sample(m_spectrum);
    for (std::size_t k = 0, n = axis.size(); k < n; ++k) {
        out += numberInTable(axis[k]);
        for (const double value : {m_spectrum->frequency[k], target[k], target[n + k], output[k], output[n + k],
                 std::hypot(target[k], target[n + k]), std::hypot(output[k], output[n + k])})
            out += ',' + numberInTable(value);
        out += '\n';
    }
    return out;
}

Status ResultWriter::finish(const RunReport& report)
{
    const auto commit = [&](const std::unique_ptr<AtomicFile>& table) {
        if (!m_state || !table)
            return;
        if (const auto saved = table->commit(); !saved)
            m_state = saved.error();
    };
    for (const auto* table : {&m_data, &m_loss, &m_peaks, &m_map, &m_outputs})
        commit(*table);
    for (const auto& table : m_ofKind)
        commit(table);
    const auto save = [&](const std::string& name, const std::string& content) {
        if (!m_state)
            return;
        if (const auto saved = saveFile(m_folder + '/' + name, content, m_vfs); !saved)
            m_state = saved.error();
    };
    if (m_spectrum && m_last)
        save("spectrum.csv", spectrumTable());
    for (const auto& table : m_kind.finalTables())
        save(table.name, m_heading + table.columns + '\n' + table.rows);
    const NetworkParams params = m_kind.params();
    if (remarkOnWeights(params)) {
        (void)m_vfs.unlink(m_folder + "/weights.json"); // of another run
    } else if (!params.empty()) {
        JsonWriter weights;
        weights.beginObject().member("kind", "explicit").key("params");
        writeParams(weights, params);
        weights.endObject();
        save("weights.json", weights.text() + '\n');
    }
    save("experiment.json", m_experiment);
    save("summary.json", formatReport(report));
    return m_state;
}

} // namespace fplab
