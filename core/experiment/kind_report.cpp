#include "core/experiment/kind_report.h"

#include "core/base/number_text.h"

#include <cmath>

namespace fplab {

void Statements::state(bool isRight, const std::string& line)
{
    right = right && isRight;
    text += (isRight ? "  ok   " : "  FAIL ") + line + '\n';
}

void Statements::note(const std::string& line) { text += "       " + line + '\n'; }

void Statements::atMost(const std::string& what, double found, std::optional<double> limit)
{
    if (limit)
        state(found <= *limit, what + ' ' + formatRounded(found, 3) + ", expected at most " + formatRounded(*limit, 3));
}

void Statements::atLeast(const std::string& what, double found, std::optional<double> limit)
{
    if (limit)
        state(
            found >= *limit, what + ' ' + formatRounded(found, 3) + ", expected at least " + formatRounded(*limit, 3));
}

void Statements::within(const std::string& before, std::optional<std::int64_t> found, const std::string& after,
    std::int64_t least, std::int64_t most)
{
    state(found && *found >= least && *found <= most,
        before + (found ? std::to_string(*found) : "(never)") + after + ", expected " + std::to_string(least) + " to "
            + std::to_string(most));
}

std::string numberInTable(double value) { return std::isnan(value) ? "nan" : formatNumber(value); }

std::string columnsOf(std::string first, char letter, std::span<const double> values)
{
    for (const double value : values) {
        first += ',';
        first += letter;
        first += '=' + formatNumber(value);
    }
    return first;
}

std::string rowOf(std::int64_t step, const std::string& text, std::span<const double> values)
{
    std::string out = std::to_string(step);
    if (!text.empty())
        out += ',' + text;
    for (const double value : values)
        out += ',' + numberInTable(value);
    return out;
}

} // namespace fplab
