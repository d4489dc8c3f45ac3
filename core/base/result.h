#pragma once

#include "core/base/fix.h"

#include <cassert>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace fplab {

/// What kind of trouble a Diagnostic reports; decides the exit code of the headless program (3 or 5).
enum class ErrorKind {
    Input, ///< a file, formula, experiment or value that cannot be used
    Disk, ///< something could not be read from or written to a disk
};

/// One problem, told so that a person can act on it: what happened, where, what was kept, what to do.
struct Diagnostic {
    ErrorKind kind = ErrorKind::Input;
    std::string what; ///< one sentence without the final stop, e.g. `"n/a" is not a number`
    std::string file; ///< file it concerns; empty if none
    std::string path; ///< JSON path such as `network.init.std`; empty if none
    int line = 0; ///< 1-based; 0 if unknown
    int column = 0; ///< 1-based, counted in characters (code points); 0 if unknown
    std::string kept; ///< what was not lost, e.g. "Nothing was imported"
    std::string advice; ///< what the user can do
    std::vector<Fix> fixes = {}; ///< the same as values to set, where that is all it takes

    /// "temps.csv, line 17, column 3: "n/a" is not a number. Nothing was imported. <advice>"
    [[nodiscard]] std::string text() const;
    /// The position alone: "line 17, column 3", "network.init.std" or "column 5"; empty if unknown.
    [[nodiscard]] std::string where() const;

    bool operator==(const Diagnostic&) const = default;
};

/// Either a value or a Diagnostic. (std::expected is C++23.) Accessing the wrong one is a broken invariant.
///
/// std::bad_alloc is the one exception that leaves the functions of core/: what they were to change is then as it was
/// before, and files are whole, old or new. The programs catch it: at main() the headless one, at each event the
/// window, at its start the worker.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) // NOLINT: implicit by design
        : m_data(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Diagnostic error) // NOLINT: implicit by design
        : m_data(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_data.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T& value() const&
    {
        assert(ok());
        return *std::get_if<0>(&m_data);
    }
    [[nodiscard]] T& value() &
    {
        assert(ok());
        return *std::get_if<0>(&m_data);
    }
    [[nodiscard]] T&& value() &&
    {
        assert(ok());
        return std::move(*std::get_if<0>(&m_data));
    }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const Diagnostic& error() const
    {
        assert(!ok());
        return *std::get_if<1>(&m_data);
    }

private:
    std::variant<T, Diagnostic> m_data;
};

/// A Result without a value.
using Status = Result<std::monostate>;
[[nodiscard]] inline Status success() { return std::monostate {}; }

} // namespace fplab
