#pragma once

#include "core/experiment/spec.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fplab {

/// One thing that a figure or a table says about the run it shows: "learning rate", "0.001".
struct Fact {
    std::string name, value;
    bool operator==(const Fact&) const = default;
};

/// What the run really is, for people: what is learnt or solved and from which samples, the network, how it is trained,
/// the solver, precision and seed. Only what acts is named: no formula beside given samples, no network beside a solver
/// alone. `samples`: how many the run has, which is known for imported ones only when the file was read; 0 = unknown.
[[nodiscard]] std::vector<Fact> describe(const ExperimentSpec& spec, std::size_t samples);

} // namespace fplab
