#pragma once

#include "ui/model/form_fields.h"
#include "ui/model/lab.h"

#include <QHash>
#include <QWidget>

#include <string>
#include <vector>

class QVBoxLayout;

namespace fplab {

class FieldRow;

/// A row with a slider for each named parameter of the formula, a and k of a*sin(k*x); hidden while it has none.
/// The editors' object names are the JSON paths: "target.parameters.a", its slider "target.parameters.a.slider".
class ParameterRows : public QWidget {
    Q_OBJECT
public:
    /// `field`: of the parameters, all together.
    ParameterRows(const Lab& lab, const FormField& field, QWidget* parent = nullptr);

    /// Shows the parameters of the spec's formula; `texts` as of fieldTexts().
    void update(const QHash<QString, QString>& texts);
    using QWidget::update;
    /// `width`: of a row.
    void arrange(int width);

private:
    void makeRows(const QHash<QString, QString>& texts);

    const Lab m_lab;
    const FormField m_field;
    QVBoxLayout* m_column;
    std::vector<std::string> m_names; ///< of the rows
    QList<FieldRow*> m_rows;
    int m_width = 0;
};

} // namespace fplab
