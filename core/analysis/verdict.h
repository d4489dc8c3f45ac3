#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fplab {

/// When one followed peak was captured.
struct Passage {
    std::size_t k = 0; ///< bin
    double frequency = 0; ///< cycles per unit of x
    std::optional<std::int64_t> firstBelow; ///< first recorded step with Delta_F < threshold
    std::optional<std::int64_t> staysBelow; ///< first recorded step from which on it is always below
    bool inTarget = true; ///< else the target has nothing at this frequency: it is followed, but says nothing
    bool operator==(const Passage&) const = default;
};

/// Follows Delta_F of the peaks over the records of a run, in order of step.
class PassageTracker {
public:
    /// `inTarget[i]`: whether the target has something at peaks[i]; empty: it has everywhere.
    PassageTracker(std::vector<std::size_t> peaks, std::vector<double> frequencies, double threshold,
        const std::vector<bool>& inTarget = {});
    /// errors[i] belongs to peaks[i]; NaN counts as not below.
    void add(std::int64_t step, std::span<const double> errors);
    [[nodiscard]] const std::vector<Passage>& passages() const { return m_passages; }
    [[nodiscard]] double threshold() const { return m_threshold; }

private:
    std::vector<Passage> m_passages;
    double m_threshold;
};

/// A peak of the target that is not followed.
struct LeftOut {
    std::size_t k = 0;
    double amplitude = 0; ///< |f^|
    bool recorded = false; ///< else beyond the recorded bins
    bool operator==(const LeftOut&) const = default;
};

/// Does the Frequency Principle hold in this run?
struct Verdict {
    enum class State {
        NotYet, ///< too few peaks were captured to say
        Holds, ///< low to high
        Partly, ///< low to high among the followed peaks, but the target has more
        AllAtOnce, ///< all followed peaks captured at the same record
        Fails, ///< the order is broken
        NoPeaks, ///< nothing is followed
    };
    State state = State::NotYet;
    std::optional<double> rhoFirst; ///< Spearman's rho of frequency and first passage; none if fewer than two peaks
    std::optional<double> rhoStays; ///< the same with "stays below"
    std::size_t captured = 0; ///< peaks that stay below
    std::size_t followed = 0; ///< without those of `nothing`
    std::vector<std::size_t> nothing; ///< followed bins where the target has nothing: they do not count
    std::vector<LeftOut> leftOut; ///< peaks of the target that are not followed, the largest first
    std::string text; ///< in words, both numbers, how many passed, what is left out
    [[nodiscard]] bool holds() const { return state == State::Holds; }
};

/// rho_stays >= 0.9 with at least three followed peaks captured (all of them where fewer are followed) holds, if no
/// peak of the target is left out.
/// It fails only if a higher frequency was captured before a lower one; ties alone (a coarse record, several peaks
/// never captured) lower rho but break no order, and stay "not yet".
/// `leftOut`: the target's peaks that are not followed, the largest first.
/// `ended`: no more steps will come, so peaks that were never captured count as a finding rather than as "not yet", and
/// those that are below are captured; until then the words promise nothing.
[[nodiscard]] Verdict judge(std::span<const Passage> passages, bool ended, std::vector<LeftOut> leftOut = {});

/// "k = 50 (|f| = 0.5, not recorded), 60 (0.25)"; more than a few are only counted. Empty without any.
[[nodiscard]] std::string leftOutText(std::span<const LeftOut> leftOut);

/// Spearman's rank correlation with averaged ties; none if fewer than two values or if one side is constant.
[[nodiscard]] std::optional<double> spearman(std::span<const double> a, std::span<const double> b);

} // namespace fplab
