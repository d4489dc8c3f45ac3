#pragma once

#include "ui/views/plot_view.h"
#include "ui/views/scales.h"
#include "ui/views/weight_curve.h"

namespace fplab {

/// |f^| and |h^| over frequency. A click on a peak follows it; an optional curve of loss weights w(k) lies over it.
class SpectrumView : public PlotView {
    Q_OBJECT
public:
    explicit SpectrumView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

    /// w(k) for k = 0, 1, ... as points over the spectrum, on a scale from 0 at the right; empty = none. Those of the
    /// experiment show by themselves.
    void setWeights(const std::vector<double>& w, bool editable);

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override;
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;
    std::vector<int> landmarks(int curve) const override;
    std::optional<Probe> probeAt(QPointF pixel) const override;
    void activate(const Probe& probe) override;
    void click(QPointF pixel) override;
    bool grabsAt(QPointF pixel) const override;
    void drag(QPointF from, QPointF pixel) override;
    void dropped() override;

private:
    [[nodiscard]] double position(std::size_t bin) const; ///< on the frequency axis
    [[nodiscard]] double spacing() const; ///< between two bins, in pixels
    [[nodiscard]] double ordinate(double amplitude) const;
    [[nodiscard]] std::size_t shownBins() const;
    [[nodiscard]] std::size_t binAt(QPointF pixel) const;
    [[nodiscard]] QVector<double> binPixels() const; ///< where each bin is, from the left
    void drawHatches(QCPPainter& p) const;
    void drawBars(QCPPainter& p) const;
    void drawPeakNames(QCPPainter& p) const;

    std::vector<double> m_output, m_initial; ///< |h^| now and at step 0
    double m_high = 0, m_low = 0; ///< ordinates of the axis
    WeightCurve m_weights;
    bool m_logarithmic = false, m_physical = false, m_all = false;
    std::shared_ptr<Ticker> m_integers, m_frequencies, m_numbers, m_logTicker;
};

} // namespace fplab
