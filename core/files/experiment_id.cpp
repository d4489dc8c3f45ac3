#include "core/files/experiment_id.h"

#include "core/experiment/given_data.h"
#include "core/fields/json.h"
#include "core/signal/dataset.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <span>
#include <tuple>

namespace fplab {
namespace {

class Sha256 {
public:
    template <class T> void number(T value)
    {
        const T little = qToLittleEndian(value);
        m_hash.addData(QByteArrayView(reinterpret_cast<const char*>(&little), sizeof little));
    }
    void numbers(std::span<const double> values)
    {
        std::ranges::for_each(values, [this](double v) { number(v); });
    }
    void text(std::string_view bytes)
    {
        m_hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    }
    [[nodiscard]] std::string digits() const { return m_hash.result().toHex().toStdString(); }

private:
    QCryptographicHash m_hash {QCryptographicHash::Sha256};
};

/// Of samples that stand in the experiment, as they are trained on.
std::string givenSha256(const DataSpec& data)
{
    SampleMatrix inputs = *data.inputs, targets = *data.targets;
    if (inputs.count != targets.count) // no experiment, but two of them are not the same
        return samplesSha256(inputs, targets);
    if (data.duplicates == "mean" && inputs.dim == 1)
        averageDuplicates(inputs, targets);
    const Dataset prepared = makeDataset(std::move(inputs), std::move(targets));
    return samplesSha256(prepared.trainInputs, prepared.trainTargets);
}

/// The value of a field in the id.
std::string valueInId(const FieldRef& field, std::string_view samples)
{
    if (const auto* params = field.as<Shared<NetworkParams>>())
        return weightsSha256(*params);
    if (const auto* data = field.as<std::optional<DataSpec>>(); data && *data)
        return (*data)->csv.empty() ? givenSha256(**data) : std::string(samples);
    return field.json();
}

/// What the network sees of samples is not in their numbers.
std::string scalingInId(const FieldRef& field)
{
    const auto* data = field.as<std::optional<DataSpec>>();
    if (!data || !*data)
        return {};
    std::string lines;
    for (const auto& [name, value, usual] : {std::tuple("x_offset", (*data)->xOffset, 0.0),
             {"x_scale", (*data)->xScale, 1.0}, {"y_offset", (*data)->yOffset, 0.0}, {"y_scale", (*data)->yScale, 1.0}})
        if (value != usual)
            lines += field.path + '.' + name + '=' + formatNumber(value) + '\n';
    return lines;
}

} // namespace

std::string samplesSha256(const SampleMatrix& inputs, const SampleMatrix& targets)
{
    Sha256 hash;
    for (const auto* matrix : {&inputs, &targets}) {
        hash.number(std::uint64_t(matrix->count));
        hash.number(std::uint64_t(matrix->dim));
    }
    hash.numbers(inputs.values);
    hash.numbers(targets.values);
    return hash.digits();
}

std::string weightsSha256(const NetworkParams& params)
{
    Sha256 hash;
    for (const auto& layer : params) {
        for (const auto& weights : layer.W)
            hash.numbers(weights);
        hash.numbers(layer.b);
    }
    return hash.digits();
}

std::string experimentHash(const ExperimentSpec& spec, std::string_view samples)
{
    const ExperimentSpec defaults = defaultsOf(spec);
    const auto fields = fieldsOf(spec), usual = fieldsOf(defaults);
    std::vector<const FieldRef*> counted;
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].path != "title" && fields[i] != usual[i])
            counted.push_back(&fields[i]);
    std::ranges::sort(counted, {}, &FieldRef::path);
    Sha256 hash;
    hash.text("kind=" + std::string(kindOf(spec)) + '\n');
    for (const auto* field : counted)
        hash.text(field->path + '=' + valueInId(*field, samples) + '\n' + scalingInId(*field));
    return hash.digits().substr(0, 16);
}

} // namespace fplab
