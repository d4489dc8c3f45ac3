#include "core/spectral/gaussian_filter.h"

#include "core/engine/gaussians.h"
#include "core/spectral/relative_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace fplab {

namespace {

constexpr std::size_t panel = panelPoints, panelsInTile = tileColumns / panelPoints, tileRoom = panel * tileColumns;
// Sums of up to 128 numbers are in single precision: longer ones, of weights that are all the same, would err too much.
constexpr std::size_t foldEvery = 128 / panel; ///< bands, for sums over rows
constexpr std::size_t foldTiles = 128 * sampleGroup / tileColumns; ///< tiles, for sums over columns in parts

/// Where a number of point i and output o stands in groups of samples.
std::size_t place(std::size_t i, std::size_t o, std::size_t outputs)
{
    return (i / sampleGroup * outputs + o) * sampleGroup + i % sampleGroup;
}

/// Adds the parts of the sums of a panel, (points, outputs, parts), to `sums` in groups of samples, and clears them.
void foldParts(LineVector<float>& parts, std::size_t outputs, double* sums)
{
    for (std::size_t i = 0; i < panel; ++i) {
        for (std::size_t o = 0; o < outputs; ++o) {
            float* of = parts.data() + (i * outputs + o) * sampleGroup;
            sums[place(i, o, outputs)] += std::accumulate(of, of + sampleGroup, 0.0);
            std::fill_n(of, sampleGroup, 0.0F);
        }
    }
}

/// Rows of `dimension` numbers as (panels, dimension, points of a panel), less `centre` and over `unit`.
template <class T>
void fillPanels(std::span<const double> x, std::span<const double> centre, double unit, LineVector<T>& panels)
{
    const std::size_t dimension = centre.size(), points = x.size() / dimension;
    panels.assign((points + panel - 1) / panel * panel * dimension, T(0));
    for (std::size_t i = 0; i < points; ++i) {
        for (std::size_t k = 0; k < dimension; ++k)
            panels[(i / panel * dimension + k) * panel + i % panel]
                = static_cast<T>((x[i * dimension + k] - centre[k]) / unit);
    }
}

/// One output as mean + range times numbers in [-1, 1].
struct Level {
    double mean = 0, range = 0;

    Level(std::span<const double> y, std::size_t first, std::size_t step)
    {
        for (std::size_t at = first; at < y.size(); at += step)
            mean += y[at];
        mean /= static_cast<double>(y.size() / step);
        bool finite = std::isfinite(mean);
        for (std::size_t at = first; at < y.size(); at += step) {
            finite = finite && std::isfinite(y[at]);
            range = std::max(range, std::abs(y[at] - mean));
        }
        if (!finite)
            mean = range = std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] float inner(double value) const
    {
        return range == 0 ? 0.0F : static_cast<float>((value - mean) / range);
    }
    [[nodiscard]] double outer(double value) const { return mean + range * value; }
};

} // namespace

GaussianFilter::GaussianFilter(
    std::span<const double> x, std::size_t dimension, std::span<const double> deltas, std::size_t budget)
    : m_points(x.size() / dimension)
    , m_dimension(dimension)
    , m_panels((m_points + panel - 1) / panel)
{
    assert(m_points > 0 && x.size() == m_points * dimension);
    std::vector<double> centre(dimension);
    for (std::size_t i = 0; i < m_points; ++i) {
        for (std::size_t k = 0; k < dimension; ++k)
            centre[k] += x[i * dimension + k] / static_cast<double>(m_points);
    }
    double largest = 0;
    for (std::size_t i = 0; i < m_points; ++i) {
        for (std::size_t k = 0; k < dimension; ++k)
            largest = std::max(largest, std::abs(x[i * dimension + k] - centre[k]));
    }
    m_unit = largest > 0 ? largest : 1;
    if (dimension <= fineDimension)
        fillPanels(x, centre, m_unit, m_fine);
    else
        fillPanels(x, centre, m_unit, m_coarse);
    for (const double delta : deltas) {
        assert(delta > 0);
        const double scale = std::numbers::log2e * m_unit / delta * m_unit / 2;
        m_scales.push_back(static_cast<float>(std::min<double>(scale, std::numeric_limits<float>::max())));
    }

    std::size_t kept = 0; // numbers
    for (; m_bandsKept < m_panels; ++m_bandsKept) {
        const std::size_t more = (m_panels - m_bandsKept) * panel * panel;
        if ((kept + more) * sizeof(float) > budget)
            break;
        kept += more;
    }
    m_squared.resize(kept);
    float* out = m_squared.data();
    for (std::size_t band = 0; band < m_bandsKept; ++band) {
        for (std::size_t first = band; first < m_panels; first += panelsInTile) {
            measure(band, first, out);
            out += panelsOfTile(first) * panel * panel;
        }
    }

    LineVector<float> ones(m_panels * panel);
    std::fill_n(ones.begin(), m_points, 1.0F);
    m_weights = weightedSums(ones, 1);
}

std::size_t GaussianFilter::panelsOfTile(std::size_t first) const { return std::min(panelsInTile, m_panels - first); }

void GaussianFilter::measure(std::size_t band, std::size_t first, float* out) const
{
    const std::size_t panels = panelsOfTile(first), room = m_dimension * panel;
    const long dimension = static_cast<long>(m_dimension), stride = static_cast<long>(panels * panel);
    for (std::size_t q = 0; q < panels; ++q, out += panel) {
        if (!m_fine.empty())
            squaredDistances(m_fine.data() + band * room, m_fine.data() + (first + q) * room, dimension, out, stride);
        else
            squaredDistances(
                m_coarse.data() + band * room, m_coarse.data() + (first + q) * room, dimension, out, stride);
    }
}

const float* GaussianFilter::squared(std::size_t band, std::size_t first, float* room) const
{
    if (band < m_bandsKept) {
        const std::size_t panelsBefore = band * m_panels - band * (band + 1) / 2 + first; // bands are ever shorter
        return m_squared.data() + panelsBefore * panel * panel;
    }
    measure(band, first, room);
    return room;
}

std::vector<std::vector<double>> GaussianFilter::weightedSums(const LineVector<float>& y, std::size_t outputs) const
{
    const std::size_t panelRoom = panel * outputs;
    const long count = static_cast<long>(outputs);
    std::vector<std::vector<double>> sums(deltas(), std::vector<double>(y.size()));
    // Single precision within a tile and, over columns, for a few bands.
    std::vector<LineVector<float>> ofRows(deltas(), LineVector<float>(panelRoom * sampleGroup)),
        ofColumns(deltas(), LineVector<float>(y.size()));
    LineVector<float> room(tileRoom), tile(panel * tileStride);
    for (std::size_t band = 0; band < m_panels; ++band) {
        for (std::size_t first = band; first < m_panels; first += panelsInTile) {
            const long columns = static_cast<long>(panelsOfTile(first) * panel);
            const long own = first == band ? panelPoints : 0; // the band against itself: all is in the rows
            const float* distances = squared(band, first, room.data());
            for (std::size_t d = 0; d < deltas(); ++d) {
                gaussians(distances, m_scales[d], columns, tile.data());
                addOverColumns(tile.data(), columns, y.data() + first * panelRoom, count, ofRows[d].data());
                addOverRows(tile.data() + own, columns - own, y.data() + band * panelRoom, count,
                    ofColumns[d].data() + first * panelRoom + own * count);
            }
            const bool last = first + panelsInTile >= m_panels;
            if (last || (first - band) / panelsInTile % foldTiles == foldTiles - 1)
                for (std::size_t d = 0; d < deltas(); ++d)
                    foldParts(ofRows[d], outputs, sums[d].data() + band * panelRoom);
        }
        const bool fold = band % foldEvery == foldEvery - 1 || band + 1 == m_panels;
        for (std::size_t d = 0; d < deltas(); ++d) {
            for (std::size_t at = band / foldEvery * foldEvery * panelRoom; fold && at < y.size(); ++at) {
                sums[d][at] += static_cast<double>(ofColumns[d][at]);
                ofColumns[d][at] = 0;
            }
        }
    }
    return sums;
}

std::vector<double> GaussianFilter::low(std::span<const double> y) const
{
    const std::size_t outputs = y.size() / m_points;
    assert(y.size() == outputs * m_points);
    std::vector<Level> levels;
    LineVector<float> grouped(m_panels * panel * outputs);
    for (std::size_t o = 0; o < outputs; ++o) {
        levels.emplace_back(y, o, outputs);
        for (std::size_t i = 0; i < m_points; ++i)
            grouped[place(i, o, outputs)] = levels[o].inner(y[i * outputs + o]);
    }
    const auto sums = weightedSums(grouped, outputs);
    std::vector<double> low;
    low.reserve(deltas() * y.size());
    for (std::size_t d = 0; d < deltas(); ++d) {
        for (std::size_t i = 0; i < m_points; ++i) {
            for (std::size_t o = 0; o < outputs; ++o)
                low.push_back(levels[o].outer(sums[d][place(i, o, outputs)] / m_weights[d][i]));
        }
    }
    return low;
}

std::vector<GaussianFilter::Norms> GaussianFilter::norms(std::span<const double> y) const
{
    const auto lowPart = low(y);
    std::vector<Norms> out;
    for (std::size_t d = 0; d < deltas(); ++d) {
        double lowSquares = 0, highSquares = 0;
        for (std::size_t at = 0; at < y.size(); ++at) {
            const double value = lowPart[d * y.size() + at];
            lowSquares += value * value;
            highSquares += (y[at] - value) * (y[at] - value);
        }
        out.push_back({std::sqrt(lowSquares), std::sqrt(highSquares)});
    }
    return out;
}

std::vector<GaussianFilter::Norms> filteredErrors(
    std::span<const GaussianFilter::Norms> difference, std::span<const GaussianFilter::Norms> target)
{
    assert(difference.size() == target.size());
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<GaussianFilter::Norms> errors;
    for (std::size_t d = 0; d < target.size(); ++d) {
        const double least = meaningfulFraction * std::max(target[d].low, target[d].high);
        const auto over
            = [least](double part, double whole) { return whole > 0 && whole >= least ? part / whole : none; };
        errors.push_back({over(difference[d].low, target[d].low), over(difference[d].high, target[d].high)});
    }
    return errors;
}

} // namespace fplab
