#include "core/pde/solvers.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace fplab {

namespace {

/// On the n - 1 inner values, with the matrix (-1, 2, -1).
class ConjugateGradient final : public GridSolver {
public:
    ConjugateGradient(const PoissonProblem& problem, std::vector<double> initial)
        : m_n(problem.grid.n)
        , m_u(std::move(initial))
        , m_residual(m_n + 1, 0.0)
        , m_direction(m_n + 1, 0.0)
        , m_product(m_n + 1, 0.0)
    {
        const double square = problem.grid.dx() * problem.grid.dx();
        for (std::size_t i = 1; i < m_n; ++i)
            m_residual[i] = square * problem.g[i] - (2 * m_u[i] - m_u[i - 1] - m_u[i + 1]);
        m_direction = m_residual;
        m_norm = dot(m_residual, m_residual);
    }

    void iterate(std::int64_t count) override
    {
        m_iterations += count;
        for (; count > 0 && m_norm > 0; --count) {
            for (std::size_t i = 1; i < m_n; ++i)
                m_product[i] = 2 * m_direction[i] - m_direction[i - 1] - m_direction[i + 1];
            const double step = m_norm / dot(m_direction, m_product);
            for (std::size_t i = 1; i < m_n; ++i) {
                m_u[i] += step * m_direction[i];
                m_residual[i] -= step * m_product[i];
            }
            const double next = dot(m_residual, m_residual);
            const double keep = next / m_norm;
            m_norm = next;
            for (std::size_t i = 1; i < m_n; ++i)
                m_direction[i] = m_residual[i] + keep * m_direction[i];
        }
    }

    [[nodiscard]] std::int64_t iterations() const override { return m_iterations; }
    [[nodiscard]] std::span<const double> solution() override { return m_u; }
    [[nodiscard]] double workPerIteration() const override { return 13.0 * static_cast<double>(m_n - 1); }

    [[nodiscard]] std::vector<double> state() const override
    {
        std::vector<double> out;
        for (const auto* part : {&m_u, &m_residual, &m_direction})
            out.insert(out.end(), part->begin(), part->end());
        out.push_back(m_norm);
        out.push_back(static_cast<double>(m_iterations));
        return out;
    }
    void restore(std::span<const double> state) override
    {
        for (auto* part : {&m_u, &m_residual, &m_direction}) {
            std::copy_n(state.begin(), part->size(), part->begin());
            state = state.subspan(part->size());
        }
        m_norm = state[0];
        m_iterations = static_cast<std::int64_t>(state[1]);
    }

private:
    static double dot(const std::vector<double>& a, const std::vector<double>& b)
    {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    }

    const std::size_t m_n;
    std::vector<double> m_u, m_residual, m_direction, m_product; ///< n + 1 each; all but u have zero ends
    double m_norm = 0; ///< of the residual, squared
    std::int64_t m_iterations = 0;
};

} // namespace

std::unique_ptr<GridSolver> makeConjugateGradient(const PoissonProblem& problem, std::vector<double> initial, double)
{
    return std::make_unique<ConjugateGradient>(problem, std::move(initial));
}

} // namespace fplab
