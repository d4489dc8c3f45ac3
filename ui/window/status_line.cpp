#include "ui/window/status_line.h"

#include "core/engine/trainer.h"
#include "ui/model/open_experiment.h"
#include "ui/text/number_text.h"
#include "ui/window/notes.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace fplab {
namespace {

QString speedText(std::int64_t rate)
{
    return rate == 1 ? StatusLine::tr("1 step/s") : StatusLine::tr("%1 steps/s").arg(groupedNumber(rate));
}

} // namespace

StatusLine::StatusLine(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("status"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 2, 14, 3);
    row->setSpacing(26);
    m_speed = add(tr("Speed"), tr("on average %1").arg(speedText(100'000)));
    m_elapsed = add(tr("Computing time"), tr("computing time %1 s").arg(QStringLiteral("100.0")));
    m_elapsed->setToolTip(tr("The time that steps took; waits between them, which a pace makes, do not count"));
    m_memory = add(tr("Memory of the history"), tr("history %1 MB").arg(QStringLiteral("100.0")));
    m_engine = add(tr("Engine"), {});
    m_note = new FirstNote(lab, this);
    row->addWidget(m_note, 1);
    row->addStretch();
    m_readout = new QLabel(this);
    m_readout->setObjectName(QStringLiteral("status.readout"));
    m_readout->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_readout);
    setReadout({});
    connect(&lab.run, &RunController::advanced, this, &StatusLine::update);
    connect(&lab.run, &RunController::stateChanged, this, &StatusLine::update);
    connect(&lab.run, &RunController::loaded, this, [this] {
        setReadout({}); // it was of the run before
        update();
    });
    connect(m_note, &FirstNote::noteChanged, this, &StatusLine::makeRoom);
    update();
}

QLabel* StatusLine::add(const QString& name, const QString& widest)
{
    auto* label = new QLabel(this);
    label->setProperty("muted", true);
    label->setAccessibleName(name);
    layout()->addWidget(label);
    m_items.append({label, widest});
    return label;
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    makeRoom();
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        makeRoom();
}

/// The values of the crosshair stay whole as long as another item can leave for them, then the note.
void StatusLine::makeRoom()
{
    const QMargins margins = layout()->contentsMargins();
    const int gap = layout()->spacing();
    int room = width() - margins.left() - margins.right();
    const int wanted = m_readout->fontMetrics().horizontalAdvance(m_values) + 2
        + (m_note->whole().isEmpty() ? 0 : m_note->wholeWidth() + gap);
    QStringList all;
    bool full = false;
    for (const Item& item : std::as_const(m_items)) {
        const QFontMetrics metrics = item.label->fontMetrics();
        const int width
            = std::max(metrics.horizontalAdvance(item.widest), metrics.horizontalAdvance(item.label->text()) + 2);
        full = full || (room < width + gap + wanted && (item.label != m_speed || room < 3 * width));
        const bool stays = !full && !item.label->text().isEmpty();
        item.label->setMinimumWidth(width);
        item.label->setVisible(stays);
        if (stays)
            room -= width + gap;
        if (!item.label->text().isEmpty())
            all.append(item.label->text());
    }
    setToolTip(all.join(QStringLiteral("  ·  ")));
    placeReadout(room);
}

void StatusLine::placeReadout(int room)
{
    const QFontMetrics metrics = m_readout->fontMetrics();
    const int width = std::clamp(metrics.horizontalAdvance(m_values) + 2, 0, std::max(0, room));
    m_readout->setFixedWidth(width);
    m_readout->setText(metrics.elidedText(m_values, Qt::ElideRight, width));
    m_readout->setToolTip(m_readout->text() == m_values ? QString() : m_values);
    m_readout->setAccessibleName(tr("Values at the crosshair: %1").arg(m_values));
}

void StatusLine::setReadout(const QString& text)
{
    m_values = text.isEmpty() ? tr("same seed, same curve") : text;
    makeRoom();
}

void StatusLine::update()
{
    const RunController& run = m_lab.run;
    const History& history = run.history();
    const bool running = run.state() == RunState::Running, paced = running && run.pace().kind != Pace::Kind::Max;
    const bool trained = !history.empty() && history.back().step > 0;
    const double seconds = trained ? history.back().seconds : 0;
    if (running)
        m_speed->setText((paced ? tr("%1, paced") : QStringLiteral("%1"))
                             .arg(speedText(static_cast<std::int64_t>(run.stepsPerSecond()))));
    else
        m_speed->setText(seconds > 0
                ? tr("on average %1")
                      .arg(speedText(static_cast<std::int64_t>(static_cast<double>(history.back().step) / seconds)))
                : QString());
    m_elapsed->setText(trained ? tr("computing time %1 s").arg(seconds, 0, 'f', 1) : QString());
    QString memory = tr("history %1 MB").arg(static_cast<double>(history.bytes()) / 1e6, 0, 'f', 1);
    if (history.stride() > 1)
        memory += tr(", older records every %1").arg(history.stride());
    m_memory->setText(trained ? memory : QString());
    m_engine->setText(
        tr("%1 · %2 · threads: %3")
            .arg(QString::fromStdString(m_lab.editor.runSpec().precision), QLatin1String(instructionLevel()))
            .arg(OpenExperiment::trainingThreads()));
    makeRoom();
}

} // namespace fplab
