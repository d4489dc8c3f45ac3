#include "bench/workloads.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace bench {

namespace {

using Data = Workload::Data;

const std::vector<Workload>& table()
{
    static const std::vector<Workload> rows {
        {"W1", {1, 8000, 1}, 201, Data::Waves},
        {"W2", {1, 200, 200, 200, 100, 1}, 600, Data::Waves},
        {"W3", {1, 4000, 500, 400, 1}, 1001, Data::Ritz},
        {"W4", {784, 400, 200, 10}, 10000, Data::Classes},
        {"W6", {2, 500, 400, 300, 200, 200, 100, 100, 1}, 10000, Data::Plane},
        {"W7", {1, 32, 32, 1}, 101, Data::Waves},
    };
    return rows;
}

/// Even inputs from `low` to `high`, and `f` of them.
template <class F> void fillEvenly(Problem& problem, double low, double high, F&& f)
{
    const auto n = problem.inputs.count;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = low + (high - low) * static_cast<double>(i) / static_cast<double>(n - 1);
        problem.inputs.values.push_back(x);
        problem.targets.values.push_back(f(x));
    }
}

} // namespace

double Workload::flops() const
{
    double sum = 0;
    for (std::size_t l = 1; l < sizes.size(); ++l)
        sum += (l == 1 ? 4.0 : 6.0) * sizes[l - 1] * sizes[l]; // no gradient by the inputs
    return sum * static_cast<double>(samples) * (data == Data::Ritz ? 2 : 1);
}

double Workload::tanhs() const
{
    double sum = 0;
    for (std::size_t l = 1; l + 1 < sizes.size(); ++l)
        sum += sizes[l];
    return sum * static_cast<double>(samples);
}

std::span<const Workload> workloads() { return table(); }

const Workload* findWorkload(std::string_view id)
{
    const auto row = std::ranges::find(table(), id, &Workload::id);
    return row == table().end() ? nullptr : &*row;
}

Problem makeProblem(const Workload& workload, fplab::Precision precision, int threads)
{
    const std::size_t n = workload.samples;
    const auto inputDim = static_cast<std::size_t>(workload.sizes.front());
    const auto outputDim = static_cast<std::size_t>(workload.sizes.back());
    Problem out;
    out.config.sizes = workload.sizes;
    out.config.init.kind = "glorot";
    out.config.precision = precision;
    out.config.threads = threads;
    out.inputs = {n, inputDim, {}};
    out.targets = {n, outputDim, {}};
    fplab::Random random(1);
    switch (workload.data) {
    case Data::Waves:
        fillEvenly(out, -3.14, 3.14, [](double x) { return std::sin(x) + std::sin(3 * x) + std::sin(5 * x); });
        break;
    case Data::Ritz:
        fillEvenly(out, -1, 1, [](double x) { return std::sin(3 * x); });
        out.config.loss.kind = "deep_ritz";
        out.config.lossData.dx = 2 / static_cast<double>(n - 1);
        break;
    case Data::Plane:
        for (std::size_t i = 0; i < n; ++i) {
            const double x = random.uniform(), y = random.uniform();
            out.inputs.values.insert(out.inputs.values.end(), {x, y});
            out.targets.values.push_back(std::sin(10 * (x + y)));
        }
        break;
    case Data::Classes:
        out.config.loss.kind = "softmax_ce";
        for (std::size_t i = 0; i < n * inputDim; ++i)
            out.inputs.values.push_back(random.uniform());
        out.targets.values.assign(n * outputDim, 0.0);
        for (std::size_t i = 0; i < n; ++i)
            out.targets.values[i * outputDim + random.below(static_cast<std::uint32_t>(outputDim))] = 1;
        break;
    }
    return out;
}

} // namespace bench
