#pragma once

#include "ui/views/plot_view.h"
#include "ui/views/scales.h"

namespace fplab {

/// A view over training steps: logarithmic or linear step axis, playhead; in the active view a click goes to that step.
class StepView : public PlotView {
    Q_OBJECT
protected:
    StepView(const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent);

    [[nodiscard]] const StepScale& scale() const { return m_scale; }
    [[nodiscard]] const std::shared_ptr<Ticker>& stepTicker() const { return m_ticker; }
    /// Ends of the step axis in coordinates: to the last planned step where that is near, else growing in nice numbers.
    [[nodiscard]] double stepLeft() const;
    [[nodiscard]] double stepRight();
    /// The record nearest to a pixel; -1 without records.
    [[nodiscard]] int recordAt(QPointF pixel) const;
    /// x of a record on the axis.
    [[nodiscard]] double coordinateOf(std::size_t record) const;

    void reset() override;
    void click(QPointF pixel) override;
    QString clickHint(QPointF pixel) const override;

private:
    void drawPlayhead(QCPPainter& p) const;
    StepScale m_scale;
    double m_last = 0; ///< step at the right end
    std::shared_ptr<Ticker> m_ticker;
};

} // namespace fplab
