#include "ui/model/expected_end.h"

#include <algorithm>

namespace fplab {

std::int64_t expectedEnd(const Lab& lab)
{
    const std::int64_t live = lab.run.liveStep(),
                       planned = lab.run.hasRun() && !lab.analysis.isOver() ? lab.run.stopRule().steps : 0;
    // what was planned takes no room once it will not come
    KindModel* kind = lab.kinds.current();
    const auto expected = kind ? kind->expectedEnd() : std::nullopt;
    return std::max(live, std::min(planned, expected.value_or(planned)));
}

} // namespace fplab
