#include "core/io/file_name.h"

#include <QtTest>

using namespace fplab;
using namespace std::string_literals;

class TstFileName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreLegalEverywhere_data()
    {
        QTest::addColumn<std::string>("wanted");
        QTest::addColumn<std::string>("name");
        const auto row = [](const std::string& wanted, const std::string& name) {
            QTest::newRow(wanted.c_str()) << wanted << name + ".fplab.json";
        };
        row("Three sines", "Three sines");
        row("Poisson: hand-off", "Poisson - hand-off");
        row("a : b", "a - b");
        row("sin(x)/2", "sin(x)-2");
        row("a<>:\"/\\|?*b", "a-b");
        row("What is it?", "What is it");
        row("../../etc/passwd", "etc-passwd");
        row(".hidden", "hidden");
        row("ends. . ", "ends");
        row("-rf", "rf");
        row("two\nlines\t", "two-lines");
        row("nul", "nul_");
        row("Con", "Con_");
        row("con.v2", "con_.v2");
        row("COM1", "COM1_");
        row("lpt0 .x", "lpt0_ .x");
        row("COM¹", "COM¹_");
        row("COM10", "COM10");
        row("Console", "Console");
        row("Größe π 频率 हिन्दी 🎵", "Größe π 频率 हिन्दी 🎵");
        row("a\xFF\xC3z", "a-z");
        row("", "experiment");
        row(" .:?*. ", "experiment");
    }
    void namesAreLegalEverywhere()
    {
        QFETCH(std::string, wanted);
        QFETCH(std::string, name);
        QCOMPARE(legalFileName(wanted, ".fplab.json", "experiment"), name);
        QCOMPARE(fileNameProblem(name), ""s);
    }

    void aNulCharacterIsNoEnd() { QCOMPARE(legalFileName("a\0b"s, ".x", "y"), "a-b.x"s); }

    void longNamesAreCutBetweenCharacters()
    {
        for (const char* letter : {"a", "é", "频", "🎵"})
            for (int first = 0; first < 4; ++first) {
                std::string wanted(static_cast<std::size_t>(first), 'x');
                while (wanted.size() < 1000)
                    wanted += letter;
                const std::string name = legalFileName(wanted, ".fplab.json", "experiment");
                QVERIFY(name.size() <= 143 && name.size() > 130);
                QVERIFY(name.ends_with(std::string(letter) + ".fplab.json"));
                QCOMPARE(fileNameProblem(name), ""s);
            }
    }

    void aLegalNameStays()
    {
        for (const char* wanted : {"Poisson: hand-off", "nul", "a/b/c", "x. "}) {
            const std::string once = legalFileName(wanted, "", "y");
            QCOMPARE(legalFileName(once, "", "y"), once);
        }
    }

    void problemsAreNamed_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("problem");
        const auto row = [](const std::string& name, const std::string& problem) {
            QTest::newRow(name.c_str()) << name << problem;
        };
        row("a.png", "");
        row("a:b.png", "has : in it");
        row("a\tb", "has a control character in it");
        row("NUL.png", "is that of a device (NUL)");
        row("a.", "ends with a dot");
        row("a ", "ends with a space");
        row(std::string(256, 'a'), "is too long");
        row("\xFF", "is not valid UTF-8");
    }
    void problemsAreNamed()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, problem);
        QCOMPARE(fileNameProblem(name), problem);
    }
};

QTEST_APPLESS_MAIN(TstFileName)
#include "tst_file_name.moc"
