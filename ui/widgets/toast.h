#pragma once

#include "ui/look/theme.h"

#include <QFrame>
#include <QLabel>
#include <QTimer>

#include <functional>

class QToolButton;

namespace fplab {

/// A short message at the bottom left of its parent, above `above`; goes after six seconds, longer texts and those with
/// a button later, and not while the pointer or the keyboard is on it.
class Toast : public QFrame {
    Q_OBJECT
public:
    Toast(const ThemeManager& themes, QWidget* parent, QWidget* above = nullptr);
    void show(const QString& text);
    /// With a button, named `action` (and reached by its mnemonic, Tab or F6), that calls `run` and ends the message.
    void offer(const QString& text, const QString& action, std::function<void()> run);
    void withdraw(const QString& text); ///< goes at once, if that is what is shown: it is true no longer
    [[nodiscard]] QString text() const { return m_text->text(); }
    [[nodiscard]] int remaining() const { return m_timer.remainingTime(); } ///< milliseconds; -1 when hidden

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void enterEvent(QEnterEvent* event) override; ///< stays while the pointer is on it
    void leaveEvent(QEvent* event) override;

private:
    void place();
    void present(const QString& text, int milliseconds);
    void dismiss();
    [[nodiscard]] bool hasKeyboard() const;

    const ThemeManager& m_themes;
    QWidget* m_above;
    QLabel* m_text;
    QToolButton *m_action, *m_close;
    std::function<void()> m_run;
    QTimer m_timer;
};

} // namespace fplab
