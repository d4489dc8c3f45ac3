#include "bench/bare_plots.h"

#include "ui/views/qcp.h"
#include "ui/views/scales.h"

#include <algorithm>
#include <cmath>

using namespace fplab;

namespace bench {
namespace {

constexpr int mapColumns = 800;

QVector<double> list(const std::vector<double>& values) { return {values.begin(), values.end()}; }

const Channel& channel(const Lab& lab, Role role)
{
    return lab.run.channels()[static_cast<std::size_t>(lab.run.channelIndex(role))];
}

} // namespace

BarePlots::BarePlots(const Lab& lab, const std::vector<PlotView*>& views)
    : m_lab(lab)
{
    const StepScale scale;
    const QCPRange steps(scale.lowest(), scale.coordinate(static_cast<double>(lab.run.stopRule().steps)));
    for (const PlotView* view : views) {
        auto* plot = new QCustomPlot(this);
        plot->setGeometry({view->plot().mapTo(view->window(), QPoint()), view->plot().size()});
        m_plots[view->id()] = plot;
        const auto& bins = lab.analysis.bins();
        if (view->id() == QLatin1String("output")) {
            const Channel& wide = channel(lab, Role::WideOutput);
            plot->addGraph()->setData(list(wide.x.values), list(wide.reference), true);
            plot->addGraph();
            plot->xAxis->setRange(wide.x.values.front(), wide.x.values.back());
            plot->yAxis->setRange(-3, 3);
        } else if (view->id() == QLatin1String("spectrum")) {
            plot->addGraph()->setData(list(bins), list(lab.analysis.targetAmplitudes()), true);
            plot->graph()->setLineStyle(QCPGraph::lsImpulse);
            new QCPBars(plot->xAxis, plot->yAxis);
            plot->xAxis->setRange(-0.5, 10.5);
            plot->yAxis->setRange(0, 1);
        } else if (view->id() == QLatin1String("heatmap")) {
            auto* map = new QCPColorMap(plot->xAxis, plot->yAxis);
            const int rows = static_cast<int>(lab.analysis.peaks().size());
            map->data()->setSize(mapColumns, rows);
            map->data()->setRange(steps, {0, static_cast<double>(rows - 1)});
            map->setDataRange({0, 1});
            map->setInterpolate(false);
            plot->xAxis->setRange(steps);
            plot->yAxis->setRange(-0.5, rows - 0.5);
        } else {
            const bool delta = view->id() == QLatin1String("delta");
            for (std::size_t i = 0; i < (delta ? lab.analysis.peaks().size() : 1); ++i)
                plot->addGraph();
            plot->xAxis->setRange(steps);
            plot->yAxis->setRange(-4, 1);
        }
    }
}

std::vector<QWidget*> BarePlots::plots() const
{
    std::vector<QWidget*> out;
    for (const auto& [id, plot] : m_plots)
        out.push_back(plot);
    return out;
}

const std::vector<double>& BarePlots::sample(Role role, std::size_t record) const
{
    return m_lab.run.history().at(record).samples[static_cast<std::size_t>(m_lab.run.channelIndex(role))];
}

double BarePlots::coordinate(std::size_t record) const
{
    return StepScale().coordinate(static_cast<double>(m_lab.run.history().at(record).step));
}

void BarePlots::set(const QString& view)
{
    QCustomPlot& plot = this->plot(view);
    const std::size_t records = m_lab.run.history().size(), peaks = m_lab.analysis.peaks().size();
    if (view == QLatin1String("output")) {
        plot.graph(1)->setData(
            list(channel(m_lab, Role::WideOutput).x.values), list(sample(Role::WideOutput, records - 1)), true);
        return;
    }
    if (view == QLatin1String("spectrum")) {
        qobject_cast<QCPBars*>(plot.plottable(1))
            ->setData(list(m_lab.analysis.bins()), list(m_lab.analysis.amplitudesAt(records - 1)), true);
        return;
    }
    for (std::size_t i = m_taken; i < records; ++i) {
        const double x = coordinate(i);
        if (view == QLatin1String("loss"))
            plot.graph(0)->addData(x, std::log10(sample(Role::TrainLoss, i)[0]));
        for (std::size_t peak = 0; peak < peaks; ++peak) {
            const double error = m_lab.analysis.series(peak)[i];
            if (view == QLatin1String("delta")) {
                plot.graph(static_cast<int>(peak))->addData(x, std::log10(error));
            } else if (view == QLatin1String("heatmap")) {
                QCPColorMapData& map = *qobject_cast<QCPColorMap*>(plot.plottable(0))->data();
                int from = 0, to = 0;
                map.coordToCell(i > 0 ? coordinate(i - 1) : x, 0, &from, nullptr);
                map.coordToCell(x, 0, &to, nullptr);
                for (int column = from; column <= to; ++column)
                    map.setCell(column, static_cast<int>(peak), error);
            }
        }
    }
}

void BarePlots::advance()
{
    for (const auto& [id, plot] : m_plots) {
        set(id);
        plot->replot(QCustomPlot::rpQueuedRefresh);
    }
    m_taken = m_lab.run.history().size();
}

void BarePlots::replot(const QString& view) { plot(view).replot(QCustomPlot::rpQueuedRefresh); }

} // namespace bench
