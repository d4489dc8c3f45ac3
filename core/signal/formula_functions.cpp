#include "core/signal/formula_functions.h"

#include "core/util/edit_distance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace fplab {

namespace {

double signOf(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

double stepAt(double x) { return std::isnan(x) ? x : x < 0 ? 0 : 1; }

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

double sinc(double x) { return x == 0 ? 1 : std::sin(x) / x; }

double gauss(double x) { return std::exp(-x * x / 2); }

/// Half to even, in the default rounding mode.
double roundHalfEven(double x) { return std::nearbyint(x); }

double floored(double a, double b)
{
    const double r = std::fmod(a, b);
    return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

template <class Better> double best(const double* values, int count, Better better)
{
    double result = values[0];
    for (int i = 0; i < count; ++i) {
        if (std::isnan(values[i]))
            return values[i];
        if (better(values[i], result))
            result = values[i];
    }
    return result;
}

double smallest(const double* values, int count) { return best(values, count, std::less<>()); }

double largest(const double* values, int count) { return best(values, count, std::greater<>()); }

constexpr FormulaFunction functions[] = {
    {"sin", [](double x) { return std::sin(x); }},
    {"cos", [](double x) { return std::cos(x); }},
    {"tan", [](double x) { return std::tan(x); }},
    {"asin", [](double x) { return std::asin(x); }},
    {"acos", [](double x) { return std::acos(x); }},
    {"atan", [](double x) { return std::atan(x); }},
    {"sinh", [](double x) { return std::sinh(x); }},
    {"cosh", [](double x) { return std::cosh(x); }},
    {"tanh", [](double x) { return std::tanh(x); }},
    {"exp", [](double x) { return std::exp(x); }},
    {"log", [](double x) { return std::log(x); }},
    {"ln", [](double x) { return std::log(x); }},
    {"log2", [](double x) { return std::log2(x); }},
    {"log10", [](double x) { return std::log10(x); }},
    {"sqrt", [](double x) { return std::sqrt(x); }},
    {"cbrt", [](double x) { return std::cbrt(x); }},
    {"abs", [](double x) { return std::fabs(x); }},
    {"sign", signOf},
    {"floor", [](double x) { return std::floor(x); }},
    {"ceil", [](double x) { return std::ceil(x); }},
    {"round", roundHalfEven},
    {"step", stepAt},
    {"saw", saw},
    {"square", square},
    {"sinc", sinc},
    {"gauss", gauss},
    {"mod", nullptr, floored},
    {"min", nullptr, nullptr, smallest},
    {"max", nullptr, nullptr, largest},
};

constexpr std::string_view values[] = {"x", "pi", "e"};

std::vector<std::string_view> knownNames()
{
    std::vector<std::string_view> names(std::begin(values), std::end(values));
    for (const auto& function : functions)
        names.push_back(function.name);
    return names;
}

/// The name cut into known names and numbers with spaces between, in as few parts as possible; empty if that cannot be
/// done.
std::string cutIntoWords(std::string_view name)
{
    const auto known = knownNames();
    const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    struct Cut {
        std::size_t parts = none, next = 0;
    };
    std::vector<Cut> cuts(name.size() + 1);
    cuts[name.size()].parts = 0;
    for (std::size_t i = name.size(); i-- > 0;) {
        const auto offer = [&](std::size_t length) {
            if (const auto parts = cuts[i + length].parts; parts != none && parts + 1 < cuts[i].parts)
                cuts[i] = {parts + 1, i + length};
        };
        for (const auto& word : known) {
            if (word != "e" && name.substr(i).starts_with(word)) // "sine" is a slip, not a product
                offer(word.size());
        }
        std::size_t digits = 0;
        while (i + digits < name.size() && digit(i + digits))
            ++digits;
        // a number stands after a function only: "x 2" is no formula
        if (digits > 0 && i > 0 && !digit(i - 1) && i + digits < name.size())
            offer(digits);
    }
    std::string words;
    if (cuts[0].parts == none)
        return words;
    for (std::size_t i = 0; i < name.size(); i = cuts[i].next) {
        if (i > 0)
            words += ' ';
        words += name.substr(i, cuts[i].next - i);
    }
    return words;
}

} // namespace

std::span<const FormulaFunction> formulaFunctions() { return functions; }

const FormulaFunction* findFormulaFunction(std::string_view name)
{
    const auto* found = std::find_if(
        std::begin(functions), std::end(functions), [&](const FormulaFunction& f) { return f.name == name; });
    return found == std::end(functions) ? nullptr : found;
}

bool isFormulaValue(std::string_view name)
{
    return std::find(std::begin(values), std::end(values), name) != std::end(values);
}

std::string adviceForName(std::string_view name)
{
    constexpr std::size_t longest = 32; // longer names are no slip of the finger
    if (name.size() == 1)
        return "The variable is x.";
    if (name.size() <= longest) {
        if (name[0] == 'x' && name.find_first_not_of("0123456789", 1) == std::string_view::npos)
            return "Write x^" + std::string(name.substr(1)) + " for a power, " + std::string(name.substr(1))
                + "x for a product.";
        if (const auto words = cutIntoWords(name); !words.empty())
            return "Write a space between names: " + words + ".";
        const auto known = knownNames();
        const auto nearest = std::min_element(known.begin(), known.end(),
            [&](std::string_view a, std::string_view b) { return editDistance(name, a) < editDistance(name, b); });
        if (editDistance(name, *nearest) <= 2 && nearest->size() > 1)
            return "Did you mean " + std::string(*nearest) + "?";
    }
    return "The variable is x; among the functions are sin, cos, exp, log, sqrt, abs and round.";
}

} // namespace fplab
