#include "ui/window/main_window.h"

#include "ui/gallery/gallery_page.h"
#include "ui/model/divergence.h"
#include "ui/model/field_text.h"
#include "ui/panels/spec_form.h"
#include "ui/search/command_search.h"
#include "ui/text/number_text.h"
#include "ui/views/views.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/over_top.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/window_place.h"
#include "ui/window/notes.h"
#include "ui/window/pending_bar.h"
#include "ui/window/presenter.h"
#include "ui/window/slide_title.h"
#include "ui/window/status_line.h"
#include "ui/window/timeline_strip.h"
#include "ui/window/transport_bar.h"
#include "ui/window/view_grid.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {

namespace {

constexpr int wideWindow = 1600;
constexpr int gap = 10;

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent)
{
    setWindowTitle(tr("F-Principle Lab"));
    setAcceptDrops(true);
    m_experiment.themes.setTheme(m_settings.values().theme, m_settings.values().textScale);

    m_pages = new QStackedWidget(this);
    m_gallery = new GalleryPage(m_experiment.themes, this);
    m_pages->addWidget(m_gallery);
    buildLaboratory();
    m_pages->addWidget(m_laboratory);
    setCentralWidget(m_pages);
    m_search = new CommandSearch(m_experiment.themes, this);
    buildActions();
    connectModels();
    startSettings();
    qApp->installEventFilter(this);

    const QSettings geometry;
    if (!restoreGeometry(geometry.value(QStringLiteral("geometry")).toByteArray()))
        resize(1366, 700);
    (new WindowPlace(*this, QSize(1024, 600)))->fit();
    showGallery();
}

MainWindow::~MainWindow() { qApp->removeEventFilter(this); }

void MainWindow::buildLaboratory()
{
    const Lab lab = m_experiment.lab();
    m_laboratory = new QWidget(this);
    m_transport = new TransportBar(lab, m_laboratory);
    m_pending = new PendingBar(lab, m_laboratory);
    m_banner = new Banner(lab.themes, m_laboratory);
    m_form = new SpecForm(lab, m_laboratory);
    m_grid = new ViewGrid(makeViews(lab, m_laboratory), m_laboratory);
    m_timeline = new TimelineStrip(lab, m_laboratory);
    m_status = new StatusLine(lab, m_laboratory);
    m_slide = new SlideTitle(lab, m_laboratory);
    m_toast = new Toast(lab.themes, m_laboratory, m_timeline);

    auto* views = new QVBoxLayout;
    views->setContentsMargins(0, 0, 0, 0);
    views->setSpacing(gap);
    views->addWidget(m_grid, 1);
    new OverTop(*m_grid, {m_banner, m_pending});
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(12, gap, gap, gap);
    middle->setSpacing(gap);
    middle->addWidget(m_form);
    middle->addLayout(views, 1);
    auto* page = new QVBoxLayout(m_laboratory);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_transport);
    page->addWidget(m_slide);
    page->addLayout(middle, 1);
    page->addWidget(m_timeline);
    page->addWidget(m_status);
    for (QWidget* region : {static_cast<QWidget*>(m_gallery), static_cast<QWidget*>(m_transport),
             static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_pending), static_cast<QWidget*>(m_banner),
             static_cast<QWidget*>(m_grid), static_cast<QWidget*>(m_timeline), static_cast<QWidget*>(m_toast)})
        m_regions.add(region);
    m_presenter = new Presenter(*this, *m_grid, {m_slide}, {menuBar(), m_form, m_status});
}

void MainWindow::connectModels()
{
    connect(m_gallery, &GalleryPage::openRequested, this, &MainWindow::openCard);
    connect(m_gallery, &GalleryPage::fileRequested, this, &MainWindow::openDialog);
    connect(m_gallery, &GalleryPage::settingsRequested, this, &MainWindow::showSettings);
    connect(m_gallery, &GalleryPage::recentRequested, this, &MainWindow::openRecent);
    connect(m_gallery, &GalleryPage::forgetRequested, this, &MainWindow::forget);

    connect(m_transport, &TransportBar::resetRequested, this, [this] { report(m_experiment.reset()); });
    connect(m_transport, &TransportBar::runRequested, &m_experiment, &OpenExperiment::toggle);
    connect(m_transport, &TransportBar::againRequested, this, [this] { report(m_experiment.restart(true)); });
    connect(m_transport, &TransportBar::earlierRequested, this, &MainWindow::showEarlier);
    connect(&m_experiment.earlier, &EarlierRuns::changed, this,
        [this] { m_transport->setEarlier(m_experiment.earlier.size()); });
    connect(&m_experiment.earlier, &EarlierRuns::dropped, m_toast, [this] {
        m_toast->show(tr("The oldest of the earlier runs was let go: there is room for %1 MB of them.")
                          .arg(m_settings.values().historyMegabytes));
    });
    connect(m_transport, &TransportBar::stepRequested, &m_experiment, &OpenExperiment::stepBy);
    connect(m_transport, &TransportBar::stepToRecordRequested, &m_experiment.run, &RunController::stepToRecord);
    connect(m_transport, &TransportBar::paceRequested, this, &MainWindow::setPace);
    connect(m_transport, &TransportBar::newStartRequested, this, [this] { report(m_experiment.newStart()); });
    connect(m_transport, &TransportBar::notesRequested, this, &MainWindow::showNotes);
    connect(m_transport, &TransportBar::liveRequested, &m_experiment.timeline, &TimelineModel::goLive);
    connect(m_transport, &TransportBar::presentRequested, this, [this] {
        if (!isPresenting() && m_grid->maximised()) // the one view that is in sight
            presentFromHere();
        else
            present(!isPresenting());
    });
    connect(m_presenter, &Presenter::toggled, this, [this](bool on) {
        m_transport->setForAudience(on);
        const Settings& settings = m_settings.values();
        m_experiment.themes.setTheme(
            on ? ThemeKind::Projector : settings.theme, on ? presenterScale : settings.textScale);
    });
    connect(m_transport, &TransportBar::exportRequested, this, [this] { exportView(nullptr); });
    connect(m_timeline, &TimelineStrip::bookmarksRequested, this, &MainWindow::showBookmarks);
    connect(m_form, &SpecForm::newStartRequested, this, [this] { report(m_experiment.newStart()); });
    connect(m_form, &SpecForm::csvRequested, this, [this] { openCard(QStringLiteral("csv"), false); });
    connect(m_pending, &PendingBar::restartRequested, this, [this] { report(m_experiment.restart(true)); });
    connect(m_pending, &PendingBar::undoRequested, &m_experiment.editor, &ExperimentEditor::undoPending);

    for (PlotView* view : m_grid->views()) {
        connect(view, &PlotView::peakToggleRequested, this,
            [this](int bin) { m_experiment.toggleFollow(static_cast<std::size_t>(bin)); });
        connect(view, &PlotView::stepRequested, &view->timeline(), &TimelineModel::setStep);
        connect(view, &PlotView::painting, &m_experiment.run, &RunController::endFrame);
        connect(view, &PlotView::readout, m_status, &StatusLine::setReadout);
        connect(view, &PlotView::message, m_toast, &Toast::show);
        connect(view, &PlotView::helpRequested, this,
            [this, view] { showHelp(QStringLiteral("definitions#") + QLatin1String(viewKindOf(*view).help)); });
        connect(view, &PlotView::exportRequested, this, [this, view] { exportView(view); });
        connect(view, &PlotView::editRequested, this,
            [this](const QString& path, const QString& json) { report(m_experiment.editor.edit(path, json)); });
        connect(view, &PlotView::goOnRequested, this,
            [this](const QString& path, const QString& json) { report(m_experiment.goOnWith(path, json)); });
    }
    const auto offer = [this] { m_grid->setOccasion(viewOccasion(m_experiment.lab())); };
    connect(&m_experiment.kinds, &KindModels::changed, this, offer);
    connect(&m_experiment.run, &RunController::loaded, this, offer);
    offer();
    connect(&m_experiment.kinds, &KindModels::problem, m_toast, &Toast::show);
    connect(&m_experiment.run, &RunController::stateChanged, this, &MainWindow::onStateChanged);
    connect(&m_experiment.run, &RunController::found, this, &MainWindow::showFindings);
    connect(&m_experiment.run, &RunController::advanced, this, &MainWindow::adaptFrames);
    connect(&m_experiment, &OpenExperiment::problem, this, [this](const Diagnostic& problem) { complain(problem); });
    connect(&m_experiment, &OpenExperiment::solved, m_banner, &Banner::dismiss);
    connect(&m_experiment, &OpenExperiment::message, m_toast, &Toast::show);
    connect(&m_experiment.run, &RunController::changeLogged, this, [this](const LoggedChange& change) {
        const QString label = m_experiment.editor.labelOf(QString::fromStdString(change.change.path));
        m_toast->withdraw(m_changeNotice);
        if (!change.refused.empty())
            m_changeNotice = QString::fromStdString(change.refused);
        else if (m_experiment.run.state() == RunState::Running)
            m_changeNotice = tr("%1 changed from step %2 on").arg(label, groupedNumber(change.step + 1));
        else if (m_experiment.changesNothing(change))
            m_changeNotice.clear(); // taken back
        else
            m_changeNotice = tr("%1 changed: holds when the training goes on").arg(label);
        if (!m_changeNotice.isEmpty())
            m_toast->show(m_changeNotice);
    });
    const auto tellOfNothing = [this] { // later: another run may be on its way, whose peaks these are
        QStringList bins;
        for (const Passage& passage : m_experiment.analysis.passages())
            if (!passage.inTarget)
                bins.append(QString::number(passage.k));
        if (!bins.isEmpty())
            m_toast->show(
                tr("The target has nothing at k = %1: followed, but not counted").arg(bins.join(QStringLiteral(", "))));
    };
    connect(&m_experiment.analysis, &AnalysisModel::followedNothing, this, tellOfNothing, Qt::QueuedConnection);
    connect(&m_experiment.editor, &ExperimentEditor::specChanged, this, [this] {
        setWindowTitle(tr("%1 – F-Principle Lab").arg(m_experiment.editor.titleOf(m_experiment.editor.spec())));
    });
}

void MainWindow::showGallery()
{
    m_experiment.run.pause();
    m_presenter->setOn(false);
    m_pages->setCurrentWidget(m_gallery);
    setWindowTitle(tr("F-Principle Lab"));
    m_gallery->setFocus();
}

void MainWindow::showLaboratory()
{
    m_pages->setCurrentWidget(m_laboratory);
    setWindowTitle(tr("%1 – F-Principle Lab").arg(m_experiment.editor.titleOf(m_experiment.editor.spec())));
}

void MainWindow::adaptFrames()
{
    double cost = 0;
    for (const PlotView* view : m_grid->shown())
        cost += view->lastFrameMs();
    constexpr int calm = 250; // milliseconds between two frames with reduced motion
    const int least = m_settings.values().reduceMotion ? calm : 0;
    // Painting takes a quarter of one processor at most. Where training at full speed keeps all of them busy, each wait
    // of one of its threads is a wait of all: there it takes one part in 56, and training is asked to make room for it.
    const bool crowded = m_experiment.run.pace().kind == Pace::Kind::Max
        && m_experiment.run.busyThreads() >= OpenExperiment::trainingThreads();
    const int rest = crowded ? 56 : 4;
    m_experiment.run.setFrames(std::max(least, qRound(rest * cost)), crowded);
}

void MainWindow::onStateChanged(RunState state)
{
    if (state == RunState::Finished)
        showFindings();
    else if (state != RunState::Diverged && m_experiment.run.findings().empty())
        m_banner->dismiss();
    if (state != RunState::Diverged)
        return;
    const RunResult& result = m_experiment.run.result();
    const auto rate = learningRate(m_experiment);
    const QString title = (networkDiverged(m_experiment) ? tr("Training diverged at step %1: %2.")
                                                         : tr("The solver diverged at step %1: %2."))
                              .arg(result.divergedAt)
                              .arg(QString::fromStdString(result.reason));
    const QString text = probableCause(m_experiment) + QLatin1Char(' ')
        + tr("The recording up to step %1 is intact.").arg(result.step);
    QList<Banner::Action> actions;
    const auto suspected = suspect(m_experiment);
    if (suspected)
        actions.append({tr("Undo, back to step %1").arg(suspected->step), [this] { takeBackChanges(m_experiment); }});
    if (rate && networkDiverged(m_experiment))
        actions.append({tr("Retry with rate %1").arg(shortNumber(*rate / 10)),
            [this] { report(retryWithLowerRate(m_experiment)); }});
    actions.append({suspected ? tr("Stay at step %1").arg(result.step) : tr("Back to step %1").arg(result.step),
        [this] { m_experiment.acceptDivergence(); }});
    m_banner->show(title, text, actions);
}

void MainWindow::showFindings()
{
    const RunController& run = m_experiment.run;
    const bool over = run.gaveUp();
    const std::int64_t step = run.result().step;
    QStringList texts;
    std::vector<Fix> fixes; // of the findings first, which are the cause
    for (const Remark& finding : run.findings())
        fixes.insert(fixes.end(), finding.fixes.begin(), finding.fixes.end());
    if (over) {
        const QString reason = QString::fromStdString(run.result().reason);
        texts.append(reason.left(1).toUpper() + reason.mid(1) + u'.');
        fixes.insert(fixes.end(), run.result().fixes.begin(), run.result().fixes.end());
    }
    for (const Remark& finding : run.findings())
        texts.append(QString::fromStdString(finding.text));
    if (texts.isEmpty()) {
        m_banner->dismiss();
        return;
    }
    constexpr std::size_t most = 2; // buttons that leave room for the words
    QList<Banner::Action> actions;
    for (std::size_t i = 0; i < std::min(most, fixes.size()); ++i)
        actions.append(
            {QString::fromStdString(fixes[i].label), [this, fix = fixes[i]] { report(m_experiment.take(fix)); }});
    m_banner->show(over ? tr("Ended at step %1 without reaching what was asked for").arg(groupedNumber(step))
                        : tr("This run needs a look"),
        texts.join(u' '), actions);
}

void MainWindow::complain(const Diagnostic& diagnostic, std::function<void(const Fix&)> take)
{
    const QString text = inWords(QString::fromStdString(diagnostic.text()), m_experiment.editor.spec());
    const bool inGallery = m_pages->currentWidget() == m_gallery;
    if (!take && !inGallery)
        take = [this](const Fix& fix) { takeFix(fix); };
    QList<Banner::Action> ways;
    for (const Fix& fix : diagnostic.fixes)
        if (take)
            ways.append({QString::fromStdString(fix.label), [take, fix] { take(fix); }});
    if (inGallery)
        m_gallery->showProblem(text, ways);
    else
        m_banner->show(tr("This cannot be used"), text, ways);
}

void MainWindow::takeFix(const Fix& fix) { report(m_experiment.editor.take(fix)); }

void MainWindow::showNotes()
{
    if (m_experiment.run.notes().empty()) {
        m_toast->show(tr("There is nothing to note on this run."));
        return;
    }
    auto* card = new NotesCard(m_experiment.lab(), this);
    connect(card, &NotesCard::fixRequested, this, &MainWindow::takeFix);
    popUpBelow(*card, m_transport->notesPlace());
}

void MainWindow::fillEarlierMenu(QMenu& menu)
{
    menu.clear();
    for (std::size_t i = 0; i < m_experiment.earlier.size(); ++i)
        menu.addAction(m_experiment.earlier.title(i, m_experiment.editor.runSpec()), this,
            [this, i] { m_experiment.goBackTo(i); });
}

void MainWindow::showEarlier()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("earlier"));
    fillEarlierMenu(*menu);
    const QWidget& place = m_transport->earlierPlace();
    menu->popup(place.mapToGlobal(QPoint(0, place.height() + 2)));
}

void MainWindow::report(const Status& status)
{
    if (!status)
        complain(status.error());
}

bool MainWindow::isPresenting() const { return m_presenter->isOn(); }

void MainWindow::present(bool on)
{
    if (!m_experiment.isOpen())
        return;
    showLaboratory();
    m_presenter->setOn(on);
}

/// Presents the view that is alone or has the keyboard.
void MainWindow::presentFromHere()
{
    PlotView* here = m_grid->maximised();
    for (PlotView* view : m_grid->shown())
        if (!here && (view->hasFocus() || view->isAncestorOf(focusWidget())))
            here = view;
    present(true);
    if (here && m_grid->maximised() != here)
        showAlone(*here);
}

/// Over the whole place, or in its tile again.
void MainWindow::showAlone(PlotView& view)
{
    m_grid->maximise(&view);
    view.clearFocus(); // it may have it by the mouse
    view.setFocus(Qt::ShortcutFocusReason); // so that arrows and Enter go on in it
}

bool MainWindow::focusNextPrevChild(bool next) { return moveFocusInOrder(*this, next); }

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    rememberLayout();
    m_settings.save();
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_form->setPanelWidth(width() >= wideWindow ? 320 : 288);
}

} // namespace fplab
