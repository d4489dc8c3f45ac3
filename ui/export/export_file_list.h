#pragma once

#include <QTableWidget>

#include <cstdint>

namespace fplab {

/// "15.3 kB"
[[nodiscard]] QString sizeText(std::int64_t bytes);

/// The files that an export writes: name, size, and whether one is there already. As high as they are, up to four rows.
class ExportFileList : public QTableWidget {
    Q_OBJECT
public:
    struct Entry {
        QString path;
        std::int64_t bytes = 0; ///< -1 = it cannot be drawn
        bool replaces = false;
    };
    explicit ExportFileList(QWidget* parent = nullptr);
    void setFiles(const QList<Entry>& files);
};

} // namespace fplab
