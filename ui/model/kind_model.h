#pragma once

#include "core/experiment/spec.h"
#include "ui/model/view_occasion.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fplab {

class ExperimentEditor;
class RunController;

/// What a kind adds to an open experiment: comparisons, a verdict of its own, changes that act in ways of their own.
/// Made once with the models of a window, and told of every experiment; those of other kinds make it unavailable.
class KindModel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Another experiment, of any kind, is about to be loaded into the run.
    virtual void open(const ExperimentSpec& spec, const ExecutionOptions& options) = 0;
    /// The same experiment, as it runs after a change that acts at once.
    virtual void follow(const ExperimentSpec& spec) = 0;
    /// The experiment in the run is of its kind.
    [[nodiscard]] virtual bool available() const = 0;
    /// What waits for a new run has become another.
    virtual void onPending(const ExperimentEditor& editor) { (void)editor; }

    // Preconditions of what follows: available().
    /// Whether the live field at `path`, with the value it has in `wanted`, comes too late for this run.
    [[nodiscard]] virtual bool isTooLate(const QString& path, const ExperimentSpec& wanted) const;
    /// A record from which the run can go on with a change that waits, as if it had been there in time.
    struct Branch {
        std::size_t record;
        QString path; ///< of the change
    };
    [[nodiscard]] virtual std::optional<Branch> branch(const ExperimentEditor& editor) const;
    /// The step that the run is likely to end with, where it ends by itself before its last step.
    [[nodiscard]] virtual std::optional<std::int64_t> expectedEnd() { return std::nullopt; }
    /// Its own verdict, once there is one; three lines, and in full.
    struct Words {
        QString title, detail, count, text;
        bool good = false; ///< what one hopes for
    };
    [[nodiscard]] virtual std::optional<Words> verdictWords() const { return std::nullopt; }
    /// High frequencies first is what such a run is expected to do.
    [[nodiscard]] virtual bool isReversed() const { return false; }
    /// The solver that goes on from a network, as themes and people name it.
    struct Solver {
        std::string id;
        QString label;
    };
    [[nodiscard]] virtual std::optional<Solver> solver() const { return std::nullopt; }
    /// The equation behind a view of all kinds, as rich text; empty where the view's own words hold.
    [[nodiscard]] virtual QString equation(const QString& view, const QString& summary) const;
    /// Which views fit; none where those do that accept the channels.
    [[nodiscard]] virtual std::optional<ViewOccasion> occasion() const { return std::nullopt; }

Q_SIGNALS:
    void changed(); ///< anything of this
    void problem(const QString& text); ///< something it did ended early
};

/// The models of all kinds that have one, as one.
class KindModels : public QObject {
    Q_OBJECT
public:
    explicit KindModels(RunController& run, QObject* parent = nullptr);

    void open(const ExperimentSpec& spec, const ExecutionOptions& options);
    void follow(const ExperimentSpec& spec);
    void onPending(const ExperimentEditor& editor);

    /// That of the experiment in the run; null where its kind has none.
    [[nodiscard]] KindModel* current() const;
    /// For a kind's own views. Precondition: a kind has such a model.
    template <class Model> [[nodiscard]] Model& of() const
    {
        for (const auto& model : m_models)
            if (auto* found = dynamic_cast<Model*>(model.get()))
                return *found;
        Q_UNREACHABLE();
    }

Q_SIGNALS:
    void changed();
    void problem(const QString& text);

private:
    std::vector<std::unique_ptr<KindModel>> m_models;
};

} // namespace fplab
