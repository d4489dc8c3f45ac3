#include "core/experiment/given_data.h"
#include "core/experiment/spec.h"
#include "core/fields/field_list.h"
#include "core/fields/json_fields.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"
#include "core/io/file_name.h"
#include "core/kinds/registry.h"
#include "ui/export/export_dialog.h"
#include "ui/gallery/gallery_page.h"
#include "ui/model/file_places.h"
#include "ui/panels/csv_import_dialog.h"
#include "ui/panels/spec_form.h"
#include "ui/views/plot_view.h"
#include "ui/widgets/toast.h"
#include "ui/window/main_window.h"
#include "ui/window/view_grid.h"

#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>

namespace fplab {
namespace {

/// The name of the file, as far as a title can be long.
std::string titleFor(const QString& path)
{
    QString name = QFileInfo(path).completeBaseName();
    const auto most = static_cast<qsizetype>(hintOf(ExperimentSpec {}, "title").max);
    while (name.toUtf8().size() > most)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    return name.toStdString();
}

} // namespace

void MainWindow::openCard(const QString& id, bool go)
{
    if (id == QLatin1String("csv")) {
        const QString path
            = QFileDialog::getOpenFileName(this, tr("Samples from a CSV file"), m_settings.values().dialogFolder(),
                tr("Samples (*.csv *.tsv *.txt *.dat *.lvm *.asc *.prn);;All files (*)"));
        if (!path.isEmpty())
            importCsv(path);
        return;
    }
    const auto then = [this, id, go] {
        if (id == QLatin1String("formula"))
            m_form->focusFormula();
        else
            m_grid->setFocus();
        if (go)
            m_experiment.run.resume();
    };
    if (const Preset* preset = findPreset(id.toStdString())) {
        openSpec(preset->spec, id, {}, then);
        return;
    }
    ExperimentSpec spec;
    if (id == QLatin1String("blank")) {
        spec.title = tr("Blank").toStdString();
        (void)setByPath(spec, pathOf(spec, Meaning::Formula), "sin(x)");
    } else {
        spec.title = tr("My formula").toStdString();
        spec.problem.stop().steps = 8000; // enough for k = 9 of sin(x)+0.5*sin(9*x)
    }
    openSpec(spec, {}, {}, then);
}

void MainWindow::openSpec(
    const ExperimentSpec& spec, const QString& presetId, const QString& folder, const std::function<void()>& then)
{
    const Status opened = m_experiment.open(spec, presetId, folder);
    if (opened) {
        showLaboratory();
        then();
        return;
    }
    complain(opened.error(), [this, spec, presetId, folder, then](const Fix& fix) {
        if (const auto fixed = withFix(spec, fix))
            openSpec(*fixed, presetId, folder, then);
        else
            complain(fixed.error());
    });
}

Status MainWindow::openNamed(const QString& what, bool go)
{
    QStringList cards {QStringLiteral("formula"), QStringLiteral("csv"), QStringLiteral("blank")};
    for (const Preset& preset : presets())
        cards.append(QString::fromStdString(preset.id));
    if (cards.contains(what)) {
        openCard(what, go);
        return success();
    }
    const QFileInfo file(what);
    if (file.isFile()) {
        openPath(what);
        if (go)
            m_experiment.run.resume();
        return success();
    }
    const bool isPath = what.contains(QLatin1Char('/')) || what.contains(QLatin1Char('.'));
    std::vector<std::string> names;
    const QStringList candidates = isPath ? file.dir().entryList(QDir::Files) : cards;
    for (const QString& name : candidates)
        names.push_back(name.toStdString());
    const std::string nearest
        = nearestWord((isPath ? file.fileName() : what).toStdString(), {names.begin(), names.end()});
    Diagnostic unknown {
        .what = (isPath ? tr("There is no file \"%1\"") : tr("There is no experiment or file called \"%1\""))
                    .arg(what)
                    .toStdString()};
    unknown.advice = nearest.empty() ? tr("Choose one on this page, or open a file with Ctrl+O.").toStdString()
                                     : tr("Did you mean %1?").arg(QString::fromStdString(nearest)).toStdString();
    showGallery();
    complain(unknown);
    return unknown;
}

void MainWindow::openDialog()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open"), m_settings.values().dialogFolder(),
        tr("Experiments and samples (*.fplab.json *.json *.csv *.tsv *.txt *.dat *.lvm *.asc *.prn);;All files (*)"));
    if (!path.isEmpty())
        openPath(path);
}

void MainWindow::openPath(const QString& path)
{
    if (!path.endsWith(QLatin1String(".json"))) {
        importCsv(path);
        return;
    }
    const auto content = OpenExperiment::read(path);
    if (!content) {
        complain(content.error());
        return;
    }
    openSpec(content->spec, {}, content->folder, [this, path, note = content->note] {
        m_grid->setFocus();
        remember(path);
        if (!note.isEmpty())
            m_toast->show(note);
    });
}

void MainWindow::importCsv(const QString& path)
{
    if (const QFileInfo file(path); !file.isFile() || !file.isReadable()) {
        complain({.what = (file.exists() ? tr("cannot be read") : tr("there is no such file")).toStdString(),
            .file = path.toStdString(),
            .kept = tr("Your experiment is unchanged.").toStdString()});
        return;
    }
    CsvImportDialog dialog(path, m_experiment.themes, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    ExperimentSpec spec = m_experiment.isOpen() ? m_experiment.editor.spec() : ExperimentSpec {};
    spec.title = titleFor(path);
    for (const Kind* kind : kinds()) // the first that takes data, where this one takes none
        if (!dataOf(spec))
            spec.problem = kind->prototype();
    *dataOf(spec) = dialog.data();
    if (const std::string batch = pathOf(spec, Meaning::Batch); !batch.empty())
        (void)setByPath(spec, batch, "0");
    analysisOf(spec).peaks.reset();
    openSpec(spec, {}, QFileInfo(path).absolutePath(), [this, path] {
        m_grid->setFocus(); // Space runs it
        remember(path);
    });
}

void MainWindow::remember(const QString& path)
{
    Settings settings = m_settings.values();
    settings.lastFolder = QFileInfo(path).absolutePath();
    settings.addRecent(path);
    m_settings.set(settings);
}

void MainWindow::forget(const QString& path)
{
    Settings settings = m_settings.values();
    settings.removeRecent(path);
    m_settings.set(settings);
}

void MainWindow::openRecent(const QString& path)
{
    if (QFileInfo::exists(path))
        openPath(path);
    else
        m_gallery->setRecent(m_settings.values().recent); // shows that it is gone
}

void MainWindow::fillRecentMenu()
{
    QMenu& menu = *m_recentMenu;
    menu.clear();
    QStringList missing;
    for (const RecentFile& file : m_settings.values().recent) {
        const bool there = QFileInfo::exists(file.path);
        const QString name = QFileInfo(file.path).fileName().replace(u'&', QLatin1String("&&"));
        QAction* action = menu.addAction(there ? name : tr("%1 (missing)").arg(name));
        action->setToolTip(QDir::toNativeSeparators(file.path));
        action->setStatusTip(action->toolTip());
        action->setEnabled(there);
        connect(action, &QAction::triggered, this, [this, path = file.path] { openRecent(path); });
        if (!there)
            missing.append(file.path);
    }
    menu.menuAction()->setEnabled(!menu.isEmpty());
    if (menu.isEmpty())
        return;
    menu.addSeparator();
    const auto removal = [&](const QString& text, const QString& tip, const QStringList& paths) {
        QAction* action = menu.addAction(text);
        action->setToolTip(tip);
        action->setStatusTip(tip);
        connect(action, &QAction::triggered, this, [this, paths] {
            for (const QString& path : paths)
                forget(path);
        });
    };
    if (!missing.isEmpty())
        removal(tr("Remove missing files"), tr("Takes the files off this list that are not there any more"), missing);
    QStringList all;
    for (const RecentFile& file : m_settings.values().recent)
        all.append(file.path);
    removal(tr("Clear the list"), tr("Forgets the recent files; the files stay"), all);
}

void MainWindow::saveDialog()
{
    const std::string name = legalFileName(m_experiment.editor.spec().title, ".fplab.json", "experiment");
    QString path = QFileDialog::getSaveFileName(this, tr("Save the experiment"),
        QDir(m_settings.values().dialogFolder()).filePath(QString::fromStdString(name)),
        tr("Experiments (*.fplab.json)"));
    if (path.isEmpty())
        return;
    if (!path.endsWith(QLatin1String(".json")))
        path += QStringLiteral(".fplab.json");
    const auto saved = m_experiment.saveFile(path);
    if (!saved) {
        complain(saved.error());
        return;
    }
    remember(path);
    const QFileInfo file(path);
    QStringList told {saved->isEmpty()
            ? tr("Saved %1 in %2.").arg(file.fileName(), QDir::toNativeSeparators(file.absolutePath()))
            : tr("Saved %1. Its samples stay in %2.").arg(file.fileName(), *saved),
        nameWarning(path)};
    told.removeAll(QString());
    m_toast->show(told.join(u' '));
}

void MainWindow::exportView(PlotView* view)
{
    if (!m_experiment.isOpen())
        return;
    if (!view)
        view = m_grid->active();
    const bool moves = m_experiment.timeline.followsLive() && m_experiment.run.state() == RunState::Running;
    if (m_export.folder.isEmpty())
        m_export.folder = m_settings.values().dialogFolder();
    if (moves)
        m_experiment.timeline.hold(); // preview, file name and file show the same step
    ExportDialog dialog(m_experiment.lab(), m_grid->shown(), view, this, m_export);
    connect(&dialog, &ExportDialog::exported, this, &MainWindow::tellExported);
    if (dialog.exec() == QDialog::Accepted) {
        m_export = dialog.settings();
        m_exported = view;
    }
    if (moves)
        m_experiment.timeline.goLive();
}

void MainWindow::exportAgain()
{
    if (!m_experiment.isOpen() || !m_exported) {
        exportView(nullptr);
        return;
    }
    const auto views = m_export.what == ExportWhat::Visible ? m_grid->shown() : std::vector<PlotView*> {m_exported};
    QStringList files;
    for (PlotView* view : views) {
        const QString path = exportPath(*view, m_export.folder, m_export, m_experiment.editor.namedRunSpec());
        const auto status
            = fplab::exportView(*view, m_export, m_experiment.themes.theme(), m_experiment.editor.namedRunSpec(), path);
        if (!status) {
            complain(status.error());
            return;
        }
        files += exportFiles(path, m_export);
    }
    tellExported(files);
}

void MainWindow::tellExported(const QStringList& files)
{
    const QString folder = QFileInfo(files.front()).absolutePath(), shown = QDir::toNativeSeparators(folder);
    QStringList names;
    for (const QString& path : files)
        names.append(QFileInfo(path).fileName());
    const QString text = names.size() == 1
        ? tr("Exported %1 to %2").arg(names.front(), shown)
        : tr("Exported %1 files to %2: %3").arg(QString::number(names.size()), shown, names.join(QStringLiteral(", ")));
    m_toast->offer(text, tr("&Open folder"), [this, folder, shown] {
        if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
            m_toast->show(tr("No program that shows folders was found. The files are in %1").arg(shown));
    });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) { openPath(event->mimeData()->urls().first().toLocalFile()); }

} // namespace fplab
