#pragma once

#include "core/documents/live_run.h"
#include "core/experiment/spec.h"
#include "ui/model/timeline_model.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <deque>
#include <memory>
#include <string>

namespace fplab {

/// A run that made room for another, whole: it can be looked at again, and go on.
struct EarlierRun {
    std::unique_ptr<LiveRun> run;
    QString title;
    ExperimentSpec spec; ///< of the run, live changes included
    ExperimentSpec loaded; ///< as it began
    QString presetId, folder;
    std::string samples; ///< samplesSha256() of those of its file; mostly empty
    std::vector<Bookmark> bookmarks;
    std::int64_t viewed = -1; ///< the step that was looked at; -1 = the newest
};

/// The runs of this window that another one took the place of, the latest first. Kept in memory until the window
/// closes: a limited number, with histories within a budget; the oldest go first.
class EarlierRuns : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t most = 20;

    explicit EarlierRuns(QObject* parent = nullptr);

    [[nodiscard]] std::size_t size() const { return m_runs.size(); }
    [[nodiscard]] const EarlierRun& at(std::size_t place) const { return m_runs[place]; }
    /// Puts a run first.
    void add(EarlierRun run);
    [[nodiscard]] EarlierRun take(std::size_t place);
    /// Bytes that all their histories together may take.
    void setBudget(std::size_t bytes);

    /// "Three sines, 2 000 steps: Seed 42, Size of the weights 0.1": what differs from `now` is named.
    [[nodiscard]] QString title(std::size_t place, const ExperimentSpec& now) const;

Q_SIGNALS:
    void changed();
    void dropped(); ///< the oldest had to go

private:
    bool dropOldest(); ///< while there are too many; whether any went

    std::deque<EarlierRun> m_runs;
    std::size_t m_budget = History::defaultBudget;
};

} // namespace fplab
