#pragma once

#include "ui/model/lab.h"

#include <QScrollArea>

namespace fplab {

struct FormField;
class DataEditor;
class FieldRow;
class PanelCard;
class ParameterRows;
class SliderMarks;

/// The panels at the left: every field of the experiment, built from the lists of fields. Editors carry the JSON
/// path as object name ("optimizer.learning_rate", its slider "optimizer.learning_rate.slider").
class SpecForm : public QScrollArea {
    Q_OBJECT
public:
    explicit SpecForm(const Lab& lab, QWidget* parent = nullptr);

    /// 288 logical pixels, 320 in wide windows (times the scale of the text).
    void setPanelWidth(int width);
    /// Puts the cursor into the formula (Ctrl+L).
    void focusFormula();
    /// Puts the keyboard into the editor of a field, opening its panel and what is under "More".
    void focusField(const QString& path);

Q_SIGNALS:
    void newStartRequested();
    void csvRequested();

private:
    void build();
    void showValues();
    void addField(const FormField& field, const FormField* second);
    void showRows();
    [[nodiscard]] bool shown(const FieldRow& row) const;
    [[nodiscard]] bool isChanged(const FieldRow& row) const; ///< from the defaults, since the experiment was opened

    struct Panel {
        PanelCard* card;
        QList<FieldRow*> rows;
        bool hasData = false; ///< m_data stands in it
    };
    const Lab m_lab;
    QWidget* m_content = nullptr;
    QList<Panel> m_panels;
    DataEditor* m_data = nullptr; ///< null where the kind takes no samples
    ParameterRows* m_parameters = nullptr; ///< null without a formula that has any
    SliderMarks* m_initMarks = nullptr; ///< of the size of the initial weights; null without
    QSet<QString> m_changed; ///< fields under "More" that differed from their default since the experiment was opened
    const Kind* m_kind = nullptr; ///< that the panels are for
    int m_width = 288;
};

} // namespace fplab
