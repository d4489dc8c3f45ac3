#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace fplab {

/// What a channel carries. Everything the program draws or exports is one of these shapes.
enum class Shape {
    Scalar, ///< 1 number
    Curve, ///< |x| numbers
    Spectrum, ///< |x| complex numbers: all real parts, then all imaginary parts (2 |x| numbers)
    Grid, ///< |y| rows of |x| numbers, row after row
};

/// What a channel means, where a view or an exporter needs to know it.
enum class Role {
    Generic,
    TrainLoss, ///< Scalar
    TestLoss, ///< Scalar
    Output, ///< Curve: network output at the training points
    WideOutput, ///< Curve: output on an even, finer grid that reaches beyond the training range
    TestOutput, ///< Curve: output at the test points
    OutputSpectrum, ///< Spectrum of the output; Channel::reference is the target's spectrum
    NetworkOutput, ///< Curve: the network's output when a solver took over (until then the current one)
    MaxError, ///< Scalar: max |u - u_ref|
    L2Error, ///< Scalar: root mean square of u - u_ref
    Residual, ///< Scalar: largest residual of the difference equations
    Work, ///< Scalar: floating-point operations so far
    Phase, ///< Scalar: 0 while a network trains, 1 while a solver iterates
    ModeErrors, ///< Curve over the sine modes j: amplitude of the error; Channel::reference is the solution's
};

struct Axis {
    std::string label; ///< for people, e.g. "frequency index k"
    std::vector<double> values; ///< fixed for the whole run, so that records carry ordinates only
    bool operator==(const Axis&) const = default;
};

/// A frequency that stands out of a spectrum.
struct SpectralLine {
    std::size_t k = 0; ///< bin
    double frequency = 0; ///< cycles per unit of x
    double amplitude = 0; ///< |F_k|
    std::size_t cycles = 0; ///< not 0: it is that many cycles in truth, which so few samples show as k
    bool last = false; ///< half a cycle a sample: its phase is lost, so it is never followed unasked
    bool operator==(const SpectralLine&) const = default;
};

/// Declared once, before the first step; a record's samples follow the same order.
struct Channel {
    std::string id; ///< stable, never translated: written to files
    std::string label; ///< shown to the user
    Shape shape = Shape::Scalar;
    Role role = Role::Generic;
    Axis x, y;
    std::vector<double>
        reference; ///< what the channel should become (target values), same layout as a sample; may be empty
    std::vector<double> frequency; ///< Spectrum only: physical frequency of each bin, in cycles per unit of x
    std::vector<SpectralLine> lines
        = {}; ///< Spectrum only: what the reference holds, the largest first, recorded or not

    /// How many numbers one sample of this channel holds.
    [[nodiscard]] std::size_t sampleSize() const
    {
        switch (shape) {
        case Shape::Scalar:
            return 1;
        case Shape::Curve:
            return x.values.size();
        case Shape::Spectrum:
            return 2 * x.values.size();
        case Shape::Grid:
            return x.values.size() * y.values.size();
        }
        return 0;
    }
};

/// The first channel with that role; nullptr if there is none. Its index is `channel - channels.data()`.
[[nodiscard]] inline const Channel* findChannel(std::span<const Channel> channels, Role role)
{
    for (const Channel& channel : channels)
        if (channel.role == role)
            return &channel;
    return nullptr;
}

} // namespace fplab
