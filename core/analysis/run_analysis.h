#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/analysis/followed_bins.h"
#include "core/analysis/verdict.h"
#include "core/run/history.h"

#include <complex>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace fplab {

/// What a run says about the order of frequencies: Delta_F of the followed peaks, when each was captured, and what that
/// means for the principle. Made of its records, either one by one (add()) or with the history that holds them
/// (follow()), so other settings hold for the past too. The window, the headless program and files have it from here.
class RunAnalysis {
public:
    /// Of no run.
    RunAnalysis() = default;
    /// `channels` must outlive this.
    RunAnalysis(std::span<const Channel> channels, const AnalysisSpec& settings);

    /// A record after the others.
    void add(const Record& record);
    /// Takes in what `history` has got since, and leaves out of the series what was thinned; begins anew where the run
    /// went back.
    void follow(const History& history);

    [[nodiscard]] const AnalysisSpec& settings() const { return m_settings; }
    /// Whether there is a spectrum.
    [[nodiscard]] bool available() const { return m_spectrum != nullptr; }
    // Of each recorded bin; empty without a spectrum.
    [[nodiscard]] const std::vector<double>& targetAmplitudes() const { return m_amplitudes; }
    [[nodiscard]] const std::vector<bool>& meaningful() const { return m_meaningful; }

    [[nodiscard]] const std::vector<std::size_t>& bins() const { return m_bins; } ///< followed, ascending
    /// Of follow(): Delta_F of bins()[peak] at each record of the history, same index; NaN where not meaningful.
    [[nodiscard]] const std::vector<double>& series(std::size_t peak) const { return m_series[peak]; }
    /// Of every bin at a record; NaN where not meaningful; empty without a spectrum.
    [[nodiscard]] std::vector<double> errorsOf(const Record& record) const;
    [[nodiscard]] std::vector<double> amplitudesOf(const Record& record) const;
    /// Of add(): errorsOf() the latest record.
    [[nodiscard]] const std::vector<double>& errors() const { return m_errors; }

    [[nodiscard]] const std::vector<Passage>& passages() const { return m_tracker.passages(); }
    /// The steps of the passages so far: their records are worth keeping.
    [[nodiscard]] std::vector<std::int64_t> passageSteps() const;
    [[nodiscard]] Verdict verdict(bool ended) const { return judge(passages(), ended, m_leftOut); }
    /// What it would be by the other metric. Of follow().
    [[nodiscard]] Verdict otherVerdict(bool ended) const { return judge(m_otherTracker.passages(), ended, m_leftOut); }

    [[nodiscard]] double trainLoss() const { return m_trainLoss; } ///< at the latest record; NaN if there is none
    [[nodiscard]] double testLoss() const { return m_testLoss; }

private:
    [[nodiscard]] std::span<const double> sampleOf(const Record& record, const Channel* channel) const;
    void beginAnew();
    void takeLosses(const Record& record);

    AnalysisSpec m_settings;
    std::span<const Channel> m_channels;
    const Channel *m_spectrum = nullptr, *m_train = nullptr, *m_test = nullptr;
    std::vector<std::complex<double>> m_target;
    std::vector<double> m_amplitudes;
    std::vector<bool> m_meaningful;
    std::vector<std::size_t> m_bins;
    std::vector<LeftOut> m_leftOut;
    PassageTracker m_tracker {{}, {}, 0}, m_otherTracker {{}, {}, 0};
    std::vector<std::vector<double>> m_series;
    std::vector<double> m_errors;
    std::size_t m_taken = 0; ///< records of the history in the series
    std::uint64_t m_revision = 0; ///< of the history
    std::int64_t m_lastStep = -1; ///< the last that the trackers have seen
    double m_trainLoss = std::numeric_limits<double>::quiet_NaN();
    double m_testLoss = std::numeric_limits<double>::quiet_NaN();
};

} // namespace fplab
