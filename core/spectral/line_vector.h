#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace fplab {

/// Memory that begins on a cache line: loads of the widest vectors never straddle two.
template <class T> struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t line {64};

    LineAllocator() = default;
    template <class U> LineAllocator(const LineAllocator<U>&) { }
    [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }
    bool operator==(const LineAllocator&) const = default;
};

template <class T> using LineVector = std::vector<T, LineAllocator<T>>;

} // namespace fplab
