#pragma once

#include "ui/model/lab.h"
#include "ui/panels/field_editor.h"

#include <QLabel>
#include <QWidget>

class QGridLayout;
class QHBoxLayout;

namespace fplab {

/// A label of exactly the size it is told: QLabel's own hints remember minimum sizes that no longer hold.
class RowLabel : public QLabel {
    Q_OBJECT
public:
    explicit RowLabel(const QString& text, QWidget* parent = nullptr);
    void setWanted(QSize size);
    [[nodiscard]] QSize sizeHint() const override { return m_wanted; }
    [[nodiscard]] QSize minimumSizeHint() const override { return m_wanted; }

private:
    QSize m_wanted;
};

/// One row of a panel: label, editor or editors, and below them the value that waits for a new run or what is wrong
/// with an entry, or why it has no effect. A double click on the label sets the default.
class FieldRow : public QWidget {
    Q_OBJECT
public:
    FieldRow(const Lab& lab, const QString& label, QWidget* parent = nullptr);

    /// The row's width goes to `field`'s editor; several editors share it.
    void addEditor(const FormField& field, FieldEditor* editor);
    void addWidget(QWidget* widget);
    /// Decides, after the last addEditor(), whether the label stands beside or above. `width`: of the row.
    void arrange(int width);

    [[nodiscard]] QStringList paths() const;
    [[nodiscard]] bool underMore() const;
    /// Shows the spec's values; `texts` as of fieldTexts().
    void update(const QHash<QString, QString>& texts);
    using QWidget::update;
    /// Greys the row of fields that change nothing, and says why; an empty reason gives it back.
    void setNoEffect(const QString& reason);
    /// Sets every field of the row to the default of the file format.
    void setDefaults();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Entry {
        FormField field;
        FieldEditor* editor;
    };
    void commit(const Entry& entry, const QString& json);
    void showProblem(FieldEditor* editor, const QString& problem);
    void showNote();
    void fitNote();

    const Lab m_lab;
    RowLabel* m_label;
    QLabel* m_note;
    QGridLayout* m_grid;
    QHBoxLayout* m_line;
    QList<Entry> m_entries;
    QString m_problem;
    QString m_noEffect; ///< why; empty if it has one
    int m_width = 260;
    int m_column = -1; ///< width of the label as arranged
    bool m_above = false;
    bool m_pending = false;
};

} // namespace fplab
