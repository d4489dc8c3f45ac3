#include "ui/plots/scales.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fplab {
namespace {

    constexpr QChar minusSign(0x2212), narrowSpace(0x202F), piLetter(0x03C0);
    constexpr double stepZero = 0.5; ///< where step 0 stands on a logarithmic axis

    QString withMinus(QString text)
    {
        return text.replace(QLatin1Char('-'), minusSign);
    }

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

} // namespace

QString formatNumber(double value, int digits)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    return withMinus(QString::number(value, 'g', digits));
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

double niceCeiling(double value)
{
    return value <= 1 ? 1 : niceStep(value);
}

double StepScale::coordinate(double step) const
{
    return logarithmic ? std::log10(std::max(step, stepZero)) : step;
}

std::int64_t StepScale::step(double coordinate) const
{
    if (!logarithmic)
        return std::max<std::int64_t>(0, std::llround(coordinate));
    const double step = std::pow(10.0, std::min(coordinate, 15.0));
    return step < 0.75 ? 0 : std::max<std::int64_t>(1, std::llround(step));
}

void GrowingRange::clear()
{
    *this = GrowingRange();
}

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

void Ticker::generate(const QCPRange& range, const QLocale&, QChar, int, QVector<double>& ticks, QVector<double>* subTicks,
    QVector<QString>* tickLabels)
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

void NumberTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    double step = niceStep(range.size() / std::max(1, m_wanted));
    placeEvenly(range, step, ticks);
    while (ticks.size() < 2) { // one label does not make a scale
        step = niceStep(step / 2.5);
        ticks.clear();
        placeEvenly(range, step, ticks);
    }
    const double largest = std::max(std::abs(range.lower), std::abs(range.upper));
    if (largest >= 1e5 || step < 1e-4) {
        for (const double tick : ticks)
            labels.append(formatNumber(tick, 4));
        return;
    }
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    for (const double tick : ticks)
        labels.append(std::abs(tick) < step / 2 ? QStringLiteral("0") : withMinus(QString::number(tick, 'f', decimals)));
}

void IntegerTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    placeEvenly(range, std::max(1.0, niceStep(range.size() / std::max(1, m_wanted))), ticks);
    for (const double tick : ticks)
        labels.append(withMinus(QString::number(tick, 'f', 0)));
}

void PiTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    constexpr double pi = std::numbers::pi;
    double quarters = 1; // ticks every `quarters` x pi/4
    while (range.size() / (quarters * pi / 4) > m_wanted + 0.5)
        quarters *= 2;
    // 3.14 is meant as pi: a hair outside the range still counts.
    const double slack = 0.003 * range.size();
    placeEvenly(QCPRange(range.lower - slack, range.upper + slack), quarters * pi / 4, ticks);
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
}

void LogTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    const auto every = std::max(1, static_cast<int>(std::ceil(range.size() / std::max(2, m_wanted))));
    const bool between = range.size() * 3 <= m_wanted + 2;
    for (int e = static_cast<int>(std::floor(range.lower)); e <= static_cast<int>(std::ceil(range.upper)); ++e) {
        if (((e % every) + every) % every == 0 && range.contains(e)) {
            ticks.append(e);
            labels.append(powerLabel(e));
        }
        if (!between)
            continue;
        for (const int factor : {2, 5}) {
            const double tick = e + std::log10(factor);
            if (range.contains(tick)) {
                ticks.append(tick);
                labels.append(formatNumber(factor * std::pow(10.0, e), 2));
            }
        }
    }
}

void StepTicker::place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const
{
    if (!m_scale.logarithmic) {
        placeEvenly(range, std::max(1.0, niceStep(range.size() / std::max(1, m_wanted))), ticks);
        for (const double tick : ticks)
            labels.append(tick < 0 ? QString() : shortStep(tick));
        return;
    }
    const double zero = m_scale.lowest();
    if (range.size() < 1) { // zoomed in: even steps
        const double from = std::max(0.0, std::pow(10.0, range.lower)), to = std::pow(10.0, range.upper);
        const double step = std::max(1.0, niceStep((to - from) / std::max(2, m_wanted)));
        for (double s = std::ceil(from / step) * step; s <= to; s += step) {
            ticks.append(m_scale.coordinate(s));
            labels.append(shortStep(s));
        }
        return;
    }
    if (range.contains(zero)) {
        ticks.append(zero);
        labels.append(QStringLiteral("0"));
    }
    const auto every = std::max(1, static_cast<int>(std::ceil(range.size() / (1.5 * std::max(2, m_wanted))))); // short labels
    for (int e = std::max(0, static_cast<int>(std::ceil(range.lower))); e <= range.upper + 1e-9; ++e)
        if (e % every == 0) {
            ticks.append(e);
            labels.append(shortStep(std::pow(10.0, e)));
        }
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

} // namespace fplab
