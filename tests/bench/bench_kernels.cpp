// Times what a run does beside training: transforms, formulas, filters, sweeps of a grid solver, the history. Best of
// many calls.

#include "bench/step_times.h"
#include "core/fourier/dft.h"
#include "core/pde/grid_solver.h"
#include "core/pde/poisson.h"
#include "core/run/history.h"
#include "core/signal/formula.h"
#include "core/spectral/gaussian_filter.h"
#include "core/spectral/line_vector.h"
#include "core/spectral/nudft.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <complex>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

using namespace fplab;

namespace {

constexpr double seconds = 0.3; ///< of each row

std::vector<double> waves(std::size_t n)
{
    std::vector<double> out(n);
    for (std::size_t i = 0; i < n; ++i)
        out[i] = std::sin(0.1 * double(i)) + std::sin(0.37 * double(i));
    return out;
}

void print(const char* what, std::size_t size, double value, const char* unit)
{
    std::printf("%-34s %9zu %12.4f %s\n", what, size, value, unit);
    std::fflush(stdout);
}

void transforms()
{
    for (const std::size_t n : {201u, 1001u, 10000u, 10007u}) {
        Dft dft(n);
        const auto y = waves(n);
        std::vector<std::complex<double>> F(dft.bins());
        print("DFT, points", n, 1e3 * bench::timeSteps(seconds, [&] { dft.forward(y, F); }).minimum, "us");
    }
}

/// `outputs` curves over `n` uneven points; with `even` the frequencies are, else they are a little off.
void nudft(std::size_t n, int frequencyCount, std::size_t outputs, bool even = true)
{
    const auto x = waves(n), y = waves(n * outputs);
    std::vector<double> frequencies;
    for (int k = 0; k < frequencyCount; ++k)
        frequencies.push_back(0.5 * k + (even ? 0.0 : 0.01 * std::sin(k)));
    const Nudft nudft(x, frequencies);
    std::vector<std::complex<double>> F(outputs * nudft.bins());
    const std::string what = "NUDFT, " + std::to_string(frequencyCount) + (even ? "" : " uneven") + " frequencies x "
        + std::to_string(outputs);
    print(what.c_str(), n, bench::timeSteps(seconds, [&] { nudft.forward(y, F); }).minimum, "ms");
}

/// A filter of `n` points in the 784 dimensions of a small image: its distances, and calls with them kept.
void gaussianFilter(std::size_t n)
{
    constexpr std::size_t dimension = 784, outputs = 10, all = std::size_t(1) << 30;
    auto x = waves(n * dimension);
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i] *= 1 + 0.1 * std::sin(double(i % 977));
    const auto y = waves(n * outputs);
    const std::vector<double> deltas {100, 30, 10, 3, 1};
    double distances = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const GaussianFilter none(x, dimension, {}, all);
        distances = std::min(
            distances, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    print("Gaussian filter, distances, points", n, distances, "ms");
    const GaussianFilter filter(x, dimension, deltas, all);
    const double ms = bench::timeSteps(seconds, [&] { static_cast<void>(filter.norms(y)); }).minimum;
    print("Gaussian filter, 10 outputs, points", n, ms / double(deltas.size()), "ms a delta");
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
[[gnu::target_clones("default", "avx2", "avx512f")]]
#endif
void addTo(double* __restrict u, const double* __restrict f, std::size_t n)
{
    for (std::size_t i = 0; i < n; ++i)
        u[i] += f[i];
}

/// The least that a sweep which reads and writes the grid once can take: us of u += f, on vectors that stay in the
/// cache.
double passTime(std::size_t n)
{
    constexpr int together = 1000;
    LineVector<double> u(n + 1), f(n + 1, 1e-9);
    return 1e3 / together * bench::timeSteps(seconds, [&] {
        for (int i = 0; i < together; ++i)
            addTo(u.data(), f.data(), n + 1);
    }).minimum;
}

void sweeps()
{
    for (const std::size_t n : {1000u, 4000u, 10000u}) {
        const double pass = passTime(n);
        print("u += f, intervals", n, pass, "us");
        for (const char* id : {"jacobi", "gauss_seidel"}) {
            PoissonProblem problem;
            problem.grid.n = n;
            problem.g = waves(n + 1);
            const auto solver = findGridSolver(id)->make(problem, std::vector<double>(n + 1), 1.0);
            constexpr std::int64_t together = 1600;
            const double ms = bench::timeSteps(seconds, [&] { solver->iterate(together); }).minimum;
            const double sweep = 1e3 * ms / double(together);
            print((std::string(id) + " sweeps, intervals").c_str(), n, 1 / sweep, "million/s");
            print((std::string(id) + " sweep / (u += f)").c_str(), n, sweep / pass, "");
        }
    }
}

/// Records of 3 curves of 201 points; the small budget thins again and again.
void history()
{
    constexpr std::int64_t records = 20000;
    const std::vector<std::vector<double>> samples(3, waves(201));
    for (const std::size_t budget : {std::size_t(256) << 20, std::size_t(8) << 20}) {
        std::vector<RecordPtr> made;
        for (std::int64_t step = 0; step < records; ++step)
            made.push_back(std::make_shared<const Record>(Record {step, 0, samples}));
        const double ms = bench::timeSteps(seconds, [&] {
            History history(budget);
            for (const auto& record : made)
                history.append(record);
        }).minimum;
        print("history, append, budget in MB", budget >> 20, 1e6 * ms / double(records), "ns a record");
    }
}

void formulas()
{
    constexpr std::size_t n = 1'000'000;
    std::vector<double> x(n), y(n);
    for (std::size_t i = 0; i < n; ++i)
        x[i] = -3.14 + 6.28 * double(i) / double(n);
    for (const char* text : {"sin(x)+sin(3*x)+sin(5*x)", "x^3-2*x+1", "if(x<0, -1, exp(-x^2))"}) {
        const auto formula = Formula::parse(text).value();
        const double ms = bench::timeSteps(seconds, [&] { static_cast<void>(formula.evaluate(x, y)); }).minimum;
        print(text, n, ms, "ms");
    }
}

} // namespace

int main()
{
    transforms();
    formulas();
    nudft(600, 50, 1);
    nudft(5000, 50, 1);
    nudft(10000, 50, 1);
    nudft(60000, 200, 1);
    nudft(60000, 200, 10);
    nudft(60000, 200, 10, false);
    gaussianFilter(2000);
    gaussianFilter(10000);
    sweeps();
    history();
    return 0;
}
