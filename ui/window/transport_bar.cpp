#include "ui/window/transport_bar.h"

#include "ui/model/next_act.h"
#include "ui/text/number_text.h"

#include <QAbstractButton>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <functional>
#include <initializer_list>

namespace fplab {
namespace {

constexpr int iconPixels = 15; ///< times the scale of the text
constexpr double steadyRates[] {1, 10, 50, 200, 1000, 5000};

} // namespace

TransportBar::TransportBar(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("transport"));
    setAccessibleName(tr("Transport"));
    m_reset = makeButton(tr("Reset"), QStringLiteral("reset"), QStringLiteral("transport.reset"),
        tr("Back to step 0 with the same initial weights (R)"));
    m_run = makeButton(tr("Run"), QStringLiteral("play"), QStringLiteral("transport.run"), tr("Run or pause (Space)"));
    m_run->setProperty("primary", true);
    m_step = makeButton(tr("Step"), QStringLiteral("step"), QStringLiteral("transport.step"),
        tr("One step (N); with Shift 10, with Ctrl to the next record"));
    m_again = makeButton(tr("Start again"), QStringLiteral("reset"), QStringLiteral("transport.again"),
        tr("From step 0, at once; this run is kept"));
    m_newStart = makeButton(tr("New start"), QStringLiteral("seed"), QStringLiteral("transport.new"),
        tr("Draw other initial weights: the next seed (Shift+R)"));
    m_live = makeButton(
        tr("Back to live"), QStringLiteral("live"), QStringLiteral("transport.live"), tr("To the newest step (End)"));
    m_earlier = makeButton(tr("Earlier"), QStringLiteral("previous"), QStringLiteral("transport.earlier"), {});
    m_present = makeButton(tr("Present"), QStringLiteral("present"), QStringLiteral("transport.present"),
        tr("Full screen for a projector (F5)"));
    m_export = makeButton(
        tr("Export…"), QStringLiteral("export"), QStringLiteral("transport.export"), tr("Figures and data (Ctrl+E)"));

    auto* paceBox = new QWidget(this);
    auto* paceRow = new QHBoxLayout(paceBox);
    paceRow->setContentsMargins(0, 0, 0, 0);
    paceRow->setSpacing(0);
    m_paces = new QButtonGroup(this);
    const auto segment = [&](Pace::Kind kind, const QString& text, const char* place, const QString& tip) {
        auto* button = makeButton(text, {}, QStringLiteral("transport.pace.%1").arg(static_cast<int>(kind)), tip);
        button->setAccessibleName(tr("Pace: %1").arg(text));
        button->setCheckable(true);
        button->setProperty("segment", QLatin1String(place));
        m_paces->addButton(button, static_cast<int>(kind));
        paceRow->addWidget(button);
        return button;
    };
    segment(Pace::Kind::Demo, tr("Demo ~10 s"), "first", tr("Slow at first, so that every capture can be seen"));
    auto* steady = segment(Pace::Kind::Steady, tr("Steady"), "middle", tr("The same number of steps each second"));
    segment(Pace::Kind::Max, tr("Max"), "last", tr("As fast as this computer can"));

    m_chip = new StateChip(lab, this);
    m_notes = new NotesButton(lab, this);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 2, 12, 2);
    row->setSpacing(10);
    for (QWidget* widget : {static_cast<QWidget*>(m_reset), static_cast<QWidget*>(m_run), static_cast<QWidget*>(m_step),
             static_cast<QWidget*>(m_again), paceBox, static_cast<QWidget*>(m_newStart), static_cast<QWidget*>(m_chip),
             static_cast<QWidget*>(m_notes), static_cast<QWidget*>(m_live)})
        row->addWidget(widget);
    row->addStretch();
    row->addWidget(m_earlier);
    row->addWidget(m_present);
    row->addWidget(m_export);

    connect(m_reset, &QPushButton::clicked, this, &TransportBar::resetRequested);
    connect(m_run, &QPushButton::clicked, this, &TransportBar::runRequested);
    connect(m_again, &QPushButton::clicked, this, &TransportBar::againRequested);
    connect(m_earlier, &QPushButton::clicked, this, &TransportBar::earlierRequested);
    connect(m_step, &QPushButton::clicked, this, [this] {
        const auto keys = QGuiApplication::keyboardModifiers();
        if (keys.testFlag(Qt::ControlModifier))
            Q_EMIT stepToRecordRequested();
        else
            Q_EMIT stepRequested(keys.testFlag(Qt::ShiftModifier) ? 10 : 1);
    });
    connect(m_newStart, &QPushButton::clicked, this, &TransportBar::newStartRequested);
    connect(m_notes, &QPushButton::clicked, this, &TransportBar::notesRequested);
    connect(m_live, &QPushButton::clicked, this, &TransportBar::liveRequested);
    connect(m_present, &QPushButton::clicked, this, &TransportBar::presentRequested);
    connect(m_export, &QPushButton::clicked, this, &TransportBar::exportRequested);
    connect(m_paces, &QButtonGroup::idClicked, this, [this](int id) {
        const auto kind = static_cast<Pace::Kind>(id);
        if (kind == Pace::Kind::Steady)
            showSteadyMenu();
        Q_EMIT paceRequested(Pace {kind, 10, m_steady});
    });
    connect(&lab.run, &RunController::stateChanged, this, &TransportBar::showState);
    connect(&lab.run, &RunController::loaded, this, &TransportBar::showState);
    connect(&lab.timeline, &TimelineModel::cursorMoved, this, &TransportBar::showState);
    connect(&lab.editor, &ExperimentEditor::specChanged, this, &TransportBar::showState);
    connect(&lab.editor, &ExperimentEditor::pendingChanged, this, &TransportBar::showState);
    connect(&lab.run, &RunController::loaded, this, &TransportBar::fit); // there may be notes on it
    connect(&lab.run, &RunController::found, this, &TransportBar::fit);
    connect(&lab.themes, &ThemeManager::changed, this, &TransportBar::showTheme);
    steady->setToolTip(tr("The same number of steps each second; a click changes the number"));
    setPace(Pace {Pace::Kind::Demo});
    showTheme();
}

QPushButton* TransportBar::makeButton(const QString& text, const QString& icon, const QString& name, const QString& tip)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::TabFocus);
    button->setProperty("iconName", icon);
    button->setProperty("words", text);
    return button;
}

const QWidget& TransportBar::notesPlace() const { return *m_notes; }

void TransportBar::setPace(const Pace& pace)
{
    if (pace.kind == Pace::Kind::Steady)
        m_steady = pace.stepsPerSecond;
    m_paces->button(static_cast<int>(pace.kind))->setChecked(true);
    m_paces->button(static_cast<int>(Pace::Kind::Steady))
        ->setText(
            m_shortPaces ? tr("Steady") : tr("Steady %1/s").arg(groupedNumber(static_cast<std::int64_t>(m_steady))));
    for (QAbstractButton* button : m_paces->buttons()) { // the chosen one is bold
        QFont bold = button->font();
        bold.setWeight(QFont::DemiBold);
        const int more = QFontMetrics(bold).horizontalAdvance(button->text())
            - button->fontMetrics().horizontalAdvance(button->text());
        button->setMinimumWidth(button->sizeHint().width() + std::max(0, more));
    }
}

void TransportBar::showSteadyMenu()
{
    QAbstractButton* button = m_paces->button(static_cast<int>(Pace::Kind::Steady));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("transport.steady"));
    for (const double rate : steadyRates) {
        QAction* action = menu->addAction(tr("%1 steps/s").arg(groupedNumber(static_cast<std::int64_t>(rate))));
        action->setCheckable(true);
        action->setChecked(rate == m_steady);
        connect(action, &QAction::triggered, this, [this, rate] {
            const Pace pace {Pace::Kind::Steady, 10, rate};
            setPace(pace);
            Q_EMIT paceRequested(pace);
        });
    }
    menu->popup(button->mapToGlobal(QPoint(0, button->height() + 2)));
}

void TransportBar::showState()
{
    const Theme& theme = m_lab.themes.theme();
    const RunState state = m_lab.run.state();
    const NextAct next = nextAct(m_lab.run, m_lab.editor);
    QString word = tr("Run"), tip = tr("Run or pause (Space)"), icon = QStringLiteral("play");
    switch (next) {
    case NextAct::Run:
        break;
    case NextAct::Pause:
        word = tr("Pause");
        icon = QStringLiteral("pause");
        break;
    case NextAct::TrainOn:
        word = tr("Train on");
        tip = tr("%1 more steps (Space)").arg(groupedNumber(m_lab.run.stretch()));
        break;
    case NextAct::RunChanged:
        word = tr("Run changed");
        tip = tr("A new run with the changes that wait; this one is kept (Space)");
        break;
    case NextAct::StartAgain:
        word = tr("Start again");
        tip = tr("From step 0; this run is kept (Space)");
        break;
    }
    if (m_run->accessibleName() != word || m_run->icon().isNull()) {
        m_run->setProperty("words", word);
        m_run->setAccessibleName(word);
        m_run->setIcon(theme.icon(icon, theme.onAccent));
        showWords(*m_run, !m_run->text().isEmpty());
    }
    m_run->setToolTip(tip);
    const bool open = state != RunState::Empty;
    const bool again = next == NextAct::TrainOn || (state == RunState::Finished && next == NextAct::Run);
    m_reset->setEnabled(open && state != RunState::Ready);
    m_run->setEnabled(open);
    m_step->setVisible(!again);
    m_again->setVisible(again);
    m_step->setEnabled(
        open && state != RunState::Running && state != RunState::Finished && state != RunState::Diverged);
    m_newStart->setEnabled(open);
    m_newStart->setToolTip(tr("Draw other initial weights: seed %1 instead of %2 (Shift+R)")
                               .arg(m_lab.editor.runSpec().seed + 1)
                               .arg(m_lab.editor.runSpec().seed));
    m_present->setEnabled(open);
    m_export->setEnabled(open);
    m_live->setVisible(open && !m_lab.timeline.followsLive()); // at the end of the row: nothing moves
    m_earlier->setVisible(m_earlierCount > 0 && !m_crowded && !m_forAudience);
}

void TransportBar::setForAudience(bool on)
{
    m_forAudience = on;
    fit();
}

void TransportBar::setEarlier(std::size_t count)
{
    const bool appears = (count > 0) != (m_earlierCount > 0);
    m_earlierCount = count;
    m_earlier->setAccessibleName(tr("Earlier runs, %1").arg(count));
    m_earlier->setToolTip(tr("Runs of this window that can be gone back to (Ctrl+Backspace: the last one)"));
    if (appears)
        fit();
}

void TransportBar::showTheme()
{
    const Theme& theme = m_lab.themes.theme();
    setFixedHeight(std::max(44, qRound(32 * theme.fontScale)));
    const int icon = qRound(iconPixels * theme.fontScale);
    for (QPushButton* button : {m_reset, m_run, m_step, m_again, m_newStart, m_live, m_earlier, m_present, m_export})
        button->setIconSize(QSize(icon, icon));
    m_notes->setIconSize(QSize(icon, icon));
    m_run->setIcon({});
    showState();
    fit();
}

void TransportBar::showWords(QPushButton& button, bool words)
{
    const Theme& theme = m_lab.themes.theme();
    button.setText(words ? button.property("words").toString() : QString());
    const bool wordsAlone
        = words && (&button == m_newStart || &button == m_present || &button == m_export || &button == m_earlier);
    if (&button != m_run)
        button.setIcon(wordsAlone ? QIcon() : theme.icon(button.property("iconName").toString()));
    // One width for all that a place may say: nothing moves under the pointer.
    const auto reserve = [&](std::initializer_list<QString> texts) {
        int widest = 0;
        QFont bold = button.font();
        bold.setWeight(QFont::DemiBold);
        for (const QString& text : texts)
            widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(text));
        const double scale = theme.fontScale;
        button.setFixedWidth(words ? widest + qRound((iconPixels + 27) * scale) : qRound(44 * scale));
    };
    if (&button == m_run)
        reserve({tr("Run"), tr("Pause"), tr("Train on"), tr("Start again"), tr("Run changed")});
    else if (&button == m_step || &button == m_again)
        reserve({tr("Step"), tr("Start again")});
}

void TransportBar::showPaceWords()
{
    m_paces->button(static_cast<int>(Pace::Kind::Demo))->setText(m_shortPaces ? tr("Demo") : tr("Demo ~10 s"));
    setPace(Pace {static_cast<Pace::Kind>(m_paces->checkedId()), 10, m_steady});
}

int TransportBar::neededWidth() const
{
    const auto margins = layout()->contentsMargins();
    int width = margins.left() + margins.right();
    for (const QWidget* widget : {static_cast<QWidget*>(m_reset), static_cast<QWidget*>(m_run),
             static_cast<QWidget*>(m_step), m_paces->button(static_cast<int>(Pace::Kind::Demo))->parentWidget(),
             static_cast<QWidget*>(m_live), static_cast<QWidget*>(m_present)}) {
        const bool fixed = widget->minimumWidth() == widget->maximumWidth();
        width += (fixed ? widget->width() : widget->sizeHint().width()) + layout()->spacing();
    }
    for (const QPushButton* button : {static_cast<QPushButton*>(m_notes), m_earlier, m_newStart, m_export})
        if (!button->isHidden())
            width += button->sizeHint().width() + layout()->spacing();
    return width + m_chip->widestWhileViewing() + layout()->spacing();
}

void TransportBar::fit()
{
    m_shortPaces = m_crowded = false;
    for (QPushButton* button : {m_reset, m_run, m_step, m_again, m_newStart, m_live, m_earlier, m_present, m_export})
        showWords(*button, true);
    for (QWidget* widget : {static_cast<QWidget*>(m_newStart), static_cast<QWidget*>(m_export)})
        widget->setVisible(!m_forAudience);
    m_notes->setNarrow(false);
    showPaceWords();
    showState();
    const auto without = [this](std::initializer_list<QPushButton*> buttons) {
        return [this, list = QList<QPushButton*>(buttons)] {
            for (QPushButton* button : list)
                showWords(*button, false);
        };
    };
    const std::function<void()> reliefs[] = {
        without({m_earlier}),
        without({m_export}),
        without({m_present}),
        [this] { m_notes->setNarrow(true); },
        without({m_newStart}),
        without({m_live}),
        [this] {
            m_shortPaces = true;
            showPaceWords();
        },
        without({m_reset}),
        without({m_step, m_again}),
        without({m_run}),
        [this] { // the menu has them too
            m_crowded = true;
            showState();
        },
        [this] { m_export->hide(); },
        [this] { m_newStart->hide(); },
    };
    for (const auto& relieve : reliefs) {
        if (neededWidth() <= width())
            return;
        relieve();
    }
}

void TransportBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void TransportBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_lab.themes.theme().card);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_lab.themes.theme().line);
}

} // namespace fplab
