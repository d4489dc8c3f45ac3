// The peer of bench_steps: the same steps by libtorch's C++ frontend, eager, with its own Adam. See --help.
// For its best set-up start it as bench_compare does: OMP_NUM_THREADS as --threads, ATEN_CPU_CAPABILITY=avx512, and the
// OpenMP build of OpenBLAS (libopenblas0-openmp); the pthread build fights with OpenMP for the cores.

#include "bench/step_times.h"
#include "bench/steps_options.h"
#include "bench/workloads.h"

#include <torch/torch.h>

#include <fstream>
#include <functional>

using namespace bench;
using torch::Tensor;

namespace {

Tensor tensorOf(const fplab::SampleMatrix& matrix, torch::Dtype type)
{
    return torch::tensor(matrix.values, torch::kDouble)
        .view({static_cast<long>(matrix.count), static_cast<long>(matrix.dim)})
        .to(type);
}

torch::nn::Sequential networkOf(const Workload& workload)
{
    torch::nn::Sequential out;
    for (std::size_t l = 1; l < workload.sizes.size(); ++l) {
        out->push_back(torch::nn::Linear(workload.sizes[l - 1], workload.sizes[l]));
        if (l + 1 < workload.sizes.size())
            out->push_back(torch::nn::Tanh());
    }
    return out;
}

/// The Deep Ritz energy with the derivative by the input carried forward beside the value, so that one reverse pass is
/// enough: faster at two threads than differentiating twice, as fast at one.
Tensor ritzEnergy(const std::vector<Tensor>& parameters, const Tensor& x, const Tensor& g, double beta, double dx)
{
    Tensor value = x, tangent = torch::ones_like(x);
    for (std::size_t i = 0; i < parameters.size(); i += 2) {
        const Tensor weights = parameters[i].t();
        value = torch::addmm(parameters[i + 1], value, weights);
        tangent = torch::mm(tangent, weights);
        if (i + 2 < parameters.size()) {
            value = torch::tanh(value);
            tangent = tangent * (1 - value * value);
        }
    }
    const auto inner = torch::indexing::Slice(1, -1);
    const Tensor density = 0.5 * tangent * tangent - g * value;
    return density.index({inner}).sum() * dx + beta * (value[0].pow(2) + value[-1].pow(2)).sum();
}

/// Which BLAS is loaded, as the path of its file.
std::string loadedBlas()
{
    std::ifstream maps("/proc/self/maps");
    std::string found;
    for (std::string line; std::getline(maps, line);)
        if (const auto at = line.find('/'); at != std::string::npos && line.find("blas", at) != std::string::npos)
            if (found.empty() || line.find("openblas", at) != std::string::npos)
                found = line.substr(at);
    return found;
}

void measure(const Workload& workload, fplab::Precision precision, int threads, const StepsOptions& options)
{
    torch::set_num_threads(threads);
    torch::manual_seed(1);
    const auto type = precision == fplab::Precision::Float ? torch::kFloat : torch::kDouble;
    const Problem problem = makeProblem(workload, precision, threads);
    auto network = networkOf(workload);
    network->to(type);
    const Tensor x = tensorOf(problem.inputs, type), y = tensorOf(problem.targets, type);
    const Tensor labels = y.argmax(1);
    torch::optim::Adam adam(network->parameters(), torch::optim::AdamOptions(1e-3));
    const auto loss = [&]() -> Tensor {
        switch (workload.data) {
        case Workload::Data::Ritz:
            return ritzEnergy(network->parameters(), x, y, problem.config.loss.beta, problem.config.loss.dx);
        case Workload::Data::Classes:
            return torch::nn::functional::cross_entropy(network->forward(x), labels);
        default:
            return torch::mse_loss(network->forward(x), y);
        }
    };
    const StepTimes times = timeSteps(options.seconds, [&] {
        adam.zero_grad();
        Tensor value = loss();
        value.backward();
        adam.step();
    });
    std::printf(options.json
            ? "{\"workload\":\"%s\",\"threads\":%d,\"precision\":\"%s\",\"min_ms\":%.5f,\"median_ms\":%.5f,"
              "\"steps\":%zu,\"blas\":\"%s\"}\n"
            : "%-8s %7d  %-9s %10.4f %11.4f %7zu  %s\n",
        workload.id, threads, idOf(precision), times.minimum, times.median, times.steps, loadedBlas().c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const StepsOptions options = parseSteps("torch_steps", argc, argv);
    if (!options.json)
        std::printf("%-8s %7s  %-9s %10s %11s %7s  %s\n", "workload", "threads", "precision", "min ms", "median ms",
            "steps", "BLAS");
    for (const auto precision : {fplab::Precision::Float, fplab::Precision::Double})
        for (const auto& workload : workloads())
            for (const int threads : {1, 2})
                if ((!options.precision || options.precision == precision)
                    && (!options.workload || options.workload == &workload)
                    && (options.threads == 0 ? true : threads == 1))
                    measure(workload, precision, options.threads == 0 ? threads : options.threads, options);
    return 0;
}
