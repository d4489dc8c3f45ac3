#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fplab {

/// One function of the formula language; exactly one of the three pointers is set.
struct FormulaFunction {
    std::string_view name;
    double (*one)(double) = nullptr;
    double (*two)(double, double) = nullptr;
    double (*many)(const double*, int) = nullptr; ///< two arguments or more
};

[[nodiscard]] std::span<const FormulaFunction> formulaFunctions();

/// The function of that name, or null.
[[nodiscard]] const FormulaFunction* findFormulaFunction(std::string_view name);

/// "x" or one of the constants.
[[nodiscard]] bool isFormulaValue(std::string_view name);

/// What to tell somebody who typed a name that does not exist.
[[nodiscard]] std::string adviceForName(std::string_view name);

} // namespace fplab
