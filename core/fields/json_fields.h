#pragma once

#include "core/base/result.h"
#include "core/fields/json.h"
#include "core/fields/visitor.h"

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Visitors that read and write JSON.
namespace fplab {

/// The candidate that `word` was most likely meant to be; empty if none is near.
[[nodiscard]] std::string nearestWord(std::string_view word, const std::vector<std::string_view>& candidates);

/// One visit reads the members of a JSON object into a spec; ends with finish(). The first problem is kept, later ones
/// are not looked for. Members that are missing leave the value as it is.
class FieldReader : public FieldVisitor {
public:
    /// `path` is the JSON path of `object`, empty for the whole file; `text` is what it was parsed from: errors say
    /// where in it, but for an empty one; `allowed` are keys that the caller reads itself. Object and text must outlive
    /// this.
    FieldReader(
        const JsonValue& object, std::string path, std::string_view text, std::vector<std::string_view> allowed = {});

    /// Success if every key was known and every value right.
    [[nodiscard]] Status finish();

    // For custom fields.
    /// Null where it is missing, and after an error.
    [[nodiscard]] const JsonValue* member(std::string_view id);
    /// A reader of the member `id`, which is `json`.
    [[nodiscard]] FieldReader inner(const JsonValue& json, std::string_view id) const;
    /// Ends it and takes over what is wrong with it; whether all was right.
    bool close(FieldReader& inner);
    /// Reads the member `id`, a list of rows of one length.
    void readSamples(std::string_view id, Shared<SampleMatrix>& samples);

protected:
    void field(std::string_view id, FieldValue value, const Hint& hint) override;
    void part(std::string_view id, const PartRef& part, const Hint& hint) override;

private:
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
    void read(const JsonValue& json, std::vector<std::string>& values, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::vector<int>& values, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::vector<double>& values, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<double>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<int>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, std::optional<std::vector<int>>& value, const Hint& hint, const std::string& path);
    void read(const JsonValue& json, Shared<NetworkParams>& value, const Hint& hint, const std::string& path);
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
class FieldWriter : public FieldVisitor {
public:
    explicit FieldWriter(JsonWriter& out)
        : m_out(out)
    {
    }

protected:
    void field(std::string_view id, FieldValue value, const Hint& hint) override;
    void part(std::string_view id, const PartRef& part, const Hint& hint) override;

private:
    JsonWriter& m_out;
};

/// Writes one field as a member, or nothing where its value is absent.
void writeField(JsonWriter& out, std::string_view id, const FieldValue& value);
/// A member whose rows are those of the samples.
void writeSamples(JsonWriter& out, std::string_view id, const SampleMatrix& samples);

/// The explicit form of weights: [ { "W": [[...], ...], "b": [...] }, ... ].
void writeParams(JsonWriter& out, const NetworkParams& params);

} // namespace fplab
