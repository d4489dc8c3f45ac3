#pragma once

namespace fplab {

// Sums of samples against waves. Points stand in groups of waveGroup, a number of each one beside the other; arrays
// begin on cache lines and may not overlap. A wave is (groups, {cosines, sines}, waveGroup).

inline constexpr long waveGroup = 8;

/// The wave cos, sin(2 pi frequency x[i]), whole turns taken off first; |frequency x| < 2^50.
void makeWave(const double* x, double frequency, double* wave, long groups);

/// Adds sum_i y(o, i) cos(i) and sum_i y(o, i) sin(i) for each output o to `sums`, in waveGroup parts of each:
/// (outputs, {cosines, sines}, waveGroup). y is (groups, outputs, waveGroup).
void addProjections(const double* wave, const double* y, long outputs, double* sums, long groups);

/// Turns the wave by one step, (cos + i sin) *= (cos + i sin of the step), then does the same with it.
void turnAndAddProjections(const double* step, double* wave, const double* y, long outputs, double* sums, long groups);

} // namespace fplab
