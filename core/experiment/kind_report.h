#pragma once

#include "core/base/samples.h"
#include "core/experiment/kind.h"
#include "core/fields/json.h"
#include "core/run/record.h"
#include "core/signal/dataset.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace fplab {

/// The lines of a check: what was expected, and what was found.
class Statements {
public:
    bool right = true; ///< all of them
    std::string text; ///< one line each

    void state(bool isRight, const std::string& line);
    void note(const std::string& line); ///< that decides nothing
    void atMost(const std::string& what, double found, std::optional<double> limit);
    void atLeast(const std::string& what, double found, std::optional<double> limit);
    /// `found`: none = never
    void within(const std::string& before, std::optional<std::int64_t> found, const std::string& after,
        std::int64_t least, std::int64_t most);
};

/// A table whose rows come with the records, or all at the end.
struct ResultTable {
    std::string name; ///< of the file, e.g. "error.csv"
    std::string columns; ///< names, separated by commas
};

/// What a kind tells of one run beside what all runs tell: tables, members of the summary, lines for people, and
/// whether it shows what a preset must show. Fed with the records in order of step.
class KindReport {
public:
    virtual ~KindReport() = default;

    virtual void add(const Record& record) { (void)record; }

    /// Tables that grow with the run.
    [[nodiscard]] virtual std::vector<ResultTable> growingTables() const { return {}; }
    /// The row of growingTables()[table] for a record that add() has seen, without a line feed.
    [[nodiscard]] virtual std::string row(std::size_t table, const Record& record) const
    {
        (void)table, (void)record;
        return {};
    }
    /// Tables of the state at the end, and their rows, each with a line feed.
    struct FinalTable : ResultTable {
        std::string rows;
    };
    [[nodiscard]] virtual std::vector<FinalTable> finalTables() { return {}; }
    /// Their names, known before.
    [[nodiscard]] virtual std::vector<std::string> finalTableNames() const { return {}; }

    /// The weights the run has ended with; empty without a network.
    [[nodiscard]] virtual NetworkParams params() const { return {}; }
    /// The samples that are trained on; null without any.
    [[nodiscard]] virtual const Dataset* samples() const { return nullptr; }

    /// Members of summary.json behind the common ones.
    virtual void writeSummary(JsonWriter& out) const { (void)out; }
    /// Lines for people, each with a line feed.
    [[nodiscard]] virtual std::string text() const { return {}; }

    /// Compares with the kind's own keys of `expected`, the object in a preset's file. May run something for
    /// comparison, with `threads`, until `stop` is requested.
    virtual void check(const JsonValue& expected, Statements& out, int threads, const std::stop_token& stop)
    {
        (void)expected, (void)out, (void)threads, (void)stop;
    }
};

/// A table's header line and rows of numbers.
[[nodiscard]] std::string numberInTable(double value); ///< never "-nan"
/// "step,k=1,k=3" for "step", 'k' and {1, 3}.
[[nodiscard]] std::string columnsOf(std::string first, char letter, std::span<const double> values);
/// "12,0.5,0.25"; `text` is a second column, unless empty.
[[nodiscard]] std::string rowOf(std::int64_t step, const std::string& text, std::span<const double> values);

} // namespace fplab
