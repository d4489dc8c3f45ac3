#include "ui/model/expected_end.h"

#include "core/kinds/poisson/expected_sweeps.h"
#include "core/kinds/poisson/kind.h"

#include <algorithm>
#include <cmath>

namespace fplab {

std::int64_t expectedEnd(const Lab& lab) { return expectedEnd(lab.run.document(), lab.handoff); }

std::int64_t expectedEnd(const RunDocument& run, HandoffModel& handoff)
{
    // what was planned takes no room once it will not come
    const std::int64_t live = run.liveStep(),
                       planned = run.state != RunState::Empty && !run.isOver() ? run.rule.steps : 0;
    if (!handoff.available() || handoff.pde().handoffStep < 0)
        return std::max(live, planned);
    const PdeSpec& pde = handoff.pde();
    const auto& alone = handoff.alone(); // of the run on screen itself without a network
    const bool known
        = handoff.handsOver() && pde.alternateEvery == 0 && !alone.empty() && alone.back().error <= pde.tolerance;
    const std::int64_t sweeps = known ? alone.back().sweeps : std::llround(expectedSweeps(pde));
    return std::max(live, std::min(planned, pde.handoffStep + std::max<std::int64_t>(1, sweeps)));
}

} // namespace fplab
