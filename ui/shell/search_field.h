#pragma once

#include <QLineEdit>

namespace fplab {

/// A line to search with: placeholder as its name, and a button that clears it. Esc clears it first.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace fplab
