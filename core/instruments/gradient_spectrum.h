#pragma once

#include "core/instruments/instrument.h"

namespace fplab {

/// What each frequency has to say in the gradient of the mean squared error: the loss is a sum over frequencies,
/// L = sum_k |D_k|^2 with D_k = F_k(h - y) (Parseval), so its gradient is a sum of one part for each k (S1,
/// section 5.1); the channel is the length |grad_theta |D_k|^2| of these parts for k = 0, 1, ..., the two halves of the
/// spectrum counted together. One pullback for each k.
extern const Instrument gradientSpectrum;

} // namespace fplab
