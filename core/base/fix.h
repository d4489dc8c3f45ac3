#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fplab {

/// A way out that a person can take with one press: values of the experiment to set, all together.
struct Fix {
    std::string label; ///< what the button says, e.g. "Subtract the first x"
    std::vector<std::pair<std::string, std::string>> settings; ///< JSON path and value as text, as `--set` takes them
    bool operator==(const Fix&) const = default;
};

} // namespace fplab
