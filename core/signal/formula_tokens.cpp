#include "core/signal/formula_tokens.h"

namespace fplab {

void FormulaTokens::fail(const FormulaToken& token, std::string what, std::string advice)
{
    if (!m_problem) {
        m_problem.emplace();
        m_problem->what = std::move(what);
        m_problem->column = token.column;
        m_problem->advice = std::move(advice);
    }
    m_at = m_tokens.size() - 1;
}

bool FormulaTokens::atDecimalComma() const
{
    return next().is(",") && !atFirst() && previous().kind == Kind::Number && ahead(1).kind == Kind::Number
        && !ahead(1).spaced;
}

void FormulaTokens::unexpected()
{
    const auto& token = next();
    if (token.kind == Kind::End)
        fail(token, "the formula ends too early; a number, x or a function is missing");
    else if (token.kind == Kind::Power)
        fail(token, "a raised number needs something before it");
    else if (token.kind == Kind::Layout)
        fail(token, "this is not expected here; a number, x or a function is missing");
    else if (token.is(","))
        fail(token, "a comma separates the arguments of a function, and there is none here",
            atDecimalComma()                 ? decimalAdvice
                : ahead(1).kind == Kind::End ? "Leave out the comma at the end."
                                             : "Write one formula only.");
    else if (token.is("=>"))
        fail(token, "\"=>\" is no comparison", "Write >= for greater or equal.");
    else if (token.is("=") && ahead(1).is("<"))
        fail(token, "\"=<\" is no comparison", "Write <= for less or equal.");
    else if (token.is("="))
        fail(token, "\"=\" has no place in a formula",
            "Write only what stands on its right, e.g. x^2. Comparisons are written ==.");
    else if (token.is("[") || token.is("]"))
        fail(token, '"' + token.text + "\" is not known", "Use round parentheses ( ).");
    else if (token.is(";"))
        fail(token, "\";\" is not known", "Separate arguments with a comma.");
    else if (token.is("@"))
        fail(token, "\"@\" cannot be used in a formula");
    else if (token.is("!") && !atFirst())
        fail(token, "\"!\" is not known; there is no factorial");
    else if (token.is(")") && !atFirst() && previous().is("("))
        fail(token, "nothing stands between the parentheses");
    else
        fail(token, '"' + token.text + "\" is not expected here; a number, x or a function is missing");
}

} // namespace fplab
