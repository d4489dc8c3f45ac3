#include "core/run/record_queue.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <thread>

using namespace fplab;

class TstRecordQueue : public QObject {
    Q_OBJECT
    static RecordPtr record(std::int64_t step)
    {
        return std::make_shared<const Record>(Record {step, 0, {{1.0, 2.0}}});
    }

private Q_SLOTS:
    void keepsOrderAndLosesNothing()
    {
        constexpr std::int64_t count = 100'000;
        RecordQueue queue(64u << 10);
        std::atomic<std::int64_t> wakes = 0;
        std::jthread writer([&] {
            for (std::int64_t i = 0; i < count; ++i)
                wakes += queue.push(record(i));
        });
        std::int64_t next = 0;
        bool ordered = true;
        while (next < count)
            for (const auto& taken : queue.takeAll())
                ordered = ordered && taken->step == next++;
        writer.join();
        QVERIFY(ordered);
        QVERIFY(wakes > 0);
        QVERIFY(queue.takeAll().empty());
    }
    void wakesOnlyForTheFirst()
    {
        RecordQueue queue;
        QVERIFY(queue.push(record(0)));
        QVERIFY(!queue.push(record(1)));
        QCOMPARE(queue.takeAll().size(), std::size_t(2));
        QVERIFY(queue.push(record(2)));
    }
    void aBlockedReaderHoldsTheWriterNotTheMemory()
    {
        RecordQueue queue(10 * record(0)->bytes());
        std::atomic<int> pushed = 0;
        std::jthread writer([&](const std::stop_token& stop) {
            for (int i = 0; i < 1000 && !stop.stop_requested(); ++i) {
                queue.push(record(i), stop);
                ++pushed;
            }
        });
        while (pushed < 10)
            std::this_thread::yield();
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        QCOMPARE(pushed.load(), 10);
        QCOMPARE(queue.takeAll().size(), std::size_t(10));
        while (pushed < 20)
            std::this_thread::yield();
        queue.close(); // from now on nobody waits
        while (pushed < 1000)
            std::this_thread::yield();
        QCOMPARE(queue.takeAll().size(), std::size_t(990));
    }
    void stopReleasesAWaitingWriter()
    {
        RecordQueue queue(1);
        queue.push(record(0));
        std::jthread writer([&](const std::stop_token& stop) { queue.push(record(1), stop); });
        writer.request_stop();
        writer.join();
        QCOMPARE(queue.takeAll().size(), std::size_t(2));
    }
};

QTEST_APPLESS_MAIN(TstRecordQueue)
#include "tst_record_queue.moc"
