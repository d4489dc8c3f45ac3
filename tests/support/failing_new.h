#pragma once

#include <cstddef>
#include <new>

/// Makes operator new fail on this thread. To be linked, the program defines FPLAB_FAILING_NEW in one source before
/// including this; the replaced operators use malloc, so that a sanitizer still sees every block.
namespace failing_new {

struct Plan {
    int countdown = 0; ///< the allocation that fails; 0 = none
    bool persistent = false; ///< all after it fail too
    bool met = false;
    int paused = 0; ///< while positive, nothing is counted
};
inline thread_local Plan plan;

/// What is done while this lives neither counts nor fails.
class Pause {
public:
    Pause() { ++plan.paused; }
    ~Pause() { --plan.paused; }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
};

/// How one attempt ended.
enum class End { Completed, NoMemory };

/// Runs `operation()` with its 1st, 2nd, 3rd ... allocation failing, that one alone and then all from it on, until it
/// meets the failure no more; `check(end)` judges each attempt, the last included. Returns the number of failures.
template <class Operation, class Check> int forEachAllocation(Operation&& operation, Check&& check)
{
    int failures = 0;
    for (const bool persistent : {false, true}) {
        for (int n = 1;; ++n) {
            End end = End::Completed;
            plan = {n, persistent, false, 0};
            try {
                operation();
            } catch (const std::bad_alloc&) {
                end = End::NoMemory;
            }
            const bool met = plan.met;
            plan = {};
            check(end);
            if (!met)
                break;
            ++failures;
        }
    }
    return failures;
}

} // namespace failing_new

#ifdef FPLAB_FAILING_NEW

#include <cstdlib>

namespace failing_new {
inline bool fails()
{
    if (plan.countdown == 0 || plan.paused > 0 || --plan.countdown > 0)
        return false;
    plan.countdown = plan.persistent ? 1 : 0;
    plan.met = true;
    return true;
}
inline void* allocateOrNull(std::size_t size, std::size_t alignment) noexcept
{
    if (fails())
        return nullptr;
    const std::size_t bytes = size == 0 ? 1 : size;
    return alignment == 0 ? std::malloc(bytes)
                          : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
}
inline void* allocate(std::size_t size, std::size_t alignment)
{
    if (void* memory = allocateOrNull(size, alignment))
        return memory;
    throw std::bad_alloc();
}
} // namespace failing_new

void* operator new(std::size_t size) { return failing_new::allocate(size, 0); }
void* operator new[](std::size_t size) { return failing_new::allocate(size, 0); }
void* operator new(std::size_t size, std::align_val_t a)
{
    return failing_new::allocate(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a)
{
    return failing_new::allocate(size, static_cast<std::size_t>(a));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return failing_new::allocateOrNull(size, 0); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return failing_new::allocateOrNull(size, 0); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
