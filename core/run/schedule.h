#pragma once

#include <cstdint>

namespace fplab {

/// Which steps are recorded. Step 0 and the last step always are.
class Schedule {
public:
    /// Every `n`-th step; n >= 1.
    [[nodiscard]] static Schedule every(std::int64_t n);
    /// About `perDecade` records in each factor of ten: 1, 2, 3, ... and then thinner; perDecade >= 1.
    /// The set of recorded steps does not depend on when the run stops.
    [[nodiscard]] static Schedule logarithmic(int perDecade);

    [[nodiscard]] bool wants(std::int64_t step) const;
    /// The smallest recorded step that is greater than `step`.
    [[nodiscard]] std::int64_t next(std::int64_t step) const;

private:
    std::int64_t m_every = 1;
    int m_perDecade = 0; ///< 0 = linear
};

} // namespace fplab
