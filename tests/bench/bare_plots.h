#pragma once

#include "ui/views/plot_view.h"

#include <map>
#include <vector>

class QCustomPlot;

namespace bench {

/// The peer of the views: for each a plain QCustomPlot of the same size, with as many points (or colours) and the
/// library's own axes and painting.
class BarePlots : public QWidget {
public:
    BarePlots(const fplab::Lab& lab, const std::vector<fplab::PlotView*>& views);

    /// Takes the records that are new and replots.
    void advance();
    void replot(const QString& view);
    [[nodiscard]] QCustomPlot& plot(const QString& view) const { return *m_plots.at(view); }
    [[nodiscard]] std::vector<QWidget*> plots() const;

private:
    void set(const QString& view);
    [[nodiscard]] const std::vector<double>& sample(fplab::Role role, std::size_t record) const;
    [[nodiscard]] double coordinate(std::size_t record) const;

    const fplab::Lab m_lab;
    std::map<QString, QCustomPlot*> m_plots;
    std::size_t m_taken = 0; ///< records
};

} // namespace bench
