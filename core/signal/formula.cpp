#include "core/signal/formula.h"

#include "core/signal/formula_functions.h"
#include "core/signal/formula_parser.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <new>
#include <numbers>

#include <muParser.h>

namespace fplab {

struct Formula::Impl {
    std::string text, normalised;
    mu::Parser parser;
    double x = 0; ///< muParser's variable: Eval reads it, so one thread at a time

    void prepare()
    {
        parser.ClearFun(); // only our own functions, with our own definitions
        parser.ClearConst();
        for (const auto& function : formulaFunctions()) {
            const std::string name(function.name);
            if (function.one)
                parser.DefineFun(name, function.one);
            else if (function.two)
                parser.DefineFun(name, function.two);
            else
                parser.DefineFun(name, function.many);
        }
        parser.DefineConst("pi", std::numbers::pi);
        parser.DefineConst("e", std::numbers::e);
        parser.DefineVar("x", &x);
        parser.SetExpr(normalised);
        parser.Eval(); // compiles
    }
};

Formula::Formula(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Formula::Formula(Formula&&) noexcept = default;
Formula& Formula::operator=(Formula&&) noexcept = default;
Formula::~Formula() = default;

Result<Formula> Formula::parse(std::string_view text)
{
    auto normalised = normaliseFormula(text);
    if (!normalised)
        return normalised.error();
    auto impl = std::make_unique<Impl>();
    impl->text = text;
    impl->normalised = std::move(normalised).value();
    try {
        impl->prepare();
    } catch (const mu::ParserError& error) {
        // The text is right: muParser reads numbers by a stream, which takes a lack of memory for the end of the number.
        if (error.GetCode() == mu::ecUNASSIGNABLE_TOKEN)
            throw std::bad_alloc();
        Diagnostic refused;
        refused.what = "the formula is too large to compute (" + error.GetMsg() + ')';
        refused.column = 1;
        return refused;
    }
    return Formula(std::move(impl));
}

double Formula::operator()(double x) const
{
    m_impl->x = x;
    return m_impl->parser.Eval();
}

Status Formula::evaluate(std::span<const double> x, std::span<double> y) const
{
    assert(x.size() == y.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        y[i] = (*this)(x[i]);
        if (std::isfinite(y[i]))
            continue;
        std::array<char, 32> digits {};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), x[i]).ptr;
        Diagnostic error;
        error.what = "not defined at x = " + std::string(digits.data(), end);
        error.advice = "Change the formula or the range of x.";
        return error;
    }
    return success();
}

const std::string& Formula::text() const { return m_impl->text; }

const std::string& Formula::normalised() const { return m_impl->normalised; }

} // namespace fplab
