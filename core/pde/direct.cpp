#include "core/pde/solvers.h"

namespace fplab {

namespace {

class Direct final : public IterateSolver {
public:
    Direct(const PoissonProblem& problem, std::vector<double> initial)
        : IterateSolver(std::move(initial))
        , m_problem(problem)
    {
    }
    [[nodiscard]] double workPerIteration() const override { return 5.0 * static_cast<double>(m_problem.grid.n - 1); }

private:
    void advance(std::int64_t count) override
    {
        if (count > 0)
            m_u = solveDirect(m_problem, m_u.front(), m_u.back());
    }

    PoissonProblem m_problem;
};

} // namespace

std::unique_ptr<GridSolver> makeDirect(const PoissonProblem& problem, std::vector<double> initial, double)
{
    return std::make_unique<Direct>(problem, std::move(initial));
}

} // namespace fplab
