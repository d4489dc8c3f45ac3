#pragma once

#include "core/analysis/analysis_spec.h"
#include "core/base/result.h"
#include "core/fields/visitor.h"
#include "core/run/experiment.h"
#include "core/run/run_control.h"
#include "core/run/schedule.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fplab {

struct ExperimentSpec;
struct Kind;
struct JsonValue;
class KindReport;

/// How an experiment is carried out on this computer; never changes the numbers.
struct ExecutionOptions {
    int threads = 1;
    std::string baseFolder; ///< where relative CSV paths of the spec start; empty = current folder
};

/// One thing that a figure or a table says about the run it shows: "learning rate", "0.001".
struct Fact {
    std::string name, value;
    bool operator==(const Fact&) const = default;
};

/// A group of fields in forms. Fields name it in their hints.
struct Panel {
    std::string_view id;
    std::string_view label; ///< for people, with its number
    Effect effect; ///< of most of its fields
};

/// The settings of an experiment of some kind, as a value. Its own folder knows which struct it is; all others see its
/// fields, the parts it is composed of (findPart()) and what every kind has.
///
/// The struct has members `stop`, `record` and `analysis`, ==, visitFields() and, found beside it, `const Kind&
/// descriptor(const Spec&)`.
class KindSpec {
public:
    /// Of the first kind of the registry, at its defaults. Defined there.
    KindSpec();
    template <class Spec>
    requires requires(const Spec& spec) { descriptor(spec); }
    KindSpec(Spec spec) // NOLINT: implicit by design
        : m_held(std::make_unique<Held<Spec>>(std::move(spec)))
    {
    }
    KindSpec(const KindSpec& other)
        : m_held(other.m_held->clone())
    {
    }
    KindSpec(KindSpec&& other) noexcept = default;
    KindSpec& operator=(const KindSpec& other)
    {
        m_held = other.m_held->clone();
        return *this;
    }
    KindSpec& operator=(KindSpec&& other) noexcept = default;
    ~KindSpec() = default;

    [[nodiscard]] const Kind& kind() const { return m_held->kind(); }
    /// Null where it is of another kind. For the kind's own folder and its own views.
    template <class Spec> [[nodiscard]] Spec* as()
    {
        auto* held = dynamic_cast<Held<Spec>*>(m_held.get());
        return held ? &held->spec : nullptr;
    }
    template <class Spec> [[nodiscard]] const Spec* as() const { return const_cast<KindSpec&>(*this).as<Spec>(); }
    void visit(FieldVisitor& visitor) { m_held->visit(visitor); }

    [[nodiscard]] StopRule& stop() { return m_held->stop(); }
    [[nodiscard]] const StopRule& stop() const { return m_held->stop(); }
    [[nodiscard]] const RecordSpec& record() const { return m_held->record(); }
    [[nodiscard]] AnalysisSpec& analysis() { return m_held->analysis(); }
    [[nodiscard]] const AnalysisSpec& analysis() const { return m_held->analysis(); }

    friend bool operator==(const KindSpec& a, const KindSpec& b) { return a.m_held->equals(*b.m_held); }

private:
    struct Base {
        virtual ~Base() = default;
        [[nodiscard]] virtual const Kind& kind() const = 0;
        [[nodiscard]] virtual std::unique_ptr<Base> clone() const = 0;
        [[nodiscard]] virtual bool equals(const Base& other) const = 0;
        virtual void visit(FieldVisitor& visitor) = 0;
        virtual StopRule& stop() = 0;
        virtual RecordSpec& record() = 0;
        virtual AnalysisSpec& analysis() = 0;
    };
    template <class Spec> struct Held final : Base {
        explicit Held(Spec theSpec)
            : spec(std::move(theSpec))
        {
        }
        const Kind& kind() const override { return descriptor(spec); }
        std::unique_ptr<Base> clone() const override { return std::make_unique<Held>(spec); }
        bool equals(const Base& other) const override
        {
            const auto* held = dynamic_cast<const Held*>(&other);
            return held && held->spec == spec;
        }
        void visit(FieldVisitor& visitor) override { visitFields(spec, visitor); }
        StopRule& stop() override { return spec.stop; }
        RecordSpec& record() override { return spec.record; }
        AnalysisSpec& analysis() override { return spec.analysis; }
        Spec spec;
    };

    std::unique_ptr<Base> m_held; ///< null only where it was moved from
};

/// All that the program knows of a kind of experiment. A folder of core/kinds has one, and the registry a row for it.
/// Functions are given specs of this kind.
struct Kind {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people, e.g. "a curve that is learnt"
    std::string_view equation; ///< what stands before its formula, e.g. "f(x) ="
    std::span<const Panel> panels; ///< in order
    KindSpec (*prototype)(); ///< at the defaults of the file format
    /// What no single field can tell: from < to, weights that have values, and the like. Errors name the JSON path.
    Status (*check)(const ExperimentSpec& spec);
    /// Errors name the JSON path, or the place in a file.
    Result<std::unique_ptr<Experiment>> (*make)(const ExperimentSpec& spec, const ExecutionOptions& options);
    /// When a run ends by itself; null: as KindSpec::stop() says.
    StopRule (*stopRule)(const ExperimentSpec& spec);
    /// Seconds to the last step; null: by timing a few steps.
    double (*estimateSeconds)(const ExperimentSpec& spec, const ExecutionOptions& options);
    /// Only the training of its network, for as many steps as the whole run asks of it, without what no step of it
    /// depends on; null: the experiment itself is that.
    ExperimentSpec (*trainingAlone)(const ExperimentSpec& spec);
    /// What the run really is, for people; only what acts is named. `samples`: how many it has; 0 = unknown.
    std::vector<Fact> (*describe)(const ExperimentSpec& spec, std::size_t samples);
    /// What the kind itself tells of a run of `experiment`, which must outlive it.
    std::unique_ptr<KindReport> (*report)(const ExperimentSpec& spec, Experiment& experiment);
};

/// The struct behind a spec of the kind. Precondition: it is of that kind.
template <class Spec> [[nodiscard]] const Spec& specOf(const KindSpec& spec) { return *spec.as<Spec>(); }
template <class Spec> [[nodiscard]] Spec& specOf(KindSpec& spec) { return *spec.as<Spec>(); }

} // namespace fplab
