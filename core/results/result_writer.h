#pragma once

#include "core/analysis/run_summary.h"
#include "core/experiment/experiment_id.h"
#include "core/experiment/spec.h"
#include "core/io/vfs.h"
#include "core/kinds/poisson/poisson_setting.h"
#include "core/run/run.h"
#include "core/signal/dataset.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The files of `fplab-cli run --out`; their names and columns are a contract with scripts.
namespace fplab {

/// What a run leaves behind besides its records.
struct FinalState {
    const Dataset* data = nullptr; ///< null for an experiment without samples
    SampleMatrix trainOutputs, testOutputs;
    NetworkParams params; ///< empty for an experiment without a network
    struct Solution {
        const PoissonSetting* setting = nullptr;
        std::vector<double> network, u; ///< on the solver's grid; `network`: what was handed over, empty without
    };
    std::optional<Solution> solution; ///< of a Poisson problem
};
/// The state that `experiment` is in now; it keeps the data.
[[nodiscard]] FinalState finalStateOf(Experiment& experiment);

/// samplesSha256() of the samples that `experiment` trains with; empty for an experiment without.
[[nodiscard]] std::string samplesSha256(const Experiment& experiment);

/// What must be known of weights that are too many to be written: there is no weights.json.
[[nodiscard]] std::optional<Remark> remarkOnWeights(const NetworkParams& params);

/// What summary.json tells.
struct RunReport {
    const ExperimentSpec& spec;
    const RunSummary& summary;
    RunResult result;
    std::string weightsSha256;
    int threads = 1;
    const PoissonSetting* poisson = nullptr; ///< of a Poisson problem: what the method cannot get below
    std::span<const Remark> remarks = {}; ///< of the experiment, and what turned out
    std::string samples = {}; ///< their SHA-256, for the id of an experiment with a CSV file
};
/// The object of summary.json. `indent` 0: on one line.
[[nodiscard]] std::string formatReport(const RunReport& report, int indent = 2);

/// Writes the result files of one run. Tables grow while the run goes on, each in a temp file that takes its place in
/// finish(); a run that ends in any other way leaves the folder as it was.
class ResultWriter {
public:
    /// Makes the folder if needed. `channels` and `summary` must outlive this. `samples` as of RunReport.
    ///
    /// The folder can be moved: a CSV file that `spec` names is copied into it as it is, unless it lies in the folder
    /// already, and experiment.json names the copy. What could not be opened again is refused here, before the run.
    [[nodiscard]] static Result<std::unique_ptr<ResultWriter>> create(std::string folder, const ExperimentSpec& spec,
        std::span<const Channel> channels, const RunSummary& summary, int threads, Vfs& vfs = Vfs::system(),
        std::string_view samples = {});

    /// A new record, which `summary` has seen already. After an error all further calls return the same error.
    [[nodiscard]] Status add(const RecordPtr& record);

    /// Writes the tables of the last record, weights (up to writtenWeightsLimit of them) and specification, and last
    /// the summary.
    [[nodiscard]] Status finish(const RunReport& report, const FinalState& state);

private:
    ResultWriter(std::string folder, std::span<const Channel> channels, const RunSummary& summary, Vfs& vfs);
    Status openTable(std::unique_ptr<AtomicFile>& table, const char* name, const std::string& columns);
    Status keepExperiment(ExperimentSpec spec);
    [[nodiscard]] std::span<const double> sample(const Channel* channel) const; ///< of the last record
    [[nodiscard]] std::string spectrumTable() const;
    [[nodiscard]] std::string outputTable(const FinalState& state) const;
    [[nodiscard]] std::string solutionTable(const FinalState::Solution& solution) const;

    std::string m_folder, m_heading;
    std::string m_experiment; ///< the file
    std::unique_ptr<AtomicFile> m_data; ///< copy of the CSV file
    std::string m_solver; ///< id of the method behind Role::Phase 1
    Vfs& m_vfs;
    std::span<const Channel> m_channels;
    const RunSummary& m_summary;
    const Channel *m_spectrum, *m_output;
    std::unique_ptr<AtomicFile> m_loss, m_peaks, m_map, m_outputs, m_errors, m_modes;
    RecordPtr m_last;
    Status m_state = success();
};

} // namespace fplab
