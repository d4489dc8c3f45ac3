#include "ui/main_window.h"

#include "core/experiment/make_experiment.h"
#include "core/experiment/presets.h"
#include "core/io/experiment_file.h"
#include "core/io/vfs.h"
#include "ui/controls/banner.h"
#include "ui/controls/csv_import_dialog.h"
#include "ui/controls/number_text.h"
#include "ui/controls/pending_bar.h"
#include "ui/controls/spec_form.h"
#include "ui/controls/timeline_strip.h"
#include "ui/controls/toast.h"
#include "ui/controls/transport_bar.h"
#include "ui/export/export_dialog.h"
#include "ui/gallery/gallery_page.h"
#include "ui/plots/delta_view.h"
#include "ui/plots/spectrum_view.h"
#include "ui/plots/views.h"
#include "ui/status_line.h"
#include "ui/view_grid.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fplab {

namespace {

constexpr int wideWindow = 1600;
constexpr int gap = 10;

QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent)
    , m_settings(loadSettings())
{
    setWindowTitle(tr("F-Principle Lab"));
    setMinimumSize(1024, 600);
    setAcceptDrops(true);
    m_session.themes.setTheme(m_settings.theme, m_settings.textScale);

    m_pages = new QStackedWidget(this);
    m_gallery = new GalleryPage(m_session.themes, this);
    m_pages->addWidget(m_gallery);
    buildLaboratory();
    m_pages->addWidget(m_laboratory);
    setCentralWidget(m_pages);
    buildActions();
    connectModels();
    setPace({.kind = m_settings.pace});
    qApp->installEventFilter(this);

    const QSettings geometry;
    if (!restoreGeometry(geometry.value(QStringLiteral("geometry")).toByteArray()))
        resize(1366, 700);
    showGallery();
}

MainWindow::~MainWindow() { qApp->removeEventFilter(this); }

void MainWindow::buildLaboratory()
{
    const Lab lab = m_session.lab();
    m_laboratory = new QWidget(this);
    m_transport = new TransportBar(lab, m_laboratory);
    m_pending = new PendingBar(lab, m_laboratory);
    m_banner = new Banner(lab.themes, m_laboratory);
    m_form = new SpecForm(lab, m_laboratory);
    m_grid = new ViewGrid(makeViews(lab, m_laboratory), {QStringLiteral("loss")}, m_laboratory);
    m_timeline = new TimelineStrip(lab, m_laboratory);
    m_status = new StatusLine(lab, m_laboratory);
    m_toast = new Toast(lab.themes, m_laboratory, m_timeline);

    auto* views = new QVBoxLayout;
    views->setContentsMargins(0, 0, 0, 0);
    views->setSpacing(gap);
    views->addWidget(m_pending);
    views->addWidget(m_banner);
    views->addWidget(m_grid, 1);
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(12, gap, gap, gap);
    middle->setSpacing(gap);
    middle->addWidget(m_form);
    middle->addLayout(views, 1);
    auto* page = new QVBoxLayout(m_laboratory);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_transport);
    page->addLayout(middle, 1);
    page->addWidget(m_timeline);
    page->addWidget(m_status);
}

void MainWindow::connectModels()
{
    connect(m_gallery, &GalleryPage::openRequested, this, &MainWindow::openCard);
    connect(m_gallery, &GalleryPage::fileRequested, this, &MainWindow::openDialog);

    connect(m_transport, &TransportBar::resetRequested, this, [this] { report(m_session.reset()); });
    connect(m_transport, &TransportBar::runRequested, &m_session, &Session::toggle);
    connect(m_transport, &TransportBar::stepRequested, &m_session, &Session::stepBy);
    connect(m_transport, &TransportBar::stepToRecordRequested, &m_session.run, &RunController::stepToRecord);
    connect(m_transport, &TransportBar::paceRequested, this, &MainWindow::setPace);
    connect(m_transport, &TransportBar::newStartRequested, this, [this] { report(m_session.newStart()); });
    connect(m_transport, &TransportBar::liveRequested, &m_session.timeline, &TimelineModel::goLive);
    connect(m_transport, &TransportBar::presentRequested, this, [this] { present(!m_presenting); });
    connect(m_transport, &TransportBar::exportRequested, this, [this] { exportView(nullptr); });
    connect(m_form, &SpecForm::newStartRequested, this, [this] { report(m_session.newStart()); });
    connect(m_form, &SpecForm::csvRequested, this, [this] { openCard(QStringLiteral("csv"), false); });
    connect(m_pending, &PendingBar::restartRequested, this, [this] { report(m_session.restart(true)); });
    connect(m_pending, &PendingBar::undoRequested, &m_session.editor, &ExperimentEditor::undoPending);

    for (PlotView* view : m_grid->views()) {
        connect(view, &PlotView::peakToggleRequested, this,
            [this](int bin) { m_session.toggleFollow(static_cast<std::size_t>(bin)); });
        connect(view, &PlotView::stepRequested, &m_session.timeline, &TimelineModel::setStep);
        connect(view, &PlotView::readout, m_status, &StatusLine::setReadout);
        connect(view, &PlotView::message, m_toast, &Toast::show);
        connect(view, &PlotView::exportRequested, this, [this, view] { exportView(view); });
        if (auto* spectrum = qobject_cast<SpectrumView*>(view))
            connectWeights(*spectrum);
        if (auto* delta = qobject_cast<DeltaView*>(view))
            connect(delta, &DeltaView::thresholdEdited, this, [this](double threshold) {
                report(m_session.editor.edit(QStringLiteral("analysis.threshold"), jsonNumber(threshold)));
            });
    }
    connect(&m_session.run, &RunController::stateChanged, this, &MainWindow::onStateChanged);
    connect(&m_session.run, &RunController::advanced, this, &MainWindow::adaptFrames);
    connect(&m_session, &Session::problem, this, &MainWindow::complain);
    connect(&m_session, &Session::solved, m_banner, &Banner::dismiss);
    connect(&m_session, &Session::message, m_toast, &Toast::show);
    connect(&m_session.run, &RunController::changeLogged, this, [this](const LoggedChange& change) {
        const QString path = fromUtf8(change.change.path);
        const Hint hint = ExperimentEditor::hintOf(path);
        if (change.refused.empty())
            m_toast->show(tr("%1 changed from step %2 on").arg(fromUtf8(std::string(hint.label))).arg(change.step + 1));
        else
            m_toast->show(fromUtf8(change.refused));
    });
    connect(&m_session.editor, &ExperimentEditor::specChanged, this,
        [this] { setWindowTitle(tr("%1 – F-Principle Lab").arg(fromUtf8(m_session.editor.spec().title))); });
}

void MainWindow::connectWeights(SpectrumView& spectrum)
{
    const auto showWeights = [this, &spectrum] { spectrum.setWeights(m_session.shownWeights(), true); };
    connect(&m_session.editor, &ExperimentEditor::specChanged, &spectrum, showWeights);
    connect(&m_session.run, &RunController::loaded, &spectrum, showWeights);
    connect(&spectrum, &SpectrumView::weightsEdited, this,
        [this](const std::vector<double>& w) { report(m_session.editWeights(w)); });
}

void MainWindow::showGallery()
{
    m_session.run.pause();
    m_pages->setCurrentWidget(m_gallery);
    setWindowTitle(tr("F-Principle Lab"));
    m_gallery->setFocus();
}

void MainWindow::showLaboratory()
{
    m_pages->setCurrentWidget(m_laboratory);
    setWindowTitle(tr("%1 – F-Principle Lab").arg(fromUtf8(m_session.editor.spec().title)));
}

void MainWindow::openCard(const QString& id, bool go)
{
    if (id == QLatin1String("csv")) {
        const QString path = QFileDialog::getOpenFileName(
            this, tr("Samples from a CSV file"), m_settings.lastFolder, tr("Samples (*.csv *.tsv *.txt);;All files (*)"));
        if (!path.isEmpty())
            importCsv(path);
        return;
    }
    Status status = success();
    if (const Preset* preset = findPreset(id.toStdString())) {
        status = m_session.open(preset->spec, id);
    } else {
        ExperimentSpec spec;
        if (id == QLatin1String("blank")) {
            spec.title = tr("Blank").toStdString();
            std::get<FitCurveSpec>(spec.problem).target.formula = "sin(x)";
        } else {
            spec.title = tr("My formula").toStdString();
        }
        status = m_session.open(spec);
    }
    if (!status) {
        complain(status.error());
        return;
    }
    showLaboratory();
    if (id == QLatin1String("formula"))
        m_form->focusFormula();
    else
        m_grid->setFocus();
    if (go)
        m_session.run.resume();
}

void MainWindow::openDialog()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open"), m_settings.lastFolder,
        tr("Experiments and samples (*.fplab.json *.json *.csv *.tsv *.txt);;All files (*)"));
    if (!path.isEmpty())
        openPath(path);
}

void MainWindow::openPath(const QString& path)
{
    m_settings.lastFolder = QFileInfo(path).absolutePath();
    if (!path.endsWith(QLatin1String(".json"))) {
        importCsv(path);
        return;
    }
    const auto status = m_session.openFile(path);
    if (!status) {
        complain(status.error());
        return;
    }
    showLaboratory();
}

void MainWindow::importCsv(const QString& path)
{
    CsvImportDialog dialog(path, m_session.themes, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    m_settings.lastFolder = QFileInfo(path).absolutePath();
    ExperimentSpec spec = m_session.isOpen() ? m_session.editor.spec() : ExperimentSpec {};
    spec.title = QFileInfo(path).completeBaseName().toStdString();
    auto& fit = std::get<FitCurveSpec>(spec.problem);
    fit.data = dialog.data();
    fit.batch = 0;
    fit.analysis.peaks.reset();
    if (const auto status = m_session.open(spec, {}, QFileInfo(path).absolutePath()); !status) {
        complain(status.error());
        return;
    }
    showLaboratory();
}

void MainWindow::saveDialog()
{
    QString path = QFileDialog::getSaveFileName(this, tr("Save the experiment"),
        m_settings.lastFolder + QLatin1Char('/') + fromUtf8(m_session.editor.spec().title) + QStringLiteral(".fplab.json"),
        tr("Experiments (*.fplab.json)"));
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1String(".json")))
        path += QStringLiteral(".fplab.json");
    m_settings.lastFolder = QFileInfo(path).absolutePath();
    const auto saved = saveFile(path.toStdString(), formatExperiment(m_session.editor.spec()));
    if (saved)
        m_toast->show(tr("Saved %1").arg(QFileInfo(path).fileName()));
    else
        complain(saved.error());
}

void MainWindow::exportView(PlotView* view)
{
    if (!m_session.isOpen())
        return;
    const bool live = m_session.timeline.followsLive();
    m_session.timeline.hold(); // preview, file name and file show the same step
    ExportDialog dialog(m_session.lab(), m_grid->shown(), view, this, m_export);
    connect(&dialog, &ExportDialog::exported, m_toast, &Toast::show);
    if (dialog.exec() == QDialog::Accepted) {
        m_export = dialog.settings();
        m_exported = view ? view : m_grid->shown().front();
    }
    if (live)
        m_session.timeline.goLive();
}

void MainWindow::exportAgain()
{
    if (!m_session.isOpen() || !m_exported) {
        exportView(nullptr);
        return;
    }
    const auto views = m_export.what == ExportWhat::Visible ? m_grid->shown() : std::vector<PlotView*> {m_exported};
    for (PlotView* view : views) {
        const QString path = exportPath(*view, m_export.folder, m_export, m_session.editor.runSpec());
        const auto status = fplab::exportView(*view, m_export, m_session.themes.theme(), m_session.editor.runSpec(), path);
        if (!status) {
            complain(status.error());
            return;
        }
        m_toast->show(tr("Wrote %1").arg(path));
    }
}

void MainWindow::adaptFrames()
{
    double cost = 0;
    for (const PlotView* view : m_grid->shown())
        cost += view->lastFrameMs();
    m_session.run.setFrameInterval(qRound(4 * cost)); // painting takes a quarter of one processor at most
}

void MainWindow::onStateChanged(RunState state)
{
    if (state != RunState::Diverged) {
        m_banner->dismiss();
        return;
    }
    const RunResult& result = m_session.run.result();
    const double rate = m_session.learningRate();
    const QString title = tr("Training diverged at step %1: %2.").arg(result.divergedAt).arg(fromUtf8(result.reason));
    const QString text = m_session.probableCause() + QLatin1Char(' ') + tr("The recording up to step %1 is intact.").arg(result.step);
    QList<Banner::Action> actions;
    const auto suspect = m_session.suspect();
    if (suspect)
        actions.append({tr("Undo, back to step %1").arg(suspect->step), [this] { m_session.takeBackChanges(); }});
    actions.append({tr("Retry with rate %1").arg(shortNumber(rate / 10)), [this] { report(m_session.retryWithLowerRate()); }});
    actions.append({suspect ? tr("Stay at step %1").arg(result.step) : tr("Back to step %1").arg(result.step),
        [this] { m_session.acceptDivergence(); }});
    m_banner->show(title, text, actions);
}

void MainWindow::complain(const Diagnostic& diagnostic)
{
    const QString text = fromUtf8(diagnostic.text());
    if (m_pages->currentWidget() == m_gallery)
        m_gallery->showProblem(text);
    else
        m_banner->show(tr("This cannot be used"), text, {});
}

void MainWindow::report(const Status& status)
{
    if (!status)
        complain(status.error());
}

void MainWindow::setTheme(ThemeKind kind)
{
    m_settings.theme = kind;
    m_session.themes.setTheme(kind, m_settings.textScale);
}

void MainWindow::setTextScale(double scale)
{
    m_settings.textScale = std::clamp(scale, 1.0, 2.0);
    m_session.themes.setTheme(m_settings.theme, m_settings.textScale);
}

void MainWindow::setPace(const Pace& pace)
{
    m_settings.pace = pace.kind;
    m_session.run.setPace(pace);
    m_transport->setPace(pace);
}

void MainWindow::present(bool on)
{
    if (on == m_presenting || !m_session.isOpen())
        return;
    m_presenting = on;
    showLaboratory();
    menuBar()->setVisible(!on);
    m_form->setVisible(!on);
    m_status->setVisible(!on);
    constexpr double lastRow = 1.7; // text of the last row's size
    m_session.themes.setTheme(on ? ThemeKind::Projector : m_settings.theme, on ? lastRow : m_settings.textScale);
    if (on)
        showFullScreen();
    else
        showNormal();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    (void)saveSettings(m_settings); // nothing of the user's work; a full disk must not keep the window open
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_form->setPanelWidth(width() >= wideWindow ? 320 : 288);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) { openPath(event->mimeData()->urls().first().toLocalFile()); }

} // namespace fplab
