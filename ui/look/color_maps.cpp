#include "ui/look/color_maps.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <cmath>

namespace fplab {
namespace {

int channel(double value) { return std::clamp(static_cast<int>(std::lround(value)), 0, 255); }

QRgb mix(QRgb a, QRgb b, double share)
{
    const auto part = [share](int x, int y) { return channel(x + share * (y - x)); };
    return qRgb(part(qRed(a), qRed(b)), part(qGreen(a), qGreen(b)), part(qBlue(a), qBlue(b)));
}

/// Polynomials fitted to the table of Nunez, Anderton, Renslow (PLOS ONE 2018), as in d3-scale-chromatic.
QRgb cividis(double t)
{
    return qRgb(channel(-4.54 - t * (35.34 - t * (2381.73 - t * (6402.7 - t * (7024.72 - t * 2710.57))))),
        channel(32.49 + t * (170.73 + t * (52.82 - t * (131.46 - t * (176.58 - t * 67.37))))),
        channel(81.24 + t * (442.36 - t * (2482.43 - t * (6167.24 - t * (6614.94 - t * 2475.67))))));
}

QRgb viridis(double t)
{
    static constexpr std::array<QRgb, 10> anchors {0xff440154, 0xff482878, 0xff3E4A89, 0xff31688E, 0xff26828E,
        0xff1F9E89, 0xff35B779, 0xff6DCD59, 0xffB4DE2C, 0xffFDE725};
    const double at = t * (anchors.size() - 1);
    const auto i = std::min(static_cast<std::size_t>(at), anchors.size() - 2);
    return mix(anchors[i], anchors[i + 1], at - static_cast<double>(i));
}

QRgb grey(double t) { return mix(0xff141414, 0xfff2f2f2, t); }

/// The figures of the papers: red below 0.05, blue above 0.2, linear between.
QRgb paper(double t) { return mix(0xffd7191c, 0xff2b4fc2, std::clamp((t - 0.05) / 0.15, 0.0, 1.0)); }

constexpr std::array<ColorMap, 4> maps {{
    {"cividis", QT_TRANSLATE_NOOP("ColorMap", "Cividis"), cividis},
    {"viridis", QT_TRANSLATE_NOOP("ColorMap", "Viridis"), viridis},
    {"grey", QT_TRANSLATE_NOOP("ColorMap", "Grey"), grey},
    {"paper", QT_TRANSLATE_NOOP("ColorMap", "As in the papers (red below 0.05, blue above 0.2)"), paper},
}};

} // namespace

std::span<const ColorMap> colorMaps() { return maps; }

} // namespace fplab
