#include "ui/settings/key_edit.h"

#include "ui/widgets/menu_actions.h"

#include <QKeyEvent>

namespace fplab {
namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_AltGr
        || key == Qt::Key_Meta || key == Qt::Key_unknown || key == 0;
}

bool leaves(const QKeyEvent& event)
{
    const int key = event.key();
    const bool alone = !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    return alone
        && (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab
            || key == Qt::Key_Backtab);
}

/// As shortcuts write it: Shift counts only where the text does not have it in it already ("+", "?").
QKeySequence sequence(const QKeyEvent& event)
{
    auto modifiers = event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier | Qt::ShiftModifier);
    const QString text = event.text();
    const bool symbol = !text.isEmpty() && text[0].isPrint() && !text[0].isLetterOrNumber() && !text[0].isSpace();
    if (symbol)
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())));
}

} // namespace

KeyEdit::KeyEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("Press a key"));
    setAccessibleName(tr("New key"));
    setToolTip(tr("Press the new key"));
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
}

void KeyEdit::setKey(const QKeySequence& key)
{
    m_key = key;
    setText(keyText({key}));
}

bool KeyEdit::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && !leaves(*static_cast<QKeyEvent*>(event))) {
        event->accept(); // so that it arrives here, whatever it does elsewhere
        return true;
    }
    return QLineEdit::event(event);
}

void KeyEdit::keyPressEvent(QKeyEvent* event)
{
    if (isModifier(event->key()) || leaves(*event)) {
        event->ignore();
        return;
    }
    setKey(sequence(*event));
    Q_EMIT keyPressed(m_key);
}

} // namespace fplab
