#pragma once

#include "core/documents/run_document.h"
#include "core/kinds/poisson/solve_summary.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace fplab {

/// How the error of a solution falls over a run: one point for each record of its history. Empty for runs without
/// Role::MaxError.
class ErrorTrace {
public:
    /// Another run, with what it has recorded so far; null = none.
    void setRun(std::shared_ptr<const RunDocument> run);
    /// Takes what the history has got since, and leaves out what was thinned; begins anew where the run went back.
    void update();
    /// What the seconds of all points are by, from now on.
    void setClock(const SolveClock& clock);

    [[nodiscard]] const std::vector<SolveSummary::Point>& points() const { return m_points; }
    /// Also of records that were thinned away meanwhile. Precondition: points() is not empty.
    [[nodiscard]] const SolveSummary& summary() const { return *m_summary; }
    /// The last point of the first network phase at or before `step`, as an index; none without a network.
    [[nodiscard]] std::optional<std::size_t> networkAt(std::int64_t step) const;
    /// How many points, from the first, are of the first network phase.
    [[nodiscard]] std::size_t networkPoints() const { return m_network; }

private:
    void beginAnew();
    void dropThinned();

    std::shared_ptr<const RunDocument> m_run;
    SolveClock m_clock;
    std::vector<Channel> m_channels; ///< the summary refers to them
    std::optional<SolveSummary> m_summary;
    std::vector<SolveSummary::Point> m_points;
    std::size_t m_network = 0;
    std::uint64_t m_revision = 0;
};

} // namespace fplab
