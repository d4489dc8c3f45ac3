#include "core/analysis/verdict.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

namespace fplab {

namespace {

constexpr double never = std::numeric_limits<double>::infinity(); ///< later than every step
constexpr double holdsFrom = 0.9; ///< rho_stays
constexpr double failsBelow = 0.5; ///< rho_stays of a run that ended early
constexpr std::size_t enoughPeaks = 3;
constexpr std::size_t listedPeaks = 8; ///< more are only counted in the text

double time(const std::optional<std::int64_t>& step) { return step ? static_cast<double>(*step) : never; }

/// 1-based ranks, equal values sharing the mean of theirs.
std::vector<double> ranks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]])
            ++last;
        for (std::size_t i = first; i <= last; ++i)
            result[order[i]] = static_cast<double>(first + last) / 2 + 1;
        first = last + 1;
    }
    return result;
}

/// Is any higher frequency captured before a lower one?
bool broken(std::span<const Passage> passages)
{
    for (const auto& a : passages) {
        for (const auto& b : passages) {
            if (a.frequency < b.frequency && time(a.staysBelow) > time(b.staysBelow))
                return true;
        }
    }
    return false;
}

std::string rhoText(const std::optional<double>& rho)
{
    if (!rho)
        return "none";
    const double rounded = std::round(*rho * 100) / 100 + 0.0; // no "-0.00"
    std::array<char, 16> digits {};
    const auto end
        = std::to_chars(digits.data(), digits.data() + digits.size(), rounded, std::chars_format::fixed, 2).ptr;
    return {digits.data(), end};
}

std::string rhosText(const Verdict& verdict)
{
    return "rank agreement rho = " + rhoText(verdict.rhoStays) + " by capture, " + rhoText(verdict.rhoFirst)
        + " by first touch";
}

std::string countText(const Verdict& verdict)
{
    return std::to_string(verdict.captured) + " of " + std::to_string(verdict.followed)
        + (verdict.followed == 1 ? " peak" : " peaks");
}

std::string moreText(std::size_t count)
{
    return count > listedPeaks ? " and " + std::to_string(count - listedPeaks) + " more" : std::string();
}

/// "k = 1, 3, 5 captured for good at 40, 820, 1540": the captured ones, by frequency; until the end they are only
/// below.
std::string capturedText(std::span<const Passage> ascending, bool ended)
{
    std::string bins, steps;
    std::size_t count = 0;
    for (const auto& passage : ascending) {
        if (!passage.staysBelow || count++ >= listedPeaks)
            continue;
        bins += (bins.empty() ? "" : ", ") + std::to_string(passage.k);
        steps += (steps.empty() ? "" : ", ") + std::to_string(*passage.staysBelow);
    }
    return "k = " + bins + (ended ? " captured for good at " : " below the threshold since ") + steps + moreText(count);
}

/// ", k = 7, 9 not captured": the others, by frequency; empty if there are none.
std::string missingText(std::span<const Passage> ascending, bool ended)
{
    std::string bins;
    std::size_t count = 0;
    for (const auto& passage : ascending)
        if (!passage.staysBelow && count++ < listedPeaks)
            bins += (bins.empty() ? "" : ", ") + std::to_string(passage.k);
    return bins.empty() ? bins : ", k = " + bins + moreText(count) + (ended ? " not captured" : " not yet");
}

/// "k = 3 at 20, 1 at 70, 5 not captured": by time.
std::string orderText(std::vector<Passage> passages, bool ended)
{
    std::stable_sort(passages.begin(), passages.end(),
        [](const Passage& a, const Passage& b) { return time(a.staysBelow) < time(b.staysBelow); });
    std::string out;
    for (std::size_t i = 0; i < std::min(passages.size(), listedPeaks); ++i) {
        out += (i == 0 ? "k = " : ", ") + std::to_string(passages[i].k);
        out += passages[i].staysBelow ? (ended ? " at " : " since ") + std::to_string(*passages[i].staysBelow)
            : ended                   ? " not captured"
                                      : " not yet";
    }
    return out + moreText(passages.size());
}

/// " The target has nothing at k = 7, 8, which do not count."; empty without any.
std::string nothingText(const std::vector<std::size_t>& nothing)
{
    std::string bins;
    for (std::size_t i = 0; i < std::min(nothing.size(), listedPeaks); ++i)
        bins += (i == 0 ? "" : ", ") + std::to_string(nothing[i]);
    return bins.empty() ? bins
                        : " The target has nothing at k = " + bins + moreText(nothing.size())
            + (nothing.size() == 1 ? ", which does not count." : ", which do not count.");
}

/// What a state of NotYet says.
std::string notYetText(const Verdict& verdict, const std::vector<Passage>& ascending, bool ended, bool enough)
{
    if (verdict.followed == 1) {
        const auto& peak = ascending.front();
        const std::string k = "k = " + std::to_string(peak.k);
        return (peak.staysBelow ? k + (ended ? " captured for good at " : " below the threshold since ")
                           + std::to_string(*peak.staysBelow)
                                : k + (ended ? " was not captured" : " is not captured yet"))
            + ". One peak cannot show an order; follow at least two.";
    }
    if (!enough) {
        auto captured = ascending;
        std::erase_if(captured, [](const Passage& passage) { return !passage.staysBelow; });
        const std::string list = captured.empty() ? std::string() : " (" + orderText(captured, ended) + ")";
        return ended ? "Ended before an order could be seen: " + countText(verdict) + " captured" + list + "."
                     : "Not yet: " + countText(verdict) + " below the threshold" + list + ".";
    }
    return capturedText(ascending, ended) + missingText(ascending, ended) + " (" + countText(verdict)
        + "): in order so far, too few to say, " + rhosText(verdict) + ".";
}

/// At most three digits that matter.
std::string roundedText(double value)
{
    std::array<char, 32> digits {};
    const auto end
        = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 3).ptr;
    return {digits.data(), end};
}

} // namespace

PassageTracker::PassageTracker(std::vector<std::size_t> peaks, std::vector<double> frequencies, double threshold,
    const std::vector<bool>& inTarget)
    : m_threshold(threshold)
{
    assert(peaks.size() == frequencies.size());
    for (std::size_t i = 0; i < peaks.size(); ++i)
        m_passages.push_back({peaks[i], frequencies[i], {}, {}, inTarget.empty() || inTarget[i]});
}

void PassageTracker::add(std::int64_t step, std::span<const double> errors)
{
    assert(errors.size() == m_passages.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
        auto& passage = m_passages[i];
        if (!(errors[i] < m_threshold)) {
            passage.staysBelow.reset();
            continue;
        }
        if (!passage.firstBelow)
            passage.firstBelow = step;
        if (!passage.staysBelow)
            passage.staysBelow = step;
    }
}

std::optional<double> spearman(std::span<const double> a, std::span<const double> b)
{
    assert(a.size() == b.size());
    const auto isNan = [](double v) { return std::isnan(v); };
    if (a.size() < 2 || std::any_of(a.begin(), a.end(), isNan) || std::any_of(b.begin(), b.end(), isNan))
        return std::nullopt;
    const auto ranksA = ranks(a), ranksB = ranks(b);
    const double mean = (static_cast<double>(a.size()) + 1) / 2;
    double covariance = 0, varianceA = 0, varianceB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        covariance += (ranksA[i] - mean) * (ranksB[i] - mean);
        varianceA += (ranksA[i] - mean) * (ranksA[i] - mean);
        varianceB += (ranksB[i] - mean) * (ranksB[i] - mean);
    }
    if (varianceA == 0 || varianceB == 0)
        return std::nullopt;
    return covariance / std::sqrt(varianceA * varianceB); // one root: rho = 0.9 comes out as 0.9
}

std::string leftOutText(std::span<const LeftOut> leftOut)
{
    constexpr std::size_t named = 4;
    std::string out;
    for (std::size_t i = 0; i < std::min(leftOut.size(), named); ++i) {
        const auto& line = leftOut[i];
        out += (i == 0 ? "k = " : ", ") + std::to_string(line.k) + (i == 0 ? " (|f| = " : " (")
            + roundedText(line.amplitude) + (line.recorded ? ")" : ", not recorded)");
    }
    return leftOut.size() > named ? out + " and " + std::to_string(leftOut.size() - named) + " more" : out;
}

Verdict judge(std::span<const Passage> passages, bool ended, std::vector<LeftOut> leftOut)
{
    Verdict verdict;
    verdict.leftOut = std::move(leftOut);
    std::vector<Passage> ascending;
    for (const auto& passage : passages) {
        if (passage.inTarget)
            ascending.push_back(passage);
        else
            verdict.nothing.push_back(passage.k);
    }
    verdict.followed = ascending.size();
    const std::string more = nothingText(verdict.nothing)
        + (verdict.leftOut.empty()
                ? std::string()
                : " The target has more that is not followed: " + leftOutText(verdict.leftOut) + ".");
    if (ascending.empty()) {
        verdict.state = Verdict::State::NoPeaks;
        verdict.text = "No peaks are followed." + more;
        return verdict;
    }
    std::stable_sort(ascending.begin(), ascending.end(),
        [](const Passage& a, const Passage& b) { return a.frequency < b.frequency; });
    std::vector<double> frequencies, first, stays;
    for (const auto& passage : ascending) {
        frequencies.push_back(passage.frequency);
        first.push_back(time(passage.firstBelow));
        stays.push_back(time(passage.staysBelow));
        verdict.captured += passage.staysBelow ? 1 : 0;
    }
    verdict.rhoFirst = spearman(frequencies, first);
    verdict.rhoStays = spearman(frequencies, stays);

    const bool enough = verdict.captured >= std::min(enoughPeaks, verdict.followed);
    const bool lost = ended && verdict.captured >= 2 && verdict.rhoStays && *verdict.rhoStays < failsBelow;
    if (enough && verdict.rhoStays && *verdict.rhoStays >= holdsFrom) {
        verdict.state = verdict.leftOut.empty() ? Verdict::State::Holds : Verdict::State::Partly;
        verdict.text = capturedText(ascending, ended) + missingText(ascending, ended) + " (" + countText(verdict)
            + "): low to high" + (ended ? "" : " so far") + (verdict.leftOut.empty() ? ", " : " among them, ")
            + rhosText(verdict) + ".";
    } else if ((enough || lost) && verdict.rhoStays && broken(ascending)) {
        verdict.state = Verdict::State::Fails;
        verdict.text = (ended ? "The order fails: " : "The order fails so far: ") + orderText(ascending, ended) + " ("
            + countText(verdict) + "); " + rhosText(verdict)
            + (ended ? ". The Frequency Principle does not hold in this run." : ".");
    } else if (verdict.followed > 1 && verdict.captured == verdict.followed && !broken(ascending)) {
        verdict.state = Verdict::State::AllAtOnce;
        verdict.text = capturedText(ascending, ended) + " (" + countText(verdict)
            + "): all at once or nearly so, peaks captured at the same record have no order"
            + (verdict.rhoStays ? ", " + rhosText(verdict) : std::string()) + ". Record more often to see one.";
    } else {
        verdict.text = notYetText(verdict, ascending, ended, enough);
    }
    verdict.text += more;
    return verdict;
}

} // namespace fplab
