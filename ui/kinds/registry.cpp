#include "ui/model/kind_window.h"

#include "ui/kinds/poisson/window.h"

#include <algorithm>
#include <array>

namespace fplab {

std::span<const KindWindow> kindWindows()
{
    static const std::array all {poissonWindow()};
    return all;
}

const KindWindow& kindWindowOf(const ExperimentSpec& spec)
{
    static constexpr KindWindow none {};
    const auto found = std::ranges::find(kindWindows(), kindOf(spec), &KindWindow::id);
    return found == kindWindows().end() ? none : *found;
}

} // namespace fplab
