#include "core/parts/csv_samples.h"

#include "core/io/vfs.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace fplab {

namespace {

Diagnostic inFile(Diagnostic error, const std::string& path)
{
    error.file = path;
    return error;
}

Result<CsvTable> openTable(const std::string& path, const CsvFormat& format)
{
    auto bytes = loadFile(path, CsvTable::maxBytes);
    if (!bytes)
        return bytes.error();
    auto table = CsvTable::open(std::move(bytes).value(), format);
    if (!table)
        return inFile(table.error(), path);
    return table;
}

std::string pathOf(const DataSpec& data, const std::string& folder)
{
    return data.csv.starts_with('/') || folder.empty() ? data.csv : folder + '/' + data.csv;
}

/// Why a table has no columns for x and y: the first bad cell of those that come nearest.
Diagnostic noTwoColumns(const CsvTable& table, const std::vector<CsvTable::Counts>& counts,
    std::optional<std::size_t> x, std::optional<std::size_t> y)
{
    if (const auto readable = table.check(); !readable)
        return readable.error();
    Diagnostic error;
    const std::size_t columns = table.columnCount();
    if (columns == 1) {
        error.what = "there is one column, and two are needed: x and y";
        error.advice = "Add a column, or say what separates them.";
        return error;
    }
    const auto best = [&](bool isX, std::optional<std::size_t> other) {
        std::optional<std::size_t> found;
        const auto worth = [&](std::size_t i) {
            const bool named = table.layout().columns[i].name == (isX ? "x" : "y");
            return std::tuple(isX ? counts[i].values() : counts[i].numbers, named, counts[i].others);
        };
        for (std::size_t i = 0; i < columns; ++i)
            if (i != other && (!found || worth(i) > worth(*found)))
                found = i;
        return *found;
    };
    const std::size_t xColumn = x ? *x : best(true, y), yColumn = y ? *y : best(false, xColumn);
    const auto read = table.read(xColumn, yColumn);
    if (read && read->badRows == 0) {
        error.what = "the file has no two columns of numbers";
        return error;
    }
    error = read ? CsvTable::refusal(*read) : read.error();
    for (auto& fix : error.fixes)
        fix.settings.insert(
            fix.settings.end(), {{"data.x", table.columnKey(xColumn)}, {"data.y", table.columnKey(yColumn)}});
    return error;
}

} // namespace

CsvFormat csvFormat(const DataSpec& data)
{
    return {data.skipRows, data.header, data.separator, data.decimal, data.thousands, data.encoding, data.dateOrder};
}

Result<CsvSamples> csvSamples(const CsvTable& table, const DataSpec& data)
{
    const auto x = table.findColumn(data.x, "data.x"), y = table.findColumn(data.y, "data.y");
    for (const auto* column : {&x, &y})
        if (!*column)
            return column->error();
    auto read = table.read(*x, *y);
    if (!read)
        return read.error();
    if (read->badRows > 0 && data.badRows != "skip")
        return CsvTable::refusal(*read);
    CsvSamples samples;
    if (read->badRows > 0)
        read->notes.push_back(CsvTable::omission(*read));
    const std::size_t count = read->x.size();
    samples.inputs = {count, 1, std::move(read->x)};
    samples.targets = {count, 1, std::move(read->y)};
    samples.xTitle = std::move(read->xTitle);
    samples.yTitle = std::move(read->yTitle);
    samples.notes = std::move(read->notes);
    return samples;
}

Result<CsvSamples> loadCsvSamples(const DataSpec& data, const std::string& folder)
{
    const std::string path = pathOf(data, folder);
    const auto table = openTable(path, csvFormat(data));
    if (!table)
        return table.error();
    auto samples = csvSamples(*table, data);
    if (!samples)
        return inFile(samples.error(), path);
    return samples;
}

Result<CsvColumnPair> likelyColumns(const CsvTable& table, const std::vector<CsvTable::Counts>& counts,
    std::optional<std::size_t> givenX, std::optional<std::size_t> givenY)
{
    if (givenX && givenY)
        return CsvColumnPair {*givenX, *givenY};
    if (table.layout().doubt)
        return *table.layout().doubt;
    const std::size_t columns = table.columnCount();
    const auto isGood = [&](std::size_t i, bool x, bool strict) {
        const auto& cells = counts[i];
        const std::size_t good = x ? cells.values() : cells.numbers, all = cells.values() + cells.empty + cells.others;
        return strict ? good == all && good > 0 && !(cells.constant && all > 1 && x) : good > 0 && good * 2 >= all;
    };
    const auto isDayBesideClock = [&](std::size_t i) { // of the two the clock is the finer x
        return i + 1 < columns && counts[i].days > 0 && counts[i + 1].times > 0 && counts[i + 1].days == 0;
    };
    const auto named = [&](std::string_view name) {
        const auto found = std::ranges::find(table.layout().columns, name, &CsvColumn::name);
        return static_cast<std::size_t>(found - table.layout().columns.begin());
    };
    const std::size_t x = named("x"), y = named("y");
    if (!givenX && !givenY && x < columns && y < columns && isGood(x, true, false) && isGood(y, false, false))
        return CsvColumnPair {x, y};
    const bool index = columns > 2 && table.layout().columns.front().name.empty() && table.layout().header;
    struct Search {
        bool strict, anyOrder;
        std::size_t from;
    };
    for (const auto& [strict, anyOrder, from] :
        {Search {true, false, index ? 1u : 0u}, {true, false, 0}, {true, true, 0}, {false, true, 0}}) {
        for (std::size_t i = givenX ? 0 : from; i < columns; ++i) {
            if (givenX ? i != *givenX : i == givenY || !isGood(i, true, strict) || isDayBesideClock(i))
                continue;
            if (givenY)
                return CsvColumnPair {i, *givenY};
            for (const std::size_t start : {i + 1, std::size_t(0)}) // those behind x first
                for (std::size_t j = start; j < columns; ++j)
                    if (j != i && (start > 0 || givenX || anyOrder) && isGood(j, false, strict))
                        return CsvColumnPair {i, j};
        }
    }
    return noTwoColumns(table, counts, givenX, givenY);
}

ExperimentSpec experimentOfCsv(const std::string& path)
{
    ExperimentSpec spec;
    const auto name = path.substr(path.rfind('/') + 1); // npos + 1 is 0
    spec.title = name.substr(0, std::min<std::size_t>(name.rfind('.'), 200));
    DataSpec& data = dataOf(spec)->emplace(); // the first kind takes samples
    data.csv = name;
    data.x = data.y = "";
    return spec;
}

Status chooseColumns(DataSpec& data, const std::string& folder)
{
    if (!data.x.empty() && !data.y.empty())
        return success();
    const std::string path = pathOf(data, folder);
    const auto table = openTable(path, csvFormat(data));
    if (!table)
        return table.error();
    std::optional<std::size_t> given[2];
    for (const bool isX : {true, false}) {
        const auto& name = isX ? data.x : data.y;
        if (name.empty())
            continue;
        const auto column = table->findColumn(name, isX ? "data.x" : "data.y");
        if (!column)
            return inFile(column.error(), path);
        given[isX ? 0 : 1] = *column;
    }
    const auto pair = likelyColumns(*table, table->count(), given[0], given[1]);
    if (!pair)
        return inFile(pair.error(), path);
    for (const auto& [name, column, key] : {std::tuple(&data.x, pair->x, "data.x"), {&data.y, pair->y, "data.y"}}) {
        if (!name->empty())
            continue;
        *name = table->columnKey(column);
        if (const auto unique = table->findColumn(table->columnName(column), key); !unique)
            return inFile(unique.error(), path);
    }
    return success();
}

bool isCsvName(std::string_view path)
{
    constexpr std::array<std::string_view, 7> endings {".csv", ".tsv", ".txt", ".dat", ".lvm", ".asc", ".prn"};
    return std::ranges::any_of(endings, [path](std::string_view ending) {
        return path.size() > ending.size()
            && std::ranges::equal(path.substr(path.size() - ending.size()), ending,
                [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    });
}

} // namespace fplab
