#pragma once

#include "ui/export/exporter.h"
#include "ui/model/open_experiment.h"
#include "ui/model/settings.h"
#include "ui/settings/key_map.h"
#include "ui/window/regions.h"

#include <QMainWindow>

#include <functional>

class QMenu;
class QStackedWidget;

namespace fplab {

class Banner;
class BookmarkList;
class CommandSearch;
class GalleryPage;
class HelpWindow;
class PendingBar;
class PlotView;
class Presenter;
class SettingsDialog;
class SlideTitle;
class SpecForm;
class StatusLine;
class TimelineStrip;
class Toast;
class TransportBar;
class ViewGrid;

/// Composes the window: gallery and laboratory, panels, views, transport, timeline. Behaviour lives in OpenExperiment
/// and in the widgets. Actions are made in main_actions.cpp and found by name in main_search.cpp, files opened and
/// saved in main_files.cpp, settings applied in main_settings.cpp.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] OpenExperiment& experiment() { return m_experiment; }
    [[nodiscard]] SettingsStore& settings() { return m_settings; }
    /// Opens a preset by id, "blank", "formula" or "csv" (asks for a file), and runs it if `go`.
    void openCard(const QString& id, bool go);
    /// An experiment file or a CSV file of samples.
    void openPath(const QString& path);
    /// What a user names at the start: a preset's id, "blank", "formula", "csv", or a file. If there is no such thing,
    /// the gallery says so, with the nearest name, and so does the error.
    Status openNamed(const QString& what, bool go);
    void showGallery();
    [[nodiscard]] bool isPresenting() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLaboratory();
    void buildActions();
    QAction* makeAction(QMenu& menu, const QString& id, const QString& text, const QList<QKeySequence>& keys,
        const QString& tip, std::function<void()> run);
    void fillFileMenu(QMenu& menu);
    void fillEditMenu(QMenu& menu);
    void fillRunMenu(QMenu& menu);
    void fillViewMenu(QMenu& menu);
    void fillThemeMenu(QMenu& menu);
    void fillPresentMenu(QMenu& menu);
    void fillHelpMenu(QMenu& menu);
    void connectModels();
    void showLaboratory();
    void openDialog();
    void saveDialog();
    void exportView(PlotView* view);
    void exportAgain();
    void showBookmarks();
    void exportBookmarks(const QString& path);
    void tellExported(const QStringList& files); ///< with a way to their folder
    void adaptFrames();
    void importCsv(const QString& path);
    void remember(const QString& path);
    void startSettings();
    void applySettings();
    void showSettings();
    [[nodiscard]] SettingsDialog& settingsDialog();
    void rememberLayout();
    void restoreLayout();
    void searchCommands(const QString& typed = {});
    void fillRecentMenu();
    void openRecent(const QString& path);
    void forget(const QString& path);
    void setTextScale(double scale);
    void setPace(const Pace& pace);
    void present(bool on);
    void presentFromHere();
    void showAlone(PlotView& view);
    /// Says that the run gave up, and what turned out during it, with the ways out.
    void showFindings();
    void onStateChanged(RunState state);
    /// Opens it and shows the laboratory, then calls `then`; or says why not, with the ways out there are.
    void openSpec(
        const ExperimentSpec& spec, const QString& presetId, const QString& folder, const std::function<void()>& then);
    /// Tells a problem; its ways out are buttons that call `take`, by default on the panels' experiment.
    void complain(const Diagnostic& diagnostic, std::function<void(const Fix&)> take = {});
    void takeFix(const Fix& fix);
    void showNotes();
    void fillEarlierMenu(QMenu& menu);
    void showEarlier();
    void report(const Status& status);
    void showHelp(const QString& topic);

    OpenExperiment m_experiment;
    SettingsStore m_settings;
    Settings m_applied; ///< as of the last applySettings()
    KeyMap m_keys;
    Regions m_regions;
    QList<QAction*> m_needRun; ///< enabled with an open experiment in sight
    SettingsDialog* m_settingsDialog = nullptr;
    HelpWindow* m_help = nullptr;
    BookmarkList* m_bookmarks = nullptr;
    CommandSearch* m_search;
    QMenu* m_recentMenu = nullptr;
    QStackedWidget* m_pages;
    GalleryPage* m_gallery;
    QWidget* m_laboratory;
    TransportBar* m_transport;
    PendingBar* m_pending;
    Banner* m_banner;
    Toast* m_toast;
    QString m_changeNotice; ///< what the toast last said of a change during the run
    SpecForm* m_form;
    ViewGrid* m_grid;
    TimelineStrip* m_timeline;
    SlideTitle* m_slide;
    StatusLine* m_status;
    ExportSettings m_export; ///< of the last export
    PlotView* m_exported = nullptr;
    Presenter* m_presenter;
    Qt::FocusReason m_focusReason = Qt::OtherFocusReason;
};

} // namespace fplab
