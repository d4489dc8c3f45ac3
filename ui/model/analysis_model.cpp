#include "ui/model/analysis_model.h"

#include "ui/model/shown_run.h"

#include <algorithm>
#include <utility>

namespace fplab {

AnalysisModel::AnalysisModel(ShownRun& run, QObject* parent)
    : QObject(parent)
    , m_run(run)
{
    connect(&run, &ShownRun::loaded, this, &AnalysisModel::reload);
    connect(&run, &ShownRun::advanced, this, &AnalysisModel::advance);
    connect(&run, &ShownRun::stateChanged, this, &AnalysisModel::judgeNow);
}

void AnalysisModel::setSettings(const AnalysisSpec& settings)
{
    const std::vector<std::size_t> before = peaks();
    m_settings = settings;
    recompute();
    QStringList nothing;
    for (const Passage& passage : passages())
        if (!passage.inTarget && std::ranges::find(before, passage.k) == before.end())
            nothing.append(QString::number(passage.k));
    if (!nothing.isEmpty())
        Q_EMIT followedNothing(nothing.join(QStringLiteral(", ")));
}

bool AnalysisModel::isOver() const { return m_run.document().isOver(); }

void AnalysisModel::reload()
{
    m_bins.clear();
    m_frequencies.clear();
    m_pinned.clear(); // with their history
    if (m_forgetStyles)
        m_styles.clear();
    m_forgetStyles = false;
    if (const Channel* spectrum = findChannel(m_run.channels(), Role::OutputSpectrum)) {
        m_bins = spectrum->x.values;
        m_frequencies = spectrum->frequency;
    }
    recompute();
}

void AnalysisModel::recompute()
{
    m_numbers = RunAnalysis(m_run.channels(), m_settings);
    assignStyles();
    advance();
    Q_EMIT changed();
}

void AnalysisModel::assignStyles()
{
    std::erase_if(
        m_styles, [this](const auto& style) { return std::ranges::find(peaks(), style.first) == peaks().end(); });
    for (const std::size_t bin : peaks()) {
        if (m_styles.contains(bin))
            continue;
        std::size_t free = 0;
        while (std::ranges::any_of(m_styles, [free](const auto& style) { return style.second == free; }))
            ++free;
        m_styles.emplace(bin, free);
    }
}

/// The records where a peak passed the threshold stay in the history, as long as they are such.
void AnalysisModel::pinPassages()
{
    auto steps = m_numbers.passageSteps();
    if (steps == m_pinned)
        return;
    for (const std::int64_t step : steps)
        m_run.pin(step);
    for (const std::int64_t step : m_pinned)
        m_run.unpin(step);
    m_pinned = std::move(steps);
}

void AnalysisModel::advance()
{
    m_numbers.follow(m_run.history());
    pinPassages();
    judgeNow();
}

void AnalysisModel::judgeNow()
{
    m_verdict = m_numbers.verdict(isOver());
    const Verdict other = m_numbers.otherVerdict(isOver());
    const auto settles = [](const Verdict& verdict) {
        return verdict.state == Verdict::State::Holds || verdict.state == Verdict::State::Partly
            || verdict.state == Verdict::State::Fails;
    };
    const bool settled = settles(m_verdict), otherSettled = settles(other);
    m_notice.clear();
    if (settled && otherSettled && m_verdict.state != other.state)
        m_notice = metricOf(m_numbers.settings()) == Metric::Complex
            ? tr("By amplitudes alone the verdict would differ")
            : tr("With the complex definition the verdict would differ");
}

int AnalysisModel::peakIndex(std::size_t bin) const
{
    const auto found = std::ranges::find(peaks(), bin);
    return found == peaks().end() ? -1 : static_cast<int>(found - peaks().begin());
}

std::size_t AnalysisModel::trueCycles(std::size_t bin) const
{
    const Channel* spectrum = findChannel(m_run.channels(), Role::OutputSpectrum);
    if (!spectrum)
        return 0;
    const auto found = std::ranges::find(spectrum->lines, bin, &SpectralLine::k);
    return found == spectrum->lines.end() ? 0 : found->cycles;
}

std::vector<double> AnalysisModel::errorsAt(std::size_t recordIndex) const
{
    return m_numbers.errorsOf(m_run.history().at(recordIndex));
}

std::vector<double> AnalysisModel::amplitudesAt(std::size_t recordIndex) const
{
    return m_numbers.amplitudesOf(m_run.history().at(recordIndex));
}

} // namespace fplab
