#pragma once

#include "core/analysis/run_analysis.h"
#include "core/experiment/kind_report.h"
#include "core/experiment/spec.h"
#include "core/files/experiment_id.h"
#include "core/io/vfs.h"
#include "core/run/run.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The files of `fplab-cli run --out`; their names and columns are a contract with scripts.
namespace fplab {

/// samplesSha256() of the samples that are trained with; empty for an experiment without.
[[nodiscard]] std::string samplesSha256(const KindReport& kind);

/// What must be known of weights that are too many to be written: there is no weights.json.
[[nodiscard]] std::optional<Remark> remarkOnWeights(const NetworkParams& params);

/// What summary.json tells.
struct RunReport {
    const ExperimentSpec& spec;
    const RunAnalysis& summary;
    const KindReport& kind;
    RunResult result;
    std::string weightsSha256;
    int threads = 1;
    std::span<const Remark> remarks = {}; ///< of the experiment, and what turned out
    std::string samples = {}; ///< their SHA-256, for the id of an experiment with a CSV file
};
/// The object of summary.json. `indent` 0: on one line.
[[nodiscard]] std::string formatReport(const RunReport& report, int indent = 2);

/// Writes the result files of one run. Tables grow while the run goes on, each in a temp file that takes its place in
/// finish(); a run that ends in any other way leaves the folder as it was.
class ResultWriter {
public:
    /// Makes the folder if needed. `channels`, `summary` and `kind` must outlive this. `samples` as of RunReport.
    ///
    /// The folder can be moved: a CSV file that `spec` names is copied into it as it is, unless it lies in the folder
    /// already, and experiment.json names the copy. What could not be opened again is refused here, before the run.
    [[nodiscard]] static Result<std::unique_ptr<ResultWriter>> create(std::string folder, const ExperimentSpec& spec,
        std::span<const Channel> channels, const RunAnalysis& summary, KindReport& kind, int threads,
        Vfs& vfs = Vfs::system(), std::string_view samples = {});

    /// A new record, which `summary` and `kind` have seen already. After an error all further calls return the same
    /// error.
    [[nodiscard]] Status add(const RecordPtr& record);

    /// Writes the tables of the last record, weights (up to writtenWeightsLimit of them) and specification, and last
    /// the summary.
    [[nodiscard]] Status finish(const RunReport& report);

private:
    ResultWriter(
        std::string folder, std::span<const Channel> channels, const RunAnalysis& summary, KindReport& kind, Vfs& vfs);
    Status openTable(std::unique_ptr<AtomicFile>& table, const std::string& name, const std::string& columns);
    Status keepExperiment(ExperimentSpec spec);
    [[nodiscard]] std::vector<std::string> namesOfKind() const;
    [[nodiscard]] std::span<const double> sample(const Channel* channel) const; ///< of the last record
    [[nodiscard]] std::string spectrumTable() const;

    std::string m_folder, m_heading;
    std::string m_experiment; ///< the file
    std::unique_ptr<AtomicFile> m_data; ///< copy of the CSV file
    Vfs& m_vfs;
    std::span<const Channel> m_channels;
    const RunAnalysis& m_summary;
    KindReport& m_kind;
    const Channel *m_spectrum, *m_output;
    std::unique_ptr<AtomicFile> m_loss, m_peaks, m_map, m_outputs;
    std::vector<std::unique_ptr<AtomicFile>> m_ofKind; ///< KindReport::growingTables()
    RecordPtr m_last;
    Status m_state = success();
};

} // namespace fplab
