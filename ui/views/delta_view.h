#pragma once

#include "ui/views/line_series.h"
#include "ui/views/step_view.h"

namespace fplab {

/// Delta_F(k) of the followed peaks over steps: which frequency is learnt when. The threshold line can be dragged, in
/// steps of two significant digits.
class DeltaView : public StepView {
    Q_OBJECT
public:
    explicit DeltaView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    void analysisChanged() override;
    int curveCount() const override;
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;
    void activate(const Probe& probe) override;
    bool grabsAt(QPointF pixel) const override;
    void drag(QPointF from, QPointF pixel) override;
    void dropped() override;

private:
    [[nodiscard]] double ordinate(double error) const;
    [[nodiscard]] double threshold() const;
    void takeRecords();
    void drawThreshold(QCPPainter& p);
    void drawCurves(QCPPainter& p);
    void drawNames(QCPPainter& p) const;
    /// Of a peak, at the end of its curve.
    struct Name {
        std::size_t peak;
        double x, y; ///< left and middle
        QRectF box;
    };
    struct Names {
        std::vector<Name> names;
        QFont font;
        double line; ///< height
    };
    [[nodiscard]] Names placeNames() const;

    std::vector<LineSeries> m_lines; ///< one per followed peak, in axis coordinates
    std::size_t m_taken = 0;
    std::uint64_t m_revision = 0;
    bool m_stale = true; ///< lines must be made anew
    qsizetype m_notFinite = 0;
    double m_low = 0, m_high = 0; ///< ordinates of the axis
    double m_dragged = 0; ///< threshold while it is dragged; 0 = not
    bool m_logarithmic = true;
    std::shared_ptr<Ticker> m_logTicker, m_numbers;
};

} // namespace fplab
