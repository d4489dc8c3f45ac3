#include "core/experiment/fit_curve.h"
#include "core/io/vfs.h"
#include "support/decay.h"
#include "ui/next_act.h"
#include "ui/session.h"

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
    auto& fit = std::get<FitCurveSpec>(spec.problem);
    fit.network.hidden = {20, 20};
    fit.sampling.count = 61;
    fit.stop.steps = 400;
    return spec;
}

Status openFile(Session& session, const QString& path, QString& note)
{
    const auto content = Session::read(path);
    note = content ? content->note : QString();
    return content ? session.open(content->spec, {}, content->folder) : content.error();
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

bool awaitState(Session& session, RunState state)
{
    return QTest::qWaitFor([&] { return session.run.state() == state; }, 20000);
}

}

class TstSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsToItsEndAndStartsAgainTheSame()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        QCOMPARE(session.run.state(), RunState::Ready);
        QCOMPARE(session.run.history().size(), std::size_t(1));
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 400);
        const auto first = session.run.history().back().samples;
        QVERIFY(session.reset().ok());
        QCOMPARE(session.run.state(), RunState::Ready);
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.history().back().samples, first);
    }
    void editsApplyAtOnceBeforeTrainingAndWaitAfterwards()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        const auto before = session.run.history().back().samples;
        QVERIFY(session.editor.edit(QStringLiteral("network.init.std"), QStringLiteral("1.5")).ok());
        QVERIFY(session.editor.pending().empty());
        QVERIFY(session.run.history().back().samples != before);

        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QVERIFY(session.editor.edit(QStringLiteral("network.init.std"), QStringLiteral("0.3")).ok());
        QCOMPARE(session.editor.pending().size(), std::size_t(1));
        QCOMPARE(session.editor.pending()[0].was, QStringLiteral("1.5"));
        QCOMPARE(session.run.state(), RunState::Finished);
        session.editor.undoPending();
        QVERIFY(session.editor.pending().empty());
        QCOMPARE(session.editor.valueOf(QStringLiteral("network.init.std")), QStringLiteral("1.5"));
        session.editor.undoStack().undo();
        QCOMPARE(session.editor.pending().size(), std::size_t(1));
        QVERIFY(session.editor.edit(QStringLiteral("network.init.bias_std"), QStringLiteral("0.7")).ok()); // absent before
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002")).ok()); // live: stays
        session.editor.undoPending();
        QCOMPARE(session.learningRate(), 0.002);
        QVERIFY(session.editor.valueOf(QStringLiteral("network.init.bias_std")).isEmpty());
        QVERIFY(session.editor.pending().empty());
        session.editor.undoStack().undo();
        QCOMPARE(session.editor.pending().size(), std::size_t(2));
        QVERIFY(session.restart(true).ok());
        QVERIFY(session.editor.pending().empty());
        QVERIFY(awaitState(session, RunState::Finished));
    }
    void aFinishedRunTrainsOn()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(nextAct(session.run, session.editor), NextAct::TrainOn);
        const auto atEnd = session.run.history().back().samples;
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 800);
        QCOMPARE(session.run.history().at(session.run.history().indexAt(400)).samples, atEnd); // nothing is lost
        QCOMPARE(session.editor.valueOf(QStringLiteral("stop.steps")), QStringLiteral("800"));
        QVERIFY(session.editor.edit(QStringLiteral("stop.steps"), QStringLiteral("900")).ok());
        QCOMPARE(nextAct(session.run, session.editor), NextAct::Run);
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 900);

        Session whole; // the same curve as in one go
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).stop.steps = 900;
        QVERIFY(whole.open(spec).ok());
        whole.toggle();
        QVERIFY(awaitState(whole, RunState::Finished));
        QCOMPARE(whole.run.history().back().samples, session.run.history().back().samples);
    }
    void trainingOnPassesTheGoalThatWasReached()
    {
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).stop.loss = 1;
        Session session;
        QVERIFY(session.open(spec).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QVERIFY(!session.run.gaveUp());
        const auto reached = session.run.liveStep();
        QVERIFY(reached > 0 && reached < 200);
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 400);
    }
    void theRunBeforeIsKeptAndGoesOn()
    {
        Session session;
        QVERIFY(session.open(smallSpec(), QStringLiteral("three-sines")).ok());
        session.run.setPace({.kind = Pace::Kind::Max});
        session.stepBy(150);
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() == 150; }, 20000));
        session.timeline.setBookmark(150, QStringLiteral("here"));
        session.timeline.setStep(20);
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002")).ok());
        const auto changes = session.run.changes();
        QVERIFY(session.newStart().ok()); // another seed, another run
        QCOMPARE(session.run.state(), RunState::Ready);
        QVERIFY(session.timeline.bookmarks().empty());
        QCOMPARE(session.earlier.size(), std::size_t(1));
        QCOMPARE(session.earlier.title(0, session.editor.runSpec()), QStringLiteral("Untitled, 150 steps: Seed 42"));
        QVERIFY(session.reset().ok()); // untrained: nothing to keep
        QCOMPARE(session.earlier.size(), std::size_t(1));
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));

        session.goBackTo(0);
        QCOMPARE(session.run.state(), RunState::Paused);
        QCOMPARE(session.run.liveStep(), 150);
        QCOMPARE(session.timeline.step(), 20);
        QCOMPARE(session.timeline.bookmarks(), (std::vector<Bookmark> {{150, QStringLiteral("here")}}));
        QCOMPARE(session.editor.presetId(), QStringLiteral("three-sines"));
        QCOMPARE(session.learningRate(), 0.002);
        QCOMPARE(session.run.changes().size(), changes.size());
        QVERIFY(session.editor.pending().empty());
        QCOMPARE(session.earlier.size(), std::size_t(1)); // the other took its place
        QCOMPARE(session.earlier.at(0).run.history.back().step, 400);
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 400);
        const auto went = session.run.history().back().samples;

        QVERIFY(session.open(smallSpec()).ok()); // the same without a break
        QCOMPARE(session.earlier.size(), std::size_t(2));
        session.stepBy(150);
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() == 150; }, 20000));
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.002")).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.history().back().samples, went);
    }
    void aRunIsKeptInTheMiddleOfItsWork()
    {
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).stop.steps = 1'000'000'000;
        Session session;
        QVERIFY(session.open(spec).ok());
        session.run.setPace({.kind = Pace::Kind::Max});
        session.toggle();
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() > 100; }, 20000));
        QVERIFY(session.open(smallSpec()).ok());
        QCOMPARE(session.earlier.size(), std::size_t(1));
        const auto last = session.earlier.at(0).run.history.back().step;
        session.goBackTo(0);
        QCOMPARE(session.run.state(), RunState::Paused);
        QCOMPARE(session.run.liveStep(), last);
        session.stepBy(1); // the experiment stands where its records end
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() > last; }, 20000));
        QCOMPARE(session.run.liveStep(), last + 1);
        QCOMPARE(session.earlier.size(), std::size_t(0)); // the other was not trained
    }
    void theOldestRunsGoFirst()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        session.run.setPace({.kind = Pace::Kind::Max});
        QSignalSpy dropped(&session.earlier, &EarlierRuns::dropped);
        for (std::size_t i = 0; i < EarlierRuns::most + 2; ++i) {
            session.stepBy(static_cast<std::int64_t>(i) + 1);
            QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() == static_cast<std::int64_t>(i) + 1; }, 20000));
            QVERIFY(session.reset().ok());
        }
        QCOMPARE(session.earlier.size(), EarlierRuns::most);
        QCOMPARE(session.earlier.at(0).run.history.back().step, static_cast<std::int64_t>(EarlierRuns::most) + 2);
        QCOMPARE(dropped.count(), 2);
        session.earlier.setBudget(1);
        QCOMPARE(session.earlier.size(), std::size_t(1)); // the latest stays
    }
    void savedExperimentsFindTheirSamples()
    {
        const QTemporaryDir folder;
        const auto at = [&](const char* name) { return folder.filePath(QString::fromUtf8(name)); };
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("a/sub")) && QDir(folder.path()).mkdir(QStringLiteral("b")));
        QVERIFY(saveFile(at("a/sub/t.csv").toStdString(), "x,y\n0,1\n1,3\n2,2\n3,0\n").ok());
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).data.emplace().csv = "t.csv";
        Session session;
        QString note;
        QVERIFY(session.open(spec, {}, at("a/sub")).ok());
        const QString id = session.editor.runId();
        // beside it and above it: both can be moved
        for (const char* name : {"a/sub/beside.fplab.json", "a/above.fplab.json"})
            QVERIFY(session.saveFile(at(name))->isEmpty());
        QCOMPARE(*session.saveFile(at("b/elsewhere.fplab.json")), at("a/sub/t.csv"));
        for (const char* name : {"a/sub/beside.fplab.json", "a/above.fplab.json", "b/elsewhere.fplab.json"}) {
            Session opened;
            const auto status = openFile(opened, at(name), note);
            QVERIFY2(status.ok(), status ? "" : status.error().text().c_str());
            QCOMPARE(opened.editor.runId(), id); // whatever its name
        }
        QVERIFY(QDir(folder.path()).rename(QStringLiteral("a"), QStringLiteral("moved")));
        Session opened;
        for (const char* name : {"moved/sub/beside.fplab.json", "moved/above.fplab.json"})
            QVERIFY2(openFile(opened, at(name), note).ok() && note.isEmpty(), name);
        const auto lost = openFile(opened, at("b/elsewhere.fplab.json"), note);
        QVERIFY(!lost.ok());
        QVERIFY2(lost.error().text().find(at("a/sub/t.csv").toStdString() + ": could not be read") == 0, lost.error().text().c_str());
        QVERIFY2(lost.error().text().find("in " + at("b").toStdString()) != std::string::npos, lost.error().text().c_str());
        QVERIFY(QFile::copy(at("moved/sub/t.csv"), at("b/t.csv"))); // found there, and said
        QVERIFY(openFile(opened, at("b/elsewhere.fplab.json"), note).ok());
        QVERIFY(note.contains(at("b/t.csv")));
    }
    void whatCannotBeOpenedIsNotSaved()
    {
        const QTemporaryDir folder;
        auto spec = smallSpec();
        spec.title = std::string(300, 'x');
        Session session;
        QVERIFY(session.open(spec).ok());
        const auto saved = session.saveFile(folder.filePath(QStringLiteral("e.fplab.json")));
        QVERIFY(!saved.ok() && saved.error().text().find("at most 200 bytes") != std::string::npos);
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    void liveEditsReachTheRunAndAreLogged()
    {
        Session session;
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).stop.steps = 1'000'000'000;
        QVERIFY(session.open(spec).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Running));
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.0001")).ok());
        QVERIFY(QTest::qWaitFor([&] { return !session.run.changes().empty(); }, 5000));
        QVERIFY(session.run.changes()[0].refused.empty());
        QCOMPARE(session.run.changes()[0].change.path, std::string("optimizer.learning_rate"));
        QVERIFY(session.editor.pending().empty());
        session.run.pause();
        QVERIFY(awaitState(session, RunState::Paused));
        const auto at = session.run.liveStep();
        session.stepBy(3);
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() == at + 3; }, 5000));
        QVERIFY(session.editor.edit(QStringLiteral("stop.steps"), QString::number(at + 10)).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), at + 10);
    }
    void aTargetThatCannotBeMadeLeavesTheRun()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        QSignalSpy problems(&session, &Session::problem);
        const auto before = session.run.history().back().samples;
        (void)session.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"1/x^0.5\""));
        QCOMPARE(problems.size(), 1);
        QCOMPARE(session.run.history().back().samples, before);
        QSignalSpy solved(&session, &Session::solved);
        QVERIFY(session.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"x^2\"")).ok());
        QCOMPARE(solved.size(), 1);
        QVERIFY(session.run.history().back().samples != before);
    }
    void divergesWithAHugeRateAndRecovers()
    {
        Session session;
        auto spec = smallSpec();
        std::get<FitCurveSpec>(spec.problem).optimizer = {.kind = "gd", .learningRate = 10};
        QVERIFY(session.open(spec).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Diverged));
        QVERIFY(!session.run.result().reason.empty());
        QVERIFY(session.networkDiverged());
        QVERIFY(session.run.history().back().step < session.run.result().divergedAt);
        while (session.run.state() == RunState::Diverged) {
            QVERIFY(session.learningRate() > 1e-4);
            QVERIFY(session.retryWithLowerRate().ok());
            QVERIFY(QTest::qWaitFor([&] { return session.run.state() != RunState::Running; }, 20000));
        }
        QCOMPARE(session.run.state(), RunState::Finished);
    }
    void aDivergedSolverOffersNoLearningRate()
    {
        ExperimentSpec spec;
        PoissonSpec poisson;
        poisson.pde.grid = 16;
        poisson.pde.handoffStep = 0;
        spec.problem = poisson;
        Session session;
        QVERIFY(session.open(spec).ok());
        QVERIFY(!session.networkDiverged()); // a solver is at work
        poisson.pde.handoffStep = -1;
        poisson.optimizer = {.kind = "gd", .learningRate = 10};
        poisson.network.hidden = {10};
        spec.problem = poisson;
        QVERIFY(session.open(spec).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Diverged));
        QVERIFY(session.networkDiverged());
        QVERIFY2(session.probableCause().contains(QLatin1String("learning rate (10)")), qPrintable(session.probableCause()));
    }
    void takesBackTheLiveChangeThatMadeItDiverge()
    {
        auto spec = smallSpec();
        Session undisturbed;
        QVERIFY(undisturbed.open(spec).ok());
        undisturbed.toggle();
        QVERIFY(awaitState(undisturbed, RunState::Finished));

        Session session;
        QVERIFY(session.open(spec).ok());
        session.run.setPace({.kind = Pace::Kind::Max});
        session.stepBy(150); // between two recorded steps
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() == 150; }, 20000));
        QVERIFY(session.editor.edit(QStringLiteral("loss.kind"), QStringLiteral("\"lp\"")).ok());
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.kind"), QStringLiteral("\"gd\"")).ok());
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("50")).ok());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Diverged));
        const auto suspect = session.suspect();
        QVERIFY(suspect.has_value());
        QCOMPARE(suspect->step, 150);
        QCOMPARE(suspect->paths.size(), 3);
        QVERIFY2(session.probableCause().contains(QLatin1String("Learning rate was changed from 0.001 to 50 at step 150")),
            qPrintable(session.probableCause()));

        session.takeBackChanges();
        QCOMPARE(session.run.state(), RunState::Paused);
        QCOMPARE(session.run.liveStep(), 150);
        QVERIFY(session.editor.spec() == spec);
        QVERIFY(session.editor.runSpec() == spec);
        QVERIFY(session.run.changes().empty());
        QVERIFY(!session.suspect());
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.history().back().samples, undisturbed.run.history().back().samples);
        session.editor.undoStack().undo(); // the change is there again
        QCOMPARE(session.learningRate(), 50.0);
    }
    void aRunThatNeedsTooMuchMemoryPausesAndCanGoOn()
    {
        Session session;
        QSignalSpy problems(&session, &Session::problem);
        session.run.load(std::make_unique<Starving>(), Schedule::every(1), {.steps = 9});
        session.run.resume();
        QVERIFY(awaitState(session, RunState::Paused));
        QCOMPARE(session.run.liveStep(), 5);
        QCOMPARE(problems.size(), 1);
        session.run.resume();
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.run.liveStep(), 9);
    }
    void trainingLeavesRoomForFrames()
    {
        Polite::Requests requests;
        Session session;
        session.run.load(std::make_unique<Polite>(requests), Schedule::every(1), {.steps = 1'000'000'000});
        session.run.resume();
        QSignalSpy frames(&session.run, &RunController::advanced);
        QTRY_VERIFY(frames.size() > 2);
        QCOMPARE(requests.count.load(), 0); // nobody asked for it
        session.run.setFrames(0, true);
        session.run.endFrame();
        frames.clear();
        QTRY_VERIFY(frames.size() > 6);
        QCOMPARE(requests.count.load(), 1); // nothing was painted: no room is needed again
        QTRY_VERIFY(!requests.on);
        std::optional<bool> soonAfter; // it was painted
        const auto painted = connect(&session.run, &RunController::advanced, &session.run, [&] {
            QTimer::singleShot(5, &session.run, [&] { soonAfter = soonAfter.value_or(false) || requests.on; });
            session.run.endFrame();
        });
        session.run.setFrames(400, true);
        QTRY_VERIFY(soonAfter.has_value());
        soonAfter.reset(); // the first may have begun before
        QTRY_VERIFY(soonAfter.has_value());
        QVERIFY(!*soonAfter);
        QVERIFY(requests.count > 1);
        disconnect(painted);
        session.run.pause();
        QVERIFY(awaitState(session, RunState::Paused));
        QTRY_VERIFY(!requests.on);
    }
    void newStartChangesTheSeedAndCanBeUndone()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        const auto before = session.run.history().back().samples;
        QVERIFY(session.newStart().ok());
        QCOMPARE(session.editor.spec().seed, std::uint64_t(43));
        QVERIFY(session.run.history().back().samples != before);
        session.editor.undoStack().undo();
        QCOMPARE(session.run.history().back().samples, before);
    }
    void followsPeaksAndJudgesThePast()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5}));
        session.toggle();
        QVERIFY(awaitState(session, RunState::Finished));
        session.toggleFollow(7);
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5, 7}));
        QCOMPARE(session.analysis.series(3).size(), session.run.history().size());
        session.toggleFollow(1);
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {3, 5, 7}));
        session.editor.undoStack().undo();
        session.editor.undoStack().undo();
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 3, 5}));
    }
    /// Peaks chosen by hand go with the target they were chosen for, and come back with it.
    void anotherTargetLetsForeignPeaksGo()
    {
        Session session;
        QSignalSpy messages(&session, &Session::message);
        QVERIFY(session.open(smallSpec()).ok());
        QVERIFY(session.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(x)+sin(3*x)+sin(5*x)\"")).ok());
        session.toggleFollow(3); // 1 and 5 are left
        session.toggleFollow(9); // nothing there, but chosen
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
        QVERIFY(session.reset().ok()); // the same target: the choice stays
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
        QCOMPARE(messages.size(), 0);

        QVERIFY(session.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(x)+sin(7*x)\"")).ok());
        QCOMPARE(session.analysis.peaks(), std::vector<std::size_t> {1});
        QCOMPARE(messages.size(), 1);
        QVERIFY2(messages.last().at(0).toString().contains(QStringLiteral("k = 5, 9")), qPrintable(messages.last().at(0).toString()));
        QCOMPARE(session.editor.valueOf(QStringLiteral("analysis.peaks")), QStringLiteral("[1]"));
        QVERIFY(session.editor.pending().empty());

        QVERIFY(session.editor.edit(QStringLiteral("target.formula"), QStringLiteral("\"sin(2*x)+sin(4*x)\"")).ok());
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {2, 4})); // none was left: the target's own
        QVERIFY(messages.last().at(0).toString().contains(QStringLiteral("followed again")));

        while (session.editor.valueOf(QStringLiteral("target.formula")).contains(QLatin1String("(2*x)"))
            || session.editor.valueOf(QStringLiteral("target.formula")).contains(QLatin1String("7*x"))) // one step, or two
            session.editor.undoStack().undo();
        QCOMPARE(session.analysis.peaks(), (std::vector<std::size_t> {1, 5, 9}));
    }
    void aChangeThatIsTakenBackChangesNothing()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        session.run.setPace({.kind = Pace::Kind::Max});
        session.toggle();
        QVERIFY(QTest::qWaitFor([&] { return session.run.state() == RunState::Finished; }, 20000));
        QSignalSpy logged(&session.run, &RunController::changeLogged);
        QVERIFY(session.editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("0.01")).ok());
        QTRY_COMPARE(logged.size(), 1);
        QVERIFY(!session.changesNothing(session.run.changes().back()));
        session.editor.undoStack().undo();
        QTRY_COMPARE(logged.size(), 2);
        QVERIFY(session.changesNothing(session.run.changes().back()));
    }
    void scrubbingStaysWhereItIsWhileTrainingGoesOn()
    {
        Session session;
        QVERIFY(session.open(smallSpec()).ok());
        session.toggle();
        QVERIFY(QTest::qWaitFor([&] { return session.run.liveStep() > 20; }, 10000));
        session.timeline.setStep(10);
        QVERIFY(!session.timeline.followsLive());
        QVERIFY(awaitState(session, RunState::Finished));
        QCOMPARE(session.timeline.step(), 10);
        session.timeline.moveBy(1);
        QCOMPARE(session.timeline.step(), 11);
        session.timeline.goLive();
        QCOMPARE(session.timeline.step(), 400);
        session.timeline.hold();
        QCOMPARE(session.timeline.step(), 400);
        QVERIFY(!session.timeline.followsLive());
    }
};

QTEST_GUILESS_MAIN(TstSession)
#include "tst_session.moc"
