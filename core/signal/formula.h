#pragma once

#include "core/util/result.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fplab {

/// A formula in one variable x, typed by a person: "2sin(3x)", "sin x + x**2", "π/2", full-width characters.
///
/// A normaliser turns what people write into muParser's language and keeps the map of columns, so that every error
/// points into the text as typed. Limits: 4096 characters, depth 64, 2000 tokens. No assignments, no loops, no files.
/// Functions: sin cos tan asin acos atan sinh cosh tanh exp log (= ln) ln log2 log10 sqrt cbrt abs sign floor ceil
/// round (half to even) min max mod step (0 for x < 0, else 1) saw (period 2 pi, from -1 up to 1, 0 at 0) square (sign
/// of sin) sinc (sin(x)/x) gauss (exp(-x^2/2)). mod has the sign of its divisor. Constants: pi, π, e. An implicit
/// product is a product like any other: 1/2x is (1/2) x. A function without parentheses takes the implicit product
/// after it: sin 3x + 1 is sin(3x) + 1; where that can be read in two ways, parse asks for parentheses.
class Formula {
public:
    /// Diagnostic::column is 1-based in code points of `text`.
    [[nodiscard]] static Result<Formula> parse(std::string_view text);

    Formula(Formula&&) noexcept;
    Formula& operator=(Formula&&) noexcept;
    ~Formula();

    /// Value at x; NaN or inf where it has none.
    [[nodiscard]] double operator()(double x) const;
    /// Values at all x (same size); an error naming the first x without a finite value: "not defined at x = 0".
    [[nodiscard]] Status evaluate(std::span<const double> x, std::span<double> y) const;

    [[nodiscard]] const std::string& text() const; ///< as typed
    [[nodiscard]] const std::string& normalised() const; ///< as muParser sees it

private:
    struct Impl;
    explicit Formula(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fplab
