#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace fplab {

/// One immutable observation of a running experiment. Never changed after the sink received it, so it needs no lock.
struct Record {
    std::int64_t step = 0; ///< optimiser updates (or sweeps) done so far; 0 = before training
    double seconds = 0; ///< training time on this computer, without pauses and without observing; not repeatable
    std::vector<std::vector<double>> samples; ///< samples[i] belongs to channels[i]; empty = not measured here

    /// Approximate memory, for the history's budget.
    [[nodiscard]] std::size_t bytes() const
    {
        std::size_t sum = sizeof(Record);
        for (const auto& sample : samples)
            sum += sizeof(sample) + sample.size() * sizeof(double);
        return sum;
    }
};

using RecordPtr = std::shared_ptr<const Record>;

} // namespace fplab
