#pragma once

#include "ui/views/plot_frame.h"
#include "ui/views/plot_header.h"
#include "ui/views/plot_view.h"
#include "ui/views/plot_zoom.h"
#include "ui/views/view_options.h"

#include <QTimer>

namespace fplab {

/// State of a view, shared by the files that implement it: plot_view.cpp (card and frames), plot_view_input.cpp (mouse
/// and keys), plot_view_crosshair.cpp and plot_view_figure.cpp (copies on paper).
struct PlotView::Private {
    Private(const Lab& theLab, const RunCursor& theRun, const QString& theId, const QString& theTitle, QWidget* view)
        : lab(theLab)
        , shown(theRun)
        , id(theId)
        , title(theTitle)
        , header(new PlotHeader(theTitle, view))
        , frame(view)
        , plot(frame.plot)
        , zoom(*plot->xAxis, *plot->yAxis)
    {
    }

    const Lab lab;
    const RunCursor shown;
    const QString id;
    QString title;
    ViewOptions options;
    PlotHeader* const header;
    PlotFrame frame;
    QCustomPlot* const plot;
    PlotZoom zoom;
    struct {
        QString text;
        std::optional<QString> brief;
        QVector<KeyEntry> key;
    } note; ///< in the header, once refresh() is through: on its way it may say one thing and then another

    // Frames.
    QTimer frameTimer, announceTimer;
    bool dirty = true, needsReset = true, themed = true;
    bool outdated
        = true; ///< what the view keeps no longer fits the models: nothing is painted or read before refresh()
    std::uint64_t revision = 0; ///< of the history, at the last refresh
    double frameMs = 0;
    int slow = 0; ///< slow frames in a row
    bool plain = false; ///< antialiasing is off because frames were slow
    QString announced; ///< to screen readers, last

    // Crosshair.
    std::optional<Probe> probe;
    bool byKeyboard = false; ///< the probe was set by keys and stays when the pointer leaves

    // Mouse and focus.
    bool pressed = false, grabbed = false, moved = false, doubled = false;
    QPointF pressedAt;
    bool ring = false; ///< keyboard focus is shown
    bool active = false;
    bool choosing = false; ///< the press that goes on made it active
    QString hint; ///< what a click at the pointer does
};

} // namespace fplab
