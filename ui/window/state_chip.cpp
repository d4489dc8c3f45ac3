#include "ui/text/number_text.h"
#include "ui/window/transport_bar.h"

#include <QPainter>
#include <QtMath>

#include <algorithm>

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
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(&lab.run, &RunController::stateChanged, this, &StateChip::showState);
    connect(&lab.run, &RunController::loaded, this, &StateChip::showState);
    connect(&lab.run, &RunController::advanced, this, &StateChip::showState);
    connect(&lab.analysis, &AnalysisModel::changed, this, &StateChip::showState);
    connect(&lab.timeline, &TimelineModel::cursorMoved, this, &StateChip::showState);
    connect(&lab.themes, &ThemeManager::changed, this, &StateChip::showState);
    showState();
}

int StateChip::widthOf(const QString& text) const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return QFontMetrics(bold).horizontalAdvance(text) + iconSizeOf(m_lab.themes.theme()) + gap + 2 * padding;
}

QSize StateChip::sizeHint() const { return {widthOf(m_room), fontMetrics().height() + 10}; }

QSize StateChip::minimumSizeHint() const { return {widthOf(tr("Paused")), sizeHint().height()}; }

int StateChip::widestWhileViewing() const { return widthOf(tr("Viewing %1 of %1").arg(groupedNumber(88888))); }

void StateChip::showState()
{
    const Theme& theme = m_lab.themes.theme();
    const RunState state = m_lab.run.state();
    const QString live = groupedNumber(m_lab.run.liveStep()),
                  long5 = groupedNumber(std::max<std::int64_t>(88888, m_lab.run.liveStep()));
    m_color = theme.ink;
    m_ground = theme.grid;
    const auto show = [&](const QString& word, const char* icon, bool step = true) {
        m_text = step ? tr("%1 · step %2").arg(word, live) : word;
        m_room = step ? tr("%1 · step %2").arg(word, long5) : word;
        m_icon = QLatin1String(icon);
    };
    if (state != RunState::Empty && !m_lab.timeline.followsLive()) {
        m_text = tr("Viewing %1 of %2").arg(groupedNumber(m_lab.timeline.step()), live);
        m_room = tr("Viewing %1 of %1").arg(long5);
        m_icon = QStringLiteral("undo");
        m_color = theme.pending;
        m_ground = theme.pendingGround;
    } else {
        switch (state) {
        case RunState::Empty:
            show(tr("Nothing open"), "info", false);
            break;
        case RunState::Ready:
            show(tr("Ready"), "play", false);
            break;
        case RunState::Running:
            show(tr("Running"), "live");
            m_color = theme.accent;
            m_ground = theme.accentGround;
            break;
        case RunState::Paused:
            show(tr("Paused"), "pause");
            break;
        case RunState::Finished:
            showEnd();
            break;
        case RunState::Diverged:
            show(tr("Diverged"), "warning");
            m_color = theme.error;
            m_ground = theme.errorGround;
            break;
        }
    }
    setAccessibleName(tr("State: %1").arg(m_text));
    const QString reason = QString::fromStdString(m_lab.run.result().reason);
    const bool over = state == RunState::Finished || state == RunState::Diverged;
    setToolTip(over && !reason.isEmpty() ? tr("%1: %2").arg(m_text, reason) : m_text);
    updateGeometry();
    update();
}

void StateChip::showEnd()
{
    QStringList left;
    for (const Passage& passage : m_lab.analysis.passages())
        if (!passage.staysBelow)
            left.append(QString::number(passage.k));
    constexpr qsizetype readable = 2;
    const bool reached = m_lab.run.isAtItsEnd() || (left.empty() && !m_lab.analysis.passages().empty());
    m_icon = QStringLiteral("info");
    const QString step = groupedNumber(m_lab.run.liveStep());
    if (m_lab.run.gaveUp()) {
        m_text = tr("Ended · step %1").arg(step);
    } else if (reached) {
        m_text = tr("Finished · step %1").arg(step);
        m_icon = QStringLiteral("check");
        m_color = m_lab.themes.theme().good;
    } else if (left.empty()) {
        m_text = tr("Stopped at %1 steps").arg(step);
    } else {
        m_text = left.size() > readable ? tr("Stopped at %1 steps, %2 peaks not captured").arg(step).arg(left.size())
                                        : tr("Stopped at %1 steps, k = %2 not captured").arg(step, left.join(tr(", ")));
    }
    m_room = m_text;
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
    const QRectF room = pill.adjusted(padding + iconSize + gap, 0, -padding + 2, 0);
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(bold).elidedText(m_text, Qt::ElideRight, qCeil(room.width())));
}

} // namespace fplab
