#pragma once

#include "ui/kinds/poisson/cost_axis.h"
#include "ui/views/plot_view.h"

namespace fplab {

/// The error of a Poisson run over what it costs, beside the solver alone, the network alone and other solvers, with
/// the floors. The line of the hand-off step M can be dragged: it shows what a branch there would do, and asks for it
/// when it is let go.
class ErrorView : public PlotView {
    Q_OBJECT
public:
    explicit ErrorView(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override;
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;
    void activate(const Probe& probe) override;
    bool grabsAt(QPointF pixel) const override;
    Qt::CursorShape grabShape() const override { return Qt::SizeHorCursor; }
    void drag(QPointF from, QPointF pixel) override;
    void dropped() override;

private:
    using Points = std::vector<SolveSummary::Point>;
    struct Curve {
        QString name;
        Points points;
        QColor color;
        double width = 2;
        Qt::PenStyle dash = Qt::SolidLine;
        Marker marker = Marker::Circle; ///< at its end
        bool ofRun = false; ///< of the run on screen
        bool ofSolverAlone = false;
    };
    void gather(const Theme& theme);
    void fitAxes();
    [[nodiscard]] QString clockInWords() const; ///< for the equation card
    [[nodiscard]] static double ordinate(double error);
    [[nodiscard]] QPointF place(const SolveSummary::Point& point) const;
    [[nodiscard]] QVector<QPointF> pixels(const Curve& curve) const;
    /// M as it is set or being dragged; none without a hand-off.
    [[nodiscard]] std::optional<std::int64_t> handStep() const;
    [[nodiscard]] std::optional<double> handPixel() const; ///< x of the line of M
    // Preconditions: handPixel().
    [[nodiscard]] QString handText() const;
    [[nodiscard]] QRectF handPill() const; ///< where it stands, with the room around
    [[nodiscard]] std::int64_t stepAt(QPointF pixel) const;
    /// Its name and, of the solver alone, what it costs in all.
    [[nodiscard]] QString labelOf(const Curve& curve) const;
    /// A horizontal line that nothing of some kind gets below.
    struct Floor {
        double error;
        QString name;
        Qt::PenStyle dash;
        QColor color;
        bool nameAbove;
    };
    [[nodiscard]] std::vector<Floor> floors() const; ///< those in view
    void drawFloors(QCPPainter& p) const;
    void drawCurves(QCPPainter& p);
    void drawSpread(QCPPainter& p) const; ///< of the time of the solver alone
    void drawNames(QCPPainter& p) const; ///< of the floors, and at the ends of what the run is compared with
    void drawHand(QCPPainter& p) const;
    void drawPlayhead(QCPPainter& p) const;

    CostAxis m_cost;
    int m_axis = 0; ///< as fits, linear, logarithmic
    std::vector<Curve> m_curves; ///< the run first, then what it is compared with
    std::vector<QVector<QPointF>> m_drawn; ///< each of them, in pixels, as painted last
    double m_right = 0, m_low = 0, m_high = 0; ///< ends of the axes; m_right a cost, the others ordinates
    bool m_dragging = false;
    std::shared_ptr<Ticker> m_numbers, m_logTicker, m_errorTicker;
};

} // namespace fplab
