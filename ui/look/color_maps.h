#pragma once

#include <QRgb>

#include <span>

namespace fplab {

/// Colours of a relative error from 0 to 1.
struct ColorMap {
    const char* id; ///< stable
    const char* label; ///< translated in context ColorMap
    QRgb (*color)(double value); ///< value in [0, 1]
};

/// Cividis first: it reads the same with colour-vision deficiency and in grey.
[[nodiscard]] std::span<const ColorMap> colorMaps();

} // namespace fplab
