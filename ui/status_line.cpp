#include "ui/status_line.h"

#include "core/nn/trainer.h"
#include "ui/controls/notes.h"
#include "ui/controls/number_text.h"
#include "ui/session.h"

#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace fplab {

StatusLine::StatusLine(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 2, 14, 3);
    row->setSpacing(26);
    const auto add = [&](const QString& name, const QString& widest) {
        auto* label = new QLabel(this);
        label->setProperty("muted", true);
        label->setAccessibleName(name);
        label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest)); // nothing moves as numbers grow
        row->addWidget(label);
        return label;
    };
    m_speed = add(tr("Speed"), QStringLiteral("100 000 steps/s, paced"));
    m_elapsed = add(tr("Training time"), QStringLiteral("elapsed 1000.0 s"));
    m_memory = add(tr("Memory of the history"), QStringLiteral("history 100.0 MB"));
    m_engine = add(tr("Engine"), {});
    m_note = new FirstNote(lab, this);
    row->addWidget(m_note, 1);
    row->addStretch();
    m_readout = add(tr("Values at the crosshair"), {});
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

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    makeRoom();
}

/// What matters least goes first, until the note fits beside what is said without a crosshair.
void StatusLine::makeRoom()
{
    const QMargins margins = layout()->contentsMargins();
    const int gap = layout()->spacing();
    const auto widthOf = [gap](const QLabel* label) { return std::max(label->minimumWidth(), label->sizeHint().width()) + gap; };
    int room = width() - margins.left() - margins.right() - widthOf(m_speed) - m_readout->fontMetrics().horizontalAdvance(noReadout()) - gap;
    for (const QLabel* label : {m_elapsed, m_memory, m_engine})
        room -= widthOf(label);
    for (QLabel* label : {m_engine, m_memory, m_elapsed}) {
        const bool stays = m_note->whole().isEmpty() || room >= m_note->wholeWidth();
        label->setVisible(stays);
        if (!stays)
            room += widthOf(label);
    }
}

QString StatusLine::noReadout() { return tr("same seed, same curve"); }

void StatusLine::setReadout(const QString& text) { m_readout->setText(text.isEmpty() ? noReadout() : text); }

void StatusLine::update()
{
    const RunController& run = m_lab.run;
    const History& history = run.history();
    const bool running = run.state() == RunState::Running;
    const bool paced = running && run.pace().kind != Pace::Kind::Max;
    double rate = run.stepsPerSecond();
    if (!running && !history.empty() && history.back().seconds > 0) // of the training so far
        rate = static_cast<double>(history.back().step) / history.back().seconds;
    m_speed->setText(
        (paced ? tr("%1 steps/s, paced") : tr("%1 steps/s")).arg(groupedNumber(static_cast<std::int64_t>(rate))));
    m_elapsed->setText(history.empty() ? QString() : tr("elapsed %1 s").arg(history.back().seconds, 0, 'f', 1));
    QString memory = tr("history %1 MB").arg(static_cast<double>(history.bytes()) / 1e6, 0, 'f', 1);
    if (history.stride() > 1)
        memory += tr(", older records every %1").arg(history.stride());
    m_memory->setText(history.empty() ? QString() : memory);
    m_engine->setText(tr("%1 · %2 · threads: %3")
                          .arg(QString::fromStdString(m_lab.editor.runSpec().precision), QLatin1String(instructionLevel()))
                          .arg(Session::trainingThreads()));
}

} // namespace fplab
