#include "core/documents/runner.h"
#include "support/decay.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <new>
#include <thread>

using namespace fplab;
using namespace std::chrono_literals;

namespace {

/// A Decay that takes a while for a step, and may run out of memory where it is observed.
class Slow : public Decay {
public:
    explicit Slow(std::chrono::microseconds step = 0us, std::int64_t memoryFor = -1)
        : m_step(step)
        , m_memoryFor(memoryFor)
    {
    }
    std::int64_t advance(std::int64_t most) override
    {
        const int now = ++training;
        for (int seen = together; now > seen && !together.compare_exchange_weak(seen, now);) { }
        if (m_step > 0us)
            std::this_thread::sleep_for(m_step);
        --training;
        return Decay::advance(most);
    }
    [[nodiscard]] Record observe() override
    {
        if (m_memoryFor >= 0 && stepIndex() >= m_memoryFor) {
            m_memoryFor = -1; // there is some the next time
            throw std::bad_alloc();
        }
        return Decay::observe();
    }
    static inline std::atomic<int> training = 0, together = 0; ///< now, and at most

private:
    std::chrono::microseconds m_step;
    std::int64_t m_memoryFor;
};

/// The reader of a runner.
struct Reader {
    std::atomic<int> wakes = 0;
    std::vector<RunNews> news;
    Runner runner {[this] { ++wakes; }, 20ms};

    std::unique_ptr<LiveRun> add(std::int64_t steps, std::unique_ptr<Experiment> experiment = std::make_unique<Decay>(),
        Priority priority = Priority::Foreground)
    {
        return runner.add(document(steps), std::move(experiment), {}, priority);
    }
    static RunDocument document(std::int64_t steps)
    {
        return {.record = {.kind = "every", .every = 1}, .rule = {.steps = steps}};
    }
    template <class Condition> [[nodiscard]] bool until(Condition condition)
    {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            std::this_thread::sleep_for(100us);
            for (auto& fresh : runner.drain())
                news.push_back(std::move(fresh));
        }
        return true;
    }
    [[nodiscard]] bool untilState(const LiveRun& run, RunState state)
    {
        return until([&] { return run->state == state; });
    }
};

bool isComplete(const RunDocument& run, std::int64_t last)
{
    if (run.history.size() != static_cast<std::size_t>(last) + 1)
        return false;
    for (std::int64_t step = 0; step <= last; ++step)
        if (run.history.at(static_cast<std::size_t>(step)).step != step)
            return false;
    return true;
}

} // namespace

class TstRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Slow::together = 0; }

    void aRunIsADocumentThatGrows()
    {
        Reader reader;
        const auto run = reader.add(2000);
        const auto document = run->document();
        QCOMPARE(document->state, RunState::Ready);
        QCOMPARE(document->channels.size(), std::size_t(2));
        QCOMPARE(document->channelIndex(Role::TrainLoss), 0);
        QVERIFY(isComplete(*document, 0));
        run->resume();
        QCOMPARE(document->state, RunState::Running);
        QVERIFY(reader.untilState(*run, RunState::Finished));
        QVERIFY(isComplete(*document, 2000));
        QCOMPARE(document->result.outcome, Outcome::Finished);
        for (const RunNews& news : reader.news)
            QVERIFY(news.document == document && news.any());
        QVERIFY(reader.wakes > 0);
    }
    void manyRunsOnFewThreadsLoseNothing()
    {
        Reader reader;
        std::vector<std::unique_ptr<LiveRun>> runs;
        for (int i = 0; i < 20; ++i) {
            runs.push_back(reader.add(100 + i, std::make_unique<Slow>(50us)));
            runs.back()->resume();
        }
        QVERIFY(reader.until([&] {
            return std::ranges::all_of(runs, [](const auto& run) { return (*run)->state == RunState::Finished; });
        }));
        for (int i = 0; i < 20; ++i)
            QVERIFY(isComplete(**runs[static_cast<std::size_t>(i)], 100 + i));
        QCOMPARE(Slow::together.load(), int(Runner::usualThreads));
    }
    void aPausedRunTakesNoThread()
    {
        Reader reader;
        std::vector<std::unique_ptr<LiveRun>> paused;
        for (int i = 0; i < 10; ++i) {
            paused.push_back(reader.add(1'000'000, std::make_unique<Slow>(20us)));
            paused.back()->stepBy(5);
        }
        const auto all = [&](std::int64_t step) {
            return std::ranges::all_of(paused,
                [&](const auto& run) { return (*run)->state == RunState::Paused && (*run)->liveStep() == step; });
        };
        QVERIFY(reader.until([&] { return all(5); }));
        const auto run = reader.add(100);
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Finished));
        for (const auto& other : paused)
            other->stepToRecord();
        QVERIFY(reader.until([&] { return all(6); }));
        for (const auto& other : paused)
            QVERIFY(isComplete(**other, 6));
    }
    void pausesAndGoesOn()
    {
        Reader reader;
        const auto run = reader.add(100'000, std::make_unique<Slow>(20us));
        for (int i = 0; i < 20; ++i) {
            const auto before = (*run)->liveStep();
            run->resume();
            QVERIFY(reader.until([&] { return (*run)->liveStep() > before; }));
            run->pause();
            QVERIFY(reader.untilState(*run, RunState::Paused));
        }
        QVERIFY(isComplete(**run, (*run)->liveStep()));
        run->setStopRule({.steps = (*run)->liveStep() + 10});
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Finished));
        QVERIFY(!run->mayGoOn());
        run->setStopRule({.steps = (*run)->liveStep() + 10});
        QVERIFY(run->mayGoOn());
        run->beginStretch();
        run->resume();
        QVERIFY(reader.until(
            [&] { return (*run)->state == RunState::Finished && (*run)->liveStep() == (*run)->rule.steps; }));
        QCOMPARE((*run)->stretch, (*run)->liveStep() - 10);
        QVERIFY(isComplete(**run, (*run)->liveStep()));
    }
    void changesAreTakenOverWhateverItDoes()
    {
        Reader reader;
        const auto run = reader.add(1'000'000, std::make_unique<Slow>(20us));
        run->post({{"rate", 0.2}}); // at once
        QCOMPARE((*run)->changes.size(), std::size_t(1));
        QCOMPARE(run->takeNews().changes, std::size_t(1));
        run->resume();
        run->post({{"rate", 0.1}, {"nothing", 1.0}}); // by the next step
        QVERIFY(reader.until([&] { return (*run)->changes.size() == 3; }));
        QVERIFY(!(*run)->changes[2].refused.empty());
        run->pause();
        QVERIFY(reader.untilState(*run, RunState::Paused));
        run->post({{"rate", 0.3}}); // where it rests
        QVERIFY(reader.until([&] { return (*run)->changes.size() == 4; }));
        QCOMPARE((*run)->state, RunState::Paused);
        QCOMPARE((*run)->changes.back().step, (*run)->liveStep());
    }
    void aDivergenceCanBeTakenBack()
    {
        Reader reader;
        const auto run = reader.add(100'000, std::make_unique<Decay>());
        run->stepBy(50);
        QVERIFY(reader.until([&] { return (*run)->state == RunState::Paused && (*run)->liveStep() == 50; }));
        run->post({{"rate", 100.0}});
        QVERIFY(reader.until([&] { return (*run)->changes.size() == 1; }));
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Diverged));
        QVERIFY((*run)->result.suspect.has_value());
        QCOMPARE((*run)->result.suspect->step, 50);
        run->takeBackChanges({{"rate", 0.1}});
        QCOMPARE((*run)->state, RunState::Paused);
        QVERIFY(isComplete(**run, 50));
        QVERIFY((*run)->changes.empty());
        run->setStopRule({.steps = 60});
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Finished));
        QVERIFY(isComplete(**run, 60));
        QVERIFY(std::abs((*run)->history.back().samples[1][2] - std::pow(0.8, 60)) < 1e-15);
    }
    void haltsWithinAStepAndCanGoOn()
    {
        Reader reader;
        const auto run = reader.add(1'000'000, std::make_unique<Slow>(100us));
        run->resume();
        QVERIFY(reader.until([&] { return (*run)->liveStep() > 5; }));
        const auto begin = std::chrono::steady_clock::now();
        run->halt();
        QVERIFY(std::chrono::steady_clock::now() - begin < 100ms);
        QCOMPARE((*run)->state, RunState::Paused);
        const auto at = (*run)->liveStep();
        QVERIFY(isComplete(**run, at));
        run->stepBy(3);
        QVERIFY(reader.until([&] { return (*run)->liveStep() == at + 3; }));
        QVERIFY(isComplete(**run, at + 3));
    }
    void runsAndRunnerGoAtAnyTime()
    {
        for (int i = 0; i < 20; ++i) {
            std::shared_ptr<const RunDocument> kept;
            {
                Reader reader;
                auto first = reader.add(1'000'000, std::make_unique<Slow>(20us));
                const auto second = reader.add(1'000'000), third = reader.add(1'000'000);
                first->resume();
                second->resume();
                third->resume(); // waits
                std::this_thread::sleep_for(std::chrono::microseconds(100 * i));
                if (i % 3 == 1)
                    (void)reader.runner.drain();
                kept = first->document();
                if (i % 2 == 1)
                    first.reset();
            }
            QVERIFY(isComplete(*kept, kept->liveStep()));
        }
    }
    void aBlockedReaderBlocksNoEnd()
    {
        Reader reader; // never drains
        const auto run = reader.add(100'000'000);
        run->resume();
        std::this_thread::sleep_for(50ms); // its queue is full
        const auto begin = std::chrono::steady_clock::now();
        run->halt();
        QVERIFY(std::chrono::steady_clock::now() - begin < 1s);
        QVERIFY(isComplete(**run, (*run)->liveStep()));
    }
    void withoutMemoryItIsPaused()
    {
        Reader reader;
        const auto run = reader.add(100, std::make_unique<Slow>(0us, 40));
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Paused));
        QCOMPARE(std::ranges::count_if(reader.news, &RunNews::outOfMemory), 1);
        QVERIFY(isComplete(**run, 39));
        run->resume();
        QVERIFY(reader.untilState(*run, RunState::Finished));
        QCOMPARE((*run)->liveStep(), 100);
    }
    void makesExperimentsAside()
    {
        Reader reader;
        const auto made = reader.runner.begin(Reader::document(30),
            [](const std::stop_token&) { return Result<std::unique_ptr<Experiment>>(std::make_unique<Decay>()); });
        const auto failed = reader.runner.begin(Reader::document(30),
            [](const std::stop_token&) { return Result<std::unique_ptr<Experiment>>(Diagnostic {.what = "none"}); });
        const auto large = reader.runner.begin(Reader::document(30),
            [](const std::stop_token&) -> Result<std::unique_ptr<Experiment>> { throw std::bad_alloc(); });
        QCOMPARE((*made)->state, RunState::Empty);
        made->resume(); // as soon as it is there
        QVERIFY(reader.untilState(*made, RunState::Finished));
        QVERIFY(isComplete(**made, 30));
        QVERIFY(reader.until([&] { return (*failed)->failure && (*large)->failure; }));
        QCOMPARE((*failed)->failure->what, "none");
        QCOMPARE((*failed)->state, RunState::Empty);
    }
    void aSupersededMakingIsGivenUp()
    {
        std::atomic<bool> begun = false, asked = false;
        Reader reader;
        auto run = reader.runner.begin(
            Reader::document(30), [&](const std::stop_token& stop) -> Result<std::unique_ptr<Experiment>> {
                begun = true;
                while (!stop.stop_requested())
                    std::this_thread::yield();
                asked = true;
                return std::unique_ptr<Experiment>(std::make_unique<Decay>());
            });
        QVERIFY(reader.until([&] { return begun.load(); }));
        const auto document = run->document();
        run.reset(); // does not wait
        QVERIFY(reader.until([&] { return asked.load(); }));
        QCOMPARE(document->state, RunState::Empty);
    }
    void theBackgroundGoesOneByOneWhileTheForegroundRests()
    {
        Reader reader;
        const auto screen = reader.add(1'000'000, std::make_unique<Slow>(20us));
        const auto one = reader.add(400, std::make_unique<Slow>(50us), Priority::Background);
        const auto two = reader.add(50, std::make_unique<Slow>(50us), Priority::Background);
        screen->resume();
        one->resume();
        two->resume();
        QVERIFY(reader.until([&] { return (*screen)->liveStep() > 100; }));
        QCOMPARE((*one)->liveStep(), 0);
        screen->pause();
        QVERIFY(reader.until([&] { return (*one)->liveStep() > 5; }));
        QCOMPARE((*two)->liveStep(), 0);
        screen->resume(); // they break off
        const auto begun = (*screen)->liveStep();
        QVERIFY(reader.until([&] { return (*screen)->liveStep() > begun + 100; }));
        QVERIFY((*one)->state == RunState::Running && (*one)->liveStep() < 400);
        Slow::together = 0;
        screen->pause();
        QVERIFY(reader.untilState(*two, RunState::Finished));
        QCOMPARE((*one)->state, RunState::Finished);
        QCOMPARE(Slow::together.load(), 1);
        QVERIFY(isComplete(**one, 400) && isComplete(**two, 50));
        QVERIFY(isComplete(**screen, (*screen)->liveStep()));
    }
    void otherWorkSaysItsWords()
    {
        Reader reader;
        std::vector<int> heard;
        const auto counting = [&](int from) {
            return [&heard, from](const Job::Say& say, const std::stop_token&) -> Job::Word {
                say([&heard, from] { heard.push_back(from); });
                return [&heard, from] { heard.push_back(from + 1); };
            };
        };
        auto job = reader.runner.start(counting(1));
        QVERIFY(reader.until([&] { return !job->isRunning(); }));
        QCOMPARE(heard, (std::vector {1, 2}));
        job = reader.runner.start(counting(3));
        job.reset(); // not heard
        job = reader.runner.start(counting(5));
        QVERIFY(reader.until([&] { return !job->isRunning(); }));
        QCOMPARE(heard, (std::vector {1, 2, 5, 6}));
        job = reader.runner.start([](const Job::Say&, const std::stop_token&) -> Job::Word { throw std::bad_alloc(); });
        QVERIFY(reader.until([&] { return !job->isRunning(); }));
    }
    void aForeignStateIsAnError()
    {
        Decay decay;
        decay.step();
        const auto state = decay.state();
        const auto refused = [&](const ExperimentState& bytes) {
            Decay other;
            return !other.restore(bytes) && other.stepIndex() == 0;
        };
        Decay other;
        QVERIFY(other.restore(state).ok());
        QCOMPARE(other.stepIndex(), 1);
        for (std::size_t length = 0; length < state.size(); ++length)
            QVERIFY(refused({state.begin(), state.begin() + static_cast<std::ptrdiff_t>(length)}));
        for (std::size_t at = 0; at < state.size(); ++at) {
            auto damaged = state;
            damaged[at] ^= std::byte(1);
            QVERIFY(refused(damaged));
        }
        auto longer = state;
        longer.push_back(std::byte(0));
        QVERIFY(refused(longer));
        QVERIFY(refused(StateWriter("decay", 2).value(1).take()));
        QVERIFY(refused(StateWriter("fit_curve", 1).value(1).take()));
        QVERIFY(refused(StateWriter("decay", 1).value(1).take()));
    }
};

QTEST_APPLESS_MAIN(TstRunner)
#include "tst_runner.moc"
