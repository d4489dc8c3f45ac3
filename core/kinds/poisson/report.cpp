#include "core/kinds/poisson/report.h"

#include "core/base/number_text.h"
#include "core/kinds/poisson/handoff_branch.h"
#include "core/kinds/poisson/handoff_verdict.h"
#include "core/run/run.h"

#include <array>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr std::size_t modesTable = 1; ///< of growingTables()

void writePoint(JsonWriter& out, const SolveSummary::Point& point)
{
    out.member("iteration", point.step).member("sweeps", point.sweeps);
    out.member("seconds", point.seconds).member("work", point.work);
}

} // namespace

PoissonReport::PoissonReport(const ExperimentSpec& spec, PoissonExperiment& experiment)
    : m_spec(spec)
    , m_experiment(experiment)
    , m_channels(experiment.channels())
    , m_solve(m_channels)
{
}

std::vector<ResultTable> PoissonReport::growingTables() const
{
    const Channel& modes = *findChannel(m_channels, Role::ModeErrors);
    return {{"error.csv", "iteration,phase,seconds,work,max_error,l2_error,residual"},
        {"modes.csv", columnsOf("iteration,phase", 'j', modes.x.values)}};
}

std::string PoissonReport::row(std::size_t table, const Record& record) const
{
    const auto sample = [&](Role role) -> const std::vector<double>& {
        return record.samples[static_cast<std::size_t>(findChannel(m_channels, role) - m_channels.data())];
    };
    const auto scalar = [&](Role role) { return sample(role).front(); };
    const std::string phase
        = scalar(Role::Phase) == 1 ? specOf<PoissonSpec>(m_spec.problem).pde.then : std::string("network");
    if (table == modesTable)
        return rowOf(record.step, phase, sample(Role::ModeErrors));
    return rowOf(record.step, phase,
        std::array {
            record.seconds, scalar(Role::Work), scalar(Role::MaxError), scalar(Role::L2Error), scalar(Role::Residual)});
}

std::vector<KindReport::FinalTable> PoissonReport::finalTables()
{
    const PoissonSetting& setting = m_experiment.setting();
    const std::vector<double> u = m_experiment.solution();
    std::vector<double> network = m_experiment.handedOver();
    if (network.empty() && !params().empty())
        network = u; // the network alone
    FinalTable table {{.name = "solution.csv", .columns = "x,u_ref,u_network,u"}, {}};
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double handed = network.empty() ? std::numeric_limits<double>::quiet_NaN() : network[i];
        table.rows += numberInTable(setting.problem.grid.x(i)) + ',' + numberInTable(setting.reference.u[i]) + ','
            + numberInTable(handed) + ',' + numberInTable(u[i]) + '\n';
    }
    std::vector<FinalTable> tables;
    tables.push_back(std::move(table));
    return tables;
}

void PoissonReport::writeSummary(JsonWriter& out) const
{
    out.key("poisson").beginObject();
    out.member("max_error", m_solve.latest().error);
    writePoint(out, m_solve.latest());
    out.key("hand_over");
    if (m_solve.handOver()) {
        out.beginObject();
        writePoint(out, *m_solve.handOver());
        out.member("max_error", m_solve.handOver()->error).endObject();
    } else {
        out.null();
    }
    const PoissonSetting& setting = m_experiment.setting();
    out.member("reference", setting.reference.closedForm ? "closed form" : "Green's function");
    out.member("discretisation_floor", setting.discretisationFloor);
    out.member("penalty_floor", setting.penaltyFloor);
    out.key("reached").beginArray();
    for (const auto& milestone : m_solve.reached()) {
        out.beginObject().member("error", milestone.error);
        out.member("phase", milestone.point.solver ? "solver" : "network");
        writePoint(out, milestone.point);
        out.endObject();
    }
    out.endArray().endObject();
}

std::string PoissonReport::text() const
{
    const auto& end = m_solve.latest();
    std::string out = "largest error " + formatRounded(end.error, 4) + " after " + std::to_string(end.step - end.sweeps)
        + " network steps and " + std::to_string(end.sweeps) + " sweeps\n";
    for (const auto& milestone : m_solve.reached())
        out += "  error " + formatNumber(milestone.error) + ": step " + std::to_string(milestone.point.step) + " ("
            + (milestone.point.solver ? "solver" : "network") + "), " + formatRounded(milestone.point.seconds, 3)
            + " s\n";
    return out;
}

void PoissonReport::check(const JsonValue& expected, Statements& out, int threads, const std::stop_token& stop)
{
    if (const JsonValue* reaches = expected.find("reaches"))
        for (std::size_t i = 0; i + 2 < reaches->numbers.size(); i += 3) {
            const double* entry = reaches->numbers.data() + i;
            const auto found = m_solve.firstBelow(entry[0]);
            out.within("error " + formatNumber(entry[0]) + " after ",
                found ? std::optional(found->sweeps) : std::nullopt, " sweeps", static_cast<std::int64_t>(entry[1]),
                static_cast<std::int64_t>(entry[2]));
        }
    if (const JsonValue* limits = expected.find("handoff"))
        checkCosts(*limits, judge(threads, stop), out);
}

std::optional<HandoffVerdict> PoissonReport::judge(int threads, const std::stop_token& stop) const
{
    const ExperimentSpec twin = withHandoffStep(m_spec, 0);
    auto alone = PoissonExperiment::make(twin, {.threads = threads, .baseFolder = {}});
    if (!alone)
        return std::nullopt;
    Experiment& solver = **alone;
    SolveSummary summary(solver.channels());
    RunControl control;
    const RunSink sink {.record = [&](const RecordPtr& record) { summary.add(*record); }, .change = {}, .paused = {}};
    (void)run(solver, scheduleOf(twin), stopRuleOf(twin), sink, control, stop);
    return judgeHandoff(specOf<PoissonSpec>(m_spec.problem).pde, m_experiment.setting(), m_solve, summary);
}

void checkCosts(const JsonValue& limits, const std::optional<HandoffVerdict>& found, Statements& out)
{
    const auto ratio = [&](const char* what, std::optional<double> HandoffVerdict::*cost, std::string_view key) {
        const JsonValue* limit = limits.find(key);
        if (!limit)
            return;
        const double value = found ? ((*found).*cost).value_or(NAN) : NAN;
        out.state(value <= limit->number,
            std::string(what) + " of the hand-off to that of the solver alone "
                + (std::isnan(value) ? "(unknown)" : formatRounded(value, 2)) + ", expected at most "
                + formatRounded(limit->number, 2));
    };
    ratio("number of sweeps", &HandoffVerdict::sweeps, "sweeps");
    ratio("arithmetic work", &HandoffVerdict::work, "work");
    ratio("time", &HandoffVerdict::time, "time");
    if (found)
        out.note(found->text);
}

} // namespace fplab
