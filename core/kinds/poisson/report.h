#pragma once

#include "core/experiment/kind_report.h"
#include "core/experiment/spec.h"
#include "core/kinds/poisson/handoff_verdict.h"
#include "core/kinds/poisson/poisson.h"
#include "core/kinds/poisson/solve_summary.h"

#include <optional>

namespace fplab {

/// Whether a hand-off costs no more than `limits` says, { time, sweeps, work } as fractions of the solver's alone.
void checkCosts(const JsonValue& limits, const std::optional<HandoffVerdict>& found, Statements& out);

/// How near a solution came, and at what cost: error.csv (error over sweeps, seconds and work), modes.csv (error by
/// sine mode), solution.csv, "poisson" in the summary; and who wins against the solver alone, where a preset asks for
/// it.
class PoissonReport : public KindReport {
public:
    PoissonReport(const ExperimentSpec& spec, PoissonExperiment& experiment);

    void add(const Record& record) override { m_solve.add(record); }
    [[nodiscard]] std::vector<ResultTable> growingTables() const override;
    [[nodiscard]] std::string row(std::size_t table, const Record& record) const override;
    [[nodiscard]] std::vector<FinalTable> finalTables() override;
    [[nodiscard]] std::vector<std::string> finalTableNames() const override { return {"solution.csv"}; }
    [[nodiscard]] NetworkParams params() const override { return m_experiment.params(); }
    void writeSummary(JsonWriter& out) const override;
    [[nodiscard]] std::string text() const override;
    /// Keys of "expected": `reaches`, [[error, fewest sweeps, most sweeps], ...] until the largest error is at most
    /// `error`; `handoff`, { time, sweeps, work }: costs to the tolerance with the hand-over, at most these fractions
    /// of the solver's alone. Sweeps and work are the same on every computer; time is measured, one run after the
    /// other.
    void check(const JsonValue& expected, Statements& out, int threads, const std::stop_token& stop) override;

    [[nodiscard]] const SolveSummary& solve() const { return m_solve; }

private:
    /// Against the solver alone, run here and now; none if it cannot be made.
    [[nodiscard]] std::optional<HandoffVerdict> judge(int threads, const std::stop_token& stop) const;

    ExperimentSpec m_spec;
    PoissonExperiment& m_experiment;
    std::span<const Channel> m_channels;
    SolveSummary m_solve;
};

} // namespace fplab
