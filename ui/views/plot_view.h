#pragma once

#include "ui/model/lab.h"

#include <QJsonObject>
#include <QPointF>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QCPAxis;
class QCPPainter;
class QCustomPlot;
class QMenu;

namespace fplab {

struct AxisScale;
struct KeyEntry;
class Ticker;
class ViewOptions;

/// What a view shows, as numbers: for the table, the clipboard and CSV export.
struct ViewTable {
    QStringList columns;
    QVector<QVector<double>> rows; ///< NaN = empty cell
    /// Columns that belong together beside others: `key` is the one along the x axis.
    struct Block {
        qsizetype first = 0, count = 0, key = 0;
    };
    QVector<Block> blocks; ///< none = one of all columns, the first being the key
    /// The rows with a key that is wanted; each block for itself, closed up.
    [[nodiscard]] ViewTable where(const std::function<bool(double key)>& wanted) const;
};

/// What stands around the plot in an exported figure.
struct FigureText {
    QString title; ///< above; empty = none
    bool legend = false; ///< the view's key, above
    QString caption; ///< below, wrapped; empty = none
    bool markStep = false; ///< a view over steps has a line at the one that is viewed
};

/// A tile: a card with title, subtitle, buttons (equation, maximise, more) and one plot. Knows shapes and roles of
/// channels, never experiments. Repaints only when dirty and visible, at the pace of the run controller's frames.
///
/// All views: wheel = zoom, drag = pan, double click / Home = fit, Backspace = the zoom before, crosshair read-out,
/// The view that was touched last is active and has a frame; a click in another one only makes it active, but follows a
/// peak that it hits.
/// T = table, D = describe, Ctrl+C = copy as picture and numbers, Ctrl+Shift+C = copy the value at the crosshair.
class PlotView : public QWidget {
    Q_OBJECT
public:
    /// `shown` is the run that the view shows.
    PlotView(
        const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent = nullptr);
    ~PlotView() override;

    [[nodiscard]] QString id() const; ///< stable: "output", "spectrum", "delta", "heatmap", "loss"
    [[nodiscard]] QString title() const;
    [[nodiscard]] QCustomPlot& plot() const;
    [[nodiscard]] const Lab& lab() const;
    [[nodiscard]] const RunCursor& shown() const;

    /// One or two sentences about what is shown now, for screen readers and the key D.
    [[nodiscard]] virtual QString summary() const = 0;
    [[nodiscard]] virtual ViewTable table() const = 0;
    /// The part of table() that lies in the shown part of the x axis.
    [[nodiscard]] ViewTable visibleTable() const;
    /// The equation behind the view as rich text, with the numbers of the current point.
    [[nodiscard]] virtual QString equation() const = 0;

    /// How many samples the run learns from, or how many points its solution has; 0 without one.
    [[nodiscard]] std::size_t sampleCount() const;

    /// What the samples are taken over: "x", or the name of a column.
    [[nodiscard]] QString inputName() const;
    /// Which run the view shows, by what moves in it.
    [[nodiscard]] TimelineModel& timeline() const;
    /// The step that is shown now.
    [[nodiscard]] std::int64_t shownStep() const;

    /// Draws the current state with another theme and size, without touching what is on screen: for export.
    void render(QCPPainter* painter, QSize size, const Theme& theme, const FigureText& text = {});

    /// Marks the view as out of date; it repaints in the next frame when visible.
    void invalidate();
    /// Brings the plot up to date now, visible or not.
    void refreshNow();
    /// What the last frame cost: refresh and repaint, in milliseconds.
    [[nodiscard]] double lastFrameMs() const;
    /// Shows all data again after zooming.
    void fit();
    /// Whether a part of the data is shown that the user chose.
    [[nodiscard]] bool isZoomed() const;
    /// Undoes the last zoom, pan or fit.
    void zoomBack();
    /// The options of the view's menu (not the zoom), to be kept between sessions.
    [[nodiscard]] QJsonObject viewState() const;
    void restoreViewState(const QJsonObject& state); ///< unknown options and values are left as they are
    void setPlainHeader(bool plain); ///< fewer buttons, as for an audience
    [[nodiscard]] QMenu& menu(); ///< all that can be done with the view, as things are now
    void setMaximised(bool maximised); ///< changes the button only; the owner of the layout does the rest
    /// Whether it is the one that was touched last, by mouse or keyboard; who owns several takes it from the others.
    [[nodiscard]] bool isActive() const;
    void setActive(bool active);

    void copy(); ///< PNG, SVG and tab-separated numbers on one clipboard
    void copyValue(); ///< crosshairText() to the clipboard
    void showTable();
    void showEquation();
    void act() { Q_EMIT actionTriggered(); } ///< as its button
    void describe(); ///< summary() as a message and to screen readers
    /// What stands at the crosshair; empty without one.
    [[nodiscard]] QString crosshairText() const;

Q_SIGNALS:
    void activated(); ///< by mouse or keyboard
    void painting(); ///< a frame reaches the screen
    void maximiseRequested();
    void exportRequested();
    void readout(const QString& text); ///< crosshair values for the status bar; empty when the pointer left
    void peakToggleRequested(int bin); ///< spectrum and heatmap: follow or stop following
    void stepRequested(qint64 step); ///< a click that moves the playhead
    void message(const QString& text); ///< e.g. "Copied"
    void viewStateChanged();
    void actionTriggered(); ///< the button of setAction()
    void editRequested(const QString& path, const QString& json); ///< another value of a field; also while dragging
    void goOnRequested(const QString& path, const QString& json); ///< the same, and the run goes on with it
    void helpRequested(); ///< more about the equation

protected:
    /// A point that the crosshair can stand on.
    struct Probe {
        QPointF at; ///< axis coordinates
        QString text; ///< name and exact values
        int curve = 0, index = 0;
    };

    /// Puts current data into the plot with the colours of `theme`. Called only when dirty.
    virtual void refresh(const Theme& theme) = 0;
    /// Another run: axes and graphs are set up anew.
    virtual void reset() = 0;
    /// Peaks, threshold or metric are other ones; refresh() follows.
    virtual void analysisChanged();

    // For the crosshair: curves of points in ascending x. The defaults have none.
    [[nodiscard]] virtual int curveCount() const { return 0; }
    [[nodiscard]] virtual int pointCount(int curve) const;
    [[nodiscard]] virtual Probe probe(int curve, int index) const;
    /// Indices of a curve that Ctrl+Left and Ctrl+Right go between, ascending. They are the view's while the keyboard
    /// is shown to be in it and there are any, else the window's.
    [[nodiscard]] virtual std::vector<int> landmarks(int curve) const;
    /// The point that a pointer at this pixel of the plot means.
    [[nodiscard]] virtual std::optional<Probe> probeAt(QPointF pixel) const;
    /// Enter or F at the crosshair.
    virtual void activate(const Probe& probe);

    // Mouse, in pixels of the plot. grab(): true takes the drag that begins here; then drag() follows until
    // released, with where it began.
    virtual void click(QPointF pixel);
    /// The click that is being handled made the view active; it is not meant for anything else.
    [[nodiscard]] bool isChoosingClick() const;
    /// What a click there would do, for the read-out; empty = nothing to tell.
    [[nodiscard]] virtual QString clickHint(QPointF pixel) const;
    [[nodiscard]] virtual bool grabsAt(QPointF pixel) const; ///< also decides the pointer's shape
    [[nodiscard]] virtual Qt::CursorShape grabShape() const { return Qt::SizeVerCursor; }
    virtual void drag(QPointF from, QPointF pixel);
    virtual void dropped();

    /// For the constructor: what can be chosen in the view's menu. A change starts over and repaints; what is in sight
    /// stays.
    [[nodiscard]] ViewOptions& options() const;

    // For refresh().
    void setTitle(const QString& title); ///< where another experiment wants other words
    /// Muted text after the key; `brief` where it does not fit (empty = nothing, none = as much as fits).
    void setSubtitle(const QString& text, const std::optional<QString>& brief = {});
    void setKey(const QVector<KeyEntry>& key);
    /// A button at the top, for what this view can do; empty = none.
    void setAction(const QString& text, const QString& tip);
    void setEmptyText(const QString& text); ///< shown instead of the plot; empty = the plot
    void setHint(const QString& text); ///< beside the axis label
    /// In its place, e.g. "step 213: last finite state"; `brief` where there is little room.
    void setTag(const QString& text, const QString& brief);
    /// Sets tag and hint that all views share: divergence, how to begin, which step is shown if not the live one
    /// (views over steps have a playhead instead).
    void setStateNotes(bool hintToTrain, bool showStep);
    void setNotShown(qsizetype values); ///< how many were not finite
    /// What fit() shows; ignored on an axis that the user has zoomed, until fit().
    void setAutoRange(double left, double right, double bottom, double top);
    /// Before it: what the coordinates of the axes stand for.
    void setScales(const AxisScale& x, const AxisScale& y);
    void setAxisLabels(const QString& x, const QString& y); ///< y is drawn in exported figures only
    void setTickers(const std::shared_ptr<Ticker>& x, const std::shared_ptr<Ticker>& y);
    /// Room for curve labels, scales and the like, beside the fixed room of tick labels.
    void setSideRoom(double left, double right);

    // For painting.
    enum class Level { Under, Curves, Over };
    void addPainter(Level level, bool clipToAxes, std::function<void(QCPPainter&)> function);
    [[nodiscard]] const Theme& look() const; ///< colours to paint with now
    [[nodiscard]] bool exporting() const;
    [[nodiscard]] bool marksStep() const; ///< in the figure that is drawn
    [[nodiscard]] QPointF toPixel(double x, double y) const;
    [[nodiscard]] QPointF toPixel(QPointF p) const { return toPixel(p.x(), p.y()); }
    [[nodiscard]] QVector<QPointF> toPixels(const QVector<QPointF>& points) const;
    [[nodiscard]] QPointF fromPixel(QPointF pixel) const;
    [[nodiscard]] QRectF axisArea() const; ///< pixels
    [[nodiscard]] QCPAxis* xAxis() const;
    [[nodiscard]] QCPAxis* yAxis() const;
    [[nodiscard]] int columns() const; ///< for LineSeries::reduced()

    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void buildMenu();
    void followModels();
    void startOver(); ///< axes and graphs are set up anew in the next frame
    void setCrosshair(std::optional<Probe> probe);
    void tellReadout();
    void refreshCrosshair();
    void moveCrosshair(int right, int down);
    void jumpCrosshair(bool right);
    void placeCrosshair(int curve, int index);
    [[nodiscard]] bool isInSight(int curve, int index) const; ///< along x
    [[nodiscard]] int firstInSight(int curve, bool fromRight) const;
    void scrollTo(QPointF at);
    [[nodiscard]] bool jumps(const QKeyEvent& key) const;
    void drawCrosshair(QCPPainter& p) const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fplab
