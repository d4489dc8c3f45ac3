#pragma once

#include "ui/look/theme.h"

#include <QFrame>
#include <QLabel>

#include <functional>

class QBoxLayout;
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

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showTheme();
    /// The buttons beside the words, or below them where those would be squeezed.
    void arrange();

    const ThemeManager& m_themes;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QBoxLayout* m_parts; ///< words and buttons
    QWidget* m_buttons;
    QToolButton* m_close;
};

} // namespace fplab
