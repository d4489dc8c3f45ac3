#pragma once

#include "ui/plots/step_view.h"

#include <QImage>

namespace fplab {

struct ColorMap;

/// Delta_F over frequency and step as colours. New records fill their columns of a kept image; only another range or
/// other settings draw it anew.
class HeatmapView : public StepView {
    Q_OBJECT
public:
    explicit HeatmapView(const Lab& lab, QWidget* parent = nullptr);
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
    std::optional<Probe> probeAt(QPointF pixel) const override;
    void activate(const Probe& probe) override;
    void click(QPointF pixel) override;

private:
    [[nodiscard]] std::vector<std::size_t> rows() const; ///< bins, lowest first
    [[nodiscard]] int column(double coordinate) const;
    void fill();
    void setColumns(int from, int to, const std::vector<double>& errors);
    [[nodiscard]] QRectF rowArea(std::size_t row) const; ///< pixels
    [[nodiscard]] int rowAt(QPointF pixel) const; ///< -1 outside
    void draw(QCPPainter& p);
    void drawContour(QCPPainter& p, const QRectF& target) const;
    void drawRowNames(QCPPainter& p) const;
    void drawScale(QCPPainter& p) const;

    std::vector<std::size_t> m_rows;
    std::vector<float> m_values; ///< (rows, columns), NaN = nothing
    QImage m_image; ///< the same as colours, highest row on top
    double m_low = 0, m_high = 0; ///< step coordinates of the image's ends
    int m_columns = 0, m_filled = 0; ///< columns up to the newest record
    std::size_t m_taken = 0;
    std::uint64_t m_revision = 0;
    bool m_stale = true;
    std::vector<QRgb> m_colors;
    int m_map = 0;
    bool m_followedOnly = true, m_contour = false;
    std::shared_ptr<Ticker> m_noTicks;
};

} // namespace fplab
