#pragma once

#include "core/kinds/poisson/solve_summary.h"
#include "ui/views/scales.h"
#include "ui/views/view_options.h"

namespace fplab {

/// What a solution may cost, as an axis: seconds on this computer, sweeps, or floating-point operations.
struct CostAxis {
    enum Kind { Seconds, Sweeps, Work };
    int kind = Seconds;
    bool logarithmic = false;
    double lowest = 1e-5; ///< the smallest cost on a logarithmic axis

    static QVector<ViewOptions::Choice> choices();
    [[nodiscard]] double of(const SolveSummary::Point& point) const;
    [[nodiscard]] QString label() const; ///< with its unit
    [[nodiscard]] QString text(double cost) const; ///< "0.14 s"
    /// Where a cost lies; on a logarithmic axis costs below `lowest` lie there.
    [[nodiscard]] double coordinate(double cost) const;
    [[nodiscard]] double cost(double coordinate) const;
};

} // namespace fplab
