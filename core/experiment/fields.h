#pragma once

#include "core/experiment/spec.h"

#include <concepts>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

namespace fplab {

/// When an edit takes effect.
enum class Effect {
    NewRun, ///< needs a new run
    Live, ///< applied at the next step of the run that goes on
    View, ///< changes only what is shown, also for the past
};

struct Choice {
    std::string_view id; ///< in files
    std::string_view label; ///< for people
};

/// Limits and words for one field; read by the JSON reader, the form builder and the headless program alike.
struct Hint {
    std::string_view label;
    std::string_view tip = {}; ///< one sentence
    double min = -std::numeric_limits<double>::max();
    double max = std::numeric_limits<double>::max();
    Effect effect = Effect::NewRun;
    bool logarithmic = false; ///< slider scale
    bool more = false; ///< shown under "More"
    std::string_view unit = {};
    std::span<const Choice> choices = {}; ///< for text fields with fixed ids
    double sliderMin = 0, sliderMax = 0; ///< comfortable slider range; both 0 = no slider

    // For the lists below: the hint with one thing more.
    [[nodiscard]] constexpr Hint slider(double lowest, double highest) const
    {
        Hint h = *this;
        h.sliderMin = lowest;
        h.sliderMax = highest;
        return h;
    }
    [[nodiscard]] constexpr Hint logScale() const
    {
        Hint h = *this;
        h.logarithmic = true;
        return h;
    }
    [[nodiscard]] constexpr Hint in(std::string_view theUnit) const
    {
        Hint h = *this;
        h.unit = theUnit;
        return h;
    }
    [[nodiscard]] constexpr Hint oneOf(std::span<const Choice> theChoices) const
    {
        Hint h = *this;
        h.choices = theChoices;
        return h;
    }
    [[nodiscard]] constexpr Hint underMore() const
    {
        Hint h = *this;
        h.more = true;
        return h;
    }
};
inline constexpr double noLimit = std::numeric_limits<double>::max();

// The lists of fields. visitFields(spec, visitor) calls
//   visitor(id, value, hint)            for a field, id being its JSON key
//   visitor.group(id, part, label)      for a nested object that has its own visitFields
// in the order of the file. For lists, min and max hold for each entry; for text, max is the length in bytes.

/// S is Spec or const Spec.
template <class S, class Spec>
concept FieldsOf = std::same_as<std::remove_const_t<S>, Spec>;

/// The id of a kind of experiment in files.
template <class Problem> inline constexpr std::string_view kindId = {};
template <> inline constexpr std::string_view kindId<FitCurveSpec> = "fit_curve";
template <> inline constexpr std::string_view kindId<PoissonSpec> = "poisson";

namespace choices {
inline constexpr Choice precision[] {{"float", "single (32 bit)"}, {"double", "double (64 bit)"}};
inline constexpr Choice noiseWhere[] {{"before", "before quantising"}, {"after", "after quantising"}};
inline constexpr Choice sampling[] {{"uniform", "evenly spaced"}, {"random", "random"},
    {"random_subset", "random subset of a grid"}, {"chebyshev", "Chebyshev points"}};
inline constexpr Choice activation[] {{"tanh", "tanh"}, {"relu", "ReLU"}, {"sigmoid", "sigmoid"}, {"sin", "sine"},
    {"ricker", "Ricker wavelet"}, {"identity", "identity (linear)"}};
inline constexpr Choice init[] {
    {"normal", "normal"}, {"glorot", "Glorot"}, {"he", "He"}, {"uniform", "uniform"}, {"explicit", "given weights"}};
inline constexpr Choice loss[] {{"mse", "mean squared error"}, {"lp", "mean p-th power"},
    {"softmax_ce", "softmax cross entropy"}, {"weighted_fourier", "weighted frequencies"}};
inline constexpr Choice weights[] {{"equal", "all equal"}, {"low_pass", "low only"}, {"high_pass", "high only"},
    {"band", "band"}, {"low_to_high", "peak by peak, low to high"}, {"high_to_low", "peak by peak, high to low"},
    {"points", "drawn curve"}, {"values", "given one by one"}};
inline constexpr Choice optimizer[] {
    {"gd", "gradient descent"}, {"sgd", "stochastic (SGD)"}, {"momentum", "momentum"}, {"adam", "Adam"}};
inline constexpr Choice record[] {{"log", "evenly on a logarithmic axis"}, {"every", "every n-th step"}};
inline constexpr Choice trainingSampling[] {{"even", "even, always the same"}, {"redrawn", "drawn anew in each step"}};
inline constexpr Choice handoffWhen[] {{"at_step", "at step M"}, {"captured", "when low k are captured"}};
inline constexpr Choice solver[] {{"jacobi", "Jacobi"}, {"damped_jacobi", "damped Jacobi"},
    {"gauss_seidel", "Gauss–Seidel"}, {"sor", "over-relaxation (SOR)"}, {"conjugate_gradient", "conjugate gradients"},
    {"multigrid", "multigrid (V-cycles)"}, {"direct", "direct (elimination)"}};
inline constexpr Choice metric[] {
    {"complex", "complex difference (the papers)"}, {"amplitude", "difference of amplitudes"}};
inline constexpr Choice header[] {{"auto", "found"}, {"yes", "yes"}, {"no", "no"}};
inline constexpr Choice separator[] {
    {"auto", "found"}, {",", "comma"}, {";", "semicolon"}, {"tab", "tab"}, {"space", "space"}, {"|", "bar |"}};
inline constexpr Choice decimal[] {{"auto", "found"}, {".", "point 0.5"}, {",", "comma 0,5"}};
inline constexpr Choice thousands[] {{"auto", "found"}, {"none", "none"}, {",", "comma 1,000"}, {".", "point 1.000"},
    {"'", "apostrophe 1'000"}, {"space", "space 1 000"}};
inline constexpr Choice encoding[] {{"auto", "found"}, {"utf-8", "UTF-8"}, {"utf-16le", "UTF-16 LE"},
    {"utf-16be", "UTF-16 BE"}, {"windows-1252", "Windows-1252"}, {"gb18030", "GB18030"}};
inline constexpr Choice dateOrder[] {{"auto", "found"}, {"day_first", "day first"}, {"month_first", "month first"}};
inline constexpr Choice duplicates[] {{"keep", "keep all"}, {"mean", "average them"}};
inline constexpr Choice badRows[] {{"refuse", "refuse the file"}, {"skip", "skip them"}};
} // namespace choices

/// The keys of `data` beside the samples, `csv`, `x` and `y`. In files only those that differ from their default.
template <FieldsOf<DataSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("skip_rows", s.skipRows,
        Hint {"Skipped rows", "Lines of the CSV file above its table; -1 is found from the file.", -1, 1e6});
    v("header", s.header,
        Hint {"Row of names", "Whether names of columns stand above the numbers."}.oneOf(choices::header));
    v("separator", s.separator, Hint {"Separator", "What stands between two columns."}.oneOf(choices::separator));
    v("decimal", s.decimal,
        Hint {"Decimal mark", "What stands before the decimals of a number."}.oneOf(choices::decimal));
    v("thousands", s.thousands,
        Hint {"Thousands mark", "What parts the digits of a number into groups of three."}.oneOf(choices::thousands));
    v("encoding", s.encoding, Hint {"Encoding", "How the file stores characters as bytes."}.oneOf(choices::encoding));
    v("date_order", s.dateOrder, Hint {"Dates", "How dates such as 3/4/2024 are read."}.oneOf(choices::dateOrder));
    v("bad_rows", s.badRows,
        Hint {"Bad rows", "What becomes of rows whose x or y is not a number."}.oneOf(choices::badRows));
    v("duplicates", s.duplicates,
        Hint {"Same x", "What becomes of samples with the same x."}.oneOf(choices::duplicates));
    v("x_offset", s.xOffset, Hint {"x offset", "Taken away from x before the network sees it.", -1e300, 1e300});
    v("x_scale", s.xScale, Hint {"x scale", "What x is divided by before the network sees it.", -1e300, 1e300});
    v("y_offset", s.yOffset, Hint {"y offset", "Taken away from y before the network sees it.", -1e300, 1e300});
    v("y_scale", s.yScale, Hint {"y scale", "What y is divided by before the network sees it.", -1e300, 1e300});
}

/// Values of the names in a formula; the hint is of each of them.
inline constexpr Hint formulaParameter {"Parameters", "A number in the formula that goes by this name.", -1e6, 1e6};

template <FieldsOf<NoiseSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("std", s.std, Hint {"Noise", "Standard deviation of the normal noise added to the target.", 0, 1e6}.slider(0, 2));
    v("where", s.where,
        Hint {"Noise is added", "Before or after the target is quantised."}.oneOf(choices::noiseWhere).underMore());
}

template <FieldsOf<TargetSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("formula", s.formula, Hint {"f(x)", "The function to learn, for example sin(x)+sin(3*x).", 0, 4096});
    v("parameters", s.parameters, formulaParameter);
    v("quantise", s.quantise,
        Hint {"Quantise", "Rounds the target to multiples of this number, which makes stairs; 0 is off.", 0, 1e6}
            .slider(0, 4));
    v.group("noise", s.noise, "Noise");
}

template <FieldsOf<SamplingSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("from", s.from, Hint {"From", "Left end of the training range.", -1e6, 1e6}.slider(-10, 10));
    v("to", s.to, Hint {"To", "Right end of the training range.", -1e6, 1e6}.slider(-10, 10));
    v("count", s.count,
        Hint {"Training points", "How many samples the network sees.", 2, 100000}.logScale().slider(10, 1000));
    v("kind", s.kind, Hint {"Placed", "How the training points lie in the range."}.oneOf(choices::sampling));
    v("endpoint", s.endpoint,
        Hint {"Include the right end", "Whether the last of the evenly spaced points lies at the right end."}
            .underMore());
    v("test_count", s.testCount,
        Hint {"Test points", "Points between the training points where the network is only tested; 0 is none.", 0,
            1000000}
            .slider(0, 1000));
    v("show_outside", s.showOutside,
        Hint {"Show outside", "How far beyond the range the output is shown, as a fraction of its width.", 0, 10}
            .slider(0, 1)
            .underMore());
}

template <FieldsOf<InitSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("kind", s.kind,
        Hint {"Initial weights", "The distribution that the weights are drawn from."}.oneOf(choices::init));
    v("std", s.std,
        Hint {"Size of the weights", "Standard deviation of the initial weights; large ones break the order.", 0, 1000}
            .logScale()
            .slider(0.001, 10));
    v("bias_std", s.biasStd,
        Hint {"Size of the biases", "Standard deviation of the initial biases; as the weights if not given.", 0, 1000}
            .logScale()
            .slider(0.001, 10)
            .underMore());
    v("params", s.params, Hint {"Given weights", "Weights and biases of every layer, as in weights.json."}.underMore());
}

template <FieldsOf<NetworkSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("hidden", s.hidden,
        Hint {"Hidden layers", "Neurons of each hidden layer; up to 16 layers.", 1, 20000}.logScale().slider(1, 500));
    v("activation", s.activation,
        Hint {"Activation", "The nonlinearity of the hidden layers; the last layer is linear."}.oneOf(
            choices::activation));
    v.group("init", s.init, "Initial weights");
}

template <FieldsOf<WeightSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    v("kind", s.kind,
        Hint {"Frequencies that count", "Which frequencies the loss sees.", -noLimit, noLimit, live}.oneOf(
            choices::weights));
    v("from", s.from, Hint {"From k", "Lowest frequency that counts.", 0, 100000, live}.slider(0, 40));
    v("to", s.to, Hint {"To k", "Highest frequency that counts.", 0, 100000, live}.slider(0, 40));
    v("outside", s.outside,
        Hint {"Weight of the others", "Weight of the frequencies left out.", 0, 1e6, live}.slider(0, 1));
    v("advance_below", s.advanceBelow,
        Hint {
            "Go on below", "Go on to the next peak when the relative error of this one is below this.", 1e-6, 10, live}
            .logScale()
            .slider(0.01, 1));
    v("advance_after", s.advanceAfter,
        Hint {"Go on after", "Go on to the next peak after this many steps at the latest.", 1, 1e9, live}
            .logScale()
            .slider(10, 10000)
            .in("steps"));
    v("values", s.values, Hint {"Weights", "w(k) one by one, from k = 0.", 0, 1e12, live}.underMore());
}

template <FieldsOf<LossSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("kind", s.kind,
        Hint {"Loss", "What training makes small.", -noLimit, noLimit, Effect::Live}.oneOf(choices::loss));
    v("p", s.p, Hint {"p", "Power of the difference; 2 is the mean squared error.", 1, 20, Effect::Live}.slider(1, 8));
    v.group("weights", s.weights, "Weights of the frequencies");
}

template <FieldsOf<OptimizerSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    v("kind", s.kind,
        Hint {"Optimizer", "How a gradient becomes a change of the weights.", -noLimit, noLimit, live}.oneOf(
            choices::optimizer));
    v("learning_rate", s.learningRate,
        Hint {"Learning rate", "Size of one step; too large and training diverges.", 1e-12, 100, live}
            .logScale()
            .slider(1e-6, 1));
    v("momentum", s.momentum,
        Hint {"Momentum", "Fraction of the previous step kept (momentum only).", 0, 0.999999, live}
            .slider(0, 0.99)
            .underMore());
    v("beta1", s.beta1,
        Hint {"beta 1", "Decay of Adam's mean of gradients.", 0, 0.999999, live}.slider(0, 0.999).underMore());
    v("beta2", s.beta2,
        Hint {"beta 2", "Decay of Adam's mean of squared gradients.", 0, 0.99999999, live}
            .slider(0, 0.9999)
            .underMore());
    v("eps", s.eps,
        Hint {"epsilon", "Keeps Adam from dividing by zero.", 1e-30, 1, live}
            .logScale()
            .slider(1e-12, 1e-2)
            .underMore());
}

template <FieldsOf<StopSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    v("steps", s.steps,
        Hint {"Steps", "Optimizer updates until the run ends.", 1, 1e9, live}.logScale().slider(100, 100000));
    v("loss", s.loss,
        Hint {"Stop at loss", "Ends the run when the training loss falls below; 0 is off.", 0, 1e12, live}.underMore());
    v("seconds", s.seconds,
        Hint {"Stop after", "Ends the run after this training time; 0 is off.", 0, 1e9, live}.in("s").underMore());
}

template <FieldsOf<RecordSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("kind", s.kind,
        Hint {"Record", "Which steps are kept for the plots and files."}.oneOf(choices::record).underMore());
    v("per_decade", s.perDecade,
        Hint {"Records per decade", "Records in each factor of ten of steps.", 1, 10000}
            .logScale()
            .slider(10, 500)
            .underMore());
    v("every", s.every,
        Hint {"Every", "A record at each multiple of this many steps.", 1, 1e9}
            .logScale()
            .slider(1, 1000)
            .in("steps")
            .underMore());
}

template <FieldsOf<AnalysisSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto view = Effect::View;
    v("metric", s.metric,
        Hint {"Relative error", "How the spectra of output and target are compared.", -noLimit, noLimit, view}
            .oneOf(choices::metric)
            .underMore());
    v("peaks", s.peaks,
        Hint {"Followed peaks", "Frequencies whose errors are followed; the largest of the target if not given.", 1,
            100000, view});
    v("threshold", s.threshold,
        Hint {"Captured below", "A frequency counts as learnt when its relative error is below this.", 1e-6, 10, view}
            .logScale()
            .slider(0.01, 1));
    v("max_k", s.maxK,
        Hint {
            "Highest k", "Frequencies above are not recorded; as far as the target has peaks if not given.", 1, 100000}
            .logScale()
            .slider(5, 100));
}

template <FieldsOf<FitCurveSpec> S, class V> void visitFields(S& s, V&& v)
{
    v.group("target", s.target, "Target");
    v.group("sampling", s.sampling, "Samples");
    v("data", s.data,
        Hint {"Data", "Samples given one by one or in a CSV file, instead of target and samples."}.underMore());
    v.group("network", s.network, "Network");
    v.group("loss", s.loss, "Loss");
    v.group("optimizer", s.optimizer, "Optimizer");
    v("batch", s.batch,
        Hint {"Batch", "Samples per step; 0 is all of them.", 0, 1e6, Effect::Live}.slider(0, 1000).underMore());
    v.group("stop", s.stop, "Stop");
    v.group("record", s.record, "Record");
    v.group("analysis", s.analysis, "Analysis");
}

template <FieldsOf<PdeSpec> S, class V> void visitFields(S& s, V&& v)
{
    const auto live = Effect::Live;
    v("formula", s.formula, Hint {"g(x)", "The right-hand side of -u'' = g; u is 0 at both ends.", 0, 4096});
    v("parameters", s.parameters, formulaParameter);
    v("from", s.from, Hint {"From", "Left end of the domain.", -1e6, 1e6}.slider(-10, 10).underMore());
    v("to", s.to, Hint {"To", "Right end of the domain.", -1e6, 1e6}.slider(-10, 10).underMore());
    v("grid", s.grid,
        Hint {"Grid intervals n", "Intervals of the solver's grid; sweeps of Jacobi grow with n squared.", 2, 1e6}
            .logScale()
            .slider(100, 10000));
    v("training_points", s.trainingPoints,
        Hint {"Training points", "Points where the network sees the equation, ends included.", 5, 100000}
            .logScale()
            .slider(51, 2001));
    v("training_sampling", s.trainingSampling,
        Hint {"Points are",
            "The same even points in each step, or one at random in each cell, drawn anew: then the network cannot "
            "bend "
            "between them."}
            .oneOf(choices::trainingSampling)
            .underMore());
    v("beta", s.beta,
        Hint {"Boundary penalty", "beta: how much the network pays for a value at the ends.", 0, 1e9, live}
            .logScale()
            .slider(1, 1000)
            .underMore());
    v("handoff_step", s.handoffStep,
        Hint {"Hand-off step M",
            "Network steps before the solver takes over; 0 is the solver alone, -1 the network alone.", -1, 1e9, live}
            .slider(0, 5000));
    v("handoff_when", s.handoffWhen,
        Hint {"Hand over", "At step M, or as soon as the network has the low frequencies.", -noLimit, noLimit, live}
            .oneOf(choices::handoffWhen)
            .underMore());
    v("low_up_to", s.lowUpTo,
        Hint {"Low up to k", "Followed peaks up to this k must be captured before the hand-off.", 1, 100000, live}
            .slider(1, 20)
            .underMore());
    v("then", s.then,
        Hint {"Then", "The method that goes on from the network's solution.", -noLimit, noLimit, live}.oneOf(
            choices::solver));
    v("omega", s.omega,
        Hint {"omega", "Relaxation factor of damped Jacobi (up to 1) and SOR (below 2).", 0.01, 1.999999, live}
            .slider(0.05, 1.99)
            .underMore());
    v("remove_boundary_line", s.removeBoundaryLine,
        Hint {"Remove the boundary line",
            "Takes the straight line between the network's end values away before the hand-off.", -noLimit, noLimit,
            live}
            .underMore());
    v("alternate_every", s.alternateEvery,
        Hint {"Network again after", "Sweeps after which a fresh network learns what is still wrong; 0 is never.", 0,
            1e9, live}
            .in("sweeps")
            .underMore());
    v("tolerance", s.tolerance,
        Hint {"Tolerance", "The run ends when the largest error is not above this.", 1e-12, 10, live}.logScale().slider(
            1e-5, 0.1));
    v("max_sweeps", s.maxSweeps,
        Hint {"Most sweeps", "The solver gives up after this many.", 1, 1e10, live}
            .logScale()
            .slider(1000, 1e8)
            .underMore());
}

template <FieldsOf<PoissonSpec> S, class V> void visitFields(S& s, V&& v)
{
    v.group("pde", s.pde, "Poisson equation");
    v.group("network", s.network, "Network");
    v.group("optimizer", s.optimizer, "Optimizer");
    v.group("stop", s.stop, "Stop");
    v.group("record", s.record, "Record");
    v.group("analysis", s.analysis, "Analysis");
}

/// The keys beside "fplab" and "kind"; the fields of the problem stand at the same level.
template <FieldsOf<ExperimentSpec> S, class V> void visitFields(S& s, V&& v)
{
    v("title", s.title, Hint {"Title", "Name of the experiment.", 0, 200, Effect::View});
    v("seed", s.seed, Hint {"Seed", "Same seed, same curve.", 0, 18446744073709551615.0});
    v("precision", s.precision,
        Hint {"Precision", "Numbers the network is trained with."}.oneOf(choices::precision).underMore());
    std::visit([&](auto& problem) { visitFields(problem, v); }, s.problem);
}

} // namespace fplab
