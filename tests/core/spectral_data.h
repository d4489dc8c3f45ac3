#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>
#include <vector>

namespace fplab {

/// A file of tests/golden; empty if it cannot be read.
inline QJsonObject golden(const QString& name)
{
    QFile file(QStringLiteral(FPLAB_TEST_DIR "/golden/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

inline std::vector<double> numbers(const QJsonValue& value)
{
    std::vector<double> out;
    for (const auto& item : value.toArray())
        out.push_back(item.isArray() ? item.toArray().at(0).toDouble() : item.toDouble());
    return out;
}

/// Uniform in [-scale, scale).
inline std::vector<double> noise(std::size_t n, unsigned seed, double scale = 1)
{
    std::mt19937 random(seed);
    std::vector<double> y(n);
    for (double& value : y)
        value = scale * (static_cast<double>(random()) / 2147483648.0 - 1);
    return y;
}

} // namespace fplab
