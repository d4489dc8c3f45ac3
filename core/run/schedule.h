#pragma once

#include "core/fields/hint.h"

#include <cstdint>
#include <string>

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

namespace choices {
inline constexpr Choice record[] {{"log", "evenly on a logarithmic axis"}, {"every", "every n-th step"}};
}

/// The schedule as it stands in files.
struct RecordSpec {
    std::string kind = "log"; ///< log, every
    int perDecade = 60;
    std::int64_t every = 10;
    bool operator==(const RecordSpec&) const = default;
};
[[nodiscard]] Schedule scheduleOf(const RecordSpec& record);

template <FieldsOf<RecordSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("kind", s.kind,
        Hint {"Record", "Which steps are kept for the plots and files."}.oneOf(choices::record).underMore());
    v("per_decade", s.perDecade,
        Hint {"Records per decade", "Records in each factor of ten of steps.", 1, 10000}
            .logScale()
            .slider(10, 500)
            .underMore()
            .when(s.kind == "log", "every n-th step is recorded, not evenly on a logarithmic axis"));
    v("every", s.every,
        Hint {"Every", "A record at each multiple of this many steps.", 1, 1e9}
            .logScale()
            .slider(1, 1000)
            .in("steps")
            .underMore()
            .when(s.kind == "every", "records lie evenly on a logarithmic axis, not at every n-th step"));
}

} // namespace fplab
