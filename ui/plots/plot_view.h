#pragma once

#include "ui/lab.h"

#include <QSize>
#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

#include <memory>

class QCPPainter;
class QCustomPlot;

namespace fplab {

/// What a view shows, as numbers: for the table, the clipboard and CSV export.
struct ViewTable {
    QStringList columns;
    QVector<QVector<double>> rows; ///< NaN = empty cell
};

/// A tile: a card with title, subtitle, buttons (equation, maximise, more) and one plot. Knows shapes and roles of
/// channels, never experiments. Repaints only when dirty and visible, at the pace of the run controller's frames.
///
/// All views: wheel = zoom, drag = pan, double click / Home = fit, crosshair read-out, T = table, D = describe,
/// Ctrl+C = copy as picture and numbers.
class PlotView : public QWidget {
    Q_OBJECT
public:
    PlotView(const Lab& lab, const QString& id, const QString& title, QWidget* parent = nullptr);
    ~PlotView() override;

    [[nodiscard]] QString id() const; ///< stable: "output", "spectrum", "delta", "heatmap", "loss"
    [[nodiscard]] QString title() const;
    [[nodiscard]] QCustomPlot& plot() const;

    /// One or two sentences about what is shown now, for screen readers and the key D.
    [[nodiscard]] virtual QString summary() const = 0;
    [[nodiscard]] virtual ViewTable table() const = 0;
    /// The equation behind the view as rich text, with the numbers of the current point.
    [[nodiscard]] virtual QString equation() const = 0;

    /// Draws the current state with another theme and size, without touching what is on screen: for export.
    void render(QCPPainter* painter, QSize size, const Theme& theme);

    /// Marks the view as out of date; it repaints in the next frame when visible.
    void invalidate();
    /// Shows all data again after zooming.
    void fit();
    void setMaximised(bool maximised); ///< changes the button only; the owner of the layout does the rest

Q_SIGNALS:
    void maximiseRequested();
    void exportRequested();
    void readout(const QString& text); ///< crosshair values for the status bar; empty when the pointer left
    void peakToggleRequested(int bin); ///< spectrum and heatmap: follow or stop following
    void stepRequested(qint64 step); ///< a click that moves the playhead
    void message(const QString& text); ///< e.g. "Copied"

protected:
    /// Puts current data into the plot with the colours of `theme`. Called only when dirty.
    virtual void refresh(const Theme& theme) = 0;
    /// Another run: axes and graphs are set up anew.
    virtual void reset() = 0;
    [[nodiscard]] const Lab& lab() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fplab
