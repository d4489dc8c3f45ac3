#pragma once

#include "ui/model/form_fields.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QToolButton;

namespace fplab {

class NumberSlider;
class SliderMarks;
class ThemeManager;

/// Shows one field as JSON text and says when the user gave it another value. Knows nothing of specs or undo.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Shows a value, without signals. An entry that was refused is replaced.
    virtual void setJson(const QString& json) = 0;
    /// Red frame of an entry that cannot be used.
    virtual void setWrong(bool wrong) = 0;
    /// Least width that shows every value in full; 0 if any width will do.
    [[nodiscard]] virtual int fullWidth() const { return 0; }

Q_SIGNALS:
    void edited(const QString& json);
    void refused(const QString& problem); ///< the entry is no value; the field keeps its own

protected:
    static void markWrong(QWidget* entry, bool wrong);
};

/// A line for typing: Enter or leaving it commits, Esc goes back, arrows stay inside.
class EntryEditor : public FieldEditor {
    Q_OBJECT
public:
    explicit EntryEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool wrong) override;

protected:
    [[nodiscard]] QLineEdit* entry() const { return m_entry; }
    void commit();
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const FormField m_field;
    QLineEdit* m_entry;
    QString m_shown; ///< text of the field's value
};

/// A number with an exact entry, and a slider where the hint has a range for one.
class NumberEditor : public EntryEditor {
    Q_OBJECT
public:
    explicit NumberEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    [[nodiscard]] int fullWidth() const override;
    /// Puts named values under the slider, there from now on. Precondition: the field has a slider.
    SliderMarks* addMarks(const ThemeManager& themes);

private:
    NumberSlider* m_slider = nullptr;
    SliderMarks* m_marks = nullptr;
};

/// One of a few ids.
class ChoiceEditor : public FieldEditor {
    Q_OBJECT
public:
    explicit ChoiceEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool) override { }
    [[nodiscard]] int fullWidth() const override;

private:
    QComboBox* m_box;
};

/// Yes or no.
class FlagEditor : public FieldEditor {
    Q_OBJECT
public:
    explicit FlagEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool) override { }

private:
    QCheckBox* m_box;
};

/// Any of a few ids, a box for each.
class SeveralEditor : public FieldEditor {
    Q_OBJECT
public:
    explicit SeveralEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    void setWrong(bool) override { }

private:
    struct Entry {
        QString id; ///< as in JSON
        QCheckBox* box;
    };
    QList<Entry> m_entries;
};

/// Hidden layers as "100-100", with buttons for one layer fewer and one more.
class LayersEditor : public EntryEditor {
    Q_OBJECT
public:
    explicit LayersEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;
    [[nodiscard]] int fullWidth() const override;

private:
    void change(int by);
    QList<int> m_layers;
    QToolButton* m_fewer;
    QToolButton* m_more;
};

/// A list of numbers separated by spaces, with a table for longer ones.
class NumberListEditor : public EntryEditor {
    Q_OBJECT
public:
    explicit NumberListEditor(const FormField& field, QWidget* parent = nullptr);
    void setJson(const QString& json) override;

private:
    void openTable();
    QString m_json;
};

/// A combo box that leaves the wheel to the panel unless it has the focus, and is as wide as its present text.
[[nodiscard]] QComboBox* makeChoiceBox(QWidget* parent);

} // namespace fplab
