#pragma once

#include "core/fields/hint.h"
#include "core/instruments/facets.h"
#include "core/run/channel_set.h"
#include "core/run/schedule.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fplab {

/// What is measured beside training, at records, without changing a bit of it. A row of instruments() is a complete new
/// one: files, forms and the headless program follow.
struct Instrument {
    std::string_view id; ///< stable, in files
    std::string_view label; ///< for people
    /// Whether the experiment has what it looks at.
    bool (*fits)(const Facets& facets);
    /// Adds its channels. Precondition: fits().
    void (*add)(ChannelSet& channels, const Facets& facets, const Schedule& when);
};

[[nodiscard]] std::span<const Instrument> instruments();
/// nullptr if there is none with that id.
[[nodiscard]] const Instrument* findInstrument(std::string_view id);
[[nodiscard]] std::span<const Choice> instrumentChoices();

/// Adds the channels of the instruments that fit; the others cannot measure this experiment. They are measured at the
/// first record of each of `perDecade` parts of a factor of ten of steps, for some cost more than a step.
void addInstruments(ChannelSet& channels, const Facets& facets, std::span<const std::string> ids, int perDecade);

/// The observer, asked at step 0 and then at most once for each step of the schedule; elsewhere nothing is measured.
[[nodiscard]] ChannelSet::Observer measuredWhen(
    const Schedule& when, const Facets& facets, ChannelSet::Observer observer);

} // namespace fplab
