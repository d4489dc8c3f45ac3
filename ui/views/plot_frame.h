#pragma once

#include "ui/look/theme.h"

#include <QSize>
#include <QString>

#include <memory>
#include <utility>

class QCPPainter;
class QCustomPlot;
class QWidget;

namespace fplab {

class Ticker;

/// The plot of a view with all that views have in common around their data: axes in the theme's colours, margins that
/// do not depend on the numbers, and notes.
struct PlotFrame {
    /// Makes the plot, with the layers "under" (below the grid) and "over" (above curves), and the painter of notes.
    explicit PlotFrame(QWidget* parent);

    void setTickers(const std::shared_ptr<Ticker>& x, const std::shared_ptr<Ticker>& y);
    /// Dresses the axes; `theme` is what is painted with from now on.
    void style(const Theme& theme);
    /// Margins and number of ticks for a plot of that size. After style() and with the ranges of the axes.
    void layOut(QSize size);
    /// Whether the layer "overlay" has something to show: then it is painted apart, so that it moves without the rest.
    /// An empty one of its own would only be cleared and blended in each frame, a quarter of what the frame costs.
    void setOverlay(bool used);

    QCustomPlot* const plot; ///< owned by the parent
    Theme look; ///< what is painted with now
    bool exporting = false, markStep = false; ///< of a figure
    QString empty; ///< instead of the plot; empty = the plot
    QString hint, tag; ///< in the row of the axis label
    QString briefTag; ///< where that row is left out
    qsizetype notShown = 0;
    QString xLabel, yLabel;
    double roomLeft = 0, roomRight = 0; ///< beside that of tick labels

private:
    void drawNotes(QCPPainter& p) const;
    /// What has to be done to the tick labels of both axes, as they are now.
    [[nodiscard]] std::pair<QString, QString> tickNotes() const;

    std::shared_ptr<Ticker> m_xTicker, m_yTicker;
    QSize m_size; ///< that is laid out for
    QString m_xNote, m_yNote; ///< that is laid out for
    bool m_low = false; ///< too little height for a row with the axis label
};

} // namespace fplab
