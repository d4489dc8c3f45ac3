#pragma once

#include "core/engine/activation.h"
#include "core/engine/initialisation.h"
#include "core/fields/hint.h"

#include <string>
#include <vector>

namespace fplab {

struct NetworkSpec {
    std::vector<int> hidden {100, 100};
    std::string activation = "tanh"; ///< id of an activation
    InitSpec init;
    bool operator==(const NetworkSpec&) const = default;
};

template <FieldsOf<NetworkSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("hidden", s.hidden,
        Hint {"Hidden layers", "Neurons of each hidden layer; up to 16 layers.", 1, 20000}.logScale().slider(1, 500));
    v("activation", s.activation,
        Hint {"Activation", "The nonlinearity of the hidden layers; the last layer is linear."}.oneOf(
            activationChoices()));
    v.group("init", s.init, Hint {"Initial weights"});
}

} // namespace fplab
