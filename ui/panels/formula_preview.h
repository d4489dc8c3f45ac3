#pragma once

#include "ui/look/theme.h"

#include <QWidget>

#include <vector>

namespace fplab {

class Formula;

/// A small curve of a formula over the training range, with its extreme values. While the text is no formula, the curve
/// of the last one stays, greyed.
class FormulaPreview : public QWidget {
    Q_OBJECT
public:
    explicit FormulaPreview(const ThemeManager& themes, QWidget* parent = nullptr);

    /// Draws the formula for from <= x <= to. Where it has no finite value the curve has a gap.
    void setFormula(const Formula& formula, double from, double to);
    void setStale(bool stale);
    [[nodiscard]] bool isStale() const { return m_stale; }
    /// Extremes of what is drawn, without the few values that would hide all others; low > high when nothing is.
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const ThemeManager& m_themes;
    std::vector<double> m_values; ///< evenly spaced in x
    double m_low = 1, m_high = 0;
    bool m_stale = false;
};

} // namespace fplab
