#pragma once

#include "core/analysis/run_analysis.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <map>
#include <vector>

namespace fplab {

class ShownRun;

/// RunAnalysis of the current run, kept up to date, with what only people need: a style for each followed peak, and a
/// notice where the other metric would say something else.
class AnalysisModel : public QObject {
    Q_OBJECT
public:
    explicit AnalysisModel(ShownRun& run, QObject* parent = nullptr);

    /// Takes peaks, threshold and metric from the spec; "auto" finds the peaks of the target.
    void setSettings(const AnalysisSpec& settings);
    [[nodiscard]] const AnalysisSpec& settings() const { return m_settings; }
    [[nodiscard]] const RunAnalysis& numbers() const { return m_numbers; }

    /// False when the experiment has no spectrum (data of more than one dimension) or nothing is loaded.
    [[nodiscard]] bool available() const { return m_numbers.available(); }
    [[nodiscard]] const std::vector<double>& targetAmplitudes() const { return m_numbers.targetAmplitudes(); }
    [[nodiscard]] const std::vector<bool>& meaningful() const { return m_numbers.meaningful(); }
    /// Bin numbers of the spectrum axis (0, 1, 2, ...) and their physical frequencies in cycles per unit of x.
    [[nodiscard]] const std::vector<double>& bins() const { return m_bins; }
    [[nodiscard]] const std::vector<double>& frequencies() const { return m_frequencies; }

    /// Followed bins in ascending order.
    [[nodiscard]] const std::vector<std::size_t>& peaks() const { return m_numbers.bins(); }
    /// Which colour, marker and dash peaks()[peak] has, for Theme::peak(): the first that was free when it was
    /// followed, and its own as long as it is, also in another run.
    [[nodiscard]] std::size_t style(std::size_t peak) const { return m_styles.at(peaks()[peak]); }
    /// The next run is of another experiment: its styles are as if it had been the first.
    void forgetStyles() { m_forgetStyles = true; }
    /// Position of a bin among peaks(); -1 if it is not followed.
    [[nodiscard]] int peakIndex(std::size_t bin) const;

    /// How many cycles a bin stands for in truth, where the target has too few samples for them; 0: its own.
    [[nodiscard]] std::size_t trueCycles(std::size_t bin) const;

    /// One value per kept record (same index as the history), for peaks()[peak].
    [[nodiscard]] const std::vector<double>& series(std::size_t peak) const { return m_numbers.series(peak); }
    /// Delta_F of all bins at one record; NaN where not meaningful.
    [[nodiscard]] std::vector<double> errorsAt(std::size_t recordIndex) const;
    [[nodiscard]] std::vector<double> amplitudesAt(std::size_t recordIndex) const;

    /// Whether the run is over, so that what is below the threshold is captured. Until then it may rise again.
    [[nodiscard]] bool isOver() const;
    [[nodiscard]] const std::vector<Passage>& passages() const { return m_numbers.passages(); }
    [[nodiscard]] const Verdict& verdict() const { return m_verdict; }
    /// Not empty when the other metric would give another verdict: says so in a sentence.
    [[nodiscard]] QString metricNotice() const { return m_notice; }

Q_SIGNALS:
    void changed(); ///< peaks, threshold or metric; also after another run was loaded
    void followedNothing(const QString& bins); ///< bins were chosen where the target has nothing: "7, 8"

private:
    void reload();
    void advance();
    void recompute();
    void judgeNow();
    void assignStyles();
    void pinPassages();

    ShownRun& m_run;
    AnalysisSpec m_settings;
    RunAnalysis m_numbers;
    std::vector<double> m_bins, m_frequencies;
    std::map<std::size_t, std::size_t> m_styles; ///< by bin
    bool m_forgetStyles = false;
    std::vector<std::int64_t> m_pinned; ///< steps of the passages, kept in the history
    Verdict m_verdict;
    QString m_notice;
};

} // namespace fplab
