#pragma once

#include "ui/controls/field_editor.h"

namespace fplab {

/// A line for a formula in x, checked while it is typed; an error is told with a caret under the exact column.
/// The line's object name is "formula".
class FormulaEdit : public FieldEditor {
    Q_OBJECT
public:
    explicit FormulaEdit(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool wrong) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void check();
    void commit();
    void commitAndLeave();

    class FormulaLine* m_line;
    class ErrorCaret* m_caret;
    QString m_shown;
};

} // namespace fplab
