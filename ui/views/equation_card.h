#pragma once

#include "ui/look/theme.h"

#include <QFrame>

namespace fplab {

/// A popup with an equation, its numbers and its source. Esc or a click elsewhere closes and deletes it.
class EquationCard : public QFrame {
    Q_OBJECT
public:
    EquationCard(const QString& title, const QString& richText, const Theme& theme, QWidget* parent);

Q_SIGNALS:
    void moreRequested(); ///< "Read more"; the card closes
};

/// Where the definitions come from, for the last line of a card.
[[nodiscard]] QString paperS1();
[[nodiscard]] QString paperS2();

/// A paragraph in which the equation stands larger.
[[nodiscard]] QString displayed(const QString& equation);

} // namespace fplab
