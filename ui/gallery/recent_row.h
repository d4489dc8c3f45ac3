#pragma once

#include "ui/model/settings.h"

#include <QHash>
#include <QIcon>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;

namespace fplab {

/// "Continue": files opened lately as buttons, as many as fit one line, the others behind "More". Experiments get their
/// picture a moment later, one at a time. Files that are gone are grey and can be removed. Hidden while there is none.
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
    void drawAnew();
    void drawNext();
    [[nodiscard]] QSize pictureSize() const;
    [[nodiscard]] QIcon pictureOf(const QString& path) const;
    QPushButton* makeButton(const RecentFile& file);
    void showMenu(QPushButton* button, const QString& path);
    void showMore();

    const ThemeManager& m_themes;
    QList<RecentFile> m_files;
    QHBoxLayout* m_row;
    QLabel* m_title;
    QPushButton* m_more;
    QList<QPushButton*> m_buttons; ///< of the first files
    QHash<QString, QIcon> m_pictures; ///< by path; null where there is nothing to draw
    QTimer m_drawing;
    qsizetype m_next = 0; ///< file to draw
};

/// "just now", "5 min ago", "yesterday", "12 days ago"; the date when it is longer ago; empty if unknown.
[[nodiscard]] QString timeAgo(const QDateTime& then, const QDateTime& now);

} // namespace fplab
