#include "core/signal/formula_left_side.h"

#include "core/signal/formula_functions.h"
#include "core/signal/formula_names.h"

#include <algorithm>

namespace fplab {

namespace {

using Kind = FormulaToken::Kind;

/// Names with commas between, from `at` tokens ahead; `at` is then behind them. Empty if there are none.
std::vector<std::string> namesAhead(const FormulaTokens& in, std::size_t& at)
{
    std::vector<std::string> names;
    for (;;) {
        if (in.ahead(at).kind != Kind::Name)
            return {};
        names.push_back(in.ahead(at++).typed);
        if (!in.ahead(at).is(","))
            return names;
        ++at;
    }
}

/// "(x, y)" from `at` tokens ahead.
std::vector<std::string> argumentsAhead(const FormulaTokens& in, std::size_t& at)
{
    std::size_t end = at + 1;
    if (!in.ahead(at).is("("))
        return {};
    auto names = namesAhead(in, end);
    if (names.empty() || !in.ahead(end).is(")"))
        return {};
    at = end + 1;
    return names;
}

/// "x => 0" without an x on the right, or with a number alone before what joins conditions: >= is meant, no function.
bool meansGreaterOrEqual(const FormulaTokens& in, const std::string& name)
{
    const std::size_t number = in.ahead(2).is("-") ? 3 : 2;
    const auto& behind = in.ahead(number + 1);
    if (in.ahead(number).kind == Kind::Number
        && (isFormulaKeyword(behind.text) || behind.is("&&") || behind.is("&") || behind.is("|") || behind.is("?")))
        return true;
    const auto& all = in.all();
    return std::ranges::none_of(all.begin() + static_cast<std::ptrdiff_t>(in.place()) + 2, all.end(),
        [&](const FormulaToken& token) { return token.kind == Kind::Name && token.typed == name; });
}

} // namespace

std::vector<std::string> takeLeftSide(FormulaTokens& in, const std::vector<std::string>& variables)
{
    std::vector<std::string> given;
    for (;;) {
        std::size_t at = 0;
        std::vector<std::string> names;
        const FormulaToken first = in.next();
        if (first.is("=")) {
            if (!in.atFirst()) // "=sin(x)" of a spreadsheet
                return given;
            at = 1;
        } else if (first.isName("lambda")) {
            names = namesAhead(in, at = 1);
            if (names.empty() || !in.ahead(at++).is(":"))
                return given;
        } else if (first.isName("return")) {
            at = 1;
        } else if (first.is("@")) {
            names = argumentsAhead(in, at = 1);
            if (names.empty())
                return given;
        } else if (first.isName("def") && in.ahead(1).kind == Kind::Name) {
            names = argumentsAhead(in, at = 2);
            if (names.empty() || !in.ahead(at++).is(":"))
                return given;
        } else if (names = argumentsAhead(in, at); !names.empty() && in.ahead(at).is("=>")) {
            ++at;
        } else if (first.kind == Kind::Name && in.ahead(1).is("=>")) {
            if (meansGreaterOrEqual(in, first.typed)) {
                in.skip(1);
                in.unexpected();
                return given;
            }
            names = {first.typed};
            at = 2;
        } else if (first.kind == Kind::Name && std::ranges::find(variables, first.text) == variables.end()
            && findFormulaFunction(first.text) < 0) {
            names = argumentsAhead(in, at = 1);
            if (!in.ahead(at++).is("="))
                return given;
        } else {
            return given;
        }
        in.skip(at);
        if (!names.empty())
            given = std::move(names);
        if (given.size() > variables.size()) // lambda x, a: the rest are parameters
            given.resize(variables.size());
    }
}

} // namespace fplab
