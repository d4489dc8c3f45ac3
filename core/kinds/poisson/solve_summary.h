#pragma once

#include "core/kinds/poisson/solve_clock.h"
#include "core/run/channel.h"
#include "core/run/record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fplab {

/// How the error of a solution fell over a run with the roles MaxError, Phase and Work, gathered in order of step.
class SolveSummary {
public:
    /// A place on the way.
    struct Point {
        std::int64_t step = 0;
        std::int64_t sweeps = 0; ///< of them, by a solver
        double seconds = 0, work = 0, error = 0;
        bool solver = false; ///< reached by a solver, not a network
    };

    /// `channels` must outlive this. Seconds are by `clock` as far as it is measured, else by the records.
    explicit SolveSummary(std::span<const Channel> channels, const SolveClock& clock = {});

    void add(const Record& record);

    [[nodiscard]] const Point& latest() const { return m_latest; }
    /// The last record before the first sweep; none without a network, or while it trains.
    [[nodiscard]] const std::optional<Point>& handOver() const { return m_handOver; }
    /// First records with an error of at most 1, 0.5, 0.3, 0.2, 0.1, ... of those that were above at first.
    struct Milestone {
        double error = 0;
        Point point;
    };
    [[nodiscard]] const std::vector<Milestone>& reached() const { return m_reached; }
    /// The first record with an error of at most `error`.
    [[nodiscard]] std::optional<Point> firstBelow(double error) const;

private:
    std::span<const Channel> m_channels;
    const Channel *m_error, *m_phase, *m_work;
    SolveClock m_clock;
    Point m_latest;
    std::optional<Point> m_handOver;
    std::vector<Milestone> m_reached;
    std::vector<Point> m_lower; ///< each with an error below all before
    std::int64_t m_networkSteps = 0;
    double m_recorded = 0; ///< seconds of the latest record
    bool m_trained = false;
    double m_next = 0; ///< next milestone
};

/// The largest of ..., 1, 0.5, 0.3, 0.2, 0.1, 0.05, ... that is not above `error`; 0 for an error that is 0 or not
/// finite.
[[nodiscard]] double milestoneBelow(double error);

} // namespace fplab
