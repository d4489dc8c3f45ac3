#include "core/documents/run_document.h"

namespace fplab {

int RunDocument::channelIndex(Role role) const
{
    const Channel* found = findChannel(channels, role);
    return found ? static_cast<int>(found - channels.data()) : -1;
}

std::vector<Remark> RunDocument::notes() const
{
    std::vector<Remark> all = remarks;
    all.insert(all.end(), findings.begin(), findings.end());
    return all;
}

RunDocument documentOf(const ExperimentSpec& spec)
{
    return {.spec = spec, .record = spec.problem.record(), .rule = stopRuleOf(spec)};
}

} // namespace fplab
