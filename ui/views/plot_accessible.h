#pragma once

namespace fplab {

/// Plots become charts with a name, a live summary and the crosshair's value for screen readers. Call once.
void installPlotAccessibility();

} // namespace fplab
