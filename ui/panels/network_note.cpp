#include "ui/panels/network_note.h"

#include "core/engine/network_spec.h"
#include "core/engine/optimizer_spec.h"
#include "core/experiment/given_data.h"
#include "core/experiment/spec.h"
#include "core/signal/target.h"
#include "ui/model/open_experiment.h"
#include "ui/text/number_text.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace fplab {
namespace {

constexpr int calm = 500; ///< milliseconds after the last edit
constexpr std::size_t quickToMake = 5'000'000; ///< parameters; larger networks take seconds to make

/// The parts of a spec that decide how long a step takes.
ExperimentSpec costOf(const ExperimentSpec& whole)
{
    ExperimentSpec spec = trainingAlone(whole);
    spec.title.clear();
    spec.seed = 0;
    FieldLister all;
    visitFields(spec, all);
    for (const auto& [path, part, hint] : all.groups) {
        const TypeMark free[] {typeMark<TargetSpec>(), typeMark<InitSpec>(), typeMark<AnalysisSpec>(),
            typeMark<RecordSpec>(), typeMark<StopRule>()};
        if (std::ranges::find(free, part.type) != std::end(free))
            part.reset(part.value);
    }
    if (auto* optimizer = findPart<OptimizerSpec>(spec))
        *optimizer = {.kind = optimizer->kind};
    return spec;
}

qlonglong roundedToTwoDigits(double value)
{
    const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(value)) - 1));
    return static_cast<qlonglong>(std::round(value / unit) * unit);
}

constexpr double worthSaying = 10; ///< seconds that a run takes

/// "45 s", "12 min", "3 h 20 min"
QString durationText(double seconds)
{
    if (seconds < 100)
        return NetworkNote::tr("%1 s").arg(qRound(seconds));
    const auto minutes = static_cast<qlonglong>(std::round(seconds / 60));
    return minutes < 100 ? NetworkNote::tr("%1 min").arg(minutes)
                         : NetworkNote::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

} // namespace

std::size_t parameterCount(const ExperimentSpec& spec)
{
    const auto* network = findPart<const NetworkSpec>(spec);
    if (!network)
        return 0;
    const auto* data = dataOf(spec);
    const bool given = data && *data && (*data)->csv.empty();
    std::size_t inputs = given ? (*data)->inputs->dim : 1, count = 0;
    for (const int neurons : network->hidden) {
        count += (inputs + 1) * static_cast<std::size_t>(neurons);
        inputs = static_cast<std::size_t>(neurons);
    }
    return count + (inputs + 1) * (given ? (*data)->targets->dim : 1);
}

NetworkNote::NetworkNote(const Lab& lab, QWidget* parent)
    : QLabel(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("network.note"));
    setProperty("role", QStringLiteral("muted"));
    setWordWrap(true);
    setContentsMargins(8, 0, 0, 0);
    setToolTip(tr("Weights and biases, and how many updates a second this computer does at full speed"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(calm);
    connect(&m_delay, &QTimer::timeout, this, &NetworkNote::measure);
    connect(&lab.editor, &ExperimentEditor::specChanged, this, &NetworkNote::onSpecChanged);
    connect(&lab.run, &RunController::stateChanged, this, [this] {
        if (m_rate == 0)
            m_delay.start();
    });
    showText();
}

void NetworkNote::showEvent(QShowEvent* event)
{
    QLabel::showEvent(event);
    if (m_rate == 0)
        m_delay.start();
}

void NetworkNote::onSpecChanged()
{
    if (costOf(m_lab.editor.spec()) != m_measured) {
        m_rate = 0;
        m_delay.start();
    }
    showText();
}

void NetworkNote::measure()
{
    const ExperimentSpec& spec = m_lab.editor.spec();
    if (m_busy || !isVisible() || m_lab.run.state() == RunState::Running || parameterCount(spec) > quickToMake)
        return; // the end of the measurement, the next show or the end of the run calls again
    m_measured = costOf(spec);
    m_busy = true;
    m_worker = std::jthread([this, spec = trainingAlone(spec), folder = m_lab.editor.folder().toStdString()] {
        double rate = 0;
        try {
            const double seconds
                = estimateSeconds(spec, {.threads = OpenExperiment::trainingThreads(), .baseFolder = folder});
            rate = seconds > 0 ? static_cast<double>(stopRuleOf(spec).steps) / seconds : 0;
        } catch (const std::bad_alloc&) { // not known, then
        }
        QMetaObject::invokeMethod(
            this,
            [this, rate] {
                m_busy = false;
                m_rate = rate;
                onSpecChanged(); // it may have changed meanwhile
            },
            Qt::QueuedConnection);
    });
}

void NetworkNote::showText()
{
    const QString size
        = tr("%1 parameters").arg(groupedNumber(static_cast<std::int64_t>(parameterCount(m_lab.editor.spec()))));
    if (m_rate <= 0)
        return setText(size);
    QString text
        = tr("%1, about %2 steps/s")
              .arg(size, m_rate < 10 ? QString::number(m_rate, 'g', 2) : groupedNumber(roundedToTwoDigits(m_rate)));
    const std::int64_t steps = stopRuleOf(trainingAlone(m_lab.editor.spec())).steps;
    if (const double seconds = static_cast<double>(steps) / m_rate; seconds >= worthSaying)
        text += tr(": %1 steps take %2").arg(groupedNumber(steps), durationText(seconds));
    setText(text);
}

} // namespace fplab
