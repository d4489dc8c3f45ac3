#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QLabel>
#include <QTimer>

class QToolButton;

namespace fplab {

/// A short message at the bottom left of its parent, above `above`; goes after six seconds, or longer texts later.
class Toast : public QFrame {
    Q_OBJECT
public:
    Toast(const ThemeManager& themes, QWidget* parent, QWidget* above = nullptr);
    void show(const QString& text);
    void withdraw(const QString& text); ///< goes at once, if that is what is shown: it is true no longer
    [[nodiscard]] QString text() const { return m_text->text(); }
    [[nodiscard]] int remaining() const { return m_timer.remainingTime(); } ///< milliseconds; -1 when hidden

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void enterEvent(QEnterEvent* event) override; ///< stays while the pointer is on it
    void leaveEvent(QEvent* event) override;

private:
    void place();

    const ThemeManager& m_themes;
    QWidget* m_above;
    QLabel* m_text;
    QToolButton* m_close;
    QTimer m_timer;
};

} // namespace fplab
