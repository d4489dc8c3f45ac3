#pragma once

#include "core/instruments/instrument.h"

namespace fplab {

/// How far the weights and biases have gone from where they began: |theta - theta_0| / |theta_0|, over all of them.
/// Small in the lazy regime of wide networks.
extern const Instrument weightDistance;

} // namespace fplab
