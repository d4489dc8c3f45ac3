#include "core/experiment/relevance.h"
#include "core/kinds/poisson/kind.h"

#include "core/experiment/spec.h"
#include "core/files/experiment_file.h"
#include "core/files/presets.h"

#include <QTest>

using namespace fplab;

namespace {

ExperimentSpec with(ExperimentSpec spec, std::initializer_list<std::pair<const char*, const char*>> values)
{
    for (const auto& [path, value] : values)
        if (const auto status = setByPath(spec, path, value); !status)
            qFatal("%s", status.error().text().c_str());
    return spec;
}

ExperimentSpec fit() { return {}; }
ExperimentSpec poisson()
{
    ExperimentSpec spec;
    spec.problem = PoissonSpec {};
    return spec;
}

/// All that is seen after some steps.
std::vector<std::vector<double>> after(const ExperimentSpec& spec, int steps)
{
    auto made = makeExperiment(spec);
    if (!made)
        return {};
    for (int i = 0; i < steps; ++i)
        (*made)->step();
    return (*made)->observe().samples;
}

struct Case {
    const char* path;
    const char* value; ///< another than the default
    ExperimentSpec idle, used;
};

std::vector<Case> cases()
{
    return {
        {"network.init.std", "0.7", with(fit(), {{"network.init.kind", "he"}}),
            with(fit(), {{"network.init.kind", "uniform"}})},
        {"network.init.bias_std", "0.7", with(fit(), {{"network.init.kind", "glorot"}}), fit()},
        {"optimizer.momentum", "0.3", fit(), with(fit(), {{"optimizer.kind", "momentum"}})},
        {"optimizer.beta1", "0.3", with(fit(), {{"optimizer.kind", "gd"}}), fit()},
        {"optimizer.beta2", "0.3", with(fit(), {{"optimizer.kind", "momentum"}}), fit()},
        {"optimizer.eps", "0.1", with(fit(), {{"optimizer.kind", "sgd"}}), fit()},
        {"target.noise.where", "before", with(fit(), {{"target.quantise", "1"}}),
            with(fit(), {{"target.quantise", "1"}, {"target.noise.std", "1"}})},
        {"target.noise.where", "before", with(fit(), {{"target.noise.std", "1"}}),
            with(fit(), {{"target.quantise", "1"}, {"target.noise.std", "1"}})},
        {"sampling.endpoint", "false", with(fit(), {{"sampling.kind", "random"}}),
            with(fit(), {{"sampling.kind", "random_subset"}})},
        {"sampling.endpoint", "false", with(fit(), {{"sampling.kind", "chebyshev"}}), fit()},
        {"loss.p", "3", fit(), with(fit(), {{"loss.kind", "lp"}})},
        {"loss.weights.kind", "low_pass", fit(), with(fit(), {{"loss.kind", "weighted_fourier"}})},
        {"loss.weights.to", "9",
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"high_pass","from":2}})"}}),
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"low_pass"}})"}})},
        {"loss.weights.from", "3",
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"low_pass"}})"}}),
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"band"}})"}})},
        {"loss.weights.outside", "0.5", with(fit(), {{"loss.kind", "weighted_fourier"}}),
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"low_pass"}})"}})},
        {"loss.weights.advance_after", "2", with(fit(), {{"loss.kind", "weighted_fourier"}}),
            with(fit(), {{"loss", R"({"kind":"weighted_fourier","weights":{"kind":"low_to_high"}})"}})},
        {"target.formula", "x", with(fit(), {{"data", R"({"inputs":[[0],[1],[2]],"targets":[[0],[1],[0]]})"}}), fit()},
        {"sampling.count", "77", with(fit(), {{"data", R"({"inputs":[[0],[1],[2]],"targets":[[0],[1],[0]]})"}}), fit()},
        {"pde.omega", "0.5", poisson(), with(poisson(), {{"pde.then", "damped_jacobi"}})},
        {"pde.omega", "0.5", with(poisson(), {{"pde.then", "multigrid"}}), with(poisson(), {{"pde.then", "sor"}})},
        {"network.hidden", "[7]", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
        {"optimizer.learning_rate", "0.1", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
        {"pde.beta", "50", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
        {"pde.training_sampling", "redrawn", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
        {"pde.then", "gauss_seidel", with(poisson(), {{"pde.handoff_step", "-1"}}), poisson()},
        {"pde.remove_boundary_line", "false", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
        {"pde.alternate_every", "2", with(poisson(), {{"pde.handoff_step", "0"}}), poisson()},
    };
}

} // namespace

class TstRelevance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itSaysSoWhereItHasNone();
    void whatHasNoEffectChangesNoBit();
    void whatHasAnEffectChangesOne();
    void wholeObjects();
    void fieldsInVainAreTold();
    void switchedOffPartsWait();
    void presetsSetNothingInVain();
};

void TstRelevance::itSaysSoWhereItHasNone()
{
    for (const Case& c : cases()) {
        QVERIFY2(noEffect(c.idle, c.path), c.path);
        QVERIFY2(!noEffect(c.used, c.path), c.path);
        QVERIFY(!checkEffect(c.idle, c.path));
        QVERIFY(checkEffect(c.used, c.path));
        QCOMPARE(checkEffect(c.idle, c.path).error().path, std::string(c.path));
    }
    QVERIFY(noEffect(with(fit(), {{"record.kind", "every"}}), "record.per_decade"));
    QVERIFY(noEffect(fit(), "record.every"));
    QVERIFY(noEffect(poisson(), "stop.steps"));
    QVERIFY(!noEffect(with(poisson(), {{"pde.handoff_step", "-1"}}), "stop.steps"));
    QVERIFY(!noEffect(with(poisson(), {{"pde.handoff_step", "-1"}}), "pde.tolerance"));
    QVERIFY(noEffect(poisson(), "pde.low_up_to"));
    QVERIFY(!noEffect(with(poisson(), {{"pde.handoff_when", "captured"}}), "pde.low_up_to"));
    QVERIFY(noEffect(fit(), "network.init.params"));
}

/// The claim itself: the run is the same, bit for bit, with any value.
void TstRelevance::whatHasNoEffectChangesNoBit()
{
    for (const Case& c : cases()) {
        auto small = c.idle;
        findPart<NetworkSpec>(small)->hidden = {6};
        if (auto* ritz = small.problem.as<PoissonSpec>(); ritz && ritz->pde.handoffStep > 0)
            ritz->pde.handoffStep = 5;
        const auto base = after(small, 30);
        QVERIFY2(!base.empty(), c.path);
        QVERIFY2(after(with(small, {{c.path, c.value}}), 30) == base, c.path);
    }
}

void TstRelevance::whatHasAnEffectChangesOne()
{
    for (const Case& c : cases()) {
        auto small = c.used;
        findPart<NetworkSpec>(small)->hidden = {6};
        if (auto* ritz = small.problem.as<PoissonSpec>())
            ritz->pde.handoffStep = 5;
        QVERIFY2(after(with(small, {{c.path, c.value}}), 30) != after(small, 30), c.path);
    }
}

void TstRelevance::wholeObjects()
{
    QVERIFY(!checkEffect(fit(), "loss.weights"));
    QVERIFY(checkEffect(fit(), "loss"));
    QVERIFY(checkEffect(fit(), "network.init"));
    QVERIFY(checkEffect(poisson(), "pde"));
    const auto alone = with(poisson(), {{"pde.handoff_step", "0"}});
    QVERIFY(!checkEffect(alone, "network"));
    QVERIFY(!checkEffect(alone, "network.hidden[1]"));
    QVERIFY(checkEffect(alone, "analysis.peaks"));
}

void TstRelevance::fieldsInVainAreTold()
{
    const auto spec = with(
        fit(), {{"loss.p", "6"}, {"loss.weights.to", "9"}, {"loss.weights.from", "1"}, {"optimizer.momentum", "0.5"}});
    const auto remarks = noEffectRemarks(spec);
    QCOMPARE(remarks.size(), std::size_t(3));
    QCOMPARE(remarks[0].id, std::string("no_effect"));
    QCOMPARE(remarks[0].path, std::string("loss.p"));
    QCOMPARE(remarks[0].text, std::string("p has no effect: only the loss mean p-th power uses it."));
    QCOMPARE(remarks[1].text, std::string("From k, To k have no effect: only the loss weighted frequencies uses it."));
    const auto made = makeExperiment(spec);
    QVERIFY(std::ranges::equal((*made)->remarks(), remarks)); // they reach the run
    const auto omega = makeExperiment(with(poisson(), {{"pde.omega", "0.5"}}));
    QCOMPARE((*omega)->remarks().back().path, std::string("pde.omega"));
}

void TstRelevance::switchedOffPartsWait()
{
    QVERIFY(
        noEffectRemarks(with(poisson(), {{"pde.handoff_step", "0"}, {"network.hidden", "[9]"}, {"stop.steps", "9"}}))
            .empty());
    QVERIFY(
        noEffectRemarks(with(fit(), {{"data", R"({"inputs":[[0],[1]],"targets":[[0],[1]]})"}, {"target.formula", "x"}}))
            .empty());
}

void TstRelevance::presetsSetNothingInVain()
{
    for (const Preset& preset : presets()) {
        const auto remarks = noEffectRemarks(preset.spec);
        QVERIFY2(remarks.empty(), remarks.empty() ? "" : (preset.id + ": " + remarks.front().text).c_str());
    }
}

QTEST_GUILESS_MAIN(TstRelevance)
#include "tst_relevance.moc"
