#include "core/parts/describe.h"

#include "core/fields/json.h"
#include "core/signal/sampling.h"

namespace fplab {
namespace {

std::string label(std::span<const Choice> choices, std::string_view id) { return std::string(labelOf(choices, id)); }

/// The name of a file without its folders.
std::string fileName(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

} // namespace

std::string rangeText(double from, double to) { return formatNumber(from) + ".." + formatNumber(to); }

void describeSamples(const SampleSource& source, std::size_t samples, std::vector<Fact>& facts)
{
    if (source.data) {
        const DataSpec& data = *source.data;
        const std::string count = samples > 0 ? std::to_string(samples) : std::string();
        if (data.csv.empty())
            facts.push_back({"samples", count.empty() ? "given" : count + " given"});
        else
            facts.push_back({"samples",
                (count.empty() ? "" : count + " from ") + fileName(data.csv) + ", columns " + data.x + " and "
                    + data.y});
        return;
    }
    facts.push_back({"f(x) =", source.target.formula});
    if (source.target.quantise > 0)
        facts.push_back({"quantised by", formatNumber(source.target.quantise)});
    if (source.target.noise.std > 0)
        facts.push_back({"noise", formatNumber(source.target.noise.std)});
    facts.push_back({"samples",
        std::to_string(source.sampling.count) + " " + label(placementChoices(), source.sampling.kind) + " in "
            + rangeText(source.sampling.from, source.sampling.to)});
}

void describeNetwork(const NetworkSpec& network, std::vector<Fact>& facts)
{
    std::string hidden;
    for (const int width : network.hidden)
        hidden += (hidden.empty() ? "" : "-") + std::to_string(width);
    facts.push_back({"hidden layers", hidden.empty() ? "none" : hidden});
    facts.push_back({"activation", label(activationChoices(), network.activation)});
    std::string init = label(initialisationChoices(), network.init.kind);
    if (const auto* row = findInitialisation(network.init.kind); row && row->sized)
        init += ", std " + formatNumber(network.init.std);
    facts.push_back({"initial weights", init});
}

void describeLoss(const LossSpec& loss, std::vector<Fact>& facts)
{
    std::string text = label(lossChoices(), loss.kind);
    const Loss* row = findLoss(loss.kind);
    if (row && row->power)
        text += ", p = " + formatNumber(loss.p);
    if (row && row->weights)
        text += ", " + label(weightingChoices(), loss.weights.kind);
    facts.push_back({"loss", text});
}

void describeOptimizer(const OptimizerSpec& optimizer, std::vector<Fact>& facts)
{
    facts.push_back({"optimizer", label(optimizerChoices(), optimizer.kind)});
    facts.push_back({"learning rate", formatNumber(optimizer.learningRate)});
}

} // namespace fplab
