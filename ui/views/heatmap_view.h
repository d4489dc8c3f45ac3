#pragma once

#include "ui/views/delta_image.h"
#include "ui/views/step_view.h"

namespace fplab {

/// Delta_F over frequency and step as colours, one row for each frequency.
class HeatmapView : public StepView {
    Q_OBJECT
public:
    explicit HeatmapView(const Lab& lab, QWidget* parent = nullptr);
    /// Another map beside it, of another run.
    HeatmapView(const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent);
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
    void updateImage();
    [[nodiscard]] QRectF rowArea(std::size_t row) const; ///< pixels
    [[nodiscard]] int rowAt(QPointF pixel) const; ///< -1 outside
    void draw(QCPPainter& p);
    void drawContour(QCPPainter& p, const QRectF& target) const;
    void drawRowNames(QCPPainter& p) const;
    void drawScale(QCPPainter& p) const;

    std::vector<std::size_t> m_rows;
    DeltaImage m_image;
    int m_map = 0;
    bool m_followedOnly = true, m_contour = false;
    std::shared_ptr<Ticker> m_noTicks;
};

} // namespace fplab
