#pragma once

#include "core/base/result.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// What the names of a formula may stand for, beside functions and constants.
struct FormulaOptions {
    std::vector<std::string> variables {"x"};
    std::map<std::string, double>
        parameters {}; ///< values of named parameters; names that the text does not use are ignored
    bool freeNames = false; ///< a name without a meaning becomes a parameter, 1 if `parameters` has no value for it
};

/// A formula in one variable or several, as people type or paste it: "2sin(3x)", "sin x + x**2", "np.sin(2*np.pi*x)",
/// "\frac{1}{2}\sin\left(x\right)", "x < 0 ? -1 : 1", "y = a*sin(k*x)", π/2, full-width characters.
///
/// Immutable and cheap to copy; any number of threads may evaluate one. Errors point into the text as typed. Limits:
/// 4096 characters, depth 64, 2000 tokens, 32 parameters. No loops, no files, no chance.
///
/// Functions: those of formulaFunctions(), by the names of mathematics, NumPy, PyTorch, C and spreadsheets; constants
/// pi, tau, e, true, false. Where people disagree: log is ln; round takes halves to the even number; step is 1 at 0 and
/// heaviside 1/2 (or its second argument); mod has the sign of its divisor; saw has the period 2 pi and rises from -1
/// to 1 with 0 at 0; square is the sign of sin (np.square is x^2); sinc is sin(x)/x (np.sinc is sin(pi x)/(pi x));
/// gauss is exp(-x^2/2). Comparisons are 1 or 0; if(c, a, b), "c ? a : b" and "a if c else b" choose at every point. An
/// implicit product is a product like any other: 1/2x is (1/2) x. A function without parentheses takes the implicit
/// product after it: sin 3x + 1 is sin(3x) + 1; where that can be read in two ways, parse asks for parentheses.
/// A line break is no product. After the "=" of a spreadsheet, what that reads in its own way (-a^b, a^b^c, LOG(x),
/// ATAN2) is an error that names both readings. Names that mean something elsewhere (i, inf, None, A1 in =SIN(A1)) are
/// errors, and so is a free name one slip from a known one, unless `parameters` has a value for it.
/// Powers with the exponents 2, 3 and 4 are products, the others std::pow.
class Formula {
public:
    /// Diagnostic::column is 1-based in code points of `text`.
    [[nodiscard]] static Result<Formula> parse(std::string_view text, const FormulaOptions& options = {});

    /// Value where all variables are x; NaN or inf where it has none.
    [[nodiscard]] double operator()(double x) const;
    /// Values at all x (same size; all variables are x); an error naming the first x without a finite value: "not
    /// defined at x = 0", "too large at x = 2".
    [[nodiscard]] Status evaluate(std::span<const double> x, std::span<double> y) const;
    /// Values at points (v_0[i], v_1[i], ...): `variables` has a column for each variable, all as long as `values`.
    [[nodiscard]] Status evaluate(std::span<const std::span<const double>> variables, std::span<double> values) const;

    /// How far rounding may move the values at x (all variables are x), by the sizes of what the formula adds and
    /// multiplies: the median over up to 256 of the points, for at a jump rounding may decide for the other side.
    [[nodiscard]] double rounding(std::span<const double> x) const;

    [[nodiscard]] const std::string& text() const; ///< as typed
    /// In plain signs and with every product explicit; parse() reads it as the same formula.
    [[nodiscard]] std::string normalised() const;
    /// Names of the parameters, in the order of their first place in the text.
    [[nodiscard]] const std::vector<std::string>& parameters() const;

private:
    struct Impl;
    explicit Formula(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> m_impl;
};

} // namespace fplab
