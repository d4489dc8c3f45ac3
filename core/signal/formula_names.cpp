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
constexpr Synonym suggestions[] = {{"ch", "cosh(x)"}, {"cosd", "cos(pi*x/180)"}, {"cosinus", "cos"},
    {"exponential", "exp"}, {"frac", "mod(x, 1)"}, {"fract", "mod(x, 1)"}, {"gaussian", "gauss"},
    {"h", "step or heaviside"}, {"int", "floor or trunc"}, {"logarithm", "log"}, {"modulo", "mod"},
    {"modulus", "mod or abs"}, {"norm", "abs"}, {"piecewise", "if(c, a, b)"}, {"root", "sqrt"},
    {"sawtooth", "saw(x), or saw(x - pi) as in SciPy"}, {"select", "if(c, a, b)"}, {"sh", "sinh(x)"},
    {"sind", "sin(pi*x/180)"}, {"tand", "tan(pi*x/180)"}, {"sine", "sin"}, {"cosine", "cos"}, {"sinus", "sin"},
    {"squarewave", "square"}, {"square_wave", "square"}, {"squareroot", "sqrt"}, {"tangens", "tan"}, {"tangent", "tan"},
    {"th", "tanh(x)"}, {"theta", "step"}, {"unitstep", "step"}, {"unit_step", "step"}, {"u", "step"}};

constexpr std::string_view modules[] = {"cmath", "cp", "f", "functional", "jax", "jnp", "keras", "math", "nn", "np",
    "numpy", "onp", "scipy", "sp", "special", "std", "sympy", "tensorflow", "tf", "torch", "xp"};

constexpr std::string_view randomNames[]
    = {"normrnd", "rand", "randbetween", "randint", "randn", "random", "randperm", "ranf", "rnd", "rng", "unifrnd"};

constexpr std::string_view keywords[] = {"and", "or", "not", "if", "else"};

/// Their names are those of parameters, though "phi" is one letter from "pi".
constexpr std::string_view greekLetters[] = {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta",
    "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "rho", "sigma", "upsilon", "phi", "chi", "psi", "omega"};

constexpr std::string_view infinities[] = {"inf", "infinity", "infty", "oo", "posinf", "neginf", "ninf"};
constexpr std::string_view nothings[] = {"nan", "none", "null", "nil", "undefined", "na"};
constexpr std::string_view derivatives[]
    = {"dx", "dt", "partial", "derivative", "deriv", "diff", "gradient", "nabla", "integral", "integrate", "quad"};
constexpr std::string_view programWords[] = {"as", "class", "const", "def", "double", "float", "for", "from",
    "function", "import", "in", "let", "print", "return", "var", "while"};

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

/// One slip from a known name; of the letters of a short one, one typed twice.
bool isSlipOf(std::string_view known, std::string_view name)
{
    const bool doubled = name.size() == 3 && (name[0] == name[1] || name[1] == name[2]);
    return (known.size() > 2 || (known.size() == 2 && doubled)) && oneSlipApart(name, known);
}

/// "pii", "coss": letters, one slip from a known name.
bool isNearKnownName(std::string_view name, std::span<const std::string> variables)
{
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (name.size() < 3 || !std::ranges::all_of(name, isLetter) || has(greekLetters, name))
        return false;
    return std::ranges::any_of(knownNames(variables), [&](std::string_view known) { return isSlipOf(known, name); });
}

/// The known name in front of the digits of "sin2", "pi2"; empty if there is none, or only e.
std::string_view knownBeforeDigits(std::string_view name)
{
    const auto letters = name.substr(0, name.find_last_not_of("0123456789") + 1);
    if (letters.size() < 2 || letters.size() == name.size())
        return {};
    const bool known = formulaConstant(letters) || findFormulaFunction(canonicalName(letters)) >= 0;
    return known ? letters : std::string_view();
}

/// "x_1", "x_0"
bool isIndexedVariable(std::string_view name, std::span<const std::string> variables)
{
    return std::ranges::any_of(variables, [&](const std::string& variable) {
        return name.starts_with(variable + '_')
            && name.find_first_not_of("0123456789", variable.size() + 1) == std::string_view::npos;
    });
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
    return digitsAfterVariable(name, usual).empty() && cutIntoWords(name, usual).empty()
        && cutIntoWords(name.substr(0, name.find_last_not_of("0123456789") + 1), usual).empty() // cosx2
        && knownBeforeDigits(name).empty() && !isIndexedVariable(name, usual);
}

bool isDoubtfulParameter(std::string_view name)
{
    static const std::string usual[] = {"x"};
    return isNearKnownName(name, usual);
}

bool isCellReference(std::string_view typed)
{
    const auto digits = typed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return digits != std::string_view::npos && digits >= 1 && digits <= 3
        && typed.find_first_not_of("0123456789", digits) == std::string_view::npos;
}

std::optional<NameRefusal> refusalOfName(std::string_view name, std::string_view typed)
{
    const std::string quoted = '"' + std::string(typed) + '"';
    if (isRandomName(name))
        return NameRefusal {"random numbers have no place in a formula", "Noise is set in the panel Target."};
    if (name == "i" || name == "j" || name == "ix" || name == "jx" || name == "xj")
        return NameRefusal {"complex numbers have no place in a formula: " + quoted + " has the imaginary unit",
            "Write the real part, e.g. cos(x) for exp(i*x); a parameter needs another name."};
    if (has(infinities, name))
        return NameRefusal {"infinity has no place in a formula", "Write a number, e.g. 1e6."};
    if (has(nothings, name))
        return NameRefusal {quoted + " is no number", "Write the number that is meant, e.g. 0."};
    if (has(derivatives, name))
        return NameRefusal {"derivatives and integrals have no place in a formula",
            name == "dx" || name == "dt" ? "Write what comes out, e.g. cos(x) for d/dx sin(x); a product is written d*"
                    + std::string(name.substr(1)) + '.'
                                         : "Write what comes out, e.g. cos(x) for the derivative of sin(x)."};
    if (has(programWords, name))
        return NameRefusal {quoted + " is a word of a program", "Write only the formula, e.g. sin(x)."};
    return std::nullopt;
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
        if (isIndexedVariable(name, variables))
            return sentenceOf(variables) + " A parameter needs another name, e.g. c.";
        if (const auto known = knownBeforeDigits(name); !known.empty()) {
            const std::string word(known), digits(name.substr(known.size()));
            if (formulaConstant(known))
                return "Write " + digits + ' ' + word + " for a product, " + word + '^' + digits + " for a power.";
            if (word == "log")
                return "Write log(x, " + digits + ") for the logarithm to the base " + digits + '.';
            return "Write " + word + "(x)^" + digits + " for a power, " + word + '(' + digits
                + "x) for a multiple of x.";
        }
        if (const auto words = cutIntoWords(name, variables); !words.empty())
            return "Write a space between names: " + words + ".";
        if (name.size() == 2 && (name[0] == 'x' || name[1] == 'x'))
            return std::string("Write a space between names: ") + name[0] + ' ' + name[1] + ".";
        std::string near;
        for (const auto known : knownNames(variables))
            if (isSlipOf(known, name))
                near += (near.empty() ? "" : " or ") + std::string(known);
        if (!near.empty())
            return "Did you mean " + near + '?';
    }
    return sentenceOf(variables) + " Among the functions are sin, cos, exp, log, sqrt, abs and round.";
}

} // namespace fplab
