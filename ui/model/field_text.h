#pragma once

#include "ui/model/form_fields.h"

namespace fplab {

/// The value of a field as its editor shows it: "0.001", "all" for a batch of 0, "100-100", "ReLU". Empty for null,
/// data and given weights. Of the parameters of a formula, one.
[[nodiscard]] QString fieldText(const FormField& field, const QString& json);
/// What a person typed for a field, as JSON; `problem` says why it is no value of such a field, as a sentence without
/// the final stop. Limits and formulas are the experiment's to check.
[[nodiscard]] QString fieldJson(const FormField& field, const QString& text, QString& problem);

/// What is said of a field, with the fields' labels instead of their JSON paths: "must be greater than “From” (5)".
[[nodiscard]] QString inWords(const QString& problem, const ExperimentSpec& spec);

} // namespace fplab
