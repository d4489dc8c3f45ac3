#pragma once

#include "core/experiment/spec.h"

#include <QHash>
#include <QString>
#include <QVector>

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
    Params,
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

/// The JSON text of every field by path; fields that are absent or long (data, given weights) are left out.
[[nodiscard]] QHash<QString, QString> fieldTexts(const ExperimentSpec& spec);

/// A panel of the form.
struct PanelKind {
    QString title;
    Effect effect; ///< of most of its fields
};
/// The panels of the spec's kind, in order.
[[nodiscard]] QVector<PanelKind> panelsOf(const ExperimentSpec& spec);
/// Index of the panel in panelsOf() that a field belongs to; -1 for none (the title stands in the window's).
[[nodiscard]] int panelOf(const QString& path);

/// The defaults of the spec's kind.
[[nodiscard]] ExperimentSpec defaultsOf(const ExperimentSpec& spec);

/// Shown only after "More".
[[nodiscard]] bool isUnderMore(const FormField& field);

/// "Size of one step; ... Needs a new run."
[[nodiscard]] QString tipOf(const Hint& hint);
[[nodiscard]] QString textOf(std::string_view text);

} // namespace fplab
