#include "core/kinds/poisson/expected_sweeps.h"

#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cmath>

namespace fplab {

double expectedSweeps(const PdeSpec& pde)
{
    const double n = pde.grid, digits = std::log(std::max(1.0, 0.5 / pde.tolerance));
    const auto factor = findGridSolver(pde.then)->modeFactor;
    const double sweeps = factor  ? digits / -std::log(factor(1, static_cast<std::size_t>(pde.grid), pde.omega))
        : pde.then == "multigrid" ? digits
        : pde.then == "direct"    ? 1
                                  : n; // conjugate gradients
    return std::min(sweeps, static_cast<double>(pde.maxSweeps));
}

} // namespace fplab
