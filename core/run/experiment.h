#pragma once

#include "core/base/result.h"
#include "core/run/channel.h"
#include "core/run/record.h"
#include "core/run/remark.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace fplab {

/// A change made while a run goes on; `path` is the JSON path of the experiment file, e.g. "optimizer.learning_rate".
struct LiveChange {
    std::string path;
    std::variant<double, std::string, std::vector<double>> value;
    bool operator==(const LiveChange&) const = default;
};

/// Everything an experiment needs to go on from a step bit for bit. Opaque; valid for an experiment made from the same
/// spec, on this kind of computer. It says whose it is and is checked, see state_bytes.h: one that went through a file
/// can be tried.
using ExperimentState = std::vector<std::byte>;

/// Where a run comes to when no further step is done.
struct RunEnd {
    bool reached = true; ///< what was asked for; else it was given up
    std::string
        reason; ///< for people, with the numbers: "the largest error 0.0033 is above the tolerance 0.001 after ..."
    std::vector<Fix> fixes = {}; ///< not reached: ways to get there, the best first
};

/// Whatever iterates: a network under an optimizer, a solver's sweeps. Used by one thread at a time.
class Experiment {
public:
    virtual ~Experiment() = default;

    /// Fixed from construction on. Every record's samples match it.
    [[nodiscard]] virtual std::span<const Channel> channels() const = 0;

    /// What must be known to read the results rightly; fixed from construction on.
    [[nodiscard]] virtual std::span<const Remark> remarks() const { return {}; }

    /// Does steps, optimiser updates or sweeps: at least one and at most `most` (>= 1), and no more than a few
    /// milliseconds take. Returns how many. The numbers do not depend on how steps are grouped into calls.
    virtual std::int64_t advance(std::int64_t most) = 0;
    void step() { advance(1); }

    /// Whether the state after the latest step must be recorded whatever the schedule says: a hand-over, a milestone.
    [[nodiscard]] virtual bool notable() const { return false; }

    /// Set when the experiment is at its end by itself: its goal is reached, or cannot be.
    [[nodiscard]] virtual std::optional<RunEnd> end() const { return {}; }

    /// What it has come to where something outside ends it now (the last step, the time); none without a goal of its
    /// own. May cost as much as observe().
    [[nodiscard]] virtual std::optional<RunEnd> endHere() const { return {}; }

    /// What has turned out so far and must be known to read the results, beside remarks(): the energy fell below the
    /// least possible. None of it is taken back, but the numbers in a text may be those of the latest step.
    [[nodiscard]] virtual std::vector<Remark> findings() const { return {}; }

    /// Steps done so far.
    [[nodiscard]] virtual std::int64_t stepIndex() const = 0;

    /// The current state as the channels see it. Never changes what later steps compute.
    [[nodiscard]] virtual Record observe() = 0;

    /// The quantity being minimised as known without extra work (before the latest update); NaN before the first step.
    /// Non-finite or exploding values end a run as diverged.
    [[nodiscard]] virtual double lastLoss() const = 0;

    /// Largest magnitude among the trained parameters, NaN if one is not finite; 0 without any. Called after every
    /// step.
    [[nodiscard]] virtual double largestParameter() const = 0;

    /// Threads that a step keeps busy now: what is left of the computer is for others.
    [[nodiscard]] virtual int busyThreads() const { return 1; }

    /// While on, steps go on with one thread as soon as the others have done what they are at, and leave room for
    /// something short and urgent. The only call that may come from another thread while a step is done.
    virtual void setYielding(bool on) { (void)on; }

    /// Applies a live change before the next step, or says why it cannot.
    virtual Status apply(const LiveChange& change) = 0;

    /// Takes another way from a step of the past: the present state is given up for what `record` (of this experiment)
    /// holds, which must be all that the steps after it depend on. The error says why it is not.
    virtual Status branchFrom(const Record& record);

    [[nodiscard]] virtual ExperimentState state() const = 0;
    /// The error says why `state` is none of an experiment made from the same spec; this one is of no use then until
    /// another state was restored.
    virtual Status restore(const ExperimentState& state) = 0;
};

inline Status Experiment::branchFrom(const Record&)
{
    return Diagnostic {.what = "a record does not hold all that later steps of this experiment depend on"};
}

} // namespace fplab
