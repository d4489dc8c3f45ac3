#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QToolButton>

namespace fplab {

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : QLineEdit(parent)
    , m_clear(new QToolButton(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setProperty("search", true);
    m_clear->setText(QStringLiteral("×"));
    m_clear->setAccessibleName(tr("Clear the search"));
    m_clear->setToolTip(tr("Clear the search (Esc)"));
    m_clear->setProperty("flat", true);
    m_clear->setFocusPolicy(Qt::NoFocus);
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->hide();
    connect(m_clear, &QToolButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, &SearchField::placeButton);
}

void SearchField::placeButton()
{
    const QSize size = m_clear->sizeHint();
    m_clear->setGeometry(width() - size.width() - 2, (height() - size.height()) / 2, size.width(), size.height());
    m_clear->setVisible(!text().isEmpty());
    setTextMargins(0, 0, text().isEmpty() ? 0 : size.width(), 0);
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    placeButton();
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
