#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>

/// Counts what the whole program and its libraries allocate, through operator new or otherwise, on all threads. To be
/// included by one source of a program. Where malloc cannot be replaced (sanitizers, other C libraries) `works` is
/// false.
namespace counting_malloc {

inline std::atomic<long> calls = 0, bytes = 0;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
inline constexpr bool works = true;
#else
inline constexpr bool works = false;
#endif

} // namespace counting_malloc

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept
{
    ++counting_malloc::calls;
    counting_malloc::bytes += long(size);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept
{
    ++counting_malloc::calls;
    counting_malloc::bytes += long(count * size);
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept
{
    ++counting_malloc::calls;
    counting_malloc::bytes += long(size);
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept
{
    ++counting_malloc::calls;
    counting_malloc::bytes += long(size);
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept
{
    ++counting_malloc::calls;
    counting_malloc::bytes += long(size);
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : 12; // ENOMEM
}
}
#endif
