#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/kinds/poisson/kind.h"
#include "core/pde/poisson.h"
#include "core/signal/formula.h"

#include <vector>

namespace fplab {

/// Everything about a Poisson problem that does not change while it is solved.
struct PoissonSetting {
    PoissonProblem problem; ///< on the solver's grid
    PoissonGrid trainingGrid;
    std::vector<double> trainingSource; ///< g at the training points
    ReferenceSolution reference; ///< u_ref on the solver's grid
    std::vector<double> trainingReference; ///< u_ref at the training points
    std::vector<double> discrete; ///< what every solver converges to
    double discretisationFloor = 0; ///< max |discrete - u_ref|
    /// max |a x| of the exact minimiser u_ref + a (linear) of the penalised energy (S1 Eq. 23): no network gets below
    /// it but by luck, unless the boundary line is removed.
    double penaltyFloor = 0;
    /// The Deep Ritz energy (S1 Eq. 23) of that minimiser, as the sum over the training points gives it: no smooth
    /// curve has less.
    double leastEnergy = 0;
    double size = 0; ///< max |u_ref| on the solver's grid: the error of u = 0
    Formula source; ///< g
};

/// Errors: the formula's (path "pde.formula", with column), or where g is not finite.
[[nodiscard]] Result<PoissonSetting> makePoissonSetting(const PdeSpec& pde);

/// Sets what depends on the penalty: penaltyFloor and leastEnergy.
void measurePenalty(PoissonSetting& setting, double beta);

/// max_i |u_i - v_i|
[[nodiscard]] double largestDifference(std::span<const double> u, std::span<const double> v);

} // namespace fplab
