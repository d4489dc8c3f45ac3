#include "core/kinds/registry.h"

#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"

#include <algorithm>
#include <array>

namespace fplab {

std::span<const Kind* const> kinds()
{
    static const std::array all {
        &fitCurveKind(),
        &poissonKind(),
    };
    return all;
}

const Kind* findKind(std::string_view id)
{
    const auto found = std::ranges::find(kinds(), id, &Kind::id);
    return found == kinds().end() ? nullptr : *found;
}

KindSpec::KindSpec()
    : KindSpec(kinds().front()->prototype())
{
}

} // namespace fplab
