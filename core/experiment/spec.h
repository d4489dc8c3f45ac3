#pragma once

#include "core/base/samples.h"
#include "core/base/shared.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The experiment file as plain values: every default is the default of the file format. Fields, limits and labels are
/// listed once, in fields.h. Choices are kept as the ids that stand in files.
namespace fplab {

struct NoiseSpec {
    double std = 0;
    std::string where = "after"; ///< "before" or "after" quantising
    bool operator==(const NoiseSpec&) const = default;
};

struct TargetSpec {
    std::string formula = "sin(x)+sin(3*x)+sin(5*x)";
    std::map<std::string, double> parameters; ///< a and k of a*sin(k*x); those of the formula, 1 where none was given
    double quantise = 0; ///< alpha; 0 = off
    NoiseSpec noise;
    bool operator==(const TargetSpec&) const = default;
};

struct SamplingSpec {
    double from = -3.14, to = 3.14;
    int count = 201;
    std::string kind = "uniform"; ///< uniform, random, random_subset, chebyshev
    bool endpoint = true;
    int testCount = 0;
    double showOutside
        = 0.1; ///< how far the output is shown beyond the range, as a fraction of its width, on each side
    bool operator==(const SamplingSpec&) const = default;
};

/// Samples given in the file or in a CSV file beside it; replaces target and sampling.
struct DataSpec {
    Shared<SampleMatrix> inputs, targets; ///< inline values; empty when `csv` is used
    std::string csv; ///< path relative to the experiment file; empty for inline values
    std::string x = "x", y = "y"; ///< columns of the CSV file: names, or "#2" for the second column
    // How the CSV file is read; "auto" (or -1) is found from the file.
    int skipRows = -1; ///< lines above the table
    std::string header = "auto"; ///< auto, yes, no: whether a row of names stands above the numbers
    std::string separator = "auto"; ///< "," ";" "tab" "space" "|"
    std::string decimal = "auto"; ///< "." or ","
    std::string thousands = "auto"; ///< none "," "." "'" "space"
    std::string encoding = "auto"; ///< utf-8, utf-16le, utf-16be, windows-1252, gb18030
    std::string dateOrder = "auto"; ///< day_first, month_first: of dates such as 3/4/2024
    std::string badRows = "refuse"; ///< refuse, skip: what becomes of rows whose x or y is no number
    std::string duplicates = "keep"; ///< keep, mean: samples with equal x become one, with the mean of their y
    // The network sees (x - xOffset) / xScale and (y - yOffset) / yScale; plots and files show the samples as given.
    double xOffset = 0, xScale = 1, yOffset = 0, yScale = 1;
    bool operator==(const DataSpec&) const = default;
};

struct InitSpec {
    std::string kind = "normal"; ///< normal, glorot, he, uniform, explicit
    double std = 0.1;
    std::optional<double> biasStd; ///< as std if absent
    Shared<NetworkParams> params; ///< explicit only
    bool operator==(const InitSpec&) const = default;
};

struct NetworkSpec {
    std::vector<int> hidden {100, 100};
    std::string activation = "tanh";
    InitSpec init;
    bool operator==(const NetworkSpec&) const = default;
};

/// Weights w(k) of the weighted Fourier loss, symmetric in k unless given one by one.
struct WeightSpec {
    std::string kind = "equal"; ///< equal, low_pass, high_pass, band, low_to_high, high_to_low, points, values
    int from = 0, to = 5; ///< low_pass: k <= to; high_pass: k >= from; band: from <= k <= to
    double outside = 0; ///< weight of the other frequencies
    double advanceBelow = 0.1; ///< *_to_*: go on to the next peak when Delta_F of this one is below ...
    int advanceAfter = 1000; ///< ... or after this many steps
    std::vector<double>
        values; ///< points: w(k) for k = 0, 1, ... (the last repeats), mirrored; values: all n entries as used
    bool operator==(const WeightSpec&) const = default;
};

struct LossSpec {
    std::string kind = "mse"; ///< mse, lp, softmax_ce, weighted_fourier
    double p = 4; ///< lp only
    WeightSpec weights; ///< weighted_fourier only
    bool operator==(const LossSpec&) const = default;
};

struct OptimizerSpec {
    std::string kind = "adam"; ///< gd, sgd, momentum, adam
    double learningRate = 1e-3;
    double momentum = 0.9;
    double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
    bool operator==(const OptimizerSpec&) const = default;
};

struct StopSpec {
    std::int64_t steps = 2000;
    double loss = 0; ///< 0 = off
    double seconds = 0; ///< 0 = off
    bool operator==(const StopSpec&) const = default;
};

struct RecordSpec {
    std::string kind = "log"; ///< log, every
    int perDecade = 60;
    std::int64_t every = 10;
    bool operator==(const RecordSpec&) const = default;
};

struct AnalysisSpec {
    std::string metric = "complex"; ///< complex, amplitude
    std::optional<std::vector<int>> peaks; ///< absent = "auto"
    double threshold = 0.1;
    std::optional<int> maxK; ///< absent = "auto": as far as the target has peaks, and a quarter further
    bool operator==(const AnalysisSpec&) const = default;
};

/// Kind "fit_curve": a network learns a function from samples.
struct FitCurveSpec {
    TargetSpec target;
    SamplingSpec sampling;
    std::optional<DataSpec> data;
    NetworkSpec network;
    LossSpec loss;
    OptimizerSpec optimizer;
    std::int64_t batch = 0; ///< 0 = the full batch
    StopSpec stop;
    RecordSpec record;
    AnalysisSpec analysis;
    bool operator==(const FitCurveSpec&) const = default;
};

struct PdeSpec {
    std::string formula = "sin(x)+4*sin(4*x)-8*sin(8*x)+16*sin(24*x)"; ///< g of -u'' = g; the paper's
    std::map<std::string, double> parameters; ///< of the formula, as in TargetSpec
    double from = -1, to = 1;
    int grid = 1000; ///< intervals of the solver
    int trainingPoints = 201; ///< of the network, ends included
    std::string trainingSampling = "even"; ///< even; redrawn: other points in each step
    double beta = 10; ///< penalty of the network's ends
    std::int64_t handoffStep = 900; ///< M; 0 = the solver alone, from zero; -1 = the network alone
    std::string handoffWhen = "at_step"; ///< at_step; captured: as soon as the low peaks are, at M at the latest
    int lowUpTo = 3; ///< captured: followed peaks up to this k count
    std::string then = "jacobi"; ///< id of a grid solver
    double omega = 1; ///< relaxation factor of damped_jacobi and sor
    bool removeBoundaryLine = true;
    std::int64_t alternateEvery = 0; ///< sweeps after which a network phase follows again; 0 = never
    double tolerance = 1e-3; ///< ends when max |u - u_ref| is not above
    std::int64_t maxSweeps = 1'000'000;
    bool operator==(const PdeSpec&) const = default;
};

/// Kind "poisson": a network (Deep Ritz) for M steps, then a solver on a finer grid (S1, section 5).
struct PoissonSpec {
    PdeSpec pde;
    NetworkSpec network;
    OptimizerSpec optimizer;
    StopSpec stop; ///< steps: of the network alone
    RecordSpec record;
    AnalysisSpec analysis;
    bool operator==(const PoissonSpec&) const = default;
};

struct ExperimentSpec {
    std::string title = "Untitled";
    std::uint64_t seed = 42;
    std::string precision = "float"; ///< float, double
    std::variant<FitCurveSpec, PoissonSpec> problem;
    bool operator==(const ExperimentSpec&) const = default;
};

} // namespace fplab
