#include "core/fields/json_fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <variant>

namespace fplab {
namespace {

using Type = JsonValue::Type;

constexpr std::size_t maxLayers = 16, maxPeaks = 64, maxParameters = 32;

/// Edit distance, counting a swap of two neighbours as one edit.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before, row(b.size() + 1), previous;
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::exchange(previous, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row.back();
}

std::string listOf(const std::vector<std::string_view>& words)
{
    std::string out;
    for (const auto word : words)
        out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

std::string didYouMean(const std::string& word) { return word.empty() ? word : "Did you mean \"" + word + "\"?"; }

std::string entry(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

/// Without an exponent where that is short.
std::string readable(double value)
{
    char buffer[32];
    if (value != 0 && (std::abs(value) < 1e-4 || std::abs(value) > 1e15))
        return formatNumber(value);
    return {buffer, std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::fixed).ptr};
}

/// "must be between 1 and 16", or a half-open form where one side has no limit.
std::string allowedRange(const Hint& hint)
{
    const bool below = hint.min > -noLimit, above = hint.max < noLimit;
    if (below && above)
        return "must be between " + readable(hint.min) + " and " + readable(hint.max);
    return below ? "must be at least " + readable(hint.min) : "must be at most " + readable(hint.max);
}

} // namespace

std::string nearestWord(std::string_view word, const std::vector<std::string_view>& candidates)
{
    std::string best;
    std::size_t bestDistance = 1 + std::max<std::size_t>(1, word.size() / 3);
    if (word.size() > 64)
        return best;
    const auto lower = [](std::string_view text) {
        std::string out(text);
        for (char& c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return out;
    };
    for (const auto candidate : candidates) {
        const auto distance = editDistance(lower(word), lower(candidate));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

FieldReader::FieldReader(
    const JsonValue& object, std::string path, std::string_view text, std::vector<std::string_view> allowed)
    : m_object(object)
    , m_path(std::move(path))
    , m_text(text)
    , m_known(std::move(allowed))
{
    if (object.type != Type::Object)
        failType(object, m_path, "an object { ... }");
}

std::string FieldReader::pathOf(std::string_view id) const
{
    return m_path.empty() ? std::string(id) : m_path + '.' + std::string(id);
}

const JsonValue* FieldReader::member(std::string_view id)
{
    m_known.push_back(id);
    return m_status ? m_object.find(id) : nullptr;
}

void FieldReader::fail(Diagnostic error)
{
    if (m_status)
        m_status = std::move(error);
}

void FieldReader::fail(const JsonValue& json, const std::string& path, std::string what, std::string advice)
{
    Diagnostic error;
    error.what = std::move(what);
    error.path = path;
    const auto position = m_text.empty() ? TextPosition {} : positionOf(m_text, json.offset);
    error.line = position.line;
    error.column = position.column;
    error.advice = std::move(advice);
    fail(std::move(error));
}

void FieldReader::failType(const JsonValue& json, const std::string& path, std::string_view expected)
{
    fail(json, path, "must be " + std::string(expected) + ", found " + json.describe());
}

Status FieldReader::finish()
{
    for (const auto& [key, value] : m_object.members) {
        if (!m_status)
            break;
        if (std::ranges::find(m_known, key) != m_known.end())
            continue;
        const auto nearest = nearestWord(key, m_known);
        fail(value, pathOf(key.substr(0, 60)), "unknown key \"" + key.substr(0, 60) + '"',
            nearest.empty() ? "Known here: " + listOf(m_known) : didYouMean(nearest));
    }
    return m_status;
}

bool FieldReader::readNumber(const JsonValue& json, double& value, const Hint& hint, const std::string& path)
{
    if (json.type != Type::Number)
        return failType(json, path, "a number"), false;
    if (!(json.number >= hint.min && json.number <= hint.max))
        return fail(json, path, allowedRange(hint) + ", found " + json.text.substr(0, 40)), false;
    value = json.number;
    return true;
}

template <std::integral T>
bool FieldReader::readInteger(const JsonValue& json, T& value, const Hint& hint, const std::string& path)
{
    double number = 0;
    if (json.type != Type::Number || json.number != std::floor(json.number))
        return failType(json, path, "a whole number"), false;
    if (!readNumber(json, number, hint, path))
        return false;
    T whole {};
    const auto* end = json.text.data() + json.text.size();
    if (const auto read = std::from_chars(json.text.data(), end, whole); read.ec == std::errc {} && read.ptr == end) {
        value = whole; // exact, also beyond 2^53
        return true;
    }
    if (std::abs(number) > 9007199254740992.0)
        return fail(json, path, "is too large or not a plain whole number, found " + json.text), false;
    value = static_cast<T>(number); // written as 1e3 or 5.0
    return true;
}

template <class T>
bool FieldReader::readList(const JsonValue& json, std::vector<T>& values, const Hint& hint, const std::string& path)
{
    if (json.type != Type::Array)
        return failType(json, path, "a list [ ... ]"), false;
    std::vector<T> read(json.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        if constexpr (std::same_as<T, double>) {
            if (json.isFlat() && json.rowEnds.empty() && json.numbers[i] >= hint.min && json.numbers[i] <= hint.max) {
                read[i] = json.numbers[i]; // the many
                continue;
            }
        }
        const auto readEntry = [&](const JsonValue& item) {
            if constexpr (std::integral<T>)
                return readInteger(item, read[i], hint, entry(path, i));
            else
                return readNumber(item, read[i], hint, entry(path, i));
        };
        if (!withEntry(json, i, readEntry))
            return false;
    }
    values = std::move(read);
    return true;
}

/// The rows one after the other, and where in `numbers` each ends.
bool FieldReader::readRows(
    const JsonValue& json, std::vector<double>& numbers, std::vector<std::size_t>& ends, const std::string& path)
{
    if (json.type != Type::Array)
        return failType(json, path, "a list of rows [[ ... ], ...]"), false;
    numbers = json.rowEnds.empty() ? std::vector<double>() : json.numbers;
    ends = json.rowEnds;
    std::vector<double> row;
    for (std::size_t i = ends.size(); i < json.size(); ++i) {
        const auto readRow
            = [&](const JsonValue& item) { return readList(item, row, Hint {.label = {}}, entry(path, i)); };
        if (!withEntry(json, i, readRow))
            return false;
        numbers.insert(numbers.end(), row.begin(), row.end());
        ends.push_back(numbers.size());
    }
    return true;
}

bool FieldReader::readMatrix(const JsonValue& json, std::vector<std::vector<double>>& rows, const std::string& path)
{
    std::vector<double> numbers;
    std::vector<std::size_t> ends;
    if (!readRows(json, numbers, ends, path))
        return false;
    auto at = numbers.cbegin();
    for (const auto end : ends) {
        const auto next = numbers.cbegin() + static_cast<std::ptrdiff_t>(end);
        rows.emplace_back(at, next);
        at = next;
    }
    return true;
}

bool FieldReader::readSamples(const JsonValue& json, Shared<SampleMatrix>& samples, const std::string& path)
{
    SampleMatrix read;
    std::vector<std::size_t> ends;
    if (!readRows(json, read.values, ends, path))
        return false;
    if (ends.empty())
        return fail(json, path, "must have at least one row"), false;
    const auto failRow = [&](std::size_t i, const std::string& what) {
        withEntry(json, i, [&](const JsonValue& row) { fail(row, entry(path, i), what); });
        return false;
    };
    read.count = ends.size();
    read.dim = ends.front();
    if (read.dim == 0)
        return failRow(0, "must have at least one number");
    for (std::size_t i = 1; i < ends.size(); ++i)
        if (const auto found = ends[i] - ends[i - 1]; found != read.dim)
            return failRow(i,
                "must have " + std::to_string(read.dim) + " numbers as the first row, found " + std::to_string(found));
    samples = std::move(read);
    return true;
}

void FieldReader::read(const JsonValue& json, bool& value, const Hint&, const std::string& path)
{
    if (json.type != Type::Bool)
        return failType(json, path, "true or false");
    value = json.boolean;
}

void FieldReader::read(const JsonValue& json, double& value, const Hint& hint, const std::string& path)
{
    readNumber(json, value, hint, path);
}

void FieldReader::read(const JsonValue& json, int& value, const Hint& hint, const std::string& path)
{
    readInteger(json, value, hint, path);
}

void FieldReader::read(const JsonValue& json, std::int64_t& value, const Hint& hint, const std::string& path)
{
    readInteger(json, value, hint, path);
}

void FieldReader::read(const JsonValue& json, std::uint64_t& value, const Hint& hint, const std::string& path)
{
    readInteger(json, value, hint, path);
}

void FieldReader::read(const JsonValue& json, std::string& value, const Hint& hint, const std::string& path)
{
    if (json.type != Type::String)
        return failType(json, path, "text in quotes");
    if (json.text.find('\0') != json.text.npos)
        return fail(json, path, "must not contain the character with code 0");
    if (static_cast<double>(json.text.size()) > hint.max)
        return fail(json, path,
            "must have at most " + readable(hint.max) + " bytes, found " + std::to_string(json.text.size()));
    if (!hint.choices.empty() && std::ranges::find(hint.choices, json.text, &Choice::id) == hint.choices.end()) {
        std::vector<std::string_view> ids;
        std::ranges::transform(hint.choices, std::back_inserter(ids), &Choice::id);
        const auto nearest = nearestWord(json.text, ids);
        return fail(json, path, "must be one of " + listOf(ids) + ", found " + json.describe(), didYouMean(nearest));
    }
    value = json.text;
}

void FieldReader::read(
    const JsonValue& json, std::vector<std::string>& values, const Hint& hint, const std::string& path)
{
    if (json.type != Type::Array)
        return failType(json, path, "a list of ids");
    std::vector<std::string> ids(json.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        withEntry(json, i, [&](const JsonValue& item) { read(item, ids[i], hint, entry(path, i)); });
        if (!m_status)
            return;
        if (std::ranges::count(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) > 0)
            return fail(json, entry(path, i), "is named twice, found \"" + ids[i] + '"');
    }
    values = std::move(ids);
}

void FieldReader::read(const JsonValue& json, std::vector<int>& values, const Hint& hint, const std::string& path)
{
    if (json.type == Type::Array && (json.size() == 0 || json.size() > maxLayers))
        return fail(json, path,
            "must have between 1 and " + std::to_string(maxLayers) + " entries, found " + std::to_string(json.size()));
    readList(json, values, hint, path);
}

void FieldReader::read(const JsonValue& json, std::vector<double>& values, const Hint& hint, const std::string& path)
{
    readList(json, values, hint, path);
}

void FieldReader::read(const JsonValue& json, std::optional<double>& value, const Hint& hint, const std::string& path)
{
    double number = 0;
    if (readNumber(json, number, hint, path))
        value = number;
}

void FieldReader::read(const JsonValue& json, std::optional<int>& value, const Hint& hint, const std::string& path)
{
    if (json.type == Type::String && json.text == "auto")
        return value.reset();
    int number = 0;
    if (json.type == Type::String)
        failType(json, path, "\"auto\" or a whole number");
    else if (readInteger(json, number, hint, path))
        value = number;
}

void FieldReader::read(
    const JsonValue& json, std::optional<std::vector<int>>& value, const Hint& hint, const std::string& path)
{
    if (json.type == Type::String && json.text == "auto")
        return value.reset();
    if (json.type != Type::Array)
        return failType(json, path, "\"auto\" or a list of frequencies");
    if (json.size() > maxPeaks)
        return fail(json, path,
            "must have at most " + std::to_string(maxPeaks) + " entries, found " + std::to_string(json.size()));
    std::vector<int> peaks;
    if (!readList(json, peaks, hint, path))
        return;
    auto sorted = peaks;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end())
        return fail(json, path, "must not name a frequency twice");
    value = std::move(peaks);
}

void FieldReader::read(const JsonValue& json, Shared<NetworkParams>& value, const Hint& hint, const std::string& path)
{
    if (const auto* params = json.find("params")) { // weights.json as a whole
        FieldReader inner(json, path, m_text, {"kind", "params"});
        if (const auto status = inner.finish(); !status)
            return fail(status.error());
        return read(*params, value, hint, path + ".params");
    }
    if (json.type != Type::Array)
        return failType(json, path, "a list of layers [{ \"W\": [[...]], \"b\": [...] }, ...]");
    if (json.size() > maxLayers + 1)
        return fail(json, path, "must have at most " + std::to_string(maxLayers + 1) + " layers");
    NetworkParams params(json.size());
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto readLayer = [&](const JsonValue& layer) {
            FieldReader inner(layer, entry(path, i), m_text);
            const auto* weights = inner.member("W");
            const auto* biases = inner.member("b");
            if (!weights || !biases)
                inner.fail(layer, entry(path, i), weights ? "has no \"b\"" : "has no \"W\"");
            else if (inner.readMatrix(*weights, params[i].W, inner.pathOf("W")))
                inner.readList(*biases, params[i].b, Hint {.label = {}}, inner.pathOf("b"));
            return inner.finish();
        };
        if (const auto status = withEntry(json, i, readLayer); !status)
            return fail(status.error());
    }
    value = std::move(params);
}

void FieldReader::read(
    const JsonValue& json, std::map<std::string, double>& value, const Hint& hint, const std::string& path)
{
    if (json.type != Type::Object)
        return failType(json, path, "an object { \"a\": 1, ... }");
    if (json.members.size() > maxParameters)
        return fail(json, path, "must have at most " + std::to_string(maxParameters) + " entries");
    std::map<std::string, double> read;
    for (const auto& [name, number] : json.members) {
        const std::string at = path + '.' + name.substr(0, 60);
        if (hint.isName && !hint.isName(name))
            return fail(
                number, at, "is no name for a parameter", "Names have letters, digits and _, and no other meaning.");
        if (!readNumber(number, read[name], hint, at))
            return;
    }
    value = std::move(read);
}

FieldReader FieldReader::inner(const JsonValue& json, std::string_view id) const { return {json, pathOf(id), m_text}; }

bool FieldReader::close(FieldReader& inner)
{
    const auto status = inner.finish();
    if (!status)
        fail(status.error());
    return status.ok();
}

void FieldReader::readSamples(std::string_view id, Shared<SampleMatrix>& samples)
{
    if (const auto* json = member(id))
        readSamples(*json, samples, pathOf(id));
}

void FieldReader::field(std::string_view id, FieldValue value, const Hint& hint)
{
    if (const auto* custom = std::get_if<CustomField>(&value))
        return custom->type->read(*this, id, custom->value);
    const auto* json = member(id);
    if (!json)
        return;
    std::visit(
        [&]<class T>(T pointer) {
            if constexpr (std::is_pointer_v<T>)
                read(*json, *pointer, hint, pathOf(id));
        },
        value);
}

void FieldReader::part(std::string_view id, const PartRef& part, const Hint&)
{
    const auto* json = member(id);
    if (!json)
        return;
    if (part.shortForm && json->type == Type::Array)
        return read(*json, part.shortForm(part.value), Hint {.label = {}, .min = 0, .max = 1e12}, pathOf(id));
    FieldReader members = inner(*json, id);
    part.visit(part.value, members);
    close(members);
}

namespace {

template <class T> void write(JsonWriter& out, std::string_view id, const T& value) { out.member(id, value); }

void write(JsonWriter& out, std::string_view id, const std::vector<int>& values)
{
    out.key(id).beginArray(true);
    for (const int value : values)
        out.value(value);
    out.endArray();
}

void write(JsonWriter& out, std::string_view id, const std::vector<std::string>& values)
{
    if (values.empty())
        return;
    out.key(id).beginArray(true);
    for (const std::string& value : values)
        out.value(value);
    out.endArray();
}

void write(JsonWriter& out, std::string_view id, const std::vector<double>& values)
{
    if (values.empty())
        return;
    out.key(id).beginArray(true);
    for (const double value : values)
        out.value(value);
    out.endArray();
}

void write(JsonWriter& out, std::string_view id, const std::optional<double>& value)
{
    if (value)
        out.member(id, *value);
}

void write(JsonWriter& out, std::string_view id, const std::optional<int>& value)
{
    if (value)
        out.member(id, *value);
    else
        out.member(id, "auto");
}

void write(JsonWriter& out, std::string_view id, const std::optional<std::vector<int>>& value)
{
    if (value)
        write(out, id, *value);
    else
        out.member(id, "auto");
}

void write(JsonWriter& out, std::string_view id, const std::map<std::string, double>& parameters)
{
    if (parameters.empty())
        return;
    out.key(id).beginObject();
    for (const auto& [name, value] : parameters)
        out.member(name, value);
    out.endObject();
}

void write(JsonWriter& out, std::string_view id, const Shared<NetworkParams>& params)
{
    if (params->empty())
        return;
    out.key(id);
    writeParams(out, params);
}

} // namespace

void writeField(JsonWriter& out, std::string_view id, const FieldValue& value)
{
    std::visit(
        [&]<class T>(const T& field) {
            if constexpr (std::is_same_v<T, CustomField>)
                field.type->write(out, id, field.value);
            else
                write(out, id, *field);
        },
        value);
}

void writeSamples(JsonWriter& out, std::string_view id, const SampleMatrix& samples)
{
    out.key(id).beginArray();
    for (std::size_t i = 0; i < samples.count; ++i) {
        out.beginArray(true);
        for (std::size_t j = 0; j < samples.dim; ++j)
            out.value(samples(i, j));
        out.endArray();
    }
    out.endArray();
}

void FieldWriter::field(std::string_view id, FieldValue value, const Hint&) { writeField(m_out, id, value); }

void FieldWriter::part(std::string_view id, const PartRef& part, const Hint&)
{
    m_out.key(id).beginObject();
    part.visit(part.value, *this);
    m_out.endObject();
}

void writeParams(JsonWriter& out, const NetworkParams& params)
{
    out.beginArray();
    for (const auto& layer : params) {
        out.beginObject().key("W").beginArray();
        for (const auto& row : layer.W) {
            out.beginArray(true);
            for (const double w : row)
                out.value(w);
            out.endArray();
        }
        out.endArray().key("b").beginArray(true);
        for (const double b : layer.b)
            out.value(b);
        out.endArray().endObject();
    }
    out.endArray();
}

} // namespace fplab
