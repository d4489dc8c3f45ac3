// Independent multiply-adds in registers. Built once for each instruction level, as FPLAB_KERNEL<T>() in bench::.
// Includes nothing: no inline function of a library may come from an object built for another level.

namespace bench {

#if defined(__AVX512F__)
constexpr unsigned long vectorBytes = 64;
#elif defined(__AVX__)
constexpr unsigned long vectorBytes = 32;
#else
constexpr unsigned long vectorBytes = 16;
#endif

/// Runs `rounds` rounds and gives the number of floating-point operations.
template <class T> double FPLAB_KERNEL(long rounds)
{
    using Vector [[gnu::vector_size(vectorBytes)]] = T;
    constexpr int chains = 12; // more than latency times throughput of any processor
    volatile T half = T(0.5); // unknown to the compiler, which would do equal or known chains once
    const Vector x = Vector {} + half;
    Vector sums[chains];
    for (auto& sum : sums)
        sum = Vector {} + half;
    for (long i = 0; i < rounds; ++i)
        for (auto& sum : sums)
            sum = sum * x + x;
    Vector total = {};
    for (const auto& sum : sums)
        total += sum;
    volatile T used = total[0]; // the loop must not vanish
    static_cast<void>(used);
    return 2.0 * chains * double(vectorBytes / sizeof(T)) * double(rounds);
}

template double FPLAB_KERNEL<float>(long);
template double FPLAB_KERNEL<double>(long);

} // namespace bench
