#pragma once

#include "core/fields/hint.h"
#include "core/pde/poisson.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace fplab {

/// A method that solves the difference equations of a PoissonProblem step by step from an initial guess. The end values
/// of the guess are kept. Used by one thread at a time.
///
/// The numbers after t iterations are the same bits however the iterations are grouped into calls.
class GridSolver {
public:
    virtual ~GridSolver() = default;

    virtual void iterate(std::int64_t count) = 0;
    [[nodiscard]] virtual std::int64_t iterations() const = 0;
    /// n + 1 values, ends included; valid until the next call.
    [[nodiscard]] virtual std::span<const double> solution() = 0;
    /// Floating-point operations of one iteration, as a textbook counts them.
    [[nodiscard]] virtual double workPerIteration() const = 0;

    /// How many iterations are done at the cost of few when asked for at once, from a multiple of this number on.
    [[nodiscard]] virtual std::int64_t sweepsTogether() const { return 1; }

    /// All that iterate() depends on; for restore() of a solver made for the same problem.
    [[nodiscard]] virtual std::vector<double> state() const = 0;
    virtual void restore(std::span<const double> state) = 0;
};

/// One row is a complete solver: files, forms and tests iterate gridSolvers().
struct GridSolverKind {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    double largestOmega; ///< relaxation factors in (0, largestOmega) converge; 0 = has no relaxation factor
    /// The factor by which sine mode j of the error falls in an iteration on n intervals, in closed form (Saad,
    /// Iterative Methods for Sparse Linear Systems, 4.2; of SOR the eigenvalue that belongs to it); null where there is
    /// none.
    double (*modeFactor)(std::size_t j, std::size_t n, double omega);
    /// `initial`: n + 1 values.
    std::unique_ptr<GridSolver> (*make)(const PoissonProblem& problem, std::vector<double> initial, double omega);
};

/// jacobi, damped_jacobi, gauss_seidel, sor, conjugate_gradient, multigrid, direct.
[[nodiscard]] std::span<const GridSolverKind> gridSolvers();
[[nodiscard]] std::span<const Choice> gridSolverChoices();
/// nullptr if there is none with that id.
[[nodiscard]] const GridSolverKind* findGridSolver(std::string_view id);

/// Whether multigrid has a coarser grid for n intervals.
[[nodiscard]] bool canCoarsen(std::size_t n);

} // namespace fplab
