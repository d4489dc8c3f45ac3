#pragma once

#include "ui/model/lab.h"
#include "ui/panels/field_editor.h"

#include <QLineEdit>
#include <QToolButton>

namespace fplab {

/// The followed peaks as chips, each with its marker and a cross to stop following; a line to add one, and Auto.
class PeaksEditor : public FieldEditor {
    Q_OBJECT
public:
    PeaksEditor(const Lab& lab, const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool wrong) override;
    [[nodiscard]] int fullWidth() const override { return QWIDGETSIZE_MAX; } ///< chips need the panel's width

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showChips();
    void reserveRows(); ///< as many as the chips take
    void add();
    void emitPeaks(const std::vector<std::size_t>& peaks);

    const Lab m_lab;
    QString m_path;
    QWidget* m_chips;
    QToolButton* m_auto;
    QLineEdit* m_add;
};

} // namespace fplab
