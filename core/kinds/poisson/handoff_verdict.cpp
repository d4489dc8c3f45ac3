#include "core/kinds/poisson/handoff_verdict.h"

#include "core/fields/json.h"
#include "core/pde/grid_solver.h"

#include <algorithm>
#include <cctype>

namespace fplab {

namespace {

std::string capitalised(std::string text)
{
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

constexpr double smallest = 1.05; ///< a smaller advantage is none

std::string times(double factor) { return formatRounded(factor, factor < 10 ? 2 : 3) + " times"; }

/// "wins on time (2.6 times less)", "loses in sweeps (1.3 times more)"
std::string outcome(double ratio, const std::string& axis, double even = smallest)
{
    const double factor = std::max(ratio, 1 / ratio);
    if (factor < even)
        return "draws " + axis;
    return (ratio < 1 ? "wins " : "loses ") + axis + " (" + times(factor) + ' ' + (ratio < 1 ? "less)" : "more)");
}

} // namespace

HandoffVerdict judgeHandoff(const PdeSpec& pde, const PoissonSetting& setting, const SolveSummary& hybrid,
    const SolveSummary& alone, const SolveClock& clock)
{
    const auto spread
        = [&](const SolveSummary::Point& point) { return clock.spread(point.step - point.sweeps, point.sweeps); };
    const auto seconds = [&](const SolveSummary::Point& point) { return secondsText(point.seconds, spread(point)); };
    HandoffVerdict out {.error = pde.tolerance};
    out.hybrid = hybrid.firstBelow(pde.tolerance);
    out.alone = alone.firstBelow(pde.tolerance);
    const std::string solver(findGridSolver(pde.then)->label);
    const std::string who = pde.handoffStep < 0 ? "the network" : "the hand-off";
    const std::string to
        = "To an error of " + formatNumber(pde.tolerance) + " on " + grouped(pde.grid) + " intervals: ";
    const std::string floors = " The grid's own error is " + formatRounded(setting.discretisationFloor, 2)
        + (pde.handoffStep == 0 ? "."
                                : ", the ends of a network, held by a penalty only, stay "
                    + formatRounded(setting.penaltyFloor, 2) + " off.");
    const auto sweepCost
        = alone.latest().sweeps > 0 ? alone.latest().seconds / static_cast<double>(alone.latest().sweeps) : 0;
    const auto describe
        = [&](const SolveSummary::Point& point) { return grouped(point.sweeps) + " sweeps, " + seconds(point); };
    const auto late = [&](const SolveSummary& summary) { return "was not there after " + seconds(summary.latest()); };
    if (!out.hybrid || !out.alone) {
        // Who was stopped before the other was there has not lost.
        const bool decided = out.alone ? hybrid.latest().seconds > out.alone->seconds
            : out.hybrid               ? alone.latest().seconds > out.hybrid->seconds
                                       : false;
        if (!out.alone && !out.hybrid) {
            out.brief = "Neither got there";
            out.text = to + "neither got there." + floors;
            return out;
        }
        const std::string missing = out.alone ? who + " " + late(hybrid) : solver + " alone " + late(alone);
        const std::string winner = out.alone ? solver + " alone" : capitalised(who);
        out.brief = decided ? winner + " wins: " + missing : "Not decided: " + missing;
        out.text = to + (out.alone ? solver + " alone" : who) + " takes "
            + describe(out.alone ? *out.alone : *out.hybrid) + "; " + missing + "." + floors;
        return out;
    }
    const auto ratio = [](double mine, double other) { return other > 0 ? std::optional(mine / other) : std::nullopt; };
    out.time = ratio(out.hybrid->seconds, out.alone->seconds);
    out.work = ratio(out.hybrid->work, out.alone->work);
    if (out.hybrid->solver) // a network alone does none
        out.sweeps = ratio(static_cast<double>(out.hybrid->sweeps), static_cast<double>(out.alone->sweeps));
    out.text = to + solver + " alone takes " + describe(*out.alone) + "; ";
    if (out.hybrid->solver && hybrid.handOver())
        out.text += "after " + grouped(hybrid.handOver()->step) + " network steps (" + seconds(*hybrid.handOver())
            + ") it takes " + grouped(out.hybrid->sweeps) + " sweeps, " + seconds(*out.hybrid) + " in all. ";
    else
        out.text += "the network alone takes " + seconds(*out.hybrid) + ". ";
    if (!out.time) {
        out.brief = "The error is below the tolerance from the start";
        out.text += out.brief + "." + floors;
        return out;
    }
    const double even
        = std::max(smallest, 1 + spread(*out.hybrid) / out.hybrid->seconds + spread(*out.alone) / out.alone->seconds);
    const double factor = std::max(*out.time, 1 / *out.time);
    out.brief = factor < even
        ? "A draw on time"
        : (*out.time < 1 ? capitalised(who) + " wins: " : solver + " alone wins: ") + times(factor) + " less time";
    out.text += capitalised(who) + " " + outcome(*out.time, "on time", even);
    if (out.sweeps && *out.sweeps > 0)
        out.text += ", " + outcome(*out.sweeps, "in sweeps");
    if (out.work)
        out.text += ", " + outcome(*out.work, "in arithmetic work");
    out.text += ": a sweep takes " + formatRounded(1e6 * sweepCost, 2) + " µs on this computer." + floors;
    return out;
}

} // namespace fplab
