#include "core/instruments/instrument.h"

#include "core/instruments/gradient_spectrum.h"
#include "core/instruments/weight_distance.h"

#include <algorithm>
#include <array>

namespace fplab {

std::span<const Instrument> instruments()
{
    static const std::array table {
        weightDistance,
        gradientSpectrum,
    };
    return table;
}

const Instrument* findInstrument(std::string_view id)
{
    const auto row = std::ranges::find(instruments(), id, &Instrument::id);
    return row == instruments().end() ? nullptr : &*row;
}

std::span<const Choice> instrumentChoices()
{
    static const auto names = namesOf(instruments());
    return names;
}

void addInstruments(ChannelSet& channels, const Facets& facets, std::span<const std::string> ids, int perDecade)
{
    for (const std::string& id : ids)
        if (const Instrument* instrument = findInstrument(id); instrument && instrument->fits(facets))
            instrument->add(channels, facets, Schedule::logarithmic(perDecade));
}

ChannelSet::Observer measuredWhen(const Schedule& when, const Facets& facets, ChannelSet::Observer observer)
{
    return [when, step = facets.step, observer = std::move(observer), last = std::int64_t(-1)]() mutable {
        const std::int64_t now = step();
        const bool due = last < 0 || now < last || when.next(last) <= now;
        if (!due)
            return std::vector<double> {};
        last = now;
        return observer();
    };
}

} // namespace fplab
