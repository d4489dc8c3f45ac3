#pragma once

#include "core/fourier/dst.h"
#include "core/pde/poisson.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fplab {

/// The (damped) Jacobi method from any initial guess in closed form: sine mode j of the error against the discrete
/// solution is multiplied by lambda_j = 1 - omega + omega cos(j pi / n) in each sweep (S1 Eqs. 18, 21). Any number of
/// sweeps costs the same.
class JacobiForecast {
public:
    /// `initial` and `reference`: n + 1 values each. The ends of the guess stay.
    JacobiForecast(const PoissonProblem& problem, std::span<const double> initial, std::span<const double> reference,
        double omega = 1);

    /// Amplitudes of the error modes after `sweeps`; modes()[j - 1] of mode j. Valid until the next call.
    [[nodiscard]] std::span<const double> modes(std::int64_t sweeps);
    /// The iterate after `sweeps`: n + 1 values, valid until the next call.
    [[nodiscard]] std::span<const double> solution(std::int64_t sweeps);
    /// max |u - reference| after `sweeps`.
    [[nodiscard]] double largestError(std::int64_t sweeps);
    struct Point {
        std::int64_t sweeps = 0;
        double error = 0; ///< largestError()
    };
    /// How the error falls, at numbers of sweeps that grow by a quarter each. Ends where it is at most `tolerance`
    /// (found to one part in 1000), where nothing changes any more, or at `most` sweeps.
    [[nodiscard]] std::vector<Point> errorCurve(double tolerance, std::int64_t most);

private:
    Dst m_dst;
    std::vector<double> m_limit, m_reference; ///< discrete solution with the ends of the guess
    std::vector<double> m_factors, m_logs, m_start; ///< lambda_j, log |lambda_j| and the initial amplitudes
    std::vector<double> m_modes, m_inner, m_solution;
    double m_size = 0; ///< of the limit
};

} // namespace fplab
