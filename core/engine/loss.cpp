#include "core/engine/loss.h"

#include "core/engine/fourier_loss.h"
#include "core/engine/problem.h"
#include "core/engine/trainer.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace fplab {

namespace {

/// A number of each difference r = h_ij - y_ij, and its derivative by r.
struct Term {
    double value, slope;
};

Term square(const LossSpec&, double r) { return {r * r, 2 * r}; }

/// |r|^p
Term power(const LossSpec& spec, double r)
{
    const double p = spec.p;
    if (p == 2)
        return {r * r, 2 * r};
    if (p == 4)
        return {(r * r) * (r * r), 4 * (r * r) * r};
    const double magnitude = std::abs(r);
    if (magnitude == 0)
        return {0, 0};
    const double lower = std::pow(magnitude, p - 1);
    return {lower * magnitude, std::copysign(p * lower, r)};
}

/// A SampleLoss of the terms of all differences.
template <Term (*term)(const LossSpec&, double), class T>
double sumOfTerms(const LossSpec& spec, std::size_t dim, std::size_t samples, double share, const T* outputs,
    const double* targets, T* gradient)
{
    double sum = 0;
    for (std::size_t i = 0; i < dim * samples; ++i) {
        const Term at = term(spec, static_cast<double>(outputs[i]) - targets[i]);
        sum += at.value;
        if (gradient)
            gradient[i] = static_cast<T>(share * at.slope);
    }
    return share * sum;
}

template <Term (*term)(const LossSpec&, double)>
constexpr Both<SampleLoss> ofTerms {sumOfTerms<term, float>, sumOfTerms<term, double>};

/// Of one sample: sum_j y_j (ln sum_k exp(z_k) - z_j), shifted by the largest z.
template <class T> double crossEntropy(std::size_t dim, double share, const T* z, const double* y, T* gradient)
{
    const double largest = static_cast<double>(*std::max_element(z, z + dim));
    double partition = 0, mass = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        partition += std::exp(static_cast<double>(z[j]) - largest);
        mass += y[j];
    }
    const double logPartition = std::log(partition);
    double sum = 0;
    for (std::size_t j = 0; j < dim; ++j) {
        const double shifted = static_cast<double>(z[j]) - largest;
        sum += y[j] * (logPartition - shifted);
        if (gradient)
            gradient[j] = static_cast<T>(share * (mass * std::exp(shifted) / partition - y[j]));
    }
    return share * sum;
}

template <class T>
double softmaxCrossEntropy(const LossSpec&, std::size_t dim, std::size_t samples, double share, const T* outputs,
    const double* targets, T* gradient)
{
    double sum = 0;
    for (std::size_t at = 0; at < dim * samples; at += dim)
        sum += crossEntropy(dim, share, outputs + at, targets + at, gradient ? gradient + at : nullptr);
    return sum;
}

template <class T>
double deepRitzEnergy(const LossData& data, double dx, std::size_t first, std::size_t count, std::size_t total,
    const T* outputs, const double* g, T* gradient)
{
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = static_cast<double>(outputs[i]), slope = static_cast<double>(outputs[count + i]);
        const bool end = first + i == 0 || first + i + 1 == total;
        if (end) {
            sum += data.beta * value * value;
            gradient[i] = static_cast<T>(2 * data.beta * value);
            gradient[count + i] = 0;
        } else {
            sum += (slope * slope / 2 - g[i] * value) * dx;
            gradient[i] = static_cast<T>(-g[i] * dx);
            gradient[count + i] = static_cast<T>(slope * dx);
        }
    }
    return sum;
}

std::unique_ptr<WholeLoss> makeFourier(const LossData& data) { return std::make_unique<FourierLoss>(data); }

Status checkPower(const TrainerConfig& config, std::size_t)
{
    const double p = config.loss.p;
    return p >= 1 && std::isfinite(p) ? success() : Status(problem("loss.p", "p must be at least 1"));
}

Status checkDeepRitz(const TrainerConfig& config, std::size_t samples)
{
    if (config.sizes.front() != 1 || config.sizes.back() != 1)
        return problem("network.hidden", "the Deep Ritz energy needs one input and one output");
    if (samples < 3 || !(config.lossData.dx > 0) || !std::isfinite(config.lossData.beta))
        return problem("pde", "the Deep Ritz energy needs 3 points or more, a positive step and a finite beta");
    return success();
}

constexpr Loss table[] {
    {.id = "mse", .label = "mean squared error", .ofSamples = ofTerms<square>},
    {.id = "lp", .label = "mean p-th power", .power = true, .ofSamples = ofTerms<power>, .check = checkPower},
    {.id = "softmax_ce",
        .label = "softmax cross entropy",
        .ofSamples = {softmaxCrossEntropy<float>, softmaxCrossEntropy<double>}},
    {.id = "weighted_fourier",
        .label = "weighted frequencies",
        .weights = true,
        .ofSamples = ofTerms<square>,
        .makeWhole = makeFourier,
        .check = checkFourierLoss},
    {.id = "deep_ritz",
        .label = "Deep Ritz energy",
        .ofSlopes = {deepRitzEnergy<float>, deepRitzEnergy<double>},
        .check = checkDeepRitz},
};

} // namespace

std::span<const Loss> losses() { return table; }

std::span<const Choice> lossChoices()
{
    static const auto names = [] {
        auto all = namesOf(table);
        std::erase_if(all, [](const Choice& choice) { return !findLoss(choice.id)->comparesSamples(); });
        return all;
    }();
    return names;
}

const Loss* findLoss(std::string_view id)
{
    const auto row = std::ranges::find(table, id, &Loss::id);
    return row == std::end(table) ? nullptr : &*row;
}

} // namespace fplab
