#pragma once

#include "core/experiment/presets.h"
#include "core/results/result_writer.h"

#include <optional>
#include <stop_token>

namespace fplab::cli {

/// Prints how near a Poisson run came, and when it reached which error.
void printSolve(const SolveSummary& solve);

/// The same solver from zero, run here and now, for a preset that is about who wins; nothing for others.
[[nodiscard]] std::optional<HandoffVerdict> compareWithSolverAlone(
    const Preset& preset, const RunReport& report, const std::stop_token& stop);

} // namespace fplab::cli
