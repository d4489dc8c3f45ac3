#include "ui/model/shown_weights.h"

#include "core/engine/loss.h"

#include <QStringList>

namespace fplab {

std::vector<double> shownWeights(const Lab& lab)
{
    const auto* loss = findPart<const LossSpec>(lab.editor.spec());
    const std::size_t bins = lab.analysis.bins().size();
    if (!loss || loss->kind != "weighted_fourier" || bins == 0)
        return {};
    if (loss->weights.kind == "values" && loss->weights.values.size() < bins)
        return {};
    auto weights = resolveWeights(loss->weights, 2 * bins, lab.analysis.peaks(), 0);
    weights.resize(bins);
    return weights;
}

QString drawnWeights(const std::vector<double>& weights)
{
    QStringList texts;
    for (const double w : weights)
        texts.append(QString::number(w, 'g', 4));
    return QStringLiteral("{\"kind\":\"points\",\"values\":[%1]}").arg(texts.join(QLatin1Char(',')));
}

} // namespace fplab
