#pragma once

#include "core/datasets/csv_table.h"
#include "ui/look/theme.h"

#include <QTableWidget>

#include <vector>

namespace fplab {

/// A cell of a file, counted from 1; 0 = none, or in the case of the column not known.
struct CsvPlace {
    int line = 0, column = 0;
    bool operator==(const CsvPlace&) const = default;
};

/// The first rows of a CSV file and those around one place, numbered as the lines of the file. Columns of x and y and
/// the cells that cannot be used are marked.
class CsvPreview : public QTableWidget {
    Q_OBJECT
public:
    struct Content {
        const CsvTable& table;
        const std::vector<CsvTable::Counts>& counts; ///< of its columns
        int x = -1, y = -1; ///< columns from 0
        std::vector<CsvPlace> bad;
        bool skipped = false; ///< the bad ones do no harm
    };
    explicit CsvPreview(const ThemeManager& themes, QWidget* parent = nullptr);
    /// Brings `place` into sight and makes it the current cell.
    void setContent(const Content& content, CsvPlace place);
    void clearContent();

private:
    void mark(QTableWidgetItem& cell, bool skipped) const;
    void goTo(int row, int column);

    const ThemeManager& m_themes;
};

} // namespace fplab
