#pragma once

#include "ui/kinds/poisson/cost_axis.h"
#include "ui/kinds/poisson/handoff_model.h"
#include "ui/views/plot_view.h"

namespace fplab {

/// What it costs to come to the tolerance, over the hand-off step M. A click on a point hands over there.
class HandoffView : public PlotView {
    Q_OBJECT
public:
    explicit HandoffView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

    /// What the button does now: try hand-off steps, stop that, or take the best one.
    void tryOrTake();

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override;
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;
    std::optional<Probe> probeAt(QPointF pixel) const override;
    void activate(const Probe& probe) override;
    void click(QPointF pixel) override;

private:
    /// The trial with the least cost on this axis; -1 = none.
    [[nodiscard]] int best() const;
    [[nodiscard]] double coordinate(std::int64_t step) const;
    [[nodiscard]] QPointF place(const HandoffTrial& trial) const;
    [[nodiscard]] QString costText(const SolveSummary::Point& point) const;
    /// Where the run on screen has reached the tolerance, by its solver.
    [[nodiscard]] std::optional<SolveSummary::Point> runReached() const;
    void drawCurve(QCPPainter& p);
    void drawAlone(QCPPainter& p, const SolveSummary::Point& alone) const;
    void drawBest(QCPPainter& p) const;
    void showAction();

    std::vector<HandoffTrial> m_trials; ///< that reached the tolerance
    CostAxis m_cost;
    double m_right = 0, m_high = 0; ///< ends of the axes: a step, a cost
    StepScale m_scale;
    std::shared_ptr<Ticker> m_costTicker, m_steps;
};

} // namespace fplab
