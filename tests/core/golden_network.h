#pragma once

#include "core/trainer_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fplab {

/// Relative where the expected number is above 1.
inline double worst(double found, double expected)
{
    return std::abs(found - expected) / std::max(1.0, std::abs(expected));
}

inline double worst(const std::vector<double>& found, const std::vector<double>& expected)
{
    if (found.size() != expected.size())
        return INFINITY;
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double difference = worst(found[i], expected[i]);
        if (!(difference <= largest))
            largest = difference;
    }
    return largest;
}

inline std::vector<double> numbers(const QJsonValue& value)
{
    std::vector<double> out;
    for (const auto& entry : value.toArray())
        out.push_back(entry.toDouble());
    return out;
}

inline std::vector<std::vector<double>> rows(const QJsonValue& value)
{
    std::vector<std::vector<double>> out;
    for (const auto& row : value.toArray())
        out.push_back(numbers(row));
    return out;
}

inline SampleMatrix samples(const QJsonValue& value)
{
    SampleMatrix out;
    const auto all = rows(value);
    out.count = all.size();
    out.dim = all.front().size();
    for (const auto& row : all)
        out.values.insert(out.values.end(), row.begin(), row.end());
    return out;
}

inline NetworkParams network(const QJsonValue& value)
{
    NetworkParams out;
    for (const auto& layer : value.toArray())
        out.push_back({rows(layer.toObject()[u"W"]), numbers(layer.toObject()[u"b"])});
    return out;
}

/// A reference file net_*.json: network, data and loss as a trainer takes them, and the file itself.
struct Golden {
    QJsonObject json;
    TrainerConfig config;
    SampleMatrix inputs, targets;
};

inline Golden golden(const QString& name)
{
    QFile file(QStringLiteral(FPLAB_TEST_DIR "/golden/net_%1.json").arg(name));
    Golden out;
    if (!file.open(QIODevice::ReadOnly))
        return out;
    out.json = QJsonDocument::fromJson(file.readAll()).object();
    for (const auto& size : out.json[u"sizes"].toArray())
        out.config.sizes.push_back(size.toInt());
    out.config.activation = out.json[u"activation"].toString().toStdString();
    out.config.precision = Precision::Double;
    out.config.init.kind = "explicit";
    out.config.init.params = network(out.json[u"params"]);
    out.inputs = samples(out.json[u"inputs"]);
    out.targets = samples(out.json[u"targets"]);
    const auto loss = out.json[u"loss"].toObject();
    const QString kind = loss[u"kind"].toString();
    auto& config = out.config.loss;
    auto& data = out.config.lossData;
    if (kind == QStringLiteral("l4")) {
        config.kind = "lp";
        config.p = 4;
    } else if (kind == QStringLiteral("softmax_ce")) {
        config.kind = "softmax_ce";
    } else if (kind == QStringLiteral("lwf")) {
        config.kind = "weighted_fourier";
        data.weights = numbers(loss[u"w"]);
    } else if (kind == QStringLiteral("deep_ritz")) {
        config.kind = "deep_ritz";
        data.beta = loss[u"beta"].toDouble();
        data.dx = loss[u"dx"].toDouble();
        out.targets.values = numbers(loss[u"g"]);
    }
    return out;
}

} // namespace fplab
