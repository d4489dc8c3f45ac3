#pragma once

#include "core/analysis/verdict.h"
#include "core/base/result.h"
#include "core/experiment/kind_report.h"
#include "core/experiment/spec.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// What a preset must show. Steps are the spread over many seeds, widened (each preset's notes say how
/// many and by how much); those of paper variants come from single runs.
struct Expectation {
    std::string verdict = "none"; ///< "holds", "fails", "none" (no statement)
    std::optional<double> often; ///< share of seeds that show it, where chance decides; else all but a few in a hundred
    /// Bins captured for good one after the other, each at a later record than the one before. For spectra of which the
    /// followed peaks are only a part, so that there is no verdict on the whole.
    std::vector<std::size_t> order;
    /// Step with Delta_F below the threshold for a followed peak.
    struct Window {
        std::size_t k = 0;
        std::int64_t minStep = 0, maxStep = 0;
    };
    std::vector<Window> captures; ///< first such step
    std::vector<Window> capturesForGood; ///< from which on it stays below
    std::optional<double> maxTrainLoss, minTestLoss, maxTestLoss;
    /// The object in the file, with what the kind expects beside.
    JsonValue json;
};

/// A ready-made experiment of the gallery, from core/kinds/KIND/presets/ID.json.
struct Preset {
    std::string id;
    std::string question; ///< title of the card
    std::string summary; ///< one line under it
    std::string lookAt; ///< what to look at, one or two sentences
    std::string figure; ///< e.g. "S1, Fig. 1"
    std::string variant; ///< "classroom" or "paper"
    std::string group; ///< heading in the gallery
    std::string notes; ///< what the paper leaves open and how it is resolved here
    Expectation expected;
    ExperimentSpec spec;
};

/// All presets in the order of the gallery: classroom variants with their paper variants right behind them.
[[nodiscard]] std::span<const Preset> presets();
/// nullptr if there is none with that id.
[[nodiscard]] const Preset* findPreset(std::string_view id);
/// Reads one preset file; errors as parseExperiment, with paths inside "experiment".
[[nodiscard]] Result<Preset> parsePreset(std::string_view json);

/// The numbers of a finished run that a preset is checked against; losses are NaN where there are none.
struct CheckFacts {
    std::span<const Passage> passages;
    Verdict verdict;
    double trainLoss = std::numeric_limits<double>::quiet_NaN();
    double testLoss = std::numeric_limits<double>::quiet_NaN();
    KindReport* report = nullptr;
    int threads = 1; ///< for what the kind runs for comparison
    std::stop_token stop = {};
};

/// Expected and found.
[[nodiscard]] Statements checkPreset(const Preset& preset, const CheckFacts& facts);

} // namespace fplab
