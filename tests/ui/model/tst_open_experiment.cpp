#include "core/io/vfs.h"
#include "core/kinds/fit_curve/fit_curve.h"
#include "core/kinds/poisson/kind.h"
#include "support/decay.h"
#include "ui/model/divergence.h"
#include "ui/model/next_act.h"
#include "ui/model/open_experiment.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <optional>

using namespace fplab;

namespace {

ExperimentSpec smallSpec()
{
    ExperimentSpec spec;
    auto& fit = specOf<FitCurveSpec>(spec.problem);
    fit.network.hidden = {20, 20};
    fit.sampling.count = 61;
    fit.stop.steps = 400;
    return spec;
}

Status openFile(OpenExperiment& experiment, const QString& path, QString& note)
{
    const auto content = OpenExperiment::read(path);
    note = content ? content->note : QString();
    return content ? experiment.open(content->spec, {}, content->folder) : content.error();
}

/// Runs out of memory once, at step 5.
class Starving : public Decay {
public:
    std::int64_t advance(std::int64_t most) override
    {
        if (stepIndex() == 5 && !std::exchange(m_starved, true))
            throw std::bad_alloc();
        return Decay::advance(most);
    }

private:
    bool m_starved = false;
};

/// Tells how often it was asked to leave room, and whether it does now.
class Polite : public Decay {
public:
    struct Requests {
        std::atomic<int> count = 0;
        std::atomic<bool> on = false;
    };
    explicit Polite(Requests& requests)
        : m_requests(requests)
    {
    }
    void setYielding(bool on) override
    {
        m_requests.count += on;
        m_requests.on = on;
    }

private:
    Requests& m_requests;
};

bool awaitState(OpenExperiment& experiment, RunState state)
{
    return QTest::qWaitFor([&] { return experiment.run.state() == state; }, 20000);
}

}

class TstOpenExperiment : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsToItsEndAndStartsAgainTheSame()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        QCOMPARE(experiment.run.state(), RunState::Ready);
        QCOMPARE(experiment.run.history().size(), std::size_t(1));
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 400);
        const auto first = experiment.run.history().back().samples;
        QVERIFY(experiment.reset().ok());
        QCOMPARE(experiment.run.state(), RunState::Ready);
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.history().back().samples, first);
    }
    void editsApplyAtOnceBeforeTrainingAndWaitAfterwards()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        const auto before = experiment.run.history().back().samples;
        QVERIFY(experiment.editor.edit(QStringLiteral("network.init.std"), QStringLiteral("1.5")).ok());
        QVERIFY(experiment.editor.pending().empty());
        QVERIFY(experiment.run.history().back().samples != before);

        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QVERIFY(experiment.editor.edit(QStringLiteral("network.init.std"), QStringLiteral("0.3")).ok());
        QCOMPARE(experiment.editor.pending().size(), std::size_t(1));
        QCOMPARE(experiment.editor.pending()[0].was, QStringLiteral("1.5"));
        QCOMPARE(experiment.run.state(), RunState::Finished);
        experiment.editor.undoPending();
        QVERIFY(experiment.editor.pending().empty());
        QCOMPARE(experiment.editor.valueOf(QStringLiteral("network.init.std")), QStringLiteral("1.5"));
        experiment.editor.undoStack().undo();
        QCOMPARE(experiment.editor.pending().size(), std::size_t(1));
        QVERIFY(experiment.editor.edit(QStringLiteral("network.init.bias_std"), QStringLiteral("0.7"))
                    .ok()); // absent before
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002"))
                    .ok()); // live: stays
        experiment.editor.undoPending();
        QCOMPARE(*learningRate(experiment), 0.002);
        QVERIFY(experiment.editor.valueOf(QStringLiteral("network.init.bias_std")).isEmpty());
        QVERIFY(experiment.editor.pending().empty());
        experiment.editor.undoStack().undo();
        QCOMPARE(experiment.editor.pending().size(), std::size_t(2));
        QVERIFY(experiment.restart(true).ok());
        QVERIFY(experiment.editor.pending().empty());
        QVERIFY(awaitState(experiment, RunState::Finished));
    }
    void aFinishedRunTrainsOn()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(nextAct(experiment.run, experiment.editor), NextAct::TrainOn);
        const auto atEnd = experiment.run.history().back().samples;
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 800);
        QCOMPARE(experiment.run.history().at(experiment.run.history().indexAt(400)).samples, atEnd); // nothing is lost
        QCOMPARE(experiment.editor.valueOf(QStringLiteral("stop.steps")), QStringLiteral("800"));
        QVERIFY(experiment.editor.edit(QStringLiteral("stop.steps"), QStringLiteral("900")).ok());
        QCOMPARE(nextAct(experiment.run, experiment.editor), NextAct::Run);
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 900);

        OpenExperiment whole; // the same curve as in one go
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).stop.steps = 900;
        QVERIFY(whole.open(spec).ok());
        whole.toggle();
        QVERIFY(awaitState(whole, RunState::Finished));
        QCOMPARE(whole.run.history().back().samples, experiment.run.history().back().samples);
    }
    void trainingOnPassesTheGoalThatWasReached()
    {
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).stop.loss = 1;
        OpenExperiment experiment;
        QVERIFY(experiment.open(spec).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QVERIFY(!experiment.run.gaveUp());
        const auto reached = experiment.run.liveStep();
        QVERIFY(reached > 0 && reached < 200);
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 400);
    }
    void theRunBeforeIsKeptAndGoesOn()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec(), QStringLiteral("three-sines")).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.stepBy(150);
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() == 150; }, 20000));
        experiment.timeline.setBookmark(150, QStringLiteral("here"));
        experiment.timeline.setStep(20);
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002")).ok());
        QTRY_COMPARE(experiment.run.changes().size(), std::size_t(1)); // the worker takes it in
        const auto changes = experiment.run.changes();
        QVERIFY(experiment.newStart().ok()); // another seed, another run
        QCOMPARE(experiment.run.state(), RunState::Ready);
        QVERIFY(experiment.timeline.bookmarks().empty());
        QCOMPARE(experiment.earlier.size(), std::size_t(1));
        QCOMPARE(
            experiment.earlier.title(0, experiment.editor.runSpec()), QStringLiteral("Untitled, 150 steps: Seed 42"));
        QVERIFY(experiment.reset().ok()); // untrained: nothing to keep
        QCOMPARE(experiment.earlier.size(), std::size_t(1));
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));

        experiment.goBackTo(0);
        QCOMPARE(experiment.run.state(), RunState::Paused);
        QCOMPARE(experiment.run.liveStep(), 150);
        QCOMPARE(experiment.timeline.step(), 20);
        QCOMPARE(experiment.timeline.bookmarks(), (std::vector<Bookmark> {{150, QStringLiteral("here")}}));
        QCOMPARE(experiment.editor.presetId(), QStringLiteral("three-sines"));
        QCOMPARE(*learningRate(experiment), 0.002);
        QCOMPARE(experiment.run.changes().size(), changes.size());
        QVERIFY(experiment.editor.pending().empty());
        QCOMPARE(experiment.earlier.size(), std::size_t(1)); // the other took its place
        QCOMPARE((*experiment.earlier.at(0).run)->liveStep(), 400);
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 400);
        const auto went = experiment.run.history().back().samples;

        QVERIFY(experiment.open(smallSpec()).ok()); // the same without a break
        QCOMPARE(experiment.earlier.size(), std::size_t(2));
        experiment.stepBy(150);
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() == 150; }, 20000));
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002")).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.history().back().samples, went);
    }
    void aRunIsKeptInTheMiddleOfItsWork()
    {
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).stop.steps = 1'000'000'000;
        OpenExperiment experiment;
        QVERIFY(experiment.open(spec).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.toggle();
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() > 100; }, 20000));
        QVERIFY(experiment.open(smallSpec()).ok());
        QCOMPARE(experiment.earlier.size(), std::size_t(1));
        const auto last = (*experiment.earlier.at(0).run)->liveStep();
        experiment.goBackTo(0);
        QCOMPARE(experiment.run.state(), RunState::Paused);
        QCOMPARE(experiment.run.liveStep(), last);
        experiment.stepBy(1); // the experiment stands where its records end
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() > last; }, 20000));
        QCOMPARE(experiment.run.liveStep(), last + 1);
        QCOMPARE(experiment.earlier.size(), std::size_t(0)); // the other was not trained
    }
    void theOldestRunsGoFirst()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        QSignalSpy dropped(&experiment.earlier, &EarlierRuns::dropped);
        for (std::size_t i = 0; i < EarlierRuns::most + 2; ++i) {
            experiment.stepBy(static_cast<std::int64_t>(i) + 1);
            QVERIFY(
                QTest::qWaitFor([&] { return experiment.run.liveStep() == static_cast<std::int64_t>(i) + 1; }, 20000));
            QVERIFY(experiment.reset().ok());
        }
        QCOMPARE(experiment.earlier.size(), EarlierRuns::most);
        QCOMPARE((*experiment.earlier.at(0).run)->liveStep(), static_cast<std::int64_t>(EarlierRuns::most) + 2);
        QCOMPARE(dropped.count(), 2);
        experiment.earlier.setBudget(1);
        QCOMPARE(experiment.earlier.size(), std::size_t(1)); // the latest stays
    }
    void savedExperimentsFindTheirSamples()
    {
        const QTemporaryDir folder;
        const auto at = [&](const char* name) { return folder.filePath(QString::fromUtf8(name)); };
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/sub")) && QDir(folder.path()).mkdir(QStringLiteral("b")));
        QVERIFY(saveFile(at("a/sub/t.csv").toStdString(), "x,y\n0,1\n1,3\n2,2\n3,0\n").ok());
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).data.emplace().csv = "t.csv";
        OpenExperiment experiment;
        QString note;
        QVERIFY(experiment.open(spec, {}, at("a/sub")).ok());
        const QString id = experiment.editor.runId();
        // beside it and above it: both can be moved
        for (const char* name : {"a/sub/beside.fplab.json", "a/above.fplab.json"})
            QVERIFY(experiment.saveFile(at(name))->isEmpty());
        QCOMPARE(*experiment.saveFile(at("b/elsewhere.fplab.json")), at("a/sub/t.csv"));
        for (const char* name : {"a/sub/beside.fplab.json", "a/above.fplab.json", "b/elsewhere.fplab.json"}) {
            OpenExperiment opened;
            const auto status = openFile(opened, at(name), note);
            QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
            QCOMPARE(opened.editor.runId(), id); // whatever its name
        }
        QVERIFY(QDir(folder.path()).rename(QStringLiteral("a"), QStringLiteral("moved")));
        OpenExperiment opened;
        for (const char* name : {"moved/sub/beside.fplab.json", "moved/above.fplab.json"})
            QVERIFY2(openFile(opened, at(name), note).ok() && note.isEmpty(), name);
        const auto lost = openFile(opened, at("b/elsewhere.fplab.json"), note);
        QVERIFY(!lost.ok());
        QVERIFY2(lost.error().text().find(at("a/sub/t.csv").toStdString() + ": could not be read") == 0,
            lost.error().text().c_str());
        QVERIFY2(
            lost.error().text().find("in " + at("b").toStdString()) != std::string::npos, lost.error().text().c_str());
        QVERIFY(QFile::copy(at("moved/sub/t.csv"), at("b/t.csv"))); // found there, and said
        QVERIFY(openFile(opened, at("b/elsewhere.fplab.json"), note).ok());
        QVERIFY(note.contains(at("b/t.csv")));
    }
    void whatCannotBeOpenedIsNotSaved()
    {
        const QTemporaryDir folder;
        auto spec = smallSpec();
        spec.title = std::string(300, 'x');
        OpenExperiment experiment;
        QVERIFY(experiment.open(spec).ok());
        const auto saved = experiment.saveFile(folder.filePath(QStringLiteral("e.fplab.json")));
        QVERIFY(!saved.ok() && saved.error().text().find("at most 200 bytes") != std::string::npos);
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    void liveEditsReachTheRunAndAreLogged()
    {
        OpenExperiment experiment;
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).stop.steps = 1'000'000'000;
        QVERIFY(experiment.open(spec).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Running));
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.0001")).ok());
        QVERIFY(QTest::qWaitFor([&] { return !experiment.run.changes().empty(); }, 5000));
        QVERIFY(experiment.run.changes()[0].refused.empty());
        QCOMPARE(experiment.run.changes()[0].change.path, std::string("optimizer.learning_rate"));
        QVERIFY(experiment.editor.pending().empty());
        experiment.run.pause();
        QVERIFY(awaitState(experiment, RunState::Paused));
        const auto at = experiment.run.liveStep();
        experiment.stepBy(3);
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() == at + 3; }, 5000));
        QVERIFY(experiment.editor.edit(QStringLiteral("stop.steps"), QString::number(at + 10)).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), at + 10);
    }
    void aTargetThatCannotBeMadeLeavesTheRun()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        QSignalSpy problems(&experiment, &OpenExperiment::problem);
        const auto before = experiment.run.history().back().samples;
        (void)experiment.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"1/x^0.5\""));
        QCOMPARE(problems.size(), 1);
        QCOMPARE(experiment.run.history().back().samples, before);
        QSignalSpy solved(&experiment, &OpenExperiment::solved);
        QVERIFY(experiment.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"x^2\"")).ok());
        QCOMPARE(solved.size(), 1);
        QVERIFY(experiment.run.history().back().samples != before);
    }
    void divergesWithAHugeRateAndRecovers()
    {
        OpenExperiment experiment;
        auto spec = smallSpec();
        specOf<FitCurveSpec>(spec.problem).optimizer = {.kind = "gd", .learningRate = 10};
        QVERIFY(experiment.open(spec).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Diverged));
        QVERIFY(!experiment.run.result().reason.empty());
        QVERIFY(networkDiverged(experiment));
        QVERIFY(experiment.run.history().back().step < experiment.run.result().divergedAt);
        while (experiment.run.state() == RunState::Diverged) {
            QVERIFY(*learningRate(experiment) > 1e-4);
            QVERIFY(retryWithLowerRate(experiment).ok());
            QVERIFY(QTest::qWaitFor([&] { return experiment.run.state() != RunState::Running; }, 20000));
        }
        QCOMPARE(experiment.run.state(), RunState::Finished);
    }
    void aDivergedSolverOffersNoLearningRate()
    {
        ExperimentSpec spec;
        PoissonSpec poisson;
        poisson.pde.grid = 16;
        poisson.pde.handoffStep = 0;
        spec.problem = poisson;
        OpenExperiment experiment;
        QVERIFY(experiment.open(spec).ok());
        QVERIFY(!networkDiverged(experiment)); // a solver is at work
        poisson.pde.handoffStep = -1;
        poisson.optimizer = {.kind = "gd", .learningRate = 10};
        poisson.network.hidden = {10};
        spec.problem = poisson;
        QVERIFY(experiment.open(spec).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Diverged));
        QVERIFY(networkDiverged(experiment));
        QVERIFY2(probableCause(experiment).contains(QLatin1String("learning rate (10)")),
            qPrintable(probableCause(experiment)));
    }
    void takesBackTheLiveChangeThatMadeItDiverge()
    {
        auto spec = smallSpec();
        OpenExperiment undisturbed;
        QVERIFY(undisturbed.open(spec).ok());
        undisturbed.toggle();
        QVERIFY(awaitState(undisturbed, RunState::Finished));

        OpenExperiment experiment;
        QVERIFY(experiment.open(spec).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.stepBy(150); // between two recorded steps
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() == 150; }, 20000));
        QVERIFY(experiment.editor.edit(QStringLiteral("loss.kind"), QStringLiteral("\"lp\"")).ok());
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.kind"), QStringLiteral("\"gd\"")).ok());
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("50")).ok());
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Diverged));
        const auto suspected = suspect(experiment);
        QVERIFY(suspected.has_value());
        QCOMPARE(suspected->step, 150);
        QCOMPARE(suspected->paths.size(), 3);
        QVERIFY2(
            probableCause(experiment).contains(QLatin1String("Learning rate was changed from 0.001 to 50 at step 150")),
            qPrintable(probableCause(experiment)));

        takeBackChanges(experiment);
        QCOMPARE(experiment.run.state(), RunState::Paused);
        QCOMPARE(experiment.run.liveStep(), 150);
        QVERIFY(experiment.editor.spec() == spec);
        QVERIFY(experiment.editor.runSpec() == spec);
        QVERIFY(experiment.run.changes().empty());
        QVERIFY(!suspect(experiment));
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.history().back().samples, undisturbed.run.history().back().samples);
        experiment.editor.undoStack().undo(); // the change is there again
        QCOMPARE(*learningRate(experiment), 50.0);
    }
    void aRunThatNeedsTooMuchMemoryPausesAndCanGoOn()
    {
        OpenExperiment experiment;
        QSignalSpy problems(&experiment, &OpenExperiment::problem);
        experiment.run.load(
            std::make_unique<Starving>(), {.record = {.kind = "every", .every = 1}, .rule = {.steps = 9}});
        experiment.run.resume();
        QVERIFY(awaitState(experiment, RunState::Paused));
        QCOMPARE(experiment.run.liveStep(), 5);
        QCOMPARE(problems.size(), 1);
        experiment.run.resume();
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.run.liveStep(), 9);
    }
    void trainingLeavesRoomForFrames()
    {
        Polite::Requests requests;
        OpenExperiment experiment;
        experiment.run.load(std::make_unique<Polite>(requests),
            {.record = {.kind = "every", .every = 1}, .rule = {.steps = 1'000'000'000}});
        experiment.run.resume();
        QSignalSpy frames(&experiment.run, &RunController::advanced);
        QTRY_VERIFY(frames.size() > 2);
        QCOMPARE(requests.count.load(), 0); // nobody asked for it
        experiment.run.setFrames(0, true);
        experiment.run.endFrame();
        frames.clear();
        QTRY_VERIFY(frames.size() > 6);
        QCOMPARE(requests.count.load(), 1); // nothing was painted: no room is needed again
        QTRY_VERIFY(!requests.on);
        std::optional<bool> soonAfter; // it was painted
        const auto painted = connect(&experiment.run, &RunController::advanced, &experiment.run, [&] {
            QTimer::singleShot(5, &experiment.run, [&] { soonAfter = soonAfter.value_or(false) || requests.on; });
            experiment.run.endFrame();
        });
        experiment.run.setFrames(400, true);
        QTRY_VERIFY(soonAfter.has_value());
        soonAfter.reset(); // the first may have begun before
        QTRY_VERIFY(soonAfter.has_value());
        QVERIFY(!*soonAfter);
        QVERIFY(requests.count > 1);
        disconnect(painted);
        experiment.run.pause();
        QVERIFY(awaitState(experiment, RunState::Paused));
        QTRY_VERIFY(!requests.on);
    }
    void newStartChangesTheSeedAndCanBeUndone()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        const auto before = experiment.run.history().back().samples;
        QVERIFY(experiment.newStart().ok());
        QCOMPARE(experiment.editor.spec().seed, std::uint64_t(43));
        QVERIFY(experiment.run.history().back().samples != before);
        experiment.editor.undoStack().undo();
        QCOMPARE(experiment.run.history().back().samples, before);
    }
    void followsPeaksAndJudgesThePast()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5}));
        experiment.toggle();
        QVERIFY(awaitState(experiment, RunState::Finished));
        experiment.toggleFollow(7);
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5, 7}));
        QCOMPARE(experiment.analysis.series(3).size(), experiment.run.history().size());
        experiment.toggleFollow(1);
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {3, 5, 7}));
        experiment.editor.undoStack().undo();
        experiment.editor.undoStack().undo();
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5}));
    }
    /// Peaks chosen by hand go with the target they were chosen for, and come back with it.
    void anotherTargetLetsForeignPeaksGo()
    {
        OpenExperiment experiment;
        QSignalSpy messages(&experiment, &OpenExperiment::message);
        QVERIFY(experiment.open(smallSpec()).ok());
        QVERIFY(experiment.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(x)+sin(3*x)+sin(5*x)\""))
                    .ok());
        experiment.toggleFollow(3); // 1 and 5 are left
        experiment.toggleFollow(9); // nothing there, but chosen
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
        QVERIFY(experiment.reset().ok()); // the same target: the choice stays
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
        QCOMPARE(messages.size(), 0);

        QVERIFY(experiment.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(x)+sin(7*x)\"")).ok());
        QCOMPARE(experiment.analysis.peaks(), std::vector<std::size_t> {1});
        QCOMPARE(messages.size(), 1);
        QVERIFY2(messages.last().at(0).toString().contains(QStringLiteral("k = 5, 9")),
            qPrintable(messages.last().at(0).toString()));
        QCOMPARE(experiment.editor.valueOf(QStringLiteral("analysis.peaks")), QStringLiteral("[1]"));
        QVERIFY(experiment.editor.pending().empty());

        QVERIFY(experiment.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(2*x)+sin(4*x)\"")).ok());
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {2, 4})); // none was left: the target's own
        QVERIFY(messages.last().at(0).toString().contains(QStringLiteral("followed again")));

        while (experiment.editor.valueOf(QStringLiteral("target.formula")).contains(QLatin1String("(2*x)"))
            || experiment.editor.valueOf(QStringLiteral("target.formula"))
                   .contains(QLatin1String("7*x"))) // one step, or two
            experiment.editor.undoStack().undo();
        QCOMPARE(experiment.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
    }
    void aChangeThatIsTakenBackChangesNothing()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.toggle();
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.state() == RunState::Finished; }, 20000));
        QSignalSpy logged(&experiment.run, &RunController::changeLogged);
        QVERIFY(experiment.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.01")).ok());
        QTRY_COMPARE(logged.size(), 1);
        QVERIFY(!experiment.changesNothing(experiment.run.changes().back()));
        experiment.editor.undoStack().undo();
        QTRY_COMPARE(logged.size(), 2);
        QVERIFY(experiment.changesNothing(experiment.run.changes().back()));
    }
    void scrubbingStaysWhereItIsWhileTrainingGoesOn()
    {
        OpenExperiment experiment;
        QVERIFY(experiment.open(smallSpec()).ok());
        experiment.toggle();
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() > 20; }, 10000));
        experiment.timeline.setStep(10);
        QVERIFY(!experiment.timeline.followsLive());
        QVERIFY(awaitState(experiment, RunState::Finished));
        QCOMPARE(experiment.timeline.step(), 10);
        experiment.timeline.moveBy(1);
        QCOMPARE(experiment.timeline.step(), 11);
        experiment.timeline.goLive();
        QCOMPARE(experiment.timeline.step(), 400);
        experiment.timeline.hold();
        QCOMPARE(experiment.timeline.step(), 400);
        QVERIFY(!experiment.timeline.followsLive());
    }
};

QTEST_GUILESS_MAIN(TstOpenExperiment)
#include "tst_open_experiment.moc"
