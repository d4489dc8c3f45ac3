#pragma once

#include <QLineEdit>

class QToolButton;

namespace fplab {

/// A line to search with: placeholder as its name, and a button that clears it. Esc clears it first.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButton();

    QToolButton* m_clear;
};

} // namespace fplab
