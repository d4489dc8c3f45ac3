#pragma once

#include "core/signal/formula_lexer.h"

#include <optional>
#include <string>
#include <vector>

namespace fplab {

/// The words of a formula with a place in them and the first problem, after which the place is the end, so that every
/// loop stops.
class FormulaTokens {
public:
    using Kind = FormulaToken::Kind;

    explicit FormulaTokens(std::vector<FormulaToken> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    [[nodiscard]] const FormulaToken& next() const { return m_tokens[m_at]; }
    [[nodiscard]] const FormulaToken& ahead(std::size_t count) const
    {
        return m_tokens[std::min(m_at + count, m_tokens.size() - 1)];
    }
    [[nodiscard]] bool atFirst() const { return m_at == 0; }
    [[nodiscard]] const FormulaToken& previous() const { return m_tokens[m_at - 1]; }
    [[nodiscard]] const std::vector<FormulaToken>& all() const { return m_tokens; }
    [[nodiscard]] std::size_t place() const { return m_at; }

    FormulaToken take()
    {
        const FormulaToken token = next();
        skip(1);
        return token;
    }
    void skip(std::size_t count) { m_at = std::min(m_at + count, m_tokens.size() - 1); }
    bool takeIf(std::string_view symbol)
    {
        const bool found = next().is(symbol);
        skip(found ? 1 : 0);
        return found;
    }

    static constexpr const char* decimalAdvice = "Write decimal numbers with a point: 1.5.";
    /// "1,5"
    [[nodiscard]] bool atDecimalComma() const;

    void fail(const FormulaToken& token, std::string what, std::string advice = {});
    /// The next word cannot stand where it does.
    void unexpected();
    [[nodiscard]] const std::optional<Diagnostic>& problem() const { return m_problem; }

private:
    std::vector<FormulaToken> m_tokens; ///< End last
    std::size_t m_at = 0;
    std::optional<Diagnostic> m_problem;
};

} // namespace fplab
