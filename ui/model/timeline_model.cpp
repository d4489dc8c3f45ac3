#include "ui/model/timeline_model.h"

#include "ui/model/shown_run.h"

#include <algorithm>
#include <utility>

namespace fplab {

TimelineModel::TimelineModel(ShownRun& run, QObject* parent)
    : QObject(parent)
    , m_run(run)
{
    connect(&run, &ShownRun::loaded, this, [this] {
        m_live = true;
        m_bookmarks.clear();
        Q_EMIT bookmarksChanged();
        Q_EMIT cursorMoved();
    });
    connect(&run, &ShownRun::advanced, this, [this] {
        if (m_live)
            Q_EMIT cursorMoved();
    });
}

int TimelineModel::index() const
{
    const History& history = m_run.history();
    if (history.empty())
        return -1;
    return static_cast<int>(m_live ? history.size() - 1 : history.indexAt(m_step));
}

std::int64_t TimelineModel::step() const
{
    const int i = index();
    return i < 0 ? 0 : m_run.history().at(static_cast<std::size_t>(i)).step;
}

void TimelineModel::setStep(std::int64_t step)
{
    const History& history = m_run.history();
    if (history.empty())
        return;
    const std::size_t i = history.indexAt(step);
    m_live = i + 1 == history.size();
    m_step = history.at(i).step;
    Q_EMIT cursorMoved();
}

void TimelineModel::goLive()
{
    m_live = true;
    Q_EMIT cursorMoved();
}

void TimelineModel::hold()
{
    m_step = step();
    m_live = false;
    Q_EMIT cursorMoved();
}

void TimelineModel::moveBy(int records)
{
    const auto size = static_cast<int>(m_run.history().size());
    if (size > 0)
        setStep(m_run.history().at(static_cast<std::size_t>(std::clamp(index() + records, 0, size - 1))).step);
}

void TimelineModel::setBookmark(std::int64_t step, const QString& note)
{
    const auto place = std::ranges::lower_bound(m_bookmarks, step, {}, &Bookmark::step);
    if (place != m_bookmarks.end() && place->step == step) {
        place->note = note;
    } else {
        m_run.pin(step);
        m_bookmarks.insert(place, {step, note});
    }
    Q_EMIT bookmarksChanged();
}

void TimelineModel::setBookmarks(std::vector<Bookmark> bookmarks)
{
    m_bookmarks = std::move(bookmarks);
    Q_EMIT bookmarksChanged();
}

void TimelineModel::removeBookmark(std::int64_t step)
{
    if (std::erase_if(m_bookmarks, [step](const Bookmark& bookmark) { return bookmark.step == step; }) == 0)
        return;
    m_run.unpin(step);
    Q_EMIT bookmarksChanged();
}

} // namespace fplab
