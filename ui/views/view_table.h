#pragma once

#include "ui/views/plot_view.h"

#include <QDialog>

class QTableView;

namespace fplab {

/// Shortest text that reads back as the same bits; empty for NaN.
[[nodiscard]] QString exactNumber(double value);
/// Header line and rows, cells separated by `separator`, lines ended by a line feed.
[[nodiscard]] QString tableText(const ViewTable& table, QChar separator);

/// The numbers of a view at the moment it was opened: selectable, Ctrl+C copies the selection. Deletes itself.
class ViewTableDialog : public QDialog {
    Q_OBJECT
public:
    ViewTableDialog(const QString& title, const ViewTable& table, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void copySelection();
    QTableView* m_view;
};

} // namespace fplab
