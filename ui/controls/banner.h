#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QLabel>

#include <functional>

class QHBoxLayout;
class QToolButton;

namespace fplab {

/// A message inside the window that waits for a decision but blocks nothing: what happened, where, what was kept.
class Banner : public QFrame {
    Q_OBJECT
public:
    struct Action {
        QString label;
        std::function<void()> run; ///< called after the banner has gone
    };

    explicit Banner(const ThemeManager& themes, QWidget* parent = nullptr);
    /// Shows itself; the first action is the suggested one.
    void show(const QString& title, const QString& text, const QList<Action>& actions);
    void dismiss();
    [[nodiscard]] QString title() const { return m_title->text(); }
    [[nodiscard]] QString text() const { return m_text->text(); }

private:
    void showTheme();

    const ThemeManager& m_themes;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
};

} // namespace fplab
