#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace fplab {

class OpenExperiment;

/// What a run that diverged is put down to, and the ways out. Preconditions: it has diverged.

/// Live changes shortly before it.
struct Suspect {
    std::int64_t step = 0; ///< where the changes began
    QStringList paths; ///< the latest first
    ExperimentSpec before; ///< the panels' experiment with the values that were in force before
};
[[nodiscard]] std::optional<Suspect> suspect(const OpenExperiment& experiment);
/// Its probable cause, in a sentence.
[[nodiscard]] QString probableCause(const OpenExperiment& experiment);
/// Whether it was a network, which a learning rate drives, and not a solver.
[[nodiscard]] bool networkDiverged(const OpenExperiment& experiment);

/// With a suspect: back to the step where the changes began, without them, paused.
void takeBackChanges(OpenExperiment& experiment);
/// The panels' learning rate; none where the kind has none.
[[nodiscard]] std::optional<double> learningRate(const OpenExperiment& experiment);
/// Learning rate / 10 and from the start. Precondition: there is a learning rate.
Status retryWithLowerRate(OpenExperiment& experiment);

} // namespace fplab
