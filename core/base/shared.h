#pragma once

#include <memory>
#include <utility>

namespace fplab {

/// A large value that its copies share: a copy costs a pointer, and == looks at the values only where they are not one.
/// The value itself never changes; assigning gives this copy another one. A new Shared holds T {}.
template <class T> class Shared {
public:
    Shared() = default;
    Shared(T value) // NOLINT: implicit by design
        : m_value(std::make_shared<const T>(std::move(value)))
    {
    }
    Shared& operator=(T value) { return *this = Shared(std::move(value)); }

    [[nodiscard]] const T& operator*() const
    {
        static const T nothing {};
        return m_value ? *m_value : nothing;
    }
    [[nodiscard]] const T* operator->() const { return &**this; }
    operator const T&() const { return **this; } // NOLINT: implicit by design

    friend bool operator==(const Shared& a, const Shared& b) { return &*a == &*b || *a == *b; }

private:
    std::shared_ptr<const T> m_value;
};

} // namespace fplab
