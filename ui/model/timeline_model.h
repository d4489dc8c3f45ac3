#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

namespace fplab {

class ShownRun;

struct Bookmark {
    std::int64_t step = 0;
    QString note;
    bool operator==(const Bookmark&) const = default;
};

/// Where the user is looking: the newest record, or a step of the past. Views ask index(); none knows another.
class TimelineModel : public QObject {
    Q_OBJECT
public:
    explicit TimelineModel(ShownRun& run, QObject* parent = nullptr);

    [[nodiscard]] bool followsLive() const { return m_live; }
    /// The recorded step being viewed.
    [[nodiscard]] std::int64_t step() const;
    /// Index into the history of the record being viewed; -1 without records.
    [[nodiscard]] int index() const;

    /// Goes to the record at or before `step`; the newest one means live again.
    void setStep(std::int64_t step);
    void goLive();
    void hold(); ///< stays at the record of now while training goes on
    void moveBy(int records); ///< previous (negative) or next records

    [[nodiscard]] const std::vector<Bookmark>& bookmarks() const { return m_bookmarks; }
    /// Adds or changes the bookmark of a step; its record is then never thinned.
    void setBookmark(std::int64_t step, const QString& note);
    void removeBookmark(std::int64_t step);
    /// Those of a run that was put back.
    void setBookmarks(std::vector<Bookmark> bookmarks);

Q_SIGNALS:
    void cursorMoved(); ///< step() or followsLive() changed, also by new records while live
    void bookmarksChanged();

private:
    ShownRun& m_run;
    bool m_live = true;
    std::int64_t m_step = 0;
    std::vector<Bookmark> m_bookmarks; ///< ascending steps
};

} // namespace fplab
