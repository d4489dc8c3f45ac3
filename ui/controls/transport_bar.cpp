#include "ui/controls/transport_bar.h"

#include "ui/controls/number_text.h"

#include <QAbstractButton>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QResizeEvent>

namespace fplab {
namespace {

    constexpr int narrowBelow = 1200; ///< logical pixels, times the scale of the text
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
    m_newStart = makeButton(tr("New start"), QStringLiteral("seed"), QStringLiteral("transport.new"),
        tr("Draw other initial weights: the next seed (Shift+R)"));
    m_live = makeButton(
        tr("Back to live"), QStringLiteral("live"), QStringLiteral("transport.live"), tr("To the newest step (End)"));
    m_present = makeButton(tr("Present"), QStringLiteral("present"), QStringLiteral("transport.present"),
        tr("Full screen for a projector (F5)"));
    m_export = makeButton(tr("Export…"), QStringLiteral("export"), QStringLiteral("transport.export"),
        tr("Figures and data (Ctrl+E)"));

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
    m_seed = new QLabel(this);
    m_seed->setObjectName(QStringLiteral("transport.seed"));
    m_seed->setProperty("role", QStringLiteral("muted"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 2, 12, 2);
    row->setSpacing(10);
    for (QWidget* widget : {static_cast<QWidget*>(m_reset), static_cast<QWidget*>(m_run),
             static_cast<QWidget*>(m_step), paceBox, static_cast<QWidget*>(m_seed), static_cast<QWidget*>(m_newStart),
             static_cast<QWidget*>(m_chip), static_cast<QWidget*>(m_notes), static_cast<QWidget*>(m_live)})
        row->addWidget(widget);
    row->addStretch();
    row->addWidget(m_present);
    row->addWidget(m_export);

    connect(m_reset, &QPushButton::clicked, this, &TransportBar::resetRequested);
    connect(m_run, &QPushButton::clicked, this, &TransportBar::runRequested);
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
    connect(&lab.themes, &ThemeManager::changed, this, &TransportBar::showTheme);
    steady->setToolTip(tr("The same number of steps each second; a click changes the number"));
    setPace(Pace {Pace::Kind::Demo});
    showTheme();
}

QPushButton* TransportBar::makeButton(
    const QString& text, const QString& icon, const QString& name, const QString& tip)
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
        ->setText(m_narrow ? tr("Steady") : tr("Steady %1/s").arg(groupedNumber(static_cast<std::int64_t>(m_steady))));
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
    const bool running = state == RunState::Running;
    const QString word = running ? tr("Pause") : tr("Run");
    if (m_run->property("words").toString() != word || m_run->icon().isNull()) {
        m_run->setProperty("words", word);
        m_run->setText(m_narrow ? QString() : word);
        m_run->setAccessibleName(word);
        m_run->setIcon(theme.icon(running ? QStringLiteral("pause") : QStringLiteral("play"), theme.onAccent));
    }
    const bool open = state != RunState::Empty;
    m_reset->setEnabled(open && state != RunState::Ready);
    m_run->setEnabled(open);
    m_step->setEnabled(open && !running);
    m_newStart->setEnabled(open);
    m_present->setEnabled(open);
    m_export->setEnabled(open);
    m_seed->setText(tr("seed %1").arg(m_lab.editor.runSpec().seed));
    m_live->setVisible(open && !m_lab.timeline.followsLive()); // at the end of the row: nothing moves
}

void TransportBar::showTheme()
{
    const Theme& theme = m_lab.themes.theme();
    setFixedHeight(std::max(44, qRound(32 * theme.fontScale)));
    const int icon = qRound(15 * theme.fontScale);
    for (QPushButton* button : {m_reset, m_run, m_step, m_newStart, m_live, m_present, m_export}) {
        const QString words = button->property("words").toString();
        const bool always = !m_narrow && (button == m_newStart || button == m_present || button == m_export);
        button->setIcon(always ? QIcon() : theme.icon(button->property("iconName").toString()));
        button->setIconSize(QSize(icon, icon));
        button->setText(m_narrow ? QString() : words);
    }
    m_notes->setIconSize(QSize(icon, icon));
    m_notes->setNarrow(m_narrow);
    m_run->setIcon({});
    // One width for "Run" and "Pause": the button never moves under the pointer.
    const QFontMetrics metrics(font());
    const int widest = std::max(metrics.horizontalAdvance(tr("Pause")), metrics.horizontalAdvance(tr("Run")));
    m_run->setFixedWidth(m_narrow ? qRound(44 * theme.fontScale) : widest + icon + 42);
    setPace(Pace {static_cast<Pace::Kind>(m_paces->checkedId()), 10, m_steady});
    showState();
}

void TransportBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < narrowBelow * m_lab.themes.theme().fontScale;
    if (narrow != m_narrow) {
        m_narrow = narrow;
        showTheme();
    }
}

void TransportBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_lab.themes.theme().card);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_lab.themes.theme().line);
}

} // namespace fplab
