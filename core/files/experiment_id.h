#pragma once

#include "core/experiment/spec.h"

#include <string>
#include <string_view>

namespace fplab {

/// SHA-256, in hexadecimal digits, of samples: rows and columns of inputs and targets as 64-bit integers, then their
/// numbers as doubles, all little-endian.
[[nodiscard]] std::string samplesSha256(const SampleMatrix& inputs, const SampleMatrix& targets);

/// SHA-256, in hexadecimal digits, of all weights as little-endian doubles: layer by layer, W row by row, then b.
[[nodiscard]] std::string weightsSha256(const NetworkParams& params);

/// The id of an experiment, 16 hexadecimal digits: equal for two experiments that compute the same thing from the same
/// data, in this and every later version of the program.
///
/// It is the start of the SHA-256 of these lines, in this order, each with a line feed:
///   kind=<kind>
///   <JSON path>=<value>      for each field that is not at its default, sorted by path; values as in the file, on one
///                            line; given weights as weightsSha256(). So a setting that a later version adds changes
///                            no id while it is at its default. The title is a label and does not count.
///   data=<samplesSha256()>   if samples are given, of what is trained on: in ascending order where they have one
///   input,
///                            those with equal inputs averaged if asked for. Their numbers count, not where they came
///                            from: not the name of a CSV file, nor how it is written.
///   data.x_offset=<value>    and data.x_scale, data.y_offset, data.y_scale, where they are not at their defaults
///
/// `samples` is the samplesSha256() of what was read from the CSV file; it is needed if the experiment names one.
[[nodiscard]] std::string experimentHash(const ExperimentSpec& spec, std::string_view samples = {});

} // namespace fplab
