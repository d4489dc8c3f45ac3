#pragma once

#include "core/signal/formula.h"
#include "ui/model/lab.h"
#include "ui/panels/field_editor.h"

namespace fplab {

class FormulaPreview;

/// A line for a formula in x, checked and drawn while it is typed; an error is told with a caret under the exact
/// column. The line's object name is "formula".
class FormulaEdit : public FieldEditor {
    Q_OBJECT
public:
    FormulaEdit(const Lab& lab, const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool wrong) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] Result<Formula> parsed() const; ///< what is typed, with the parameters of the experiment
    void check();
    void preview();
    void commit();
    void commitAndLeave();

    class FormulaLine* m_line;
    class ErrorCaret* m_caret;
    FormulaPreview* m_preview;
    const Lab m_lab;
    QString m_shown;
};

} // namespace fplab
