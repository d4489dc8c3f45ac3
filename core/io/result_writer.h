#pragma once

#include "core/experiment/poisson_setting.h"
#include "core/experiment/run_summary.h"
#include "core/experiment/spec.h"
#include "core/io/vfs.h"
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

/// SHA-256, in hexadecimal digits, of all weights as little-endian doubles: layer by layer, W row by row, then b.
[[nodiscard]] std::string weightsSha256(const NetworkParams& params);

/// What summary.json tells.
struct RunReport {
    const ExperimentSpec& spec;
    const RunSummary& summary;
    RunResult result;
    std::string weightsSha256;
    int threads = 1;
    const PoissonSetting* poisson = nullptr; ///< of a Poisson problem: what the method cannot get below
    std::span<const Remark> remarks = {}; ///< of the experiment, and what turned out
};
/// The object of summary.json. `indent` 0: on one line.
[[nodiscard]] std::string formatReport(const RunReport& report, int indent = 2);

/// Writes the result files of one run. Tables grow while the run goes on, each in a temp file that takes its place in
/// finish(); a run that ends in any other way leaves the folder as it was.
class ResultWriter {
public:
    /// Makes the folder if needed. `channels` and `summary` must outlive this.
    [[nodiscard]] static Result<std::unique_ptr<ResultWriter>> create(std::string folder, const ExperimentSpec& spec,
        std::span<const Channel> channels, const RunSummary& summary, int threads, Vfs& vfs = Vfs::system());

    /// A new record, which `summary` has seen already. After an error all further calls return the same error.
    [[nodiscard]] Status add(const RecordPtr& record);

    /// Writes the tables of the last record, weights and specification, and last the summary.
    [[nodiscard]] Status finish(const RunReport& report, const FinalState& state);

private:
    ResultWriter(std::string folder, std::span<const Channel> channels, const RunSummary& summary, Vfs& vfs);
    Status openTable(std::unique_ptr<AtomicFile>& table, const char* name, const std::string& columns);
    [[nodiscard]] std::span<const double> sample(const Channel* channel) const; ///< of the last record
    [[nodiscard]] std::string spectrumTable() const;
    [[nodiscard]] std::string outputTable(const FinalState& state) const;
    [[nodiscard]] std::string solutionTable(const FinalState::Solution& solution) const;

    std::string m_folder, m_heading;
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
