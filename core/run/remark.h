#pragma once

#include "core/base/fix.h"

#include <string>
#include <vector>

namespace fplab {

/// What a person must know to read the results of an experiment rightly, found when it is made: the target is zero at
/// all samples, the samples are uneven, a frequency looks like another one. Not an error: the experiment runs. The
/// headless program, the summary and the window say it in the same words.
struct Remark {
    std::string id; ///< stable, never translated: written to files, e.g. "target_zero"
    std::string text; ///< sentences with their stops: what it is, where, and what follows for what is shown
    std::string path; ///< JSON path of the field it concerns; empty if none
    std::vector<Fix> fixes; ///< ways out, the best first
    bool operator==(const Remark&) const = default;
};

} // namespace fplab
