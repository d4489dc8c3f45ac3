#pragma once

#include "ui/views/line_series.h"
#include "ui/views/step_view.h"

namespace fplab {

/// Training and test loss over steps, with the lowest test loss and the live changes marked.
class LossView : public StepView {
    Q_OBJECT
public:
    explicit LossView(const Lab& lab, QWidget* parent = nullptr);
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
    struct Curve {
        int channel = -1;
        LineSeries line;
    };
    [[nodiscard]] double value(int curve, std::size_t record) const;
    [[nodiscard]] double ordinate(double loss) const;
    [[nodiscard]] bool isLogarithmic() const { return m_logarithmic && !m_energy; }
    void rebuild();
    void drawCurves(QCPPainter& p);
    void drawChanges(QCPPainter& p) const;
    void drawEnds(QCPPainter& p) const;

    std::vector<Curve> m_curves; ///< training, then test if there is one
    std::size_t m_taken = 0;
    std::uint64_t m_revision = 0;
    double m_low = 0, m_high = 0; ///< ordinates of the axis; m_low >= m_high = nothing seen yet
    qsizetype m_notFinite = 0;
    double m_best = 0; ///< lowest test loss
    std::size_t m_bestRecord = 0;
    bool m_logarithmic = true;
    bool m_energy = false; ///< the loss is an energy, which may be below zero: always on a linear axis
    std::shared_ptr<Ticker> m_logTicker, m_numbers;
};

} // namespace fplab
