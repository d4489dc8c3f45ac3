#pragma once

#include "core/datasets/csv_table.h"
#include "core/datasets/data_spec.h"
#include "core/experiment/spec.h"
#include "ui/look/theme.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace fplab {

class CsvPreview;
struct CsvPlace;

/// Asks how a CSV file is to be read: which columns are x and y, what becomes of rows with bad cells, and what the
/// program finds by itself unless told otherwise: lines above, names, marks, encoding. Shows the first rows, the first
/// bad one and what was decided. Nothing is imported before "Import".
class CsvImportDialog : public QDialog {
    Q_OBJECT
public:
    CsvImportDialog(const QString& path, const ThemeManager& themes, QWidget* parent = nullptr);
    /// For files in memory; `name` is shown.
    CsvImportDialog(
        const QString& name, const QByteArray& bytes, const ThemeManager& themes, QWidget* parent = nullptr);

    /// The file (its name without the folder), its columns and all that was set: read anywhere, it gives the same
    /// samples.
    [[nodiscard]] const DataSpec& data() const { return m_data; }

private:
    void build();
    void buildTable();
    [[nodiscard]] QHBoxLayout* buildReading();
    [[nodiscard]] QHBoxLayout* buildSettings();
    /// A choice that is a key of DataSpec.
    [[nodiscard]] QComboBox* keyBox(
        const char* key, std::string& value, std::span<const Choice> choices, const QString& label);
    void set(const std::string& path, const std::string& value); ///< a setting of a Fix
    void readFile(); ///< after a change of how it is cut into cells
    void fillColumns();
    void readSamples(); ///< after a change of columns
    void showFound();
    void showPreview(CsvPlace place);
    void goToProblem(int index); ///< of the list
    [[nodiscard]] CsvPlace firstBad() const;
    [[nodiscard]] bool skips() const; ///< bad rows
    void showProblems();
    void showFixes(const std::vector<Fix>& fixes);
    [[nodiscard]] QString markOf(std::size_t column) const;

    const ThemeManager& m_themes;
    QByteArray m_bytes;
    QString m_unreadable; ///< why the file could not be opened
    DataSpec m_data;
    std::optional<CsvTable> m_table;
    std::vector<CsvTable::Counts> m_counts; ///< of the columns of m_table
    std::optional<CsvTable::Samples> m_samples;
    std::optional<Diagnostic> m_error; ///< instead of the table or the samples
    struct KeyBox {
        std::string key;
        std::string* value;
        QComboBox* box;
    };
    std::vector<KeyBox> m_keys;
    QSpinBox* m_skipRows;
    QComboBox *m_x, *m_y;
    QCheckBox* m_skipBad;
    CsvPreview* m_preview;
    QLabel *m_notes, *m_problem, *m_summary;
    QHBoxLayout* m_fixes;
    QListWidget* m_problems;
    QPushButton* m_import;
};

} // namespace fplab
