#pragma once

#include "core/analysis/verdict.h"

#include <QString>

#include <vector>

namespace fplab {

/// How far followed peaks are, in the same words everywhere. A peak is captured when the run is over and it stayed
/// below the threshold; until then it is only below, since it may rise again. Where it dipped below and rose, it was
/// touched.
struct PassageWords {
    double threshold;
    bool over; ///< the run

    /// "captured at 1 080", "below 0.1 since 1 080", "touched at 8", "not yet", "not captured", "not in the target".
    [[nodiscard]] QString of(const Passage& passage) const;
    /// "k = 1, 3 captured at 60, 1 080; k = 5 touched at 8; k = 9 not captured".
    [[nodiscard]] QString of(const std::vector<Passage>& passages) const;
    /// "2 of 3 peaks captured"; "below 0.1" while the run goes on.
    [[nodiscard]] QString count(const Verdict& verdict) const;
};

/// Of the peaks that are below, whether the lower came first: "in order", "in reverse order", ...; empty if fewer than
/// two are or all came at once.
[[nodiscard]] QString orderInWords(const std::vector<Passage>& passages);
/// True if at least two are below, the lower ones first and not all at once.
[[nodiscard]] bool ascendingSoFar(const std::vector<Passage>& passages);

} // namespace fplab
