#include "core/experiment/spec.h"
#include "core/fields/field_list.h"
#include "core/fields/json_fields.h"
#include "core/files/experiment_file.h"
#include "core/kinds/fit_curve/kind.h"
#include "core/kinds/poisson/kind.h"

#include "core/kinds/registry.h"

#include <QTest>

#include <utility>

using namespace fplab;

namespace {

/// All facts in one line.
QString line(const ExperimentSpec& spec, std::size_t samples = 0)
{
    QStringList parts;
    for (const Fact& fact : describe(spec, samples))
        parts.append(QString::fromStdString(fact.name + ' ' + fact.value));
    return parts.join(QStringLiteral("; "));
}

} // namespace

class TstDescribe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldOfEveryKindHasALabel()
    {
        for (const Kind* kind : kinds()) {
            const ExperimentSpec spec {.problem = kind->prototype()};
            FieldLister all;
            lookAtFields(spec, all);
            std::vector<std::string> paths;
            for (const FieldRef& field : all.fields)
                paths.push_back(field.path);
            for (const auto& group : all.groups)
                paths.push_back(group.path);
            QVERIFY(paths.size() > 20);
            for (const std::string& path : paths) {
                const std::string label(hintOf(spec, path).label);
                QVERIFY2(!label.empty() && label != path && label.find('_') == std::string::npos, path.c_str());
            }
        }
    }

    void hintsAreThoseOfTheKind()
    {
        ExperimentSpec equation {.problem = PoissonSpec {}};
        QCOMPARE(std::string(hintOf(equation, "pde.tolerance").label), std::string("Tolerance"));
        QVERIFY(hintOf(equation, "pde.tolerance").effect == Effect::Live);
        QVERIFY(hintOf(equation, "target.formula").label.empty());
        QVERIFY(hintOf(ExperimentSpec {}, "pde.tolerance").label.empty());
        QCOMPARE(std::string(hintOf(equation, "network.hidden[1]").label), std::string("Hidden layers"));
        QVERIFY(hintOf(equation, "pde.toler").label.empty());
        QVERIFY(hintOf(equation, "").label.empty());
    }

    void aFormulaIsDescribedByItself()
    {
        ExperimentSpec spec;
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.target.formula = "sin(x)+0.5*sin(9*x)";
        fit.batch = 32;
        QCOMPARE(line(spec, 201),
            QStringLiteral(
                "f(x) = sin(x)+0.5*sin(9*x); samples 201 evenly spaced in -3.14..3.14; hidden layers 100-100; "
                "activation tanh; initial weights normal, std 0.1; loss mean squared error; optimizer Adam; "
                "learning rate 0.001; batch 32; precision single (32 bit); seed 42"));
        fit.target.quantise = 0.5;
        fit.target.noise.std = 0.25;
        QVERIFY(line(spec).contains(QStringLiteral("quantised by 0.5; noise 0.25;")));
    }

    void importedSamplesNameTheirFile()
    {
        ExperimentSpec spec;
        auto& fit = specOf<FitCurveSpec>(spec.problem);
        fit.data = DataSpec {.csv = "/home/ada/messung.csv", .x = "t", .y = "U (V)"};
        QVERIFY(line(spec, 80).startsWith(
            QStringLiteral("samples 80 from messung.csv, columns t and U (V); hidden layers")));
        QVERIFY(!line(spec, 80).contains(QStringLiteral("sin(x)")));
        QVERIFY(!line(spec, 80).contains(QStringLiteral("201")));
        fit.data = DataSpec {.inputs = SampleMatrix {3, 1, {0, 1, 2}}, .targets = SampleMatrix {3, 1, {0, 1, 0}}};
        QVERIFY(line(spec, 3).startsWith(QStringLiteral("samples 3 given; hidden layers")));
    }

    void anEquationNamesItsParts()
    {
        PoissonSpec poisson;
        poisson.pde.formula = "sin(x)";
        poisson.pde.grid = 4000;
        ExperimentSpec spec {.problem = poisson};
        const QString both = line(spec);
        QVERIFY2(both.startsWith(
                     QStringLiteral("-u'' = g(x) = sin(x); domain -1..1; grid intervals n = 4000; hidden layers")),
            qPrintable(both));
        QVERIFY2(
            both.contains(QStringLiteral("hand-off step M = 900; then Jacobi; tolerance 0.001")), qPrintable(both));

        specOf<PoissonSpec>(spec.problem).pde.handoffStep = 0;
        specOf<PoissonSpec>(spec.problem).pde.then = "sor";
        specOf<PoissonSpec>(spec.problem).pde.omega = 1.9;
        const QString alone = line(spec);
        QVERIFY2(alone.contains(QStringLiteral("solver over-relaxation (SOR), omega = 1.9;")), qPrintable(alone));
        QVERIFY2(
            !alone.contains(QStringLiteral("hidden")) && !alone.contains(QStringLiteral("Adam")), qPrintable(alone));

        specOf<PoissonSpec>(spec.problem).pde.handoffStep = -1;
        const QString network = line(spec);
        QVERIFY2(
            !network.contains(QStringLiteral("SOR")) && network.contains(QStringLiteral("Adam")), qPrintable(network));
    }

    void aFixIsTakenAsAWhole()
    {
        const ExperimentSpec spec;
        const auto moved
            = withFix(spec, {.label = "Move", .settings = {{"sampling.from", "10"}, {"sampling.to", "20"}}});
        QVERIFY(moved.ok()); // 10 alone would lie to the right of the end
        QCOMPARE(specOf<FitCurveSpec>(moved->problem).sampling.from, 10.0);
        const auto wrong = withFix(spec, {.label = "Move", .settings = {{"sampling.from", "10"}}});
        QVERIFY(!wrong.ok());
        QVERIFY(!withFix(spec, {.label = "?", .settings = {{"no.such.field", "10"}}}).ok());
    }

    void theNearestNameIsFound()
    {
        const std::vector<std::string_view> names {"three-sines", "large-init", "poisson-handoff"};
        QCOMPARE(nearestWord("three-sine", names), std::string("three-sines"));
        QCOMPARE(nearestWord("treesines", names), std::string("three-sines"));
        QCOMPARE(nearestWord("four-sines", names), std::string()); // 4 away
        QCOMPARE(nearestWord("ab", {"xy"}), std::string());
    }
};

QTEST_GUILESS_MAIN(TstDescribe)
#include "tst_describe.moc"
