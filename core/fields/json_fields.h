#pragma once

#include "core/base/result.h"
#include "core/experiment/fields.h"
#include "core/fields/json.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Visitors for visitFields that read and write JSON.
namespace fplab {

/// The candidate that `word` was most likely meant to be; empty if none is near.
[[nodiscard]] std::string nearestWord(std::string_view word, const std::vector<std::string_view>& candidates);

/// One visit reads the members of a JSON object into a spec; ends with finish(). The first problem is kept, later ones
/// are not looked for. Members that are missing leave the value as it is.
class FieldReader {
public:
    /// `path` is the JSON path of `object`, empty for the whole file; `text` is what it was parsed from: errors say
    /// where in it, but for an empty one; `allowed` are keys that the caller reads itself. Object and text must outlive
    /// this.
    FieldReader(
        const JsonValue& object, std::string path, std::string_view text, std::vector<std::string_view> allowed = {});

    template <class T> void operator()(std::string_view id, T& value, const Hint& hint)
    {
        if (const auto* json = member(id))
            read(*json, value, hint, pathOf(id));
    }

    template <class Part> void group(std::string_view id, Part& part, std::string_view /*label*/)
    {
        const auto* json = member(id);
        if (!json)
            return;
        if constexpr (std::same_as<Part, WeightSpec>) {
            if (json->type == JsonValue::Type::Array) { // the short form: all n weights
                part = {};
                part.kind = "values";
                read(*json, part.values, Hint {.label = {}, .min = 0, .max = 1e12}, pathOf(id));
                return;
            }
        }
        FieldReader inner(*json, pathOf(id), m_text);
        visitFields(part, inner);
        if (const auto status = inner.finish(); !status)
            fail(status.error());
    }

    /// Success if every key was known and every value right.
    [[nodiscard]] Status finish();

private:
    [[nodiscard]] const JsonValue* member(std::string_view id); ///< nullptr also after an error
    [[nodiscard]] std::string pathOf(std::string_view id) const;
    void fail(Diagnostic error);
    void fail(const JsonValue& json, const std::string& path, std::string what, std::string advice = {});
    void failType(const JsonValue& json, const std::string& path, std::string_view expected);

    bool readNumber(const JsonValue& json, double& value, const Hint& hint, const std::string& path);
    template <std::integral T>
    bool readInteger(const JsonValue& json, T& value, const Hint& hint, const std::string& path);
    template <class T>
    bool readList(const JsonValue& json, std::vector<T>& values, const Hint& hint, const std::string& path);
    bool readRows(
        const JsonValue& json, std::vector<double>& numbers, std::vector<std::size_t>& ends, const std::string& path);
    bool readMatrix(const JsonValue& json, std::vector<std::vector<double>>& rows, const std::string& path);
    bool readSamples(const JsonValue& json, Shared<SampleMatrix>& samples, const std::string& path);

    void read(const JsonValue& json, bool& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, double& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, int& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::int64_t& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::uint64_t& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::string& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::vector<int>& values, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::vector<double>& values, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<double>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<int>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<std::vector<int>>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, Shared<NetworkParams>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<DataSpec>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::map<std::string, double>& value, const Hint& hint, const std::string& path);

    /// use(entry `index` of a list), however the list is kept.
    template <class Use> auto withEntry(const JsonValue& list, std::size_t index, Use&& use)
    {
        return list.isFlat() ? use(entryOf(list, index, m_text)) : use(list.items[index]);
    }

    const JsonValue& m_object;
    std::string m_path;
    std::string_view m_text;
    std::vector<std::string_view> m_known;
    Status m_status = success();
};

/// Writes the members of an object; absent values (no bias_std, no data, no given weights, no parameters) write
/// nothing.
class FieldWriter {
public:
    explicit FieldWriter(JsonWriter& out)
        : m_out(out)
    {
    }

    template <class T> void operator()(std::string_view id, const T& value, const Hint& /*hint*/) { write(id, value); }

    template <class Part> void group(std::string_view id, const Part& part, std::string_view /*label*/)
    {
        m_out.key(id).beginObject();
        visitFields(part, *this);
        m_out.endObject();
    }

private:
    template <class T> void write(std::string_view id, const T& value) { m_out.member(id, value); }
    void write(std::string_view id, const std::vector<int>& values);
    void write(std::string_view id, const std::vector<double>& values);
    void write(std::string_view id, const std::optional<double>& value);
    void write(std::string_view id, const std::optional<int>& value);
    void write(std::string_view id, const std::optional<std::vector<int>>& value);
    void write(std::string_view id, const Shared<NetworkParams>& params);
    void write(std::string_view id, const std::optional<DataSpec>& data);
    void write(std::string_view id, const std::map<std::string, double>& parameters);

    JsonWriter& m_out;
};

/// The explicit form of weights: [ { "W": [[...], ...], "b": [...] }, ... ].
void writeParams(JsonWriter& out, const NetworkParams& params);

/// The experiment in the parsed file `text`, or in a part of it that has the JSON path `path`. Not yet
/// checkExperiment().
[[nodiscard]] Result<ExperimentSpec> experimentFromJson(
    const JsonValue& root, std::string_view text, const std::string& path = {});
void writeExperiment(JsonWriter& out, const ExperimentSpec& spec);

} // namespace fplab
