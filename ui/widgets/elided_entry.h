#pragma once

#include <QLineEdit>

namespace fplab {

/// Without the keyboard it shows a text that does not fit with "…" at its end, and all of it in the tooltip; one with a
/// mistake is shown as it is edited.
class ElidedEntry : public QLineEdit {
    Q_OBJECT
public:
    using QLineEdit::QLineEdit;
    [[nodiscard]] QString shownText() const;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRect textRect() const;
};

} // namespace fplab
