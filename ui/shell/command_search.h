#pragma once

#include "ui/theme.h"

#include <QFrame>
#include <QPointer>

#include <functional>

class QListWidget;

namespace fplab {

class SearchField;

/// Something that can be done, by name.
struct Command {
    QString name;
    QString place; ///< where else it is found: "View › Theme"
    QString keys;
    bool enabled = true;
    std::function<void()> run;
};

/// How well a name fits what was typed: 0 is best, -1 not at all. Every word must be somewhere in name or place, or all
/// letters in order in the name.
[[nodiscard]] int matchScore(const QString& typed, const QString& name, const QString& place);

/// A line and a list at the top of a window: Enter does the command, Esc or a click elsewhere closes. The focus goes
/// back where it was.
class CommandSearch : public QFrame {
    Q_OBJECT
public:
    CommandSearch(const ThemeManager& themes, QWidget* window);

    void open(const QList<Command>& commands);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& typed);
    /// To the next that can be done, from `row` on; to `row` if there is none.
    void moveTo(int row, int direction);
    void place();
    void runCurrent();
    void finish();

    const ThemeManager& m_themes;
    SearchField* m_line;
    QListWidget* m_list;
    QList<Command> m_commands;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace fplab
