#include "core/util/edit_distance.h"

#include <algorithm>

namespace fplab {

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string nearestName(std::string_view name, const std::vector<std::string>& candidates, std::size_t most)
{
    std::string nearest;
    std::size_t least = std::min(most + 1, name.size());
    for (const std::string& candidate : candidates)
        if (const std::size_t distance = editDistance(name, candidate); distance < least) {
            least = distance;
            nearest = candidate;
        }
    return nearest;
}

} // namespace fplab
