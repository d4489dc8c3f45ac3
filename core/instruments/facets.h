#pragma once

#include <functional>
#include <span>
#include <vector>

namespace fplab {

class Trainer;

/// What an experiment lets instruments look at. What it does not have is empty; all of it is for observing, between
/// steps, and changes nothing. The experiment outlives it.
struct Facets {
    /// The network that trains now; null while none does.
    std::function<Trainer*()> network = {};
    /// Steps done so far.
    std::function<long long()> step = {};
    /// The network's target at its training inputs, one number each, as the network sees them.
    std::vector<double> target = {};
    /// The training inputs in periods of k = 1, one number each; empty where they are not 1-D.
    std::vector<double> periods = {};
    /// Frequencies k = 0, 1, ... that are recorded.
    std::size_t bins = 0;
};

} // namespace fplab
