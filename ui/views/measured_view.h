#pragma once

#include "ui/views/line_series.h"
#include "ui/views/step_view.h"

namespace fplab {

/// The numbers that instruments measure, over steps: all scalar channels without a role of their own.
class MeasuredView : public StepView {
    Q_OBJECT
public:
    explicit MeasuredView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] static bool accepts(std::span<const Channel> channels);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override { return static_cast<int>(m_curves.size()); }
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;

private:
    struct Curve {
        std::size_t channel = 0;
        QString name;
        std::vector<std::size_t> records; ///< where it was measured
        LineSeries line; ///< one point each
    };
    void rebuild();
    [[nodiscard]] double value(const Curve& curve, std::size_t point) const;
    void drawCurves(QCPPainter& p);

    std::vector<Curve> m_curves;
    std::size_t m_taken = 0; ///< records looked at
    std::uint64_t m_revision = 0;
    double m_high = 0; ///< upper end of the axis
    std::shared_ptr<Ticker> m_numbers;
};

} // namespace fplab
