#include "core/instruments/weight_distance.h"

#include "core/engine/trainer.h"

#include <cmath>
#include <memory>

namespace fplab {
namespace {

/// Calls visit(weight) for all weights and biases, always in the same order.
void forAll(const NetworkParams& params, auto&& visit)
{
    for (const auto& layer : params) {
        for (const auto& row : layer.W)
            for (const double weight : row)
                visit(weight);
        for (const double bias : layer.b)
            visit(bias);
    }
}

std::vector<double> flat(const NetworkParams& params)
{
    std::vector<double> all;
    forAll(params, [&](double weight) { all.push_back(weight); });
    return all;
}

bool fits(const Facets& facets) { return facets.network && facets.network(); }

void add(ChannelSet& channels, const Facets& facets, const Schedule& when)
{
    const auto start = std::make_shared<std::vector<double>>(); // filled when there is a first look
    auto observer = [network = facets.network, start]() -> std::vector<double> {
        Trainer* trainer = network();
        if (!trainer)
            return {};
        const std::vector<double> now = flat(trainer->params());
        if (start->size() != now.size()) // the first, or another network
            *start = now;
        double moved = 0, size = 0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            moved += (now[i] - (*start)[i]) * (now[i] - (*start)[i]);
            size += (*start)[i] * (*start)[i];
        }
        return {size > 0 ? std::sqrt(moved / size) : 0};
    };
    channels.add({.id = "weight_distance", .label = "Distance of the weights from their start"},
        measuredWhen(when, facets, std::move(observer)));
}

} // namespace

constinit const Instrument weightDistance {
    .id = "weight_distance", .label = "Distance of the weights from their start", .fits = fits, .add = add};

} // namespace fplab
