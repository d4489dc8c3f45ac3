#pragma once

#include "ui/views/line_series.h"
#include "ui/views/plot_view.h"
#include "ui/views/scales.h"

namespace fplab {

struct Channel;

/// Target and output over x: the curve being learnt. Beyond the training range the ground is shaded and the output
/// goes on. Data of more than one dimension are shown by sample number.
class OutputView : public PlotView {
    Q_OBJECT
public:
    explicit OutputView(const Lab& lab, QWidget* parent = nullptr);
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
    [[nodiscard]] const Channel* channel(Role role) const;
    /// The sample of that channel at the step being viewed; nullptr without channel or record.
    [[nodiscard]] const std::vector<double>* sample(Role role) const;
    void drawGround(QCPPainter& p) const;
    void drawCurves(QCPPainter& p);
    /// Makes room for what is learnt within the training range, if it is near enough to `centre`.
    void coverOutput(const std::vector<double>& x, const std::vector<double>& y, double centre, double reach);
    void drawBeyond(QCPPainter& p) const;
    [[nodiscard]] bool showsDots() const;
    [[nodiscard]] const Channel* shownTestPoints() const; ///< nullptr if there are none, or too many to be told apart

    /// Whether the record being viewed is a solver's, not a network's.
    [[nodiscard]] bool isSolving() const;
    [[nodiscard]] QColor solverColor() const;
    [[nodiscard]] QString solverLabel() const;

    LineSeries m_target, m_outside, m_output, m_residual; ///< m_outside: target beyond the range
    LineSeries m_network; ///< what a network handed over to the solver that goes on
    GrowingRange m_y;
    QVector<QPointF> m_beyond; ///< samples that are left out of m_y, for they would hide all others
    double m_from = 0, m_to = 1; ///< training range
    bool m_noisy = false; ///< samples do not lie on the target's formula
    bool m_showResidual = false;
    std::shared_ptr<Ticker> m_numbers, m_multiplesOfPi, m_yNumbers;
};

} // namespace fplab
