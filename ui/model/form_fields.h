#pragma once

#include "core/experiment/spec.h"

#include <QHash>
#include <QString>

#include <vector>

namespace fplab {

/// What an editor must be able to enter.
enum class FieldType {
    Text,
    Choice,
    Real,
    Whole,
    Seed,
    Flag,
    OptionalReal,
    AutoWhole,
    Layers,
    Weights,
    Peaks,
    Data,
    Given, ///< stands in a file: there is nothing to enter
    Parameters
};

/// One field of the experiment as the panels need it.
struct FormField {
    QString path; ///< JSON path
    Hint hint;
    FieldType type = FieldType::Text;
};

/// All fields of the spec's kind, in the order of the file.
[[nodiscard]] std::vector<FormField> formFields(const ExperimentSpec& spec);
/// The same in the order of a form: each that stands behind another one after it.
[[nodiscard]] std::vector<FormField> inFormOrder(std::vector<FormField> fields);

/// The JSON text of every field by path; fields that are absent or long (data, given weights) are left out.
[[nodiscard]] QHash<QString, QString> fieldTexts(const ExperimentSpec& spec);

/// The panel that a field stands in, as an index of Kind::panels; -1 for none (the title stands in the window's).
[[nodiscard]] int panelOf(const Kind& kind, const Hint& hint);

/// "Size of one step; ... Needs a new run."
[[nodiscard]] QString tipOf(const Hint& hint);
[[nodiscard]] QString textOf(std::string_view text);

} // namespace fplab
