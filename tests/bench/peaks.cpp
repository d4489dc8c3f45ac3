#include "bench/peaks.h"

#include "core/engine/activation.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <type_traits>
#include <vector>

namespace bench {

// fma_kernel.cpp
template <class T> double multiplyAdds(long rounds);
#ifdef FPLAB_KERNEL_LEVELS
template <class T> double multiplyAddsV3(long rounds);
template <class T> double multiplyAddsV4(long rounds);
#endif

namespace {

/// Operations a second of `run()`, which returns how many it did: the best of many short runs.
template <class F> double bestRate(F&& run)
{
    using Clock = std::chrono::steady_clock;
    double best = 0;
    for (int i = 0; i < 200; ++i) {
        const auto start = Clock::now();
        const double operations = run();
        best = std::max(best, operations / std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

template <class T> double multiplyAddsOfTheEngine(long rounds)
{
#ifdef FPLAB_KERNEL_LEVELS
    if (fplab::instructionLevel() == std::string_view("x86-64-v4"))
        return multiplyAddsV4<T>(rounds);
    if (fplab::instructionLevel() == std::string_view("x86-64-v3"))
        return multiplyAddsV3<T>(rounds);
#endif
    return multiplyAdds<T>(rounds);
}

template <class T> Peaks measure()
{
    std::vector<T> z(2048), a(z.size());
    for (std::size_t i = 0; i < z.size(); ++i)
        z[i] = T(-3) + T(6) * static_cast<T>(i) / static_cast<T>(z.size());
    const auto& tanh = *fplab::findActivation("tanh");
    const auto evaluate = [&] {
        for (int i = 0; i < 20; ++i) {
            if constexpr (std::is_same_v<T, float>)
                tanh.evalFloat(z.data(), long(z.size()), a.data(), nullptr, nullptr);
            else
                tanh.evalDouble(z.data(), long(z.size()), a.data(), nullptr, nullptr);
        }
        return 20.0 * static_cast<double>(z.size());
    };
    return {bestRate([] { return multiplyAddsOfTheEngine<T>(5000); }), bestRate(evaluate)};
}

} // namespace

Peaks measurePeaks(fplab::Precision precision)
{
    return precision == fplab::Precision::Float ? measure<float>() : measure<double>();
}

} // namespace bench
