#include "core/signal/formula_functions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fplab {

namespace {

template <auto F> void each(const double* a, double* y, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        y[i] = F(a[i]);
}

template <auto F> void pairs(const double* a, const double* b, double* y, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        y[i] = F(a[i], b[i]);
}

double signOf(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

double stepAt(double x) { return std::isnan(x) ? x : x < 0 ? 0 : 1; }

double heaviside(double x, double atZero) { return std::isnan(x) ? x : x < 0 ? 0 : x > 0 ? 1 : atZero; }

double relu(double x) { return x <= 0 ? 0 : x; }

/// Turns since the last whole one, in [0, 1).
double phase(double x)
{
    const double turns = x / (2 * std::numbers::pi);
    return turns - std::floor(turns);
}

double saw(double x)
{
    const double t = phase(x);
    return t < 0.5 ? 2 * t : 2 * t - 2;
}

double square(double x)
{
    const double t = phase(x);
    return std::isnan(t) ? t : t < 0.5 ? 1 : -1;
}

double floored(double a, double b)
{
    const double r = std::fmod(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

double smallest(double a, double b) { return std::isnan(a) ? a : std::isnan(b) || b < a ? b : a; }

double largest(double a, double b) { return std::isnan(a) ? a : std::isnan(b) || b > a ? b : a; }

constexpr FormulaFunction functions[] = {
    {"sin", each<[](double x) { return std::sin(x); }>},
    {"cos", each<[](double x) { return std::cos(x); }>},
    {"tan", each<[](double x) { return std::tan(x); }>},
    {"cot", each<[](double x) { return 1 / std::tan(x); }>},
    {"sec", each<[](double x) { return 1 / std::cos(x); }>},
    {"csc", each<[](double x) { return 1 / std::sin(x); }>},
    {"asin", each<[](double x) { return std::asin(x); }>},
    {"acos", each<[](double x) { return std::acos(x); }>},
    {"atan", each<[](double x) { return std::atan(x); }>},
    {"atan2", nullptr, pairs<[](double y, double x) { return std::atan2(y, x); }>},
    {"sinh", each<[](double x) { return std::sinh(x); }>},
    {"cosh", each<[](double x) { return std::cosh(x); }>},
    {"tanh", each<[](double x) { return std::tanh(x); }>},
    {"asinh", each<[](double x) { return std::asinh(x); }>},
    {"acosh", each<[](double x) { return std::acosh(x); }>},
    {"atanh", each<[](double x) { return std::atanh(x); }>},
    {"exp", each<[](double x) { return std::exp(x); }>},
    {"exp2", each<[](double x) { return std::exp2(x); }>},
    {"expm1", each<[](double x) { return std::expm1(x); }>},
    {"log", each<[](double x) { return std::log(x); }>,
        pairs<[](double x, double base) { return std::log(x) / std::log(base); }>},
    {"ln", each<[](double x) { return std::log(x); }>},
    {"log2", each<[](double x) { return std::log2(x); }>},
    {"log10", each<[](double x) { return std::log10(x); }>},
    {"log1p", each<[](double x) { return std::log1p(x); }>},
    {"sqrt", each<[](double x) { return std::sqrt(x); }>},
    {"cbrt", each<[](double x) { return std::cbrt(x); }>},
    {"hypot", nullptr, pairs<[](double a, double b) { return std::hypot(a, b); }>},
    {"abs", each<[](double x) { return std::fabs(x); }>},
    {"sign", each<signOf>},
    {"floor", each<[](double x) { return std::floor(x); }>},
    {"ceil", each<[](double x) { return std::ceil(x); }>},
    {"trunc", each<[](double x) { return std::trunc(x); }>},
    {"round", each<[](double x) { return std::nearbyint(x); }>}, // half to even, in the default rounding mode
    {"mod", nullptr, pairs<floored>},
    {"fmod", nullptr, pairs<[](double a, double b) { return std::fmod(a, b); }>},
    {"min", nullptr, pairs<smallest>, true},
    {"max", nullptr, pairs<largest>, true},
    {"step", each<stepAt>},
    {"heaviside", each<[](double x) { return heaviside(x, 0.5); }>, pairs<heaviside>},
    {"relu", each<relu>},
    {"sigmoid", each<[](double x) { return 1 / (1 + std::exp(-x)); }>},
    {"softplus", each<[](double x) { return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x))); }>},
    {"erf", each<[](double x) { return std::erf(x); }>},
    {"erfc", each<[](double x) { return std::erfc(x); }>},
    {"saw", each<saw>},
    {"square", each<square>},
    {"sinc", each<[](double x) { return x == 0 ? 1 : std::sin(x) / x; }>},
    {"gauss", each<[](double x) { return std::exp(-x * x / 2); }>},
};

} // namespace

std::span<const FormulaFunction> formulaFunctions() { return functions; }

int findFormulaFunction(std::string_view name)
{
    const auto* found = std::ranges::find(functions, name, &FormulaFunction::name);
    return found == std::end(functions) ? -1 : static_cast<int>(found - std::begin(functions));
}

} // namespace fplab
