#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace fplab {

/// Shortest text that reads back as the same number, e.g. "0.001", "1e-6"; valid JSON.
[[nodiscard]] QString jsonNumber(double value);
/// At most six digits, for display: "3.14159".
[[nodiscard]] QString shortNumber(double value);
/// Whole numbers in groups of three with thin spaces: "1 310".
[[nodiscard]] QString groupedNumber(std::int64_t value);

struct ParsedNumber {
    std::optional<double> value;
    QString problem; ///< why there is no value, as a sentence without the final stop
};
/// Reads what a person types: "0.5", "0,5", "1e-3", "1 000", "pi/2". A comma that may separate thousands is refused.
[[nodiscard]] ParsedNumber parseNumber(const QString& text);

} // namespace fplab
