#pragma once

#include "ui/views/plot_view.h"
#include "ui/views/scales.h"

namespace fplab {

/// The error of a Poisson run by sine modes, on a logarithmic axis the largest of those that share a bar: what the
/// network left, and what the solver has made of it since.
class ModesView : public PlotView {
    Q_OBJECT
public:
    explicit ModesView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override;
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;

private:
    [[nodiscard]] double coordinate(double mode) const;
    [[nodiscard]] QColor solverColor() const;
    /// Modes that share a bar, because each bar is as wide as all others.
    struct Bin {
        double x; ///< middle of the bar, in pixels
        std::size_t first, end; ///< of m_modes
    };
    [[nodiscard]] std::vector<Bin> bins() const;
    void drawBars(QCPPainter& p) const;
    void drawSolution(QCPPainter& p) const;

    std::vector<double> m_modes, m_solution; ///< j, and the amplitudes of the solution
    std::vector<double> m_before,
        m_now; ///< amplitudes of the error: at the hand-over (or at first), and at the step shown
    bool m_handedOver = false; ///< m_before is what a network left
    double m_low = 0, m_high = 0; ///< ordinates of the axis
    bool m_logarithmic = true;
    std::shared_ptr<Ticker> m_logTicker, m_modeTicker, m_integers;
};

} // namespace fplab
