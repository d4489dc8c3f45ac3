#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/kinds/poisson/poisson_setting.h"

#include <cstdint>
#include <string>

namespace fplab {

/// What a step of the network and a sweep of the solver take on this computer, each measured once: work told in seconds
/// by one clock is told alike wherever it is told.
struct SolveClock {
    /// Seconds of one piece of work; 0 = not measured.
    struct Unit {
        double median = 0;
        double spread = 0; ///< half of what lies between the quartiles of the measurements
    };
    Unit step, sweep;

    [[nodiscard]] double seconds(std::int64_t steps, std::int64_t sweeps) const
    {
        return step.median * static_cast<double>(steps) + sweep.median * static_cast<double>(sweeps);
    }
    [[nodiscard]] double spread(std::int64_t steps, std::int64_t sweeps) const
    {
        return step.spread * static_cast<double>(steps) + sweep.spread * static_cast<double>(sweeps);
    }
};

/// By several measurements, some milliseconds in all.
[[nodiscard]] SolveClock::Unit measureSweep(const PdeSpec& pde, const PoissonSetting& setting);
/// As above; a network whose steps take longer than that is not measured. Precondition: kind "poisson".
[[nodiscard]] SolveClock::Unit measureStep(const ExperimentSpec& spec, const ExecutionOptions& options);

/// "0.41 s", "0.41 ± 0.03 s", "4.2 ms": two digits, and the spread where it shows in them or in a third.
[[nodiscard]] std::string secondsText(double seconds, double spread = 0);

} // namespace fplab
