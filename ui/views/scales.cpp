#include "ui/views/scales.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fplab {
namespace {

constexpr QChar minusSign(0x2212), narrowSpace(0x202F), piLetter(0x03C0);
constexpr double stepZero = 0.5; ///< where step 0 stands on a logarithmic axis

QString withMinus(QString text) { return text.replace(QLatin1Char('-'), minusSign); }

QString superscript(int n)
{
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text = QString::number(std::abs(n));
    for (QChar& c : text)
        c = digits[c.digitValue()];
    return n < 0 ? QStringLiteral("⁻") + text : text;
}

/// 1, 0.1, 0.01, 0.001, then 10 to the power.
QString powerLabel(int exponent)
{
    if (exponent >= -3 && exponent <= 4)
        return QString::number(std::pow(10.0, exponent), 'f', std::max(0, -exponent));
    return QStringLiteral("10") + superscript(exponent);
}

QString shortStep(double step)
{
    if (step >= 1e6)
        return QString::number(step / 1e6, 'g', 4) + QLatin1Char('M');
    if (step >= 1e4)
        return QString::number(step / 1e3, 'g', 4) + QLatin1Char('k');
    return formatStep(std::llround(step));
}

void placeEvenly(const QCPRange& range, double step, QVector<double>& ticks)
{
    for (double i = std::ceil(range.lower / step - 1e-6); i <= std::floor(range.upper / step + 1e-6); ++i)
        ticks.append(i * step);
}

double largestOf(const QCPRange& range) { return std::max(std::abs(range.lower), std::abs(range.upper)); }

/// The step at which doubles of a range are still told apart.
double finestStep(const QCPRange& range)
{
    return niceStep(std::max(4 * std::numeric_limits<double>::epsilon() * largestOf(range), 1e-290));
}

int exponentOf(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-9)); }

/// How numbers that are `step` apart are written in a few characters: without what they have in common, and in
/// thousands, millions or thousandths. note() says what was left out.
class NumberForm {
public:
    NumberForm(const QCPRange& range, double step, int longest)
        : m_step(step)
        , m_longest(longest)
    {
        if (fits(range) && step > 0.99e-4)
            return;
        m_exponent = thousands(range);
        if (fits(range))
            return;
        takeRoundest(range);
        const QCPRange rest(range.lower - m_offset, range.upper - m_offset);
        m_exponent = 0;
        if (!fits(rest) || step < 0.99e-4)
            m_exponent = thousands(rest);
    }

    [[nodiscard]] QString label(double value) const
    {
        const double shown = value - m_offset;
        return std::abs(shown) < m_step / 2
            ? QStringLiteral("0")
            : withMinus(QString::number(shown / std::pow(10.0, m_exponent), 'f', decimals()));
    }

    [[nodiscard]] QString note() const
    {
        QStringList parts;
        if (m_exponent != 0)
            parts.append(QStringLiteral("×10") + superscript(m_exponent));
        if (m_offset != 0)
            parts.append((m_offset < 0 ? QString(minusSign) : QStringLiteral("+")) + offsetText());
        return parts.join(QLatin1Char(' '));
    }

private:
    [[nodiscard]] int decimals() const { return std::max(0, m_exponent - exponentOf(m_step)); }

    [[nodiscard]] bool fits(const QCPRange& range) const
    {
        const double largest = largestOf(range);
        const int whole = largest > 0 ? std::max(1, exponentOf(largest) + 1 - m_exponent) : 1;
        const int length = whole + (decimals() > 0 ? decimals() + 1 : 0) + (range.lower < 0 ? 1 : 0);
        return length <= m_longest;
    }

    static int thousands(const QCPRange& range)
    {
        return 3 * static_cast<int>(std::floor(std::log10(std::max(largestOf(range), 1e-290)) / 3 + 1e-9));
    }

    /// The number with the most zeros at its end, of those in the range.
    void takeRoundest(const QCPRange& range)
    {
        const auto multiple = [](double count, int place) {
            return place < 0 ? count / std::pow(10.0, -place) : count * std::pow(10.0, place);
        };
        m_place = exponentOf(std::max(range.size(), m_step)) - 1;
        for (int place = m_place; place < 308; ++place) {
            const double found = multiple(std::ceil(multiple(range.lower, -place) - 1e-9), place);
            if (found > range.upper)
                return;
            m_offset = found;
            m_place = place;
            if (found == 0)
                return;
        }
    }

    [[nodiscard]] QString offsetText() const
    {
        if (std::abs(m_offset) >= 1e15)
            return QString::number(std::abs(m_offset), 'g', 17);
        QString text = QString::number(std::abs(m_offset), 'f', std::max(0, -m_place));
        const auto point = text.indexOf(QLatin1Char('.'));
        for (auto i = (point < 0 ? text.size() : point) - 3; i > 0; i -= 3)
            text.insert(i, narrowSpace);
        return text;
    }

    double m_step, m_offset = 0;
    int m_longest, m_exponent = 0, m_place = 0;
};

/// Steps as 12k or 1.5M where that tells them apart.
QString labelSteps(const QVector<double>& steps, const QCPRange& range, double step, int longest, QStringList& labels)
{
    constexpr double digits = 1e4; // that shortStep() keeps
    if (range.upper < digits * step) {
        for (const double s : steps)
            labels.append(s < 0 ? QString() : shortStep(s));
        return {};
    }
    const NumberForm form(range, step, longest);
    for (const double s : steps)
        labels.append(s < 0 ? QString() : form.label(s));
    return form.note();
}

} // namespace

QString formatNumber(double value, int digits)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const QString text = QString::number(value, 'g', digits);
    const auto letter = text.indexOf(QLatin1Char('e'));
    if (letter < 0)
        return withMinus(text);
    const int exponent = text.mid(letter + 1).toInt();
    constexpr int mostZeros = 6;
    if (exponent > 0 && exponent <= mostZeros)
        return withMinus(QString::number(text.toDouble(), 'f', 0));
    const QString factor = text.left(letter), power = QStringLiteral("10") + superscript(exponent);
    if (factor == QLatin1String("1") || factor == QLatin1String("-1"))
        return withMinus(factor.chopped(1)) + power;
    return withMinus(factor) + QStringLiteral("·") + power;
}

QString formatWithin(double value, const QCPRange& range)
{
    const double share = std::abs(value) / range.size();
    return formatNumber(value, share > 1 && std::isfinite(share) ? std::min(17, exponentOf(share) + 5) : 4);
}

QString formatStep(std::int64_t step)
{
    QString text = QString::number(step);
    for (qsizetype i = text.size() - 3; i > 0; i -= 3)
        text.insert(i, narrowSpace);
    return text;
}

double niceStep(double rough)
{
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power * (1 + 1e-9))
            return factor * power;
    return 10 * power;
}

double niceCeiling(double value) { return value <= 1 ? 1 : niceStep(value); }

double AxisScale::value(double coordinate) const
{
    if (!logarithmic)
        return coordinate * unit;
    const double value = std::pow(10.0, coordinate);
    return value <= zero ? 0 : value;
}

double AxisScale::coordinate(double value) const
{
    if (!logarithmic)
        return value / unit;
    return value > zero ? std::log10(value) : -std::numeric_limits<double>::infinity();
}

AxisScale StepScale::axis() const
{
    return {.quantity = QStringLiteral("step"), .logarithmic = logarithmic, .zero = stepZero};
}

double StepScale::coordinate(double step) const { return logarithmic ? std::log10(std::max(step, stepZero)) : step; }

std::int64_t StepScale::step(double coordinate) const
{
    if (!logarithmic)
        return std::max<std::int64_t>(0, std::llround(coordinate));
    const double step = std::pow(10.0, std::min(coordinate, 15.0));
    return step < 0.75 ? 0 : std::max<std::int64_t>(1, std::llround(step));
}

void GrowingRange::clear() { *this = GrowingRange(); }

void GrowingRange::cover(double low, double high)
{
    if (!std::isfinite(low) || !std::isfinite(high) || high < low || (low >= m_low && high <= m_high))
        return;
    low = std::min(low, m_low);
    high = std::max(high, m_high);
    const double span = high - low;
    const double step = niceStep(span > 0 ? span / 10 : std::max(std::abs(high), 1.0) / 10);
    if (low < m_low)
        m_low = std::floor(low / step + 1e-9) * step;
    if (high > m_high)
        m_high = std::ceil(high / step - 1e-9) * step;
    if (!(m_low < m_high)) {
        m_low -= step;
        m_high += step;
    }
}

void Ticker::generate(const QCPRange& range, const QLocale&, QChar, int, QVector<double>& ticks,
    QVector<double>* subTicks, QVector<QString>* tickLabels)
{
    ticks.clear();
    if (subTicks)
        subTicks->clear();
    QStringList labels;
    if (range.size() > 0 && std::isfinite(range.size()))
        place(range, ticks, labels);
    if (tickLabels)
        *tickLabels = QVector<QString>(labels.begin(), labels.end());
}

QString Ticker::note(const QCPRange& range) const
{
    QVector<double> ticks;
    QStringList labels;
    return range.size() > 0 && std::isfinite(range.size()) ? place(range, ticks, labels) : QString();
}

QString NumberTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    const double finest = finestStep(range);
    double step = std::max(finest, niceStep(range.size() / std::max(1, m_wanted)));
    placeEvenly(range, step, ticks);
    while (ticks.size() < 2 && step > finest) { // one label does not make a scale
        step = std::max(finest, niceStep(step / 2.5));
        ticks.clear();
        placeEvenly(range, step, ticks);
    }
    const NumberForm form(range, step, m_longest);
    for (const double tick : ticks)
        labels.append(form.label(tick));
    return form.note();
}

QString IntegerTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    placeEvenly(range, std::max(1.0, niceStep(range.size() / std::max(1, m_wanted))), ticks);
    for (const double tick : ticks)
        labels.append(withMinus(QString::number(tick, 'f', 0)));
    return {};
}

QString PiTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    constexpr double pi = std::numbers::pi;
    double quarters = 1; // ticks every `quarters` x pi/4
    while (range.size() / (quarters * pi / 4) > m_wanted + 0.5)
        quarters *= 2;
    // 3.14 is meant as pi: a hair outside the range still counts.
    const double slack = 0.003 * range.size();
    placeEvenly(QCPRange(range.lower - slack, range.upper + slack), quarters * pi / 4, ticks);
    constexpr double farthest = 1e6; // where nobody counts in pi
    if (ticks.size() < 2 || largestOf(range) > farthest) {
        ticks.clear();
        return NumberTicker::place(range, ticks, labels);
    }
    for (const double tick : ticks) {
        const auto n = static_cast<int>(std::llround(std::abs(tick) / (pi / 4)));
        if (n == 0) {
            labels.append(QStringLiteral("0"));
            continue;
        }
        const int divisor = n % 4 == 0 ? 4 : n % 2 == 0 ? 2 : 1;
        QString label = n / divisor == 1 ? QString() : QString::number(n / divisor);
        label += piLetter;
        if (divisor < 4)
            label += QLatin1Char('/') + QString::number(4 / divisor);
        labels.append(tick < 0 ? minusSign + label : label);
    }
    return {};
}

QString LogTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    const auto every = std::max(1, static_cast<int>(std::ceil(range.size() / std::max(2, m_wanted))));
    const bool between = range.size() * 3 <= m_wanted + 2;
    for (int e = static_cast<int>(std::floor(range.lower)); e <= static_cast<int>(std::ceil(range.upper)); ++e) {
        if (((e % every) + every) % every == 0 && range.contains(e)) {
            ticks.append(e);
            labels.append(powerLabel(e));
        }
        if (!between || e < -3 || e > 3) // labels would be longer than their room
            continue;
        for (const int factor : {2, 5}) {
            const double tick = e + std::log10(factor);
            if (range.contains(tick)) {
                ticks.append(tick);
                labels.append(QString::number(factor * std::pow(10.0, e), 'f', std::max(0, -e)));
            }
        }
    }
    const QCPRange values(std::pow(10.0, range.lower), std::pow(10.0, range.upper));
    if (ticks.size() >= 2 || !(values.lower > 0) || !std::isfinite(values.upper))
        return {};
    ticks.clear();
    labels.clear();
    const QString note = NumberTicker::place(values, ticks, labels);
    for (double& tick : ticks)
        tick = std::log10(tick);
    return note;
}

QString StepTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    if (!m_scale.logarithmic) {
        const double step = std::max(1.0, niceStep(range.size() / std::max(1, m_wanted)));
        placeEvenly(range, step, ticks);
        return labelSteps(ticks, range, step, m_longest, labels);
    }
    const double zero = m_scale.lowest();
    if (range.size() < 1) { // zoomed in: even steps
        const QCPRange steps(std::max(0.0, std::pow(10.0, range.lower)), std::pow(10.0, range.upper));
        const double step = std::max(1.0, niceStep(steps.size() / std::max(2, m_wanted)));
        placeEvenly(steps, step, ticks);
        const QString note = labelSteps(ticks, steps, step, m_longest, labels);
        for (double& tick : ticks)
            tick = m_scale.coordinate(tick);
        return note;
    }
    if (range.contains(zero)) {
        ticks.append(zero);
        labels.append(QStringLiteral("0"));
    }
    const auto every
        = std::max(1, static_cast<int>(std::ceil(range.size() / (1.5 * std::max(2, m_wanted))))); // short labels
    for (int e = std::max(0, static_cast<int>(std::ceil(range.lower))); e <= range.upper + 1e-9; ++e)
        if (e % every == 0 && (ticks.isEmpty() || e - ticks.last() >= m_closest * range.size())) {
            ticks.append(e);
            labels.append(shortStep(std::pow(10.0, e)));
        }
    return {};
}

bool isPiRange(double low, double high)
{
    const auto multiple = [](double value) {
        const double halves = value / (std::numbers::pi / 2);
        return std::abs(halves - std::round(halves)) < 0.005;
    };
    const double span = (high - low) / std::numbers::pi;
    return multiple(low) && multiple(high) && span > 0.2 && span < 40;
}

double axisEnd(double value)
{
    const double step = niceStep(value / 12);
    return step * std::ceil(1.02 * value / step);
}

} // namespace fplab
