#pragma once

#include "core/fields/hint.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// Where a 1-D target is sampled.
struct SamplingSpec {
    double from = -3.14, to = 3.14; ///< from < to
    int count = 201; ///< >= 2
    std::string kind = "uniform"; ///< id of a placement
    bool endpoint = true;
    int testCount = 0; ///< extra test points
    double showOutside
        = 0.1; ///< how far the output is shown beyond the range, as a fraction of its width, on each side
    bool operator==(const SamplingSpec&) const = default;
};

/// A way to place sample points in a range. A row of placements() is a complete new one.
struct Placement {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    bool even; ///< in equal steps: a DFT applies, and test points lie half a step further
    bool mayLeaveEndOut; ///< SamplingSpec::endpoint matters
    bool mayCoincide; ///< two points may be equal
    /// `count` ascending points; random ones by RandomStream::sampling of `seed`.
    std::vector<double> (*points)(const SamplingSpec& sampling, std::uint64_t seed);
};

/// uniform, random, random_subset (`count` of 5 x `count` even points, without replacement: S2, Fig. 7 has 600 of
/// 3000), chebyshev (zeros of the Chebyshev polynomial).
[[nodiscard]] std::span<const Placement> placements();
/// nullptr if there is none with that id.
[[nodiscard]] const Placement* findPlacement(std::string_view id);
[[nodiscard]] std::span<const Choice> placementChoices();

/// Ascending positions of the training points. Precondition: the kind is known.
[[nodiscard]] std::vector<double> samplePositions(const SamplingSpec& sampling, std::uint64_t seed);
/// Ascending positions of the test points: even ones with a half step's shift, or random ones.
[[nodiscard]] std::vector<double> testPositions(const SamplingSpec& sampling, std::uint64_t seed);

template <FieldsOf<SamplingSpec> S, class V> void visitFields(S& s, V&& v)
{
    const Placement* placement = findPlacement(s.kind);
    v("from", s.from, Hint {"From", "Left end of the training range.", -1e6, 1e6}.slider(-10, 10).besideNext());
    v("to", s.to, Hint {"To", "Right end of the training range.", -1e6, 1e6}.slider(-10, 10));
    v("count", s.count,
        Hint {"Training points", "How many samples the network sees.", 2, 100000}.logScale().slider(10, 1000));
    v("kind", s.kind,
        Hint {"Placed", "How the training points lie in the range."}.oneOf(placementChoices()).underMore());
    v("endpoint", s.endpoint,
        Hint {"Include the right end", "Whether the last of the evenly spaced points lies at the right end."}
            .underMore()
            .when(!placement || placement->mayLeaveEndOut,
                "only even points and those drawn from a grid may leave the right end out"));
    v("test_count", s.testCount,
        Hint {"Test points", "Points between the training points where the network is only tested; 0 is none.", 0,
            1000000}
            .slider(0, 1000)
            .underMore());
    v("show_outside", s.showOutside,
        Hint {"Show outside", "How far beyond the range the output is shown, as a fraction of its width.", 0, 10}
            .slider(0, 1)
            .underMore()
            .evenIfOff());
}

} // namespace fplab
