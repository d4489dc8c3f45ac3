#include "ui/kinds/poisson/cost_axis.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("CostAxis", text); }

} // namespace

QVector<ViewOptions::Choice> CostAxis::choices()
{
    return {{QStringLiteral("seconds"), tr("Seconds on this computer")},
        {QStringLiteral("sweeps"), tr("Sweeps of the solver")},
        {QStringLiteral("work"), tr("Floating-point operations")}};
}

double CostAxis::of(const SolveSummary::Point& point) const
{
    switch (kind) {
    case Sweeps:
        return static_cast<double>(point.sweeps);
    case Work:
        return point.work;
    default:
        return point.seconds;
    }
}

QString CostAxis::label() const
{
    switch (kind) {
    case Sweeps:
        return tr("sweeps");
    case Work:
        return tr("floating-point operations");
    default:
        return tr("seconds on this computer");
    }
}

QString CostAxis::text(double cost) const
{
    switch (kind) {
    case Sweeps:
        return tr("%1 sweeps").arg(formatStep(std::llround(cost)));
    case Work:
        return tr("%1 operations").arg(formatNumber(cost));
    default:
        return tr("%1 s").arg(formatNumber(cost));
    }
}

double CostAxis::coordinate(double cost) const { return logarithmic ? std::log10(std::max(cost, lowest)) : cost; }

double CostAxis::cost(double coordinate) const { return logarithmic ? std::pow(10.0, coordinate) : coordinate; }

} // namespace fplab
