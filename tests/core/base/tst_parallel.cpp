#include "core/base/parallel.h"

#include <QTest>

#include <array>
#include <atomic>
#include <numeric>
#include <thread>
#include <vector>

using namespace fplab;

class TstParallel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachTaskOnce_data();
    void eachTaskOnce();
    void ownThreadWhenAlone();
    void valuesBelowOneCountAsOne();
    void threadsShareTheWork();
    void resultsAreVisibleToTheCaller();
    void yieldingLeavesTheWorkToTheCaller();
    void yieldingAtAnyTimeLosesNothing();
};

void TstParallel::eachTaskOnce_data()
{
    QTest::addColumn<int>("threads");
    for (int threads : {1, 2, 4, 7})
        QTest::newRow(qPrintable(QString::number(threads))) << threads;
}

void TstParallel::eachTaskOnce()
{
    QFETCH(int, threads);
    ThreadPool pool(threads);
    QCOMPARE(pool.threads(), threads);
    for (std::size_t count : {0, 1, 2, 3, 4, 17, 100}) {
        for (int round = 0; round < 50; ++round) {
            std::vector<std::atomic<int>> calls(count);
            pool.run(count, [&](std::size_t i, std::size_t) { ++calls[i]; });
            for (const auto& value : calls)
                QCOMPARE(value.load(), 1);
        }
    }
}

void TstParallel::ownThreadWhenAlone()
{
    ThreadPool pool(1);
    const auto self = std::this_thread::get_id();
    bool own = true;
    pool.run(20, [&](std::size_t, std::size_t) { own = own && std::this_thread::get_id() == self; });
    QVERIFY(own);
}

void TstParallel::valuesBelowOneCountAsOne()
{
    QCOMPARE(ThreadPool(0).threads(), 1);
    QCOMPARE(ThreadPool(-3).threads(), 1);
}

// Both tasks wait for each other: this ends only if two threads run at the same time.
void TstParallel::threadsShareTheWork()
{
    ThreadPool pool(2);
    std::atomic<int> inside = 0;
    std::thread::id ids[2];
    pool.run(2, [&](std::size_t i, std::size_t) {
        ids[i] = std::this_thread::get_id();
        ++inside;
        while (inside < 2)
            std::this_thread::yield();
    });
    QVERIFY(ids[0] != ids[1]);
}

void TstParallel::resultsAreVisibleToTheCaller()
{
    ThreadPool pool(4);
    std::vector<long> values(64, 0);
    for (int round = 1; round <= 2000; ++round) {
        pool.run(values.size(), [&](std::size_t i, std::size_t) { values[i] += long(i); });
        QCOMPARE(std::accumulate(values.begin(), values.end(), 0L), 2016L * round);
    }
}

void TstParallel::yieldingLeavesTheWorkToTheCaller()
{
    ThreadPool pool(3);
    const auto self = std::this_thread::get_id();
    pool.setYielding(true);
    for (int round = 0; round < 200; ++round) {
        std::atomic<int> done = 0, elsewhere = 0;
        pool.run(8, [&](std::size_t, std::size_t) {
            ++done;
            elsewhere += std::this_thread::get_id() != self;
        });
        QCOMPARE(done.load(), 8);
        QCOMPARE(elsewhere.load(), 0);
    }
    pool.setYielding(false);
    std::atomic<int> inside = 0; // as in threadsShareTheWork(): they are back, in the middle of a round too
    pool.run(3, [&](std::size_t, std::size_t) {
        ++inside;
        while (inside < 3)
            std::this_thread::yield();
    });
}

void TstParallel::yieldingAtAnyTimeLosesNothing()
{
    ThreadPool pool(3);
    std::jthread other([&](const std::stop_token& stop) {
        for (bool on = true; !stop.stop_requested(); on = !on)
            pool.setYielding(on);
    });
    for (int round = 0; round < 3000; ++round) {
        std::array<std::atomic<int>, 9> calls {};
        pool.run(calls.size(), [&](std::size_t i, std::size_t) { ++calls[i]; });
        for (const auto& value : calls)
            QCOMPARE(value.load(), 1);
    }
}

QTEST_GUILESS_MAIN(TstParallel)
#include "tst_parallel.moc"
