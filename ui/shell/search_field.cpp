#include "ui/shell/search_field.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace fplab {

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    for (auto* button : findChildren<QAbstractButton*>())
        button->setAccessibleName(tr("Clear"));
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace fplab
