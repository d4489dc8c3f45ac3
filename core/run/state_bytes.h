#pragma once

#include "core/run/experiment.h"

#include <cstring>
#include <type_traits>

/// Building and reading an ExperimentState: plain values and lists of them, one after the other.
namespace fplab {

class StateWriter {
public:
    template <class T> StateWriter& value(const T& value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        return append(&value, sizeof value);
    }
    template <class T> StateWriter& list(const std::vector<T>& list)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        value(std::uint64_t(list.size()));
        return append(list.data(), list.size() * sizeof(T));
    }
    [[nodiscard]] ExperimentState take() { return std::move(m_bytes); }

private:
    StateWriter& append(const void* from, std::size_t size)
    {
        const auto* bytes = static_cast<const std::byte*>(from);
        m_bytes.insert(m_bytes.end(), bytes, bytes + size);
        return *this;
    }
    ExperimentState m_bytes;
};

/// Reads in the order of writing. Precondition: the state was written by the matching StateWriter.
class StateReader {
public:
    explicit StateReader(const ExperimentState& state)
        : m_rest(state)
    {
    }
    template <class T> [[nodiscard]] T value()
    {
        T value;
        take(&value, sizeof value);
        return value;
    }
    template <class T> [[nodiscard]] std::vector<T> list()
    {
        std::vector<T> list(value<std::uint64_t>());
        take(list.data(), list.size() * sizeof(T));
        return list;
    }

private:
    void take(void* to, std::size_t size)
    {
        if (size > 0)
            std::memcpy(to, m_rest.data(), size);
        m_rest = m_rest.subspan(size);
    }
    std::span<const std::byte> m_rest;
};

} // namespace fplab
