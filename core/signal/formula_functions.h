#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace fplab {

/// One function of the formula language, as kernels over `count` values; `y` may be an operand.
struct FormulaFunction {
    std::string_view name;
    void (*one)(const double* a, double* y, std::size_t count) = nullptr; ///< y = f(a); null if it does not exist
    void (*two)(const double* a, const double* b, double* y, std::size_t count) = nullptr; ///< y = f(a, b)
    bool many = false; ///< f(a, b, c) is f(f(a, b), c)
};

[[nodiscard]] std::span<const FormulaFunction> formulaFunctions();

/// Index of the function with that name, or -1.
[[nodiscard]] int findFormulaFunction(std::string_view name);

} // namespace fplab
