#pragma once

#include "ui/settings.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace fplab {

/// "Continue": files opened lately as buttons, as many as fit one line, the others behind "More". Files that are gone
/// are grey and can be removed. Hidden while there is none.
class RecentRow : public QWidget {
    Q_OBJECT
public:
    explicit RecentRow(const ThemeManager& themes, QWidget* parent = nullptr);
    void setFiles(const QList<RecentFile>& files);

Q_SIGNALS:
    void openRequested(const QString& path);
    void removeRequested(const QString& path);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QPushButton* makeButton(const RecentFile& file);
    void showMenu(QPushButton* button, const QString& path);
    void showMore();

    const ThemeManager& m_themes;
    QList<RecentFile> m_files;
    QHBoxLayout* m_row;
    QLabel* m_title;
    QPushButton* m_more;
    QList<QPushButton*> m_buttons;
};

/// "just now", "5 min ago", "yesterday", "12 days ago"; the date when it is longer ago; empty if unknown.
[[nodiscard]] QString timeAgo(const QDateTime& then, const QDateTime& now);

} // namespace fplab
