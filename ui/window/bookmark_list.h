#pragma once

#include "ui/model/lab.h"

#include <QByteArray>
#include <QDialog>

class QLabel;
class QPushButton;
class QTableWidget;

namespace fplab {

/// All bookmarks of the run beside the window, which goes on working: Enter goes to one, F2 edits its note, Delete
/// takes it away, Ctrl+Z brings it back.
class BookmarkList : public QDialog {
    Q_OBJECT
public:
    explicit BookmarkList(const Lab& lab, QWidget* parent = nullptr);
    /// In front, with the bookmark of the step in view chosen.
    void bringUp();

Q_SIGNALS:
    void exportRequested();

protected:
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPushButton* addButton(const QString& text, const QString& name, const QString& tip, void (BookmarkList::*act)());
    void fill();
    void choose(std::int64_t step);
    void goTo();
    void editNote();
    void takeAway();
    void bringBack();
    void enable();
    [[nodiscard]] const Bookmark* chosen() const;

    const Lab m_lab;
    QTableWidget* m_table;
    QLabel* m_empty;
    QPushButton *m_go = nullptr, *m_edit = nullptr, *m_delete = nullptr, *m_undo = nullptr, *m_export = nullptr;
    std::vector<Bookmark> m_deleted; ///< of this run, the last one at the end
    bool m_filling = false;
};

/// The bookmarks of the run as CSV, with what it is in comments.
[[nodiscard]] QByteArray bookmarksCsv(const Lab& lab);

} // namespace fplab
