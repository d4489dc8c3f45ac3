#include "core/engine/initialisation.h"

#include "core/engine/layout.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

namespace fplab {

namespace {

double symmetric(double bound, Random& random) { return bound * (2 * random.uniform() - 1); }

double biasSize(const InitSpec& spec) { return spec.biasStd.value_or(spec.std); }

double normalWeight(const InitSpec& spec, long, long, Random& random) { return spec.std * random.normal(); }
double normalBias(const InitSpec& spec, Random& random) { return biasSize(spec) * random.normal(); }

double uniformWeight(const InitSpec& spec, long, long, Random& random) { return symmetric(spec.std, random); }
double uniformBias(const InitSpec& spec, Random& random) { return symmetric(biasSize(spec), random); }

double glorotWeight(const InitSpec&, long inputs, long outputs, Random& random)
{
    return symmetric(std::sqrt(6.0 / double(inputs + outputs)), random);
}

double heWeight(const InitSpec&, long inputs, long, Random& random)
{
    return std::sqrt(2.0 / double(inputs)) * random.normal();
}

constexpr Initialisation table[] {
    {"normal", "normal", true, normalWeight, normalBias},
    {"glorot", "Glorot", false, glorotWeight, nullptr},
    {"he", "He", false, heWeight, nullptr},
    {"uniform", "uniform", true, uniformWeight, uniformBias},
    {"explicit", "given weights", false, nullptr, nullptr},
};

} // namespace

std::span<const Initialisation> initialisations() { return table; }

std::span<const Choice> initialisationChoices()
{
    static const auto names = namesOf(table);
    return names;
}

const Initialisation* findInitialisation(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Initialisation::id);
    return row == std::end(table) ? nullptr : &*row;
}

std::vector<double> initialParameters(const Layout& layout, const InitSpec& spec, std::uint64_t seed)
{
    const Initialisation* way = findInitialisation(spec.kind);
    assert(way);
    if (way->given())
        return flatten(layout, spec.params);
    Random random(seed, RandomStream::weights);
    std::vector<double> flat(layout.count, 0.0);
    for (const auto& layer : layout.layers) {
        for (long row = 0; row < layer.outputs; ++row)
            for (long column = 0; column < layer.inputs; ++column)
                flat[layer.weights + std::size_t(column * layer.outputs + row)]
                    = way->weight(spec, layer.inputs, layer.outputs, random);
        for (long row = 0; way->bias && row < layer.outputs; ++row)
            flat[layer.biases + std::size_t(row)] = way->bias(spec, random);
    }
    return flat;
}

} // namespace fplab
