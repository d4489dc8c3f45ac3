#include "ui/widgets/number_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double handleWidth = 16; ///< at the normal size of text; larger ones are hit as well

double roundedTo(double value, int digits)
{
    if (value == 0)
        return 0;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - (digits - 1));
    // Through text, so that 0.30000000000000004 becomes 0.3.
    return QString::number(std::round(value / unit) * unit, 'g', digits + 2).toDouble();
}

} // namespace

NumberSlider::NumberSlider(double lowest, double highest, bool logarithmic, bool whole, QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
    , m_lowest(lowest)
    , m_highest(highest)
    , m_logarithmic(logarithmic)
    , m_whole(whole)
{
    const int steps = whole && !logarithmic && highest - lowest <= 200 ? static_cast<int>(highest - lowest) : 200;
    setRange(0, steps);
    setSingleStep(1);
    setPageStep(std::max(1, steps / 10));
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QSlider::valueChanged, this, [this](int position) { Q_EMIT numberPicked(numberAt(position)); });
}

double NumberSlider::numberAt(int position) const
{
    const double share = static_cast<double>(position) / maximum();
    double number
        = m_logarithmic ? m_lowest * std::pow(m_highest / m_lowest, share) : m_lowest + share * (m_highest - m_lowest);
    if (m_whole)
        number = std::round(m_logarithmic && number >= 100 ? roundedTo(number, 2) : number);
    else if (m_logarithmic)
        number = roundedTo(number, 2);
    else
        number = std::abs(number) < (m_highest - m_lowest) * 1e-9 ? 0 : roundedTo(number, 3);
    return std::clamp(number, m_lowest, m_highest);
}

int NumberSlider::positionOf(double number) const
{
    const double inside = std::clamp(number, m_lowest, m_highest);
    const double share = m_logarithmic ? std::log(inside / m_lowest) / std::log(m_highest / m_lowest)
                                       : (inside - m_lowest) / (m_highest - m_lowest);
    return static_cast<int>(std::lround(share * maximum()));
}

double NumberSlider::xOf(double number) const
{
    return handleWidth / 2 + positionOf(number) * (width() - handleWidth) / maximum();
}

void NumberSlider::setNumber(double number)
{
    const QSignalBlocker blocker(this);
    setValue(positionOf(number));
}

QSize NumberSlider::sizeHint() const { return {72, QSlider::sizeHint().height()}; }

bool NumberSlider::event(QEvent* event)
{
    // Arrows and Home/End belong to the focused slider, not to the window's shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool moves = (key->key() >= Qt::Key_Home && key->key() <= Qt::Key_PageDown);
        if (moves && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QSlider::event(event);
}

void NumberSlider::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QSlider::wheelEvent(event);
    else
        event->ignore();
}

void NumberSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(true);
    moveTo(event->position().x());
}

void NumberSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (isSliderDown())
        moveTo(event->position().x());
}

void NumberSlider::mouseReleaseEvent(QMouseEvent*) { setSliderDown(false); }

void NumberSlider::moveTo(double x)
{
    const double share = std::clamp((x - handleWidth / 2) / std::max(1.0, width() - handleWidth), 0.0, 1.0);
    setValue(static_cast<int>(std::lround(share * maximum())));
}

} // namespace fplab
