#pragma once

#include "core/base/result.h"
#include "core/run/experiment.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

/// Building and reading an ExperimentState: a header, and plain values and lists of them one after the other.
namespace fplab {

/// Stands before what an experiment writes; bytes as this computer has them.
struct StateHeader {
    std::uint32_t magic = 0; ///< of all states, in this byte order
    std::uint32_t version = 0; ///< of what follows, by the kind that wrote it
    std::uint64_t kind = 0; ///< checksum of the kind's id
    std::uint64_t size = 0; ///< bytes that follow
    std::uint64_t checksum = 0; ///< of these
};

/// Of any bytes; costs about as much as copying them.
[[nodiscard]] std::uint64_t checksumOf(std::span<const std::byte> bytes);

class StateWriter {
public:
    /// `kind`: who writes; `version`: another number whenever what it writes changes.
    StateWriter(std::string_view kind, std::uint32_t version);

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
    [[nodiscard]] ExperimentState take();

private:
    StateWriter& append(const void* from, std::size_t size)
    {
        const auto* bytes = static_cast<const std::byte*>(from);
        m_bytes.insert(m_bytes.end(), bytes, bytes + size);
        return *this;
    }
    StateHeader m_header;
    ExperimentState m_bytes;
};

/// Reads in the order of writing. Whatever bytes it is given: past their end it reads zeros and empty lists, and
/// status() tells.
class StateReader {
public:
    /// Of `state`, which must outlive this: by the same kind in the same version.
    StateReader(std::string_view kind, std::uint32_t version, std::span<const std::byte> state);

    template <class T> [[nodiscard]] T value()
    {
        static_assert(std::is_trivially_copyable_v<T>);
        T value {};
        if (take(sizeof value))
            std::memcpy(static_cast<void*>(&value), m_taken.data(), sizeof value);
        return value;
    }
    template <class T> [[nodiscard]] std::vector<T> list()
    {
        static_assert(std::is_trivially_copyable_v<T>);
        const auto count = value<std::uint64_t>();
        if (count > m_rest.size() / sizeof(T)) {
            m_complaint = "it is cut off";
            return {};
        }
        std::vector<T> list(static_cast<std::size_t>(count));
        if (take(list.size() * sizeof(T)) && !list.empty())
            std::memcpy(static_cast<void*>(list.data()), m_taken.data(), m_taken.size());
        return list;
    }

    /// The error says why the bytes are no state of this kind, or that more or less was read than was written.
    [[nodiscard]] Status status() const;

private:
    bool take(std::size_t size);

    std::span<const std::byte> m_rest, m_taken;
    const char* m_complaint = nullptr;
};

/// A state that is whole, but not of an experiment made from this spec.
[[nodiscard]] Diagnostic foreignState(std::string_view why);

} // namespace fplab
