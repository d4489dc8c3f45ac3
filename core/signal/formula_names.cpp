#include "core/signal/formula_names.h"

#include "core/signal/formula_functions.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <vector>

namespace fplab {

namespace {

struct Constant {
    std::string_view name;
    double value;
};
constexpr Constant constants[]
    = {{"pi", std::numbers::pi}, {"tau", 2 * std::numbers::pi}, {"e", std::numbers::e}, {"true", 1}, {"false", 0}};

struct Synonym {
    std::string_view name, meaning;
};

/// The same by another name.
constexpr Synonym aliases[] = {{"absolute", "abs"}, {"amax", "max"}, {"amin", "min"}, {"arccos", "acos"},
    {"arccosh", "acosh"}, {"arcosh", "acosh"}, {"arcsin", "asin"}, {"arcsinh", "asinh"}, {"arctan", "atan"},
    {"arctan2", "atan2"}, {"arctanh", "atanh"}, {"arctg", "atan"}, {"arsinh", "asinh"}, {"artanh", "atanh"},
    {"ceiling", "ceil"}, {"clamp", "clip"}, {"cosec", "csc"}, {"cotan", "cot"}, {"ctg", "cot"}, {"expit", "sigmoid"},
    {"fabs", "abs"}, {"fix", "trunc"}, {"fmax", "max"}, {"fmin", "min"}, {"ifelse", "if"}, {"iif", "if"},
    {"lb", "log2"}, {"ld", "log2"}, {"lg", "log10"}, {"log_10", "log10"}, {"log_2", "log2"}, {"logical_and", "and"},
    {"logical_not", "not"}, {"logical_or", "or"}, {"logistic", "sigmoid"}, {"maximum", "max"}, {"minimum", "min"},
    {"pow", "power"}, {"remainder", "mod"}, {"rint", "round"}, {"sgn", "sign"}, {"signum", "sign"}, {"tg", "tan"},
    {"where", "if"}};

/// What the parser knows beside functions and constants.
constexpr std::string_view forms[] = {"if", "power", "sqr", "clip", "and", "or", "not"};

/// Not the same, or not sure: worth a question.
constexpr Synonym suggestions[] = {{"ch", "cosh(x)"}, {"cosinus", "cos"}, {"exponential", "exp"}, {"frac", "mod(x, 1)"},
    {"fract", "mod(x, 1)"}, {"gaussian", "gauss"}, {"int", "floor or trunc"}, {"logarithm", "log"}, {"modulo", "mod"},
    {"modulus", "mod or abs"}, {"norm", "abs"}, {"root", "sqrt"}, {"sawtooth", "saw"}, {"sh", "sinh(x)"},
    {"sine", "sin"}, {"cosine", "cos"}, {"sinus", "sin"}, {"squarewave", "square"}, {"square_wave", "square"},
    {"squareroot", "sqrt"}, {"tangens", "tan"}, {"tangent", "tan"}, {"th", "tanh(x)"}, {"theta", "step"},
    {"unitstep", "step"}, {"unit_step", "step"}, {"u", "step"}};

constexpr std::string_view modules[] = {"cmath", "cp", "f", "functional", "jax", "jnp", "keras", "math", "nn", "np",
    "numpy", "onp", "scipy", "sp", "special", "std", "sympy", "tensorflow", "tf", "torch", "xp"};

constexpr std::string_view randomNames[]
    = {"normrnd", "rand", "randbetween", "randint", "randn", "random", "randperm", "ranf", "rnd", "rng", "unifrnd"};

constexpr std::string_view keywords[] = {"and", "or", "not", "if", "else"};

constexpr std::size_t longestName = 32;

bool has(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// All names that can be typed, the variables first.
std::vector<std::string_view> knownNames(std::span<const std::string> variables)
{
    std::vector<std::string_view> names(variables.begin(), variables.end());
    for (const auto& constant : constants)
        names.push_back(constant.name);
    for (const auto& function : formulaFunctions())
        names.push_back(function.name);
    for (const auto form : forms)
        if (!has(keywords, form) || form == "if")
            names.push_back(form);
    return names;
}

/// Equal but for one letter too many, too few or wrong, or for two neighbours that are swapped.
bool oneSlipApart(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    const auto first = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    const auto rest
        = [&](std::string_view text, std::size_t skip) { return text.substr(std::min(text.size(), first + skip)); };
    if (a.size() < b.size())
        return rest(a, 0) == rest(b, 1);
    if (rest(a, 1) == rest(b, 1))
        return true;
    return first + 1 < a.size() && a[first] == b[first + 1] && a[first + 1] == b[first] && rest(a, 2) == rest(b, 2);
}

/// The name cut into known names and numbers with spaces between, in as few parts as possible; empty if that cannot be
/// done.
std::string cutIntoWords(std::string_view name, std::span<const std::string> variables)
{
    const auto known = knownNames(variables);
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

/// "The variable is x.", "The variables are x and y."
std::string sentenceOf(std::span<const std::string> variables)
{
    if (variables.empty())
        return "There is no variable here.";
    std::string text = variables.size() == 1 ? "The variable is " : "The variables are ";
    for (std::size_t i = 0; i < variables.size(); ++i)
        text += (i == 0 ? "" : i + 1 == variables.size() ? " and " : ", ") + variables[i];
    return text + '.';
}

/// x2, t10: a power or a product of a variable.
std::string_view digitsAfterVariable(std::string_view name, std::span<const std::string> variables)
{
    for (const auto& variable : variables)
        if (name.size() > variable.size() && name.starts_with(variable)
            && name.find_first_not_of("0123456789", variable.size()) == std::string_view::npos)
            return name.substr(variable.size());
    return {};
}

} // namespace

std::optional<double> formulaConstant(std::string_view name)
{
    const auto* found = std::ranges::find(constants, name, &Constant::name);
    return found == std::end(constants) ? std::nullopt : std::optional(found->value);
}

std::string_view canonicalName(std::string_view name)
{
    const auto* found = std::ranges::find(aliases, name, &Synonym::name);
    return found == std::end(aliases) ? name : found->meaning;
}

bool isFormulaModule(std::string_view name) { return has(modules, name); }

bool isRandomName(std::string_view name) { return has(randomNames, name); }

bool isFormulaKeyword(std::string_view name) { return has(keywords, name); }

bool canBeParameter(std::string_view name)
{
    static const std::string usual[] = {"x"};
    if (name.empty() || name.size() > longestName || name == "x" || name == "y" || name == "t")
        return false;
    if (isRandomName(name) || isFormulaKeyword(name) || has(forms, canonicalName(name)) || formulaConstant(name)
        || findFormulaFunction(canonicalName(name)) >= 0)
        return false;
    if (name.size() == 2 && (name[0] == 'x' || name[1] == 'x')) // kx is k times x
        return false;
    return digitsAfterVariable(name, usual).empty() && cutIntoWords(name, usual).empty();
}

bool looksLikeSlip(std::string_view name)
{
    const auto near = [&](const FormulaFunction& f) { return f.name.size() > 2 && oneSlipApart(name, f.name); };
    return name.size() > 2 && name.size() <= longestName && name != "theta"
        && (std::ranges::any_of(formulaFunctions(), near)
            || std::ranges::find(suggestions, name, &Synonym::name) != std::end(suggestions));
}

std::string adviceForName(std::string_view name, std::span<const std::string> variables)
{
    if (isRandomName(name))
        return "Noise is set in the panel Target.";
    if (const auto* found = std::ranges::find(suggestions, name, &Synonym::name); found != std::end(suggestions))
        return "Did you mean " + std::string(found->meaning) + '?';
    if (name.size() == 1)
        return sentenceOf(variables)
            + (name == "t" && variables.size() == 1 ? " A formula in t is understood with f(t) = in front." : "");
    if (name.size() <= longestName) {
        if (const auto digits = digitsAfterVariable(name, variables); !digits.empty()) {
            const std::string variable(name.substr(0, name.size() - digits.size()));
            return "Write " + variable + '^' + std::string(digits) + " for a power, " + std::string(digits) + variable
                + " for a product.";
        }
        if (const auto words = cutIntoWords(name, variables); !words.empty())
            return "Write a space between names: " + words + ".";
        if (name.size() == 2 && (name[0] == 'x' || name[1] == 'x'))
            return std::string("Write a space between names: ") + name[0] + ' ' + name[1] + ".";
        std::string near;
        for (const auto known : knownNames(variables))
            if (known.size() > 2 && oneSlipApart(name, known))
                near += (near.empty() ? "" : " or ") + std::string(known);
        if (!near.empty())
            return "Did you mean " + near + '?';
    }
    return sentenceOf(variables) + " Among the functions are sin, cos, exp, log, sqrt, abs and round.";
}

} // namespace fplab
