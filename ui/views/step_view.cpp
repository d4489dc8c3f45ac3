#include "ui/views/step_view.h"

#include "ui/model/expected_end.h"
#include "ui/views/paint.h"
#include "ui/views/view_options.h"

#include <algorithm>
#include <cmath>

namespace fplab {

StepView::StepView(const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent)
    : PlotView(lab, shown, id, title, parent)
    , m_ticker(std::make_shared<StepTicker>(m_scale))
{
    options().addSwitch(QStringLiteral("log_step"), tr("Logarithmic step axis"), m_scale.logarithmic);
    addPainter(Level::Over, false, [this](QCPPainter& p) { drawPlayhead(p); });
}

void StepView::reset() { m_last = 0; }

double StepView::stepLeft() const { return m_scale.logarithmic ? m_scale.lowest() - 0.05 : 0; }

double StepView::stepRight()
{
    const auto live = static_cast<double>(shown().run.liveStep());
    const auto planned = static_cast<double>(expectedEnd(shown().run.document(), lab().kinds));
    if (planned >= live && planned > 0 && (m_scale.logarithmic || planned <= 20 * std::max(live, 50.0)))
        m_last = std::max(m_last, planned);
    else if (live > m_last)
        m_last = niceCeiling(std::max(live, 10.0));
    m_last = std::max(m_last, 10.0);
    return m_scale.coordinate(m_last);
}

double StepView::coordinateOf(std::size_t record) const
{
    return m_scale.coordinate(static_cast<double>(shown().run.history().at(record).step));
}

int StepView::recordAt(QPointF pixel) const
{
    const History& history = shown().run.history();
    if (history.empty())
        return -1;
    const auto left = history.indexAt(m_scale.step(fromPixel(pixel).x()));
    if (left + 1 >= history.size())
        return static_cast<int>(left);
    const auto distance = [&](std::size_t i) { return std::abs(toPixel(coordinateOf(i), 0).x() - pixel.x()); };
    return static_cast<int>(distance(left + 1) < distance(left) ? left + 1 : left);
}

void StepView::click(QPointF pixel)
{
    if (isChoosingClick() || !axisArea().contains(pixel))
        return;
    if (const int record = recordAt(pixel); record >= 0)
        Q_EMIT stepRequested(shown().run.history().at(record).step);
}

QString StepView::clickHint(QPointF pixel) const
{
    if (!axisArea().contains(pixel) || recordAt(pixel) < 0)
        return {};
    return isActive() ? tr("(a click goes there)") : tr("(a click chooses this view)");
}

void StepView::drawPlayhead(QCPPainter& p) const
{
    if (shown().timeline.index() < 0 || (exporting() ? !marksStep() : shown().timeline.followsLive()))
        return;
    const QRectF area = axisArea();
    const double x = toPixel(m_scale.coordinate(static_cast<double>(shown().timeline.step())), 0).x();
    if (x < area.left() - 1 || x > area.right() + 1)
        return;
    for (const QPen& pen : {QPen(look().card, 4), QPen(look().accent, 2)}) { // the ground keeps it visible on a map
        p.setPen(pen);
        p.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    p.setAntialiasing(true);
    p.setPen(Qt::NoPen);
    p.setBrush(look().accent);
    p.drawEllipse(QPointF(x, area.bottom()), 4, 4);
}

} // namespace fplab
