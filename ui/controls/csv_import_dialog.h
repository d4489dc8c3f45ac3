#pragma once

#include "core/datasets/csv_reader.h"
#include "core/experiment/spec.h"
#include "ui/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QTableWidget;

namespace fplab {

/// Asks how a CSV file is to be read: separator, decimal sign, header, which columns are x and y, and what becomes of
/// rows with bad cells. Nothing is imported before "Import".
class CsvImportDialog : public QDialog {
    Q_OBJECT
public:
    CsvImportDialog(const QString& path, const ThemeManager& themes, QWidget* parent = nullptr);
    /// For files in memory; `name` is shown.
    CsvImportDialog(const QString& name, const QByteArray& bytes, const ThemeManager& themes, QWidget* parent = nullptr);

    /// The chosen columns as inline values. Precondition: accepted.
    [[nodiscard]] DataSpec data() const;

private:
    void build(const QString& name);
    void read(bool detect);
    void showPreview();
    void showProblems();
    [[nodiscard]] CsvDialect chosenDialect() const;

    const ThemeManager& m_themes;
    QByteArray m_bytes;
    CsvTable m_table;
    QString m_error; ///< the file as a whole cannot be read
    QComboBox *m_separator, *m_decimal, *m_x, *m_y;
    QCheckBox *m_header, *m_skip;
    QTableWidget* m_preview;
    QLabel *m_summary, *m_problemTitle;
    QListWidget* m_problems;
    QPushButton* m_import;
};

} // namespace fplab
