#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

/// Passes but for seed 3, which is not reproduced, 4, which diverges, and 9, whose arguments are wrong.
constexpr const char* program = R"(#!/bin/sh
echo "$@" >> "$0.calls"
case $4 in
3) printf 'not reproduced\n  ok   k = 1 captured at step 7\n  FAIL k = 5 captured at step (never)\n'; exit 1 ;;
4) echo 'fplab-cli: training diverged at step 8' >&2; exit 4 ;;
9) echo 'fplab-cli: there is no such thing' >&2; exit 2 ;;
esac
printf 'reproduced\n  ok   k = 1 captured at step 7\n'
)";

struct Finished {
    int code = -1;
    QString out, err;
};

} // namespace

/// tests/bench/check_seeds, with a program that only says what fplab-cli would.
class TstCheckSeeds : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_program = m_folder.filePath(QStringLiteral("fplab cli"));

    Finished run(const QString& arguments)
    {
        QProcess process;
        process.start(QStringLiteral(FPLAB_TEST_DIR "/bench/check_seeds"),
            arguments.split(u' ', Qt::SkipEmptyParts) + QStringList {QStringLiteral("--fplab-cli"), m_program});
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_program);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(program) > 0);
        file.setPermissions(file.permissions() | QFile::ExeOwner);
    }

    void countsAndSaysWhatFailed()
    {
        const auto result = run(QStringLiteral("sines --seeds 1..8 --jobs 2 --set stop.steps=9 --at-least 6"));
        QCOMPARE(result.err, QString());
        QCOMPARE(result.code, 0);
        // Wilson: (0.75 + z^2/16) / (1 + z^2/8) -+ z sqrt(0.75 * 0.25 / 8 + z^2/256) / (1 + z^2/8), z = 1.96
        QVERIFY2(result.out.startsWith(
                     QStringLiteral("sines: 6 of 8 passed (75.0 %, 95 % interval 40.9 to 92.9 %), median ")),
            qPrintable(result.out));
        QVERIFY2(result.out.endsWith(QStringLiteral(" s\n  seed 3: k = 5 captured at step (never)\n"
                                                    "  seed 4: training diverged at step 8\n")),
            qPrintable(result.out));

        QFile calls(m_program + QStringLiteral(".calls"));
        QVERIFY(calls.open(QIODevice::ReadOnly));
        auto lines = calls.readAll().split('\n');
        std::ranges::sort(lines); // several at a time
        QCOMPARE(lines.size(), 9);
        QCOMPARE(lines[1], QByteArray("run sines --seed 1 --check --threads 1 --progress none --set stop.steps=9"));
    }

    void tooFewPass()
    {
        const auto result = run(QStringLiteral("good --seeds 5..6 bad --at-least 2"));
        QCOMPARE(result.code, 0);
        QCOMPARE(run(QStringLiteral("good bad --seeds 2..3 --at-least 2")).code, 1);
    }

    void everyPresetGetsItsLine()
    {
        const auto result = run(QStringLiteral("one two --seeds 5..5"));
        QVERIFY2(result.out.contains(QStringLiteral("one: 1 of 1 passed")), qPrintable(result.out));
        QVERIFY2(result.out.contains(QStringLiteral("two: 1 of 1 passed")), qPrintable(result.out));
    }

    void aRunThatCannotBeMadeEndsAll()
    {
        const auto result = run(QStringLiteral("sines --seeds 8..9"));
        QCOMPARE(result.code, 2);
        QCOMPARE(result.err, QStringLiteral("fplab-cli: there is no such thing\n"));
        QCOMPARE(result.out, QString());
    }

    void mistakes_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* arguments, const char* message) {
            QTest::newRow(arguments) << QString::fromUtf8(arguments) << QString::fromUtf8(message);
        };
        row("", "name at least one preset");
        row("sines --seeds 9..1", "must not end before it begins");
        row("sines --seeds 9", "--seeds must be like 100..149, found \"9\"");
        row("sines --jobs 0", "--jobs must be a number from 1");
        row("sines --at-least most", "--at-least must be a number");
        row("sines --quick", "unknown option --quick");
    }
    void mistakes()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, message);
        const auto result = run(arguments);
        QCOMPARE(result.code, 2);
        QVERIFY2(result.err.contains(message), qPrintable(result.err));
        QCOMPARE(result.out, QString());
    }
};

QTEST_GUILESS_MAIN(TstCheckSeeds)
#include "tst_check_seeds.moc"
