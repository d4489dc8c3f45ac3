#include "ui/model/expected_end.h"
#include "ui/model/form_fields.h"
#include "ui/text/number_text.h"
#include "ui/window/timeline_strip.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

constexpr double handleRoom = 10; ///< half a handle and its line, at normal size of text

/// A slider for assistive programs, with the step and what happened there as its value.
class TrackAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    TrackAccessible(TimelineTrack* track, const Lab& lab)
        : QAccessibleWidget(track, QAccessible::Slider)
        , m_lab(lab)
    {
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? static_cast<TimelineTrack*>(widget())->valueText()
                                          : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QVariant currentValue() const override { return static_cast<qlonglong>(m_lab.timeline.step()); }
    void setCurrentValue(const QVariant& value) override { m_lab.timeline.setStep(value.toLongLong()); }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant maximumValue() const override { return static_cast<qlonglong>(m_lab.run.liveStep()); }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    const Lab m_lab;
};

} // namespace

TimelineTrack::TimelineTrack(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_note(new QLineEdit(this))
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(
        tr("Left and Right move by one record, with Ctrl to the next capture, change or bookmark; End goes to live."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true); // the pointer shows where a flag is
    setMinimumWidth(240);
    m_note->setObjectName(QStringLiteral("timeline.note"));
    m_note->setAccessibleName(tr("Note of the bookmark"));
    m_note->setPlaceholderText(tr("Note, then Enter"));
    m_note->setFixedWidth(200);
    m_note->installEventFilter(this);
    m_note->hide();
    connect(m_note, &QLineEdit::editingFinished, this, &TimelineTrack::saveNote);
    const auto redraw = [this] { update(); };
    connect(&lab.run, &RunController::advanced, this, redraw);
    connect(&lab.run, &RunController::loaded, this, [this] {
        m_note->hide();
        update();
    });
    connect(&lab.run, &RunController::stateChanged, this, redraw);
    connect(&lab.run, &RunController::changeLogged, this, redraw);
    connect(&lab.analysis, &AnalysisModel::changed, this, redraw);
    connect(&lab.editor, &ExperimentEditor::specChanged, this, redraw);
    connect(&lab.themes, &ThemeManager::changed, this, redraw);
    connect(&lab.timeline, &TimelineModel::bookmarksChanged, this, redraw);
    connect(&lab.timeline, &TimelineModel::cursorMoved, this, [this] {
        update();
        if (hasFocus()) {
            QAccessibleValueChangeEvent change(this, static_cast<qlonglong>(m_lab.timeline.step()));
            QAccessible::updateAccessibility(&change);
        }
    });
    static const bool installed = [] {
        QAccessible::installFactory([](const QString&, QObject* object) -> QAccessibleInterface* {
            auto* track = qobject_cast<TimelineTrack*>(object);
            return track ? new TrackAccessible(track, track->m_lab) : nullptr;
        });
        return true;
    }();
    Q_UNUSED(installed)
}

std::int64_t TimelineTrack::lastStep() const { return std::max<std::int64_t>(expectedEnd(m_lab), 10); }

double TimelineTrack::sideMargin() const { return std::max(12.0, handleRoom * m_lab.themes.theme().fontScale); }

double TimelineTrack::xOf(std::int64_t step) const { return xOfLog(std::log1p(static_cast<double>(step))); }

double TimelineTrack::xOfLog(double log) const
{
    const double share = log / std::log1p(static_cast<double>(lastStep()));
    return sideMargin() + share * (width() - 2 * sideMargin());
}

std::int64_t TimelineTrack::stepAt(double x) const
{
    const double share = std::clamp((x - sideMargin()) / std::max(1.0, width() - 2 * sideMargin()), 0.0, 1.0);
    return std::llround(std::expm1(share * std::log1p(static_cast<double>(lastStep()))));
}

QString TimelineTrack::valueText() const
{
    if (!m_lab.run.hasRun())
        return tr("nothing recorded");
    const std::int64_t step = m_lab.timeline.step();
    QString text = m_lab.timeline.followsLive() ? tr("live, step %1").arg(step)
                                                : tr("step %1, training is at %2").arg(step).arg(m_lab.run.liveStep());
    for (const TimelineFlag& flag : timelineFlags(m_lab))
        if (flag.step == step)
            text += QStringLiteral(", ") + QString(flag.text).replace(u'\n', QLatin1String(", "));
    return text;
}

std::vector<std::int64_t> TimelineTrack::flags() const
{
    std::vector<std::int64_t> steps;
    for (const TimelineFlag& flag : timelineFlags(m_lab))
        steps.push_back(flag.step);
    std::ranges::sort(steps);
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    return steps;
}

void TimelineTrack::goToFlag(int direction)
{
    const History& history = m_lab.run.history();
    if (history.empty())
        return;
    std::vector<std::int64_t> steps; // of the records that show the flags: a change may lie between two
    for (const std::int64_t flag : flags())
        steps.push_back(history.at(history.indexAt(flag)).step);
    const std::int64_t here = m_lab.timeline.step();
    if (direction > 0) {
        const auto next = std::ranges::upper_bound(steps, here);
        if (next == steps.end())
            m_lab.timeline.goLive();
        else
            m_lab.timeline.setStep(*next);
    } else {
        const auto next = std::ranges::lower_bound(steps, here);
        m_lab.timeline.setStep(next == steps.begin() ? 0 : *std::prev(next));
    }
}

void TimelineTrack::bookmark()
{
    if (!m_lab.run.hasRun())
        return;
    m_noteStep = m_lab.timeline.step();
    QString note;
    for (const Bookmark& bookmark : m_lab.timeline.bookmarks())
        if (bookmark.step == m_noteStep)
            note = bookmark.note;
    m_lab.timeline.setBookmark(m_noteStep, note);
    m_note->setText(note);
    const int x = qRound(xOf(m_noteStep)) - m_note->width() / 2;
    m_note->move(std::clamp(x, 0, std::max(0, width() - m_note->width())), 2);
    m_note->show();
    m_note->setFocus(Qt::ShortcutFocusReason);
}

void TimelineTrack::saveNote()
{
    if (!m_note->isVisible())
        return;
    m_lab.timeline.setBookmark(m_noteStep, m_note->text().trimmed());
    const auto reason
        = m_note->hasFocus() ? Qt::OtherFocusReason : Qt::MouseFocusReason; // else a click elsewhere ended it
    m_note->hide();
    setFocus(reason);
}

void TimelineTrack::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_lab.run.hasRun())
        return;
    const auto flag = flagAt(event->position());
    m_flagPressed = flag ? std::optional(event->position()) : std::nullopt;
    m_lab.timeline.setStep(flag ? *flag : stepAt(event->position().x()));
}

void TimelineTrack::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_lab.run.hasRun())
        return;
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        setCursor(flagAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (m_flagPressed && (event->position() - *m_flagPressed).manhattanLength() < QApplication::startDragDistance())
        return; // a hand that trembles does not leave the flag
    m_flagPressed.reset();
    m_lab.timeline.setStep(stepAt(event->position().x()));
}

void TimelineTrack::mouseReleaseEvent(QMouseEvent* event)
{
    m_flagPressed.reset();
    QWidget::mouseReleaseEvent(event);
}

void TimelineTrack::focusInEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        m_ring = event->reason() != Qt::MouseFocusReason;
    QWidget::focusInEvent(event);
}

void TimelineTrack::wheelEvent(QWheelEvent* event)
{
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (delta != 0 && m_lab.run.hasRun())
        m_lab.timeline.moveBy(delta > 0 ? -1 : 1);
    event->accept();
}

void TimelineTrack::keyPressEvent(QKeyEvent* event)
{
    if (!m_ring) {
        m_ring = true; // from now on by keys
        update();
    }
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const int direction = event->key() == Qt::Key_Right ? 1 : -1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (control)
            goToFlag(direction);
        else
            m_lab.timeline.moveBy(direction);
        return;
    case Qt::Key_Home:
        m_lab.timeline.setStep(0);
        return;
    case Qt::Key_End:
        m_lab.timeline.goLive();
        return;
    case Qt::Key_PageUp:
        m_lab.timeline.moveBy(-10);
        return;
    case Qt::Key_PageDown:
        m_lab.timeline.moveBy(10);
        return;
    case Qt::Key_B:
        bookmark();
        return;
    case Qt::Key_Delete:
        m_lab.timeline.removeBookmark(m_lab.timeline.step());
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool TimelineTrack::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_note && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            m_note->hide();
            setFocus(Qt::OtherFocusReason);
            return true;
        }
        if (key->key() == Qt::Key_End && m_note->cursorPosition() == m_note->text().size()) { // on to live
            saveNote();
            m_lab.timeline.goLive();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString TimelineTrack::flagText(QPointF position) const
{
    const auto step = flagAt(position);
    if (!step)
        return {};
    QStringList lines; // of all that stand there
    for (const TimelineFlag& flag : timelineFlags(m_lab))
        if (std::abs(xOf(flag.step) - xOf(*step)) <= 2)
            lines.append(flag.text);
    return lines.join(u'\n');
}

bool TimelineTrack::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = flagText(help->pos());
        QToolTip::showText(
            help->globalPos(), text.isEmpty() ? tr("Step %1").arg(groupedNumber(stepAt(help->pos().x()))) : text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace fplab
