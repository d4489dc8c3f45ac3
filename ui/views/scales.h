#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

#include "ui/views/qcp.h"

#include <cstdint>
#include <limits>

namespace fplab {

// Logarithmic axes are linear axes of log10(value): the plot library's own are many times slower for maps, and zero
// needs a place. All positions called "coordinate" are such values.

/// Number for people: 3 significant digits, a real minus sign; 130, 1230000, 3.4·10⁹.
[[nodiscard]] QString formatNumber(double value, int digits = 3);
/// Number with as many digits as it takes to tell points of a range apart, 4 at least: 1 600 000 003.25 as
/// 1600000003.25.
[[nodiscard]] QString formatWithin(double value, const QCPRange& range);
/// Step with narrow spaces between thousands: 12 400.
[[nodiscard]] QString formatStep(std::int64_t step);

/// 1, 2 or 5 times a power of ten, at least `rough` > 0.
[[nodiscard]] double niceStep(double rough);
/// The smallest of 1, 2, 5, 10, 20, ... that is >= value; 1 for smaller values.
[[nodiscard]] double niceCeiling(double value);

/// What the coordinates of an axis stand for. Two scales of one quantity show the same values in other places, so that
/// what is in sight stays there when the axis is switched.
struct AxisScale {
    QString quantity; ///< of the values; never shown
    bool logarithmic = false;
    double unit = 1; ///< the value at coordinate 1 of a linear axis
    double zero = 0; ///< values up to this one stand for zero on a logarithmic axis
    [[nodiscard]] double value(double coordinate) const;
    [[nodiscard]] double coordinate(double value) const; ///< minus infinity where a logarithmic axis has no place
    bool operator==(const AxisScale&) const = default;
};

/// Where a step lies on a step axis. On the logarithmic one step 0 stands at 0.5.
struct StepScale {
    bool logarithmic = true;
    [[nodiscard]] double coordinate(double step) const;
    [[nodiscard]] std::int64_t step(double coordinate) const; ///< nearest
    [[nodiscard]] double lowest() const { return coordinate(0); }
    [[nodiscard]] AxisScale axis() const;
};

/// An interval that only grows, in steps of nice numbers, so that an axis seldom moves.
class GrowingRange {
public:
    void clear();
    [[nodiscard]] bool empty() const { return !(m_low <= m_high); }
    /// Makes room for [low, high]; values that are not finite are ignored.
    void cover(double low, double high);
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }

private:
    double m_low = std::numeric_limits<double>::infinity();
    double m_high = -std::numeric_limits<double>::infinity();
};

/// Base of the tickers: labels come with the ticks.
class Ticker : public QCPAxisTicker {
public:
    void generate(const QCPRange& range, const QLocale& locale, QChar formatChar, int precision, QVector<double>& ticks,
        QVector<double>* subTicks, QVector<QString>* tickLabels) final;
    /// How many labels fit; set from the axis' length.
    void setWanted(int count) { m_wanted = count; }
    /// How many characters of a label fit; longer ones are shortened by what note() says.
    void setLongest(int characters) { m_longest = characters; }
    /// Labels of one digit that are nearer to each other than this share of the axis would touch.
    void setClosest(double share) { m_closest = share; }
    /// What is to be done to the labels of a range to read values: "×10³", "+1 600 000 000"; empty if nothing.
    [[nodiscard]] QString note(const QCPRange& range) const;

protected:
    /// Returns the note.
    virtual QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const = 0;
    int m_wanted = 5, m_longest = 6;
    double m_closest = 0;
};

/// Labels are pairwise different: what they have in common is left to note() where they would be too long.
class NumberTicker : public Ticker {
protected:
    QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const override;
};

/// Integers only.
class IntegerTicker : public Ticker {
protected:
    QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const override;
};

/// Multiples of pi/4, pi/2, pi, ..., and numbers where fewer than two of them are in sight.
class PiTicker : public NumberTicker {
protected:
    QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const override;
};

/// Powers of ten on an axis of log10(value), with 2 and 5 between when zoomed in, and any numbers when zoomed in
/// farther.
class LogTicker : public NumberTicker {
protected:
    QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const override;
};

/// Steps, on either StepScale.
class StepTicker : public Ticker {
public:
    explicit StepTicker(const StepScale& scale)
        : m_scale(scale)
    {
    }

protected:
    QString place(const QCPRange& range, QVector<double>& ticks, QStringList& labels) const override;

private:
    const StepScale& m_scale;
};

/// True when both ends are near multiples of pi/2 (3.14 counts) and not both zero.
[[nodiscard]] bool isPiRange(double low, double high);

/// The end of an axis for values up to `value` > 0: two digits, a little above.
[[nodiscard]] double axisEnd(double value);

} // namespace fplab
