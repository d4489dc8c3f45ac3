#pragma once

#include "ui/look/theme.h"
#include "ui/widgets/name_match.h"

#include <QFrame>
#include <QPointer>

#include <functional>
#include <optional>

class QListWidget;

namespace fplab {

class SearchField;

/// Something that can be done, by name.
struct Command {
    QString name;
    QString place; ///< where else it is found: "View › Theme"
    QString keys; ///< or when it takes effect
    bool enabled = true;
    std::function<void()> run;
    QString words = {}; ///< it is found by these too
    QString why = {}; ///< it cannot be done now
    std::optional<int> score = {}; ///< as of matchScore(), where what was typed was taken apart already
};

/// A line and a list at the top of a window: Enter does the command, Esc or a click elsewhere closes. The focus goes
/// back where it was.
class CommandSearch : public QFrame {
    Q_OBJECT
public:
    CommandSearch(const ThemeManager& themes, QWidget* window);

    /// What else fits the words that are typed.
    using Source = std::function<QList<Command>(const QString& typed)>;
    void open(const QList<Command>& commands, const Source& source = {}, const QString& typed = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

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
    Source m_source;
    QList<Command> m_fixed; ///< whatever is typed
    QList<Command> m_commands; ///< as they stand in the list
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace fplab
