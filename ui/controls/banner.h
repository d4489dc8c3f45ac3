#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QLabel>

class QHBoxLayout;
class QToolButton;

namespace fplab {

/// A message inside the window that waits for a decision but blocks nothing: what happened, where, what was kept.
class Banner : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Info, Error };
    struct Action {
        QString id, label;
    };

    explicit Banner(const ThemeManager& themes, QWidget* parent = nullptr);
    /// Shows itself; the first action is the suggested one.
    void open(Kind kind, const QString& title, const QString& text, const QList<Action>& actions);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void actionTriggered(const QString& id); ///< the banner is hidden already
    void dismissed();

private:
    void showTheme();

    const ThemeManager& m_themes;
    Kind m_kind = Kind::Info;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
};

} // namespace fplab
