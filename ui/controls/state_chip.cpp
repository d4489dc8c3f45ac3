#include "ui/controls/number_text.h"
#include "ui/controls/transport_bar.h"

#include <QPainter>

namespace fplab {
namespace {

    constexpr int padding = 11, gap = 7;

    int iconSizeOf(const Theme& theme) { return qRound(14 * theme.fontScale); }

} // namespace

StateChip::StateChip(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("state"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&lab.run, &RunController::stateChanged, this, &StateChip::showState);
    connect(&lab.run, &RunController::loaded, this, &StateChip::showState);
    connect(&lab.run, &RunController::advanced, this, &StateChip::showState);
    connect(&lab.timeline, &TimelineModel::cursorMoved, this, &StateChip::showState);
    connect(&lab.themes, &ThemeManager::changed, this, [this] {
        updateGeometry();
        showState();
    });
    showState();
}

QSize StateChip::sizeHint() const
{
    const int text = fontMetrics().horizontalAdvance(tr("Viewing %1 · training at %1").arg(groupedNumber(88888))) * 21 / 20; // bold
    return {text + iconSizeOf(m_lab.themes.theme()) + gap + 2 * padding, fontMetrics().height() + 10};
}

void StateChip::showState()
{
    const Theme& theme = m_lab.themes.theme();
    const RunState state = m_lab.run.state();
    const QString live = groupedNumber(m_lab.run.liveStep());
    m_color = theme.accent;
    m_ground = theme.accentGround;
    if (state != RunState::Empty && !m_lab.timeline.followsLive()) {
        const QString viewed = groupedNumber(m_lab.timeline.step());
        m_text = state == RunState::Running ? tr("Viewing %1 · training at %2").arg(viewed, live)
                                            : tr("Viewing step %1 of %2").arg(viewed, live);
        m_icon = QStringLiteral("undo");
        m_color = theme.pending;
        m_ground = theme.pendingGround;
    } else {
        const auto show = [&](const QString& word, const char* icon) {
            m_text = state == RunState::Ready || state == RunState::Empty ? word
                                                                          : tr("%1 · step %2").arg(word, live);
            m_icon = QLatin1String(icon);
        };
        switch (state) {
        case RunState::Empty: show(tr("Nothing open"), "info"); break;
        case RunState::Ready: show(tr("Ready"), "play"); break;
        case RunState::Running: show(tr("Running"), "live"); break;
        case RunState::Paused: show(tr("Paused"), "pause"); break;
        case RunState::Finished:
            if (m_lab.run.gaveUp())
                show(tr("Ended"), "info");
            else
                show(tr("Finished"), "check");
            break;
        case RunState::Diverged: show(tr("Diverged"), "warning"); break;
        }
        if (state == RunState::Finished)
            m_color = m_lab.run.gaveUp() ? theme.ink : theme.good;
        if (state == RunState::Diverged) {
            m_color = theme.error;
            m_ground = theme.errorGround;
        }
        if (state == RunState::Finished || state == RunState::Empty || state == RunState::Paused
            || state == RunState::Ready)
            m_ground = theme.grid;
        if (state == RunState::Empty || state == RunState::Paused || state == RunState::Ready)
            m_color = theme.ink;
    }
    setAccessibleName(tr("State: %1").arg(m_text));
    setToolTip(state == RunState::Finished || state == RunState::Diverged
            ? QString::fromStdString(m_lab.run.result().reason)
            : m_text);
    update();
}

void StateChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const int iconSize = iconSizeOf(m_lab.themes.theme());
    const int text = QFontMetrics(bold).horizontalAdvance(m_text);
    const QRectF pill(0, 0, std::min(width(), text + iconSize + gap + 2 * padding), height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_ground);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    const QRect icon(padding, (height() - iconSize) / 2, iconSize, iconSize);
    m_lab.themes.theme().icon(m_icon, m_color).paint(&painter, icon);
    painter.setPen(m_color);
    painter.drawText(
        pill.adjusted(padding + iconSize + gap, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace fplab
