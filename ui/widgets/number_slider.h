#pragma once

#include <QSlider>

namespace fplab {

/// A horizontal slider of real numbers on a linear or logarithmic scale. The wheel moves it only while it has the
/// focus.
class NumberSlider : public QSlider {
    Q_OBJECT
public:
    /// Preconditions: lowest < highest, and lowest > 0 if logarithmic. `whole`: values are rounded to integers.
    NumberSlider(double lowest, double highest, bool logarithmic, bool whole, QWidget* parent = nullptr);

    /// Value of a position, rounded so that it reads well (2 digits on a logarithmic scale).
    [[nodiscard]] double numberAt(int position) const;
    [[nodiscard]] int positionOf(double number) const; ///< clamped to the range
    /// Middle of the handle at that number, in the slider's coordinates.
    [[nodiscard]] double xOf(double number) const;
    /// Moves the handle without a signal.
    void setNumber(double number);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void numberPicked(double number); ///< by the user

protected:
    bool event(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void moveTo(double x);

    double m_lowest, m_highest;
    bool m_logarithmic, m_whole;
};

} // namespace fplab
