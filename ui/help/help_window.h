#pragma once

#include "ui/look/theme.h"

#include <QDialog>

class QPushButton;
class QTextBrowser;

namespace fplab {

class KeyMap;
class PageList;
class SearchField;

/// Local help beside the work: pages at the left, text at the right, Ctrl+F finds on the page. Not modal.
class HelpWindow : public QDialog {
    Q_OBJECT
public:
    /// Both outlive the window.
    HelpWindow(const ThemeManager& themes, const KeyMap& keys, QWidget* parent = nullptr);

    /// A page, or a place on it: "idea", "definitions#delta".
    void showTopic(const QString& topic);
    [[nodiscard]] QString topic() const; ///< as shown

private:
    void showTheme();
    void markPage(const QUrl& url); ///< in the list
    void find(bool backward);

    const ThemeManager& m_themes;
    PageList* m_list;
    QTextBrowser* m_text;
    SearchField* m_find;
    QPushButton *m_back, *m_forward;
};

} // namespace fplab
