#include "core/run/history.h"

#include <QTest>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace fplab;

class TstHistory : public QObject {
    Q_OBJECT
    static RecordPtr record(std::int64_t step, std::size_t numbers = 20)
    {
        return std::make_shared<const Record>(Record {step, 0, {std::vector<double>(numbers, double(step))}});
    }

private Q_SLOTS:
    void findsTheRecordAtOrBefore()
    {
        History history;
        for (const std::int64_t step : {0, 1, 5, 20})
            history.append(record(step));
        QCOMPARE(history.indexAt(0), std::size_t(0));
        QCOMPARE(history.indexAt(4), std::size_t(1));
        QCOMPARE(history.indexAt(5), std::size_t(2));
        QCOMPARE(history.indexAt(1000), std::size_t(3));
        QCOMPARE(history.stride(), 1);
        const auto revision = history.revision();
        QVERIFY(History().revision() != revision);
        QVERIFY(History().revision() != History().revision());
        history.truncateAfter(5);
        QCOMPARE(history.size(), std::size_t(3));
        QVERIFY(history.revision() > revision);
    }
    void staysWithinItsBudgetForEver()
    {
        const std::size_t each = record(0)->bytes();
        History history(4000 * each);
        history.pin(12'345);
        history.pin(77'777);
        std::uint64_t changes = 0, revision = history.revision();
        for (std::int64_t step = 0; step < 300'000; ++step) {
            history.append(record(step));
            QVERIFY(history.bytes() <= history.budget());
            if (history.revision() != revision) {
                ++changes;
                revision = history.revision();
            }
        }
        // Bookkeeping agrees with what is there.
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < history.size(); ++i) {
            bytes += history.at(i).bytes();
            if (i > 0)
                QVERIFY(history.at(i).step > history.at(i - 1).step);
        }
        QCOMPARE(history.bytes(), bytes);
        QVERIFY(history.size() > 2000);
        QVERIFY(changes < 500); // thinning is rare
        // The first, the newest 1024 and pinned ones stay; the others keep an even stride.
        QCOMPARE(history.at(0).step, 0);
        for (std::int64_t step = 299'999; step > 299'999 - 1024; --step)
            QCOMPARE(history.at(history.indexAt(step)).step, step);
        for (const std::int64_t pinned : {12'345, 77'777})
            QCOMPARE(history.at(history.indexAt(pinned)).step, pinned);
        QVERIFY(history.stride() > 1 && (history.stride() & (history.stride() - 1)) == 0);
        for (std::size_t i = 1; history.at(i).step < 200'000; ++i) {
            const auto step = history.at(i).step;
            QVERIFY(step % history.stride() == 0 || step == 12'345 || step == 77'777);
        }
    }
    /// The budget is one of memory: the heap holds no more, also after much thinning.
    void itsBytesAreThoseOfTheHeap()
    {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        const auto used = [] {
            const auto heap = mallinfo2();
            return heap.uordblks + heap.hblkhd;
        };
        const auto before = used();
        History history(16u << 20);
        for (std::int64_t step = 0; step < 60'000; ++step) { // losses, outputs and spectrum of a small experiment
            Record small {step, 0, { {1.0}, { 2.0 } }};
            for (const std::size_t size : {101, 201, 102})
                small.samples.emplace_back(size, 0.5);
            history.append(std::make_shared<const Record>(std::move(small)));
        }
        QVERIFY(history.stride() > 1);
        const auto held = static_cast<double>(used() - before), budget = static_cast<double>(history.budget());
        QVERIFY2(held < 1.1 * budget && held > 0.5 * budget, qPrintable(QString::number(held / budget)));
#else
        QSKIP("The heap of this C library cannot be asked");
#endif
    }
    void recordsLargerThanTheBudgetDoNotEmptyIt()
    {
        History history(10 * record(0)->bytes());
        for (std::int64_t step = 0; step < 50; ++step)
            history.append(record(step, step == 30 ? 5000 : 20));
        QVERIFY(history.size() >= 2);
        QCOMPARE(history.back().step, 49);
        QCOMPARE(history.at(0).step, 0);
    }
};

QTEST_APPLESS_MAIN(TstHistory)
#include "tst_history.moc"
