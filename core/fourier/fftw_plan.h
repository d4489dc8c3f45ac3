#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <type_traits>

#include <fftw3.h>

/// Ownership of what FFTW hands out; for the transforms of this folder.
namespace fplab::fftw {

/// FFTW's planner is the one part of it that is not thread-safe.
inline std::mutex& plannerMutex()
{
    static std::mutex mutex;
    return mutex;
}

struct Release {
    void operator()(void* memory) const { fftw_free(memory); }
    void operator()(fftw_plan plan) const
    {
        const std::lock_guard lock(plannerMutex());
        fftw_destroy_plan(plan);
    }
};

template <class T> using Buffer = std::unique_ptr<T[], Release>;
using Plan = std::unique_ptr<std::remove_pointer_t<fftw_plan>, Release>;

template <class T> Buffer<T> allocate(std::size_t count)
{
    auto* memory = static_cast<T*>(fftw_malloc(count * sizeof(T)));
    if (!memory)
        throw std::bad_alloc();
    return Buffer<T>(memory);
}

} // namespace fplab::fftw
