#pragma once

#include "core/experiment/spec.h"
#include "ui/look/theme.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace fplab {

/// A card with a header that folds it: number, title, and in one word when an edit takes effect.
class PanelCard : public QFrame {
    Q_OBJECT
public:
    PanelCard(const QString& title, Effect effect, const ThemeManager& themes, QWidget* parent = nullptr);

    void addRow(QWidget* row);
    [[nodiscard]] bool folded() const { return !m_header->isChecked(); }
    void setFolded(bool folded);
    [[nodiscard]] bool showsMore() const { return m_more->isChecked(); }
    void showMore() { m_more->setChecked(true); }
    /// Shows the "More" button if there are rows behind it.
    void setHidden(int hiddenRows);

Q_SIGNALS:
    void moreToggled();

private:
    void showTheme();

    const ThemeManager& m_themes;
    QPushButton* m_header;
    QLabel* m_effect;
    QLabel* m_chevron;
    QWidget* m_body;
    QVBoxLayout* m_rows;
    QPushButton* m_more;
};

} // namespace fplab
