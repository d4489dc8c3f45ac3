#include "ui/model/expected_end.h"

#include <algorithm>

namespace fplab {

std::int64_t expectedEnd(const Lab& lab) { return expectedEnd(lab.run.document(), lab.kinds); }

std::int64_t expectedEnd(const RunDocument& run, KindModels& kinds)
{
    // what was planned takes no room once it will not come
    const std::int64_t live = run.liveStep(),
                       planned = run.state != RunState::Empty && !run.isOver() ? run.rule.steps : 0;
    KindModel* kind = kinds.current();
    const auto expected = kind ? kind->expectedEnd() : std::nullopt;
    return std::max(live, std::min(planned, expected.value_or(planned)));
}

} // namespace fplab
