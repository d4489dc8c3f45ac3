#include "core/run/run.h"
#include "support/decay.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

using namespace fplab;

namespace {
/// Runs a Decay to its end on this thread and keeps what it reports.
struct Collected {
    std::vector<RecordPtr> records;
    std::vector<LoggedChange> changes;
    RunControl control;
    RunSink sink {
        .record = [this](RecordPtr record) { records.push_back(std::move(record)); },
        .change = [this](const LoggedChange& change) { changes.push_back(change); },
        .paused = {},
    };
};
}

class TstRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scheduleIsTheSameByWantsAndByNext_data()
    {
        QTest::addColumn<int>("perDecade");
        QTest::addColumn<int>("every");
        QTest::newRow("log 1") << 1 << 0;
        QTest::newRow("log 7") << 7 << 0;
        QTest::newRow("log 60") << 60 << 0;
        QTest::newRow("every 1") << 0 << 1;
        QTest::newRow("every 10") << 0 << 10;
    }
    void scheduleIsTheSameByWantsAndByNext()
    {
        QFETCH(int, perDecade);
        QFETCH(int, every);
        const Schedule schedule = perDecade > 0 ? Schedule::logarithmic(perDecade) : Schedule::every(every);
        QVERIFY(schedule.wants(0));
        std::int64_t expected = schedule.next(0);
        int count = 0;
        for (std::int64_t step = 1; step <= 20000; ++step) {
            QCOMPARE(schedule.wants(step), step == expected);
            if (step == expected) {
                expected = schedule.next(step);
                ++count;
            }
        }
        if (every > 0)
            QCOMPARE(count, 20000 / every);
        if (perDecade == 1)
            QCOMPARE(count, 5); // 1, 10, 100, 1000, 10000
        if (perDecade == 60) // every step at first, then 60 in each decade
            QVERIFY2(count > 140 && count < 220, qPrintable(QString::number(count)));
    }
    void recordsEndsAndValues()
    {
        Decay decay;
        Collected c;
        const auto result = run(decay, Schedule::every(5), {.steps = 23}, c.sink, c.control);
        QCOMPARE(result.outcome, Outcome::Finished);
        QCOMPARE(result.step, 23);
        QCOMPARE(c.records.size(), std::size_t(6)); // 0 5 10 15 20 23
        QCOMPARE(c.records.back()->step, 23);
        QVERIFY(std::abs(c.records[4]->samples[1][2] - std::pow(0.8, 20)) < 1e-15);
    }
    void endsWhenTheLossIsLowEnough()
    {
        Decay decay;
        Collected c;
        const auto result = run(decay, Schedule::every(1000), {.steps = 100000, .loss = 1.5}, c.sink, c.control);
        QCOMPARE(result.outcome, Outcome::Finished);
        QVERIFY(c.records.back()->samples[0][0] < 1.5);
        QVERIFY(result.step < 100);
    }
    void givesUpWhereAGoalIsNotReached()
    {
        const auto outcome = [](const StopRule& rule) {
            Decay decay;
            Collected c;
            return run(decay, Schedule::every(1000), rule, c.sink, c.control);
        };
        const auto ended = outcome({.steps = 2000, .loss = 0.5}); // mode 0 keeps it at 1
        QCOMPARE(ended.outcome, Outcome::Ended);
        QCOMPARE(outcomeId(ended.outcome), "ended");
        QCOMPARE(QString::fromStdString(ended.reason),
            QStringLiteral("the training loss 1 is above the goal 0.5 after 2 000 steps"));
        QCOMPARE(ended.fixes.size(), std::size_t(1));
        const auto late = outcome({.steps = 1'000'000'000, .loss = 0.5, .seconds = 1e-4});
        QCOMPARE(late.outcome, Outcome::Ended);
        QVERIFY(late.reason.starts_with("the time limit of 0.0001 s was reached: the training loss 1"));
        // without a goal the limit itself is what was asked for
        QCOMPARE(outcome({.steps = 1'000'000'000, .seconds = 1e-4}).outcome, Outcome::Finished);
        QCOMPARE(outcome({.steps = 20}).reason, "the last step was reached");
        QCOMPARE(outcome({.steps = 2000, .loss = 1.5}).reason.find("is below the goal 1.5") != std::string::npos, true);
    }
    void theLastStepItselfMayReachTheGoal()
    {
        const auto lossAfter = [](std::int64_t steps) {
            Decay decay;
            Collected c;
            (void)run(decay, Schedule::every(1000), {.steps = steps}, c.sink, c.control);
            return c.records.back()->samples[0][0];
        };
        Decay decay;
        Collected c;
        const double goal = (lossAfter(9) + lossAfter(10)) / 2;
        QCOMPARE(run(decay, Schedule::every(1000), {.steps = 10, .loss = goal}, c.sink, c.control).outcome,
            Outcome::Finished);
    }
    void notANumberEndsItWithinOneStepAndGoesBack()
    {
        for (const std::int64_t every : {1, 7, 1000}) {
            Decay decay(213);
            Collected c;
            const auto result = run(decay, Schedule::every(every), {.steps = 1000}, c.sink, c.control);
            QCOMPARE(result.outcome, Outcome::Diverged);
            QCOMPARE(result.divergedAt, 213);
            QCOMPARE(result.step, 212);
            QVERIFY(!result.reason.empty());
            QVERIFY(std::abs(decay.mode(1) - std::pow(0.9, 212)) < 1e-15);
            QCOMPARE(c.records.back()->step, 212);
            for (const auto& record : c.records)
                QVERIFY(std::isfinite(record->samples[0][0]));
        }
    }
    void explosionIsDivergence()
    {
        Decay decay;
        Collected c;
        c.control.post({{"rate", 3.0}}); // modes grow by |1 - 3k|
        const auto result = run(decay, Schedule::every(10), {.steps = 1000}, c.sink, c.control);
        QCOMPARE(result.outcome, Outcome::Diverged);
        QVERIFY(result.step < 20);
        QVERIFY(std::isfinite(decay.mode(3)));
    }
    void aHugeParameterIsDivergenceThoughTheLossIsFine()
    {
        for (const std::int64_t every : {1, 10, 1000}) {
            Decay decay;
            decay.driftFrom(150);
            Collected c;
            const auto result = run(decay, Schedule::every(every), {.steps = 1000}, c.sink, c.control);
            QCOMPARE(result.outcome, Outcome::Diverged);
            QCOMPARE(result.divergedAt, 159); // 10^(9) > 1e8 >= 10^8
            QCOMPARE(result.step, 158);
            QVERIFY(result.reason.find("weight") != std::string::npos);
            QCOMPARE(c.records.back()->step, 158);
            QVERIFY(!result.suspect);
        }
    }
    void aDivergenceIsPutDownToTheChangesShortlyBefore()
    {
        Decay decay, undisturbed;
        Collected c, other;
        auto inner = c.sink.record;
        c.sink.record = [&](RecordPtr record) { // a burst: 0.3 at step 50, 3 at step 52
            if (record->step == 50 || record->step == 52)
                c.control.post({{"rate", record->step == 50 ? 0.3 : 3.0}});
            inner(std::move(record));
        };
        const auto result = run(decay, Schedule::every(1), {.steps = 1000}, c.sink, c.control);
        QCOMPARE(result.outcome, Outcome::Diverged);
        QVERIFY(result.step > 52);
        QVERIFY(result.suspect.has_value());
        QCOMPARE(result.suspect->step, 50);
        QVERIFY(decay.apply({"rate", 0.1}).ok());
        QVERIFY(decay.restore(result.suspect->state).ok());
        QCOMPARE(decay.stepIndex(), 50);
        (void)run(decay, Schedule::every(1), {.steps = 80}, other.sink, other.control);
        (void)run(undisturbed, Schedule::every(1), {.steps = 80}, other.sink, other.control);
        for (std::size_t k = 0; k < 4; ++k)
            QCOMPARE(decay.mode(k), undisturbed.mode(k));
    }
    void aChangeLongBeforeIsNotSuspected()
    {
        Decay decay(400);
        Collected c;
        c.control.post({{"rate", 0.05}});
        const auto result = run(decay, Schedule::every(10), {.steps = 1000}, c.sink, c.control);
        QCOMPARE(result.divergedAt, 400);
        QVERIFY(!result.suspect);
    }
    void anotherScaleOfTheLossIsNoExplosion()
    {
        Decay decay;
        Collected c;
        auto inner = c.sink.record;
        c.sink.record = [&](RecordPtr record) {
            if (record->step == 10)
                c.control.post({{"scale", 1e9}});
            inner(std::move(record));
        };
        QCOMPARE(run(decay, Schedule::every(10), {.steps = 100}, c.sink, c.control).outcome, Outcome::Finished);
    }
    void changesAreLoggedWithTheirStepAndHoldFromTheNext()
    {
        Decay decay;
        Collected c;
        auto inner = c.sink.record;
        c.sink.record = [&](RecordPtr record) {
            if (record->step == 10)
                c.control.post({{"rate", 0.2}});
            if (record->step == 15)
                c.control.post({{"nonsense", 0.2}});
            inner(std::move(record));
        };
        const auto result = run(decay, Schedule::every(5), {.steps = 20}, c.sink, c.control);
        QCOMPARE(result.outcome, Outcome::Finished);
        QCOMPARE(c.changes.size(), std::size_t(2));
        QCOMPARE(c.changes[0].step, 10);
        QVERIFY(c.changes[0].refused.empty());
        QVERIFY(!c.changes[1].refused.empty());
        QVERIFY(std::abs(decay.mode(1) - std::pow(0.9, 10) * std::pow(0.8, 10)) < 1e-15);
    }
    void pauseStepAndStop()
    {
        Decay decay;
        Collected c;
        std::atomic<int> sleeps = 0;
        std::atomic<std::int64_t> at = -1;
        c.sink.paused = [&](bool paused, std::int64_t step) {
            if (paused) {
                at = step;
                ++sleeps;
            }
        };
        c.control.pause();
        RunResult result;
        std::jthread worker([&](const std::stop_token& stop) {
            result = run(decay, Schedule::every(7), {.steps = 1'000'000'000}, c.sink, c.control, stop);
        });
        const auto awaitSleep = [&](int number) {
            for (int i = 0; i < 5000 && sleeps < number; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return sleeps == number;
        };
        QVERIFY(awaitSleep(1));
        QCOMPARE(at.load(), 0);
        c.control.stepBy(1);
        QVERIFY(awaitSleep(2));
        QCOMPARE(at.load(), 1);
        c.control.stepBy(10);
        QVERIFY(awaitSleep(3));
        QCOMPARE(at.load(), 11);
        c.control.stepToRecord();
        QVERIFY(awaitSleep(4));
        QCOMPARE(at.load(), 14);
        worker.request_stop();
        worker.join();
        QCOMPARE(result.outcome, Outcome::Stopped);
        QCOMPARE(result.step, 14);
        std::vector<std::int64_t> steps;
        for (const auto& record : c.records)
            steps.push_back(record->step);
        QCOMPARE(steps, (std::vector<std::int64_t> {0, 1, 7, 11, 14}));
    }
    void stopsFromFullSpeedAndFromASlowPace()
    {
        for (const Pace& pace : {Pace {}, Pace {.kind = Pace::Kind::Steady, .stepsPerSecond = 0.01}}) {
            Decay decay;
            Collected c;
            c.control.setPace(pace);
            RunResult result;
            std::jthread worker([&](const std::stop_token& stop) {
                result = run(decay, Schedule::every(1'000'000), {.steps = 1'000'000'000'000}, c.sink, c.control, stop);
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            worker.request_stop();
            worker.join(); // the test's time limit fails it if this hangs
            QCOMPARE(result.outcome, Outcome::Stopped);
            QCOMPARE(c.records.back()->step, result.step);
        }
    }
    void paceNeverChangesTheNumbers()
    {
        std::vector<double> ends;
        for (const Pace& pace : {Pace {}, Pace {.kind = Pace::Kind::Demo, .seconds = 0.1},
                 Pace {.kind = Pace::Kind::Steady, .stepsPerSecond = 2000}}) {
            Decay decay;
            Collected c;
            c.control.setPace(pace);
            (void)run(decay, Schedule::logarithmic(10), {.steps = 100}, c.sink, c.control);
            ends.push_back(decay.mode(1));
            QCOMPARE(c.records.back()->step, 100);
        }
        QCOMPARE(ends[0], ends[1]);
        QCOMPARE(ends[0], ends[2]);
    }
    void demoPaceIsLogarithmicTime()
    {
        const Pace demo {.kind = Pace::Kind::Demo, .seconds = 10};
        QCOMPARE(dueTime(demo, 0, 2000), 0.0);
        QCOMPARE(dueTime(demo, 2000, 2000), 10.0);
        // The captures of "three sines" come where the design of the pace says: 4.0, 7.3 and 9.1 s.
        QVERIFY(std::abs(dueTime(demo, 20, 2000) - 4.0) < 0.05);
        QVERIFY(std::abs(dueTime(demo, 250, 2000) - 7.3) < 0.05);
        QVERIFY(std::abs(dueTime(demo, 1000, 2000) - 9.1) < 0.05);
    }
};

QTEST_APPLESS_MAIN(TstRun)
#include "tst_run.moc"
