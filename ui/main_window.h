#pragma once

#include "ui/export/exporter.h"
#include "ui/session.h"
#include "ui/settings.h"

#include <QMainWindow>

class QMenu;
class QStackedWidget;

namespace fplab {

class Banner;
class GalleryPage;
class PendingBar;
class PlotView;
class SpecForm;
class SpectrumView;
class StatusLine;
class TimelineStrip;
class Toast;
class TransportBar;
class ViewGrid;

/// Composes the window: gallery and laboratory, panels, views, transport, timeline. Behaviour lives in Session and in
/// the widgets; actions are made in main_actions.cpp.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Session& session() { return m_session; }
    /// Opens a preset by id, "blank", "formula" or "csv" (asks for a file), and runs it if `go`.
    void openCard(const QString& id, bool go);
    /// An experiment file or a CSV file of samples.
    void openPath(const QString& path);
    void showGallery();
    [[nodiscard]] bool isPresenting() const { return m_presenting; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLaboratory();
    void buildActions();
    void fillViewMenu(QMenu& menu);
    void connectModels();
    void showLaboratory();
    void openDialog();
    void saveDialog();
    void exportView(PlotView* view);
    void exportAgain();
    void adaptFrames();
    void importCsv(const QString& path);
    void setTheme(ThemeKind kind);
    void setTextScale(double scale);
    void setPace(const Pace& pace);
    void present(bool on);
    void onStateChanged(RunState state);
    void connectWeights(SpectrumView& spectrum);
    void complain(const Diagnostic& diagnostic);
    void report(const Status& status);
    void showAbout();
    void showKeys();

    Session m_session;
    Settings m_settings;
    QStackedWidget* m_pages;
    GalleryPage* m_gallery;
    QWidget* m_laboratory;
    TransportBar* m_transport;
    PendingBar* m_pending;
    Banner* m_banner;
    Toast* m_toast;
    SpecForm* m_form;
    ViewGrid* m_grid;
    TimelineStrip* m_timeline;
    StatusLine* m_status;
    ExportSettings m_export; ///< of the last export
    PlotView* m_exported = nullptr;
    bool m_presenting = false;
    Qt::FocusReason m_focusReason = Qt::OtherFocusReason;
};

} // namespace fplab
