#include "core/engine/one_hidden.h"

#include "core/engine/network.h"
#include "core/engine/packet.h"

#include <algorithm>

namespace fplab {

namespace {

using namespace Eigen::internal;

constexpr long packets = 4; ///< of a block of neurons
template <class T> constexpr long block = packets* lanes<Packet<T>>;

/// A block of `from`, of which `count` numbers exist; the others are zero.
template <class T> struct Block {
    Packet<T> at[packets];

    Block(const T* from, long count)
    {
        alignas(Packet<T>) T values[block<T>] = {};
        if (count < block<T>)
            from = std::copy_n(from, count, values) - count;
        for (long q = 0; q < packets; ++q)
            at[q] = ploadu<Packet<T>>(from + q * lanes<Packet<T>>);
    }
};

/// Puts the numbers of a block that exist to `to`, or adds them there.
template <class T> void store(const Packet<T> (&from)[packets], long count, bool add, T* to)
{
    alignas(Packet<T>) T values[block<T>] = {};
    T* at = to;
    if (count < block<T>) {
        std::copy_n(to, count, values);
        at = values;
    }
    for (long q = 0; q < packets; ++q, at += lanes<Packet<T>>)
        pstoreu(at, add ? padd(ploadu<Packet<T>>(at), from[q]) : from[q]);
    if (count < block<T>)
        std::copy_n(values, count, to);
}

/// Where the parameters of h stand.
struct Places {
    explicit Places(const Layout& layout)
        : neurons(layout.layers[0].outputs)
        , w(layout.layers[0].weights)
        , b(layout.layers[0].biases)
        , v(layout.layers[1].weights)
        , c(layout.layers[1].biases)
    {
    }
    long neurons;
    std::size_t w, b, v, c;
};

} // namespace

template <class T> bool OneHidden<T>::fits(const Layout& layout)
{
    return layout.layers.size() == 2 && layout.layers[0].inputs == 1 && layout.layers[1].outputs == 1;
}

template <class T> long OneHidden<T>::room(const Layout& layout, long samples)
{
    return (layout.layers[0].outputs + block<T> - 1) / block<T> * block<T> * samples;
}

/// A packet of partial sums and a block of z.
template <class T> long OneHidden<T>::sumRoom() { return lanes<Packet<T>> + block<T>; }

template <class T> long OneHidden<T>::chunk(const Layout& layout)
{
    constexpr long budget = 512 * 1024 / long(sizeof(T)); // of 1 MiB
    return budget / layout.layers[0].outputs;
}

template <class T>
void OneHidden<T>::forward(const Layout& layout, const Activation& activation, const T* params, const T* inputs,
    long samples, const Room& room, T* outputs)
{
    using P = Packet<T>;
    constexpr long size = lanes<P>;
    const Places places(layout);
    T* partial = room.sums;
    T* sums = room.sums + samples * size;
    std::fill_n(partial, samples * size, T(0));
    for (long first = 0; first < places.neurons; first += block<T>) {
        const long left = places.neurons - first, at = first * samples;
        const Block<T> w(params + places.w + first, left), b(params + places.b + first, left);
        for (long j = 0; j < samples; ++j) {
            const P x = pset1<P>(inputs[j]);
            for (long q = 0; q < packets; ++q)
                pstore(sums + j * block<T> + q * size, pmadd(w.at[q], x, b.at[q]));
        }
        activate(activation, sums, samples * block<T>, room.values + at, room.slopes ? room.slopes + at : nullptr);
        const Block<T> v(params + places.v + first, left);
        for (long j = 0; j < samples; ++j) {
            P sum = pload<P>(partial + j * size);
            for (long q = 0; q < packets; ++q)
                sum = pmadd(v.at[q], pload<P>(room.values + at + j * block<T> + q * size), sum);
            pstore(partial + j * size, sum);
        }
    }
    for (long j = 0; j < samples; ++j)
        outputs[j] = predux(pload<P>(partial + j * size)) + params[places.c];
}

namespace {

/// Of one block of neurons, without the factor v: sum_j g a for v, sum_j g f' for b, sum_j g x f' for w.
template <class T, bool ofValues> struct BlockGradient {
    Packet<T> forV[packets], forB[packets], forW[packets];

    BlockGradient(const T* inputs, long samples, const T* values, const T* slopes, const T* outputGradient)
    {
        using P = Packet<T>;
        for (long q = 0; q < packets; ++q)
            forV[q] = forB[q] = forW[q] = pset1<P>(T(0));
        for (long j = 0; j < samples; ++j) {
            const P g = pset1<P>(outputGradient[j]), gx = pset1<P>(outputGradient[j] * inputs[j]);
#pragma GCC unroll 4
            for (long q = 0; q < packets; ++q) {
                const long at = j * block<T> + q * lanes<P>;
                const P a = pload<P>(values + at), slope = ofValues ? oneMinusSquare(a) : pload<P>(slopes + at);
                forV[q] = pmadd(g, a, forV[q]);
                forB[q] = pmadd(g, slope, forB[q]);
                forW[q] = pmadd(gx, slope, forW[q]);
            }
        }
    }

    void into(const Places& places, const T* params, long first, bool add, T* gradient)
    {
        const long left = places.neurons - first;
        const Block<T> v(params + places.v + first, left);
        for (long q = 0; q < packets; ++q) {
            forB[q] = pmul(v.at[q], forB[q]);
            forW[q] = pmul(v.at[q], forW[q]);
        }
        store<T>(forV, left, add, gradient + places.v + first);
        store<T>(forB, left, add, gradient + places.b + first);
        store<T>(forW, left, add, gradient + places.w + first);
    }
};

} // namespace

/// With g = dLoss/dh: sum_j g a for v, v sum_j g f' for b, v sum_j g x f' for w, sum_j g for c.
template <class T>
void OneHidden<T>::backward(const Layout& layout, const T* params, const T* inputs, long samples, const T* values,
    const Slopes<T>& slopes, const T* outputGradient, bool add, T* gradient)
{
    const Places places(layout);
    for (long first = 0; first < places.neurons; first += block<T>) {
        const long at = first * samples;
        if (slopes.ofValues)
            BlockGradient<T, true>(inputs, samples, values + at, nullptr, outputGradient)
                .into(places, params, first, add, gradient);
        else
            BlockGradient<T, false>(inputs, samples, values + at, slopes.from + at, outputGradient)
                .into(places, params, first, add, gradient);
    }
    T sum = 0;
    for (long j = 0; j < samples; ++j)
        sum += outputGradient[j];
    gradient[places.c] = add ? gradient[places.c] + sum : sum;
}

template struct OneHidden<float>;
template struct OneHidden<double>;

} // namespace fplab
