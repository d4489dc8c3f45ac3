#include "ui/window/view_grid.h"

#include "ui/views/plot_view.h"

#include <QGridLayout>
#include <QJsonArray>
#include <QResizeEvent>

#include <algorithm>

namespace fplab {

namespace {
constexpr int gap = 10;
constexpr int wideFrom = 1250; ///< from this width on, five tiles are legible
constexpr int heroViews = 3;
constexpr int heroShare = 4, besideShare = 3; ///< of the width
}

ViewGrid::ViewGrid(std::vector<PlotView*> views, QWidget* parent)
    : QWidget(parent)
    , m_views(std::move(views))
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(gap);
    for (PlotView* view : m_views) {
        view->setParent(this);
        view->hide();
        connect(view, &PlotView::maximiseRequested, this, [this, view] { maximise(view); });
        connect(view, &PlotView::activated, this, [this, view] {
            for (PlotView* other : m_views)
                if (other != view)
                    other->setActive(false);
        });
    }
}

void ViewGrid::setOccasion(const ViewOccasion& occasion)
{
    if (occasion == m_occasion)
        return;
    m_occasion = occasion;
    if (m_maximised && !isOffered(m_maximised))
        m_maximised = nullptr;
    arrange();
}

bool ViewGrid::isOffered(const PlotView* view) const { return m_occasion.offered.contains(view->id()); }

bool ViewGrid::isShown(const PlotView* view) const
{
    const Choice choice = m_choices.value(m_occasion.id);
    if (!isOffered(view) || choice.hidden.contains(view->id()))
        return false;
    return choice.shown.contains(view->id()) || (m_wide ? m_occasion.wide : m_occasion.compact).contains(view->id());
}

std::vector<PlotView*> ViewGrid::shown() const
{
    if (m_maximised)
        return {m_maximised};
    std::vector<PlotView*> out;
    std::ranges::copy_if(m_views, std::back_inserter(out), [this](const PlotView* view) { return isShown(view); });
    std::ranges::sort(out, {}, [this](const PlotView* view) { return m_occasion.offered.indexOf(view->id()); });
    if (out.empty() && !m_occasion.offered.isEmpty()) // an arrangement from elsewhere may hide all
        std::ranges::copy_if(m_views, std::back_inserter(out),
            [this](const PlotView* view) { return view->id() == m_occasion.offered.front(); });
    if (m_layout == Layout::Hero && out.size() > heroViews)
        out.resize(heroViews);
    return out;
}

PlotView* ViewGrid::active() const
{
    const auto tiles = shown();
    const auto found = std::ranges::find_if(tiles, &PlotView::isActive);
    return found != tiles.end() ? *found : tiles.empty() ? nullptr : tiles.front();
}

void ViewGrid::maximise(PlotView* view)
{
    m_maximised = view == m_maximised ? nullptr : view;
    arrange();
}

void ViewGrid::setLayout(Layout layout)
{
    m_layout = layout;
    m_maximised = nullptr;
    arrange();
}

void ViewGrid::setPlainHeaders(bool plain)
{
    for (PlotView* view : m_views)
        view->setPlainHeader(plain);
}

void ViewGrid::setShown(PlotView* view, bool shown)
{
    const auto count = std::ranges::count_if(m_views, [this](const PlotView* other) { return isShown(other); });
    if (!shown && isShown(view) && count == 1) {
        Q_EMIT layoutChanged(); // whoever asked shows it as it is
        return;
    }
    choose(view->id(), shown);
    m_maximised = nullptr;
    arrange();
}

void ViewGrid::choose(const QString& view, bool shown)
{
    Choice& choice = m_choices[m_occasion.id];
    choice.shown.removeAll(view);
    choice.hidden.removeAll(view);
    (shown ? choice.shown : choice.hidden).append(view);
}

QJsonObject ViewGrid::choices() const
{
    QJsonObject out;
    for (auto choice = m_choices.begin(); choice != m_choices.end(); ++choice)
        out.insert(choice.key(),
            QJsonObject {{QStringLiteral("shown"), QJsonArray::fromStringList(choice->shown)},
                {QStringLiteral("hidden"), QJsonArray::fromStringList(choice->hidden)}});
    return out;
}

void ViewGrid::restoreChoices(const QJsonObject& choices)
{
    const auto known = [this](const QJsonValue& list) {
        QStringList out;
        for (const PlotView* view : m_views)
            if (list.toArray().contains(view->id()))
                out.append(view->id());
        return out;
    };
    for (auto choice = choices.begin(); choice != choices.end(); ++choice)
        m_choices.insert(choice.key(),
            {known(choice->toObject().value(QLatin1String("shown"))),
                known(choice->toObject().value(QLatin1String("hidden")))});
    arrange();
}

void ViewGrid::arrange()
{
    const auto tiles = shown();
    for (PlotView* view : m_views) {
        m_grid->removeWidget(view);
        view->setMaximised(view == m_maximised);
        view->setVisible(std::ranges::find(tiles, view) != tiles.end());
    }
    const int count = static_cast<int>(tiles.size());
    for (int column = 0; column < m_grid->columnCount(); ++column)
        m_grid->setColumnStretch(column, 0);
    if (m_layout == Layout::Hero && count == heroViews) {
        m_grid->addWidget(tiles[0], 0, 0, 2, 1);
        m_grid->addWidget(tiles[1], 0, 1);
        m_grid->addWidget(tiles[2], 1, 1);
        m_grid->setColumnStretch(0, heroShare);
        m_grid->setColumnStretch(1, besideShare);
        m_grid->setRowStretch(0, 1);
        m_grid->setRowStretch(1, 1);
        Q_EMIT layoutChanged();
        return;
    }
    const int above = count <= 2 ? count : count / 2; // the upper row has the fewer, wider tiles
    const int below = count - above;
    const int columns = std::max(above, 1) * std::max(below, 1);
    for (int i = 0; i < count; ++i) {
        const bool upper = i < above;
        const int span = columns / (upper ? above : below);
        m_grid->addWidget(tiles[static_cast<std::size_t>(i)], upper ? 0 : 1, (upper ? i : i - above) * span, 1, span);
    }
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    m_grid->setRowStretch(0, 1);
    m_grid->setRowStretch(1, below > 0 ? 1 : 0);
    Q_EMIT layoutChanged();
}

void ViewGrid::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const double textScale = font().pointSizeF() / 10; // larger text needs larger tiles
    const bool wide = event->size().width() >= wideFrom * textScale;
    if (wide != m_wide) {
        m_wide = wide;
        arrange();
    }
}

} // namespace fplab
