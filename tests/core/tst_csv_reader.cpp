#include "core/datasets/csv_reader.h"

#include <QtTest>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <random>

using namespace fplab;
using namespace std::string_literals;
using Columns = std::vector<std::vector<double>>;

namespace {

/// UTF-8 text of the basic plane or above as UTF-16 with a byte order mark.
std::string utf16(const char* text, bool bigEndian, bool mark = true)
{
    const QString wide = (mark ? QString(QChar(0xFEFF)) : QString()) + QString::fromUtf8(text);
    std::string out;
    for (QChar c : wide) {
        const char low = static_cast<char>(c.cell()), high = static_cast<char>(c.row());
        out += bigEndian ? high : low;
        out += bigEndian ? low : high;
    }
    return out;
}

Columns columnsOf(const std::string& text)
{
    const auto table = parseCsv(text);
    return table.ok() ? table->columns : Columns {};
}

struct Bad {
    const char* name;
    std::string text;
    int line, column;
    const char* what;
};

const std::vector<Bad>& badFiles()
{
    static const std::vector<Bad> files {
        {"word", "x,y\n1,2\n3,n/a\n", 3, 2, "\"n/a\" is not a number"},
        {"word in a later row", "1,2\n3,4\n5,six\n", 3, 2, "\"six\" is not a number"},
        {"line with CRLF", "x,y\r\n1,2\r\n3,n/a\r\n", 3, 2, "\"n/a\" is not a number"},
        {"line after comments", "# a\n#b\nx,y\n\n1,2\nz,1\n", 6, 1, "\"z\" is not a number"},
        {"empty field", "1,2\n3,\n", 2, 2, "an empty field is not a number"},
        {"empty quoted field", "1,2\n\"\",1\n", 2, 1, "an empty field is not a number"},
        {"short row", "1,2,3\n4,5\n", 2, 3, "this row has 2 fields instead of 3"},
        {"long row", "1,2\n3,4,5\n", 2, 3, "this row has 3 fields instead of 2"},
        {"nan", "1,2\n3,nan\n", 2, 2, "\"nan\" is not a finite number"},
        {"inf", "1,2\n-inf,3\n", 2, 1, "\"-inf\" is not a finite number"},
        {"Infinity", "1\nInfinity\n", 2, 1, "\"Infinity\" is not a finite number"},
        {"overflow", "1,2\n3,1e999\n", 2, 2, "\"1e999\" is too large or too small"},
        {"two points", "1,2\n3,1.2.3\n", 2, 2, "\"1.2.3\" is not a number"},
        {"trailing letter", "1,2\n3,4x\n", 2, 2, "\"4x\" is not a number"},
        {"hexadecimal", "1,2\n3,0x10\n", 2, 2, "\"0x10\" is not a number"},
        {"two signs", "1,2\n3,+-4\n", 2, 2, "\"+-4\" is not a number"},
        {"lone sign", "1,2\n+,4\n", 2, 1, "\"+\" is not a number"},
        {"thousands", "1,5;2\n1.234,5;3\n", 2, 1, "\"1.234,5\" is not a number"},
        {"two commas", "1,5;2\n1,234,5;3\n", 2, 1, "\"1,234,5\" is not a number"},
        {"formula", "1,2\n=A1,3\n", 2, 1, "\"=A1\" is not a number"},
        {"open quote", "x,y\n1,2\n\"3,4\n5,6\n", 3, 1, "a quote is opened and never closed"},
        {"text after a quote", "1,2\n\"3\"x,4\n", 2, 1, "text follows a closing quote"},
        {"zero byte", "1,2\n3,\0004\n"s, 2, 2, "a zero byte"},
        {"zero byte in quotes", "1,2\n\"\0\",4\n"s, 2, 1, "a zero byte"},
        {"binary", "\x7F\x45LF\x02\x01\x01\0\0\0"s, 1, 1, "a zero byte"},
        {"invisible", "1,2\n3,\x01\n", 2, 2, "\"?\" is not a number"},
        {"not UTF-8", "1,2\n3,\xFF\n", 2, 2, "\"?\" is not a number"},
        {"name not UTF-8", "x,\xD6\xD0\n1,2\n", 1, 2, "not UTF-8"},
        {"long word", "1,2\n3," + std::string(500, 'a') + "\n", 2, 2, "aaa...\" is not a number"},
        {"nothing", "", 0, 0, "no rows of numbers"},
        {"only a mark", "\xEF\xBB\xBF", 0, 0, "no rows of numbers"},
        {"only comments", "# x\n# y\n\n", 0, 0, "no rows of numbers"},
        {"only a header", "x,y\n", 0, 0, "no rows of numbers"},
        {"only separators", ",,,\n,,,\n", 0, 0, "no rows of numbers"},
        {"line number in UTF-16", utf16("x;y\n1;2\n3;n/a\n", false), 3, 2, "\"n/a\" is not a number"},
        {"half a UTF-16 character", utf16("1\n2\n", false).substr(0, 9), 2, 0, "ends within a character"},
        {"lone surrogate",
            "\xFF\xFE"
            "1\0\n\0\0\xD8"
            "1\0"s,
            2, 0, "broken"},
        {"too many columns", std::string(300, ',') + "\n", 1, 256, "more than 256 fields"},
        {"long field", "1,2\n3," + std::string((1 << 20) + 1, '1') + "\n", 2, 2, "longer than 1 MB"},
        {"long quoted field", "1,2\n3,\"" + std::string((1 << 20) + 1, '1') + "\"\n", 2, 2, "longer than 1 MB"},
    };
    return files;
}

} // namespace

class TstCsvReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dialects_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("separator");
        QTest::addColumn<bool>("decimalComma");
        QTest::addColumn<bool>("header");
        const auto row = [](const char* name, const char* text, char separator, bool comma, bool header) {
            QTest::newRow(name) << QByteArray(text) << separator << comma << header;
        };
        row("comma", "1,2\n3.5,4\n", ',', false, false);
        row("comma, header", "x,y\n1,2\n", ',', false, true);
        row("semicolon", "1;2\n3.5;4\n", ';', false, false);
        row("semicolon, decimal comma", "1,5;2,5\n3;4\n", ';', true, false);
        row("semicolon, decimal comma, header", "x;y\n1,5;2,5\n", ';', true, true);
        row("tab", "1\t2\n3\t4\n", '\t', false, false);
        row("tab, decimal comma", "a\tb\n1,0\t2\n", '\t', true, true);
        row("bar", "a|b\n1|2\n", '|', false, true);
        row("spaces", "  1   2\n 3.5 4\n", ' ', false, false);
        row("spaces, decimal comma", "1,5 2\n3 4,5\n", ' ', true, false);
        row("spaces, header", "x y\n1 2\n", ' ', false, true);
        row("comma and space", "x, y\n1, 2\n3, 4\n", ',', false, true);
        row("one column", "1\n2\n", ',', false, false);
        row("one column, header", "value\n1\n2\n", ',', false, true);
        row("quoted decimal comma", "\"1,5\",\"2,5\"\n\"3\",\"4,0\"\n", ',', true, false);
        row("separator in a quoted name", "\"a;b\",\"c;d\"\n1,2\n", ',', false, true);
        row("bad cells do not confuse", "x;y\n1,5;2\nn/a;3\n2,5;4\n", ';', true, true);
        row("empty", "", ',', false, false);
    }

    void dialects()
    {
        QFETCH(QByteArray, text);
        QFETCH(char, separator);
        QFETCH(bool, decimalComma);
        QFETCH(bool, header);
        const auto dialect = detectDialect(text.toStdString());
        QCOMPARE(dialect.separator, separator);
        QCOMPARE(dialect.decimalComma, decimalComma);
        QCOMPARE(dialect.header, header);
    }

    /// A comma file stays one, whatever its worst row looks like.
    void damagedRowsKeepTheDialect()
    {
        for (const char* row : {"3,", ",4", "3", "x,y", ",", "3;4", "1,2,3", "\"", "3 4"}) {
            const auto text = "1,2\n3,4\n5,6\n" + std::string(row) + "\n7,8\n";
            QVERIFY2(detectDialect(text) == CsvDialect {}, row);
        }
    }

    void manyColumnsKeepTheSeparator()
    {
        std::string row = "1";
        for (int i = 0; i < 300; ++i)
            row += ";1";
        QCOMPARE(detectDialect(row).separator, ';');
    }

    void plainTable()
    {
        const auto table = parseCsv("time, value\n0,1.5\n1,-2e-3\n");
        QVERIFY(table.ok());
        QCOMPARE(table->names, (std::vector<std::string> {"time", "value"}));
        QCOMPARE(table->columns, (Columns {{0, 1}, {1.5, -2e-3}}));
        QCOMPARE(table->rows(), std::size_t(2));
        QVERIFY(table->skipped.empty());
    }

    void forms()
    {
        const Columns expected {{1, 3}, {2.5, 4}};
        const std::string texts[] = {"1,2.5\n3,4", "1,2.5\r\n3,4\r\n", "1,2.5\r3,4\r", "1,2.5\n3,4\n\n\n  \n",
            "# made by hand\n1,2.5\n# more, text\n3,4\n", "1;2,5\n3;4\n", "1\t2.5\n3\t4\n", "1|2.5\n3|4\n",
            "   1 \t 2.5  \n 3 4 \n", "\"1\",\"2.5\"\n3,4\n", " 1 , 2.5 \n+3 ,\t4\n", "\n\n1,2.5\n\n3,4\n",
            "\xEF\xBB\xBF"
            "1,2.5\n3,4\n",
            utf16("1,2.5\n3,4\n", false), utf16("1,2.5\n3,4\n", true), utf16("1,2.5\n3,4\n", false, false),
            utf16("1;2,5\r\n3;4\r\n", true, false), "1.,2.5\n3e0,.4e1\n", "1,2.5\n3,4\n,\n",
            "\"1\" \"2.5\"\n\"3\"\t4\n"};
        for (const auto& text : texts)
            QVERIFY2(columnsOf(text) == expected, text.c_str());
    }

    void quotedNames()
    {
        const auto table = parseCsv("\"time, s\",\"say \"\"y\"\"\",\"two\nlines\",\n1,2,3,4\nq,5,6,7\n", BadRows::Skip);
        QVERIFY(table.ok());
        QCOMPARE(table->names, (std::vector<std::string> {"time, s", "say \"y\"", "two\nlines", "column 4"}));
        QCOMPARE(table->rows(), std::size_t(1));
        QCOMPARE(table->skipped.front().line, 4);
    }

    void namesInManyScripts()
    {
        for (bool bigEndian : {false, true}) {
            const auto table = parseCsv(utf16("Größe;值;𝜋\n1;2;3\n", bigEndian));
            QVERIFY(table.ok());
            QCOMPARE(table->names, (std::vector<std::string> {"Größe", "值", "𝜋"}));
        }
    }

    void columnsWithoutHeaderAreNumbered()
    {
        QCOMPARE(parseCsv("1,2\n")->names, (std::vector<std::string> {"column 1", "column 2"}));
    }

    void errors_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(badFiles().size()); ++i)
            QTest::newRow(badFiles()[static_cast<std::size_t>(i)].name) << i;
    }

    void errors()
    {
        QFETCH(int, index);
        const auto& bad = badFiles()[static_cast<std::size_t>(index)];
        const auto table = parseCsv(bad.text);
        QVERIFY(!table.ok());
        QVERIFY2(table.error().what.find(bad.what) != std::string::npos, table.error().text().c_str());
        QCOMPARE(table.error().line, bad.line);
        QCOMPARE(table.error().column, bad.column);
        QVERIFY(table.error().what.size() < 200);
        const auto message = table.error().text();
        QCOMPARE(QString::fromStdString(message).toStdString(), message);
    }

    void badRowsAreSkippedWhole()
    {
        const auto table = parseCsv("x,y\n1,2\nn/a,3\n4,5,6\n7,8\n9,nan\n", BadRows::Skip);
        QVERIFY(table.ok());
        QCOMPARE(table->columns, (Columns {{1, 7}, {2, 8}}));
        QCOMPARE(table->skipped.size(), std::size_t(3));
        const std::array<std::pair<int, int>, 3> where {{{3, 1}, {4, 3}, {6, 2}}};
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(std::pair(table->skipped[i].line, table->skipped[i].column), where[i]);
        QCOMPARE(table->skipped[1].what, "this row has 3 fields instead of 2"s);
    }

    void nothingLeftAfterSkipping()
    {
        const auto table = parseCsv("1,a\n2,b\n", BadRows::Skip);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().line, 1);
    }

    void chosenDialect()
    {
        const CsvDialect semicolon {';', true, false};
        const auto table = parseCsv("1,5;2\n", BadRows::Refuse, &semicolon);
        QVERIFY(table.ok());
        QCOMPARE(table->columns, (Columns {{1.5}, {2}}));
        QCOMPARE(table->dialect, semicolon);
        const CsvDialect header {',', false, true};
        QCOMPARE(
            parseCsv("2020,2021\n1,2\n", BadRows::Refuse, &header)->names, (std::vector<std::string> {"2020", "2021"}));
        const CsvDialect noHeader {',', false, false};
        QCOMPARE(parseCsv("x,y\n1,2\n", BadRows::Refuse, &noHeader).error().line, 1);
    }

    void rowLimit()
    {
        std::string text;
        for (int i = 0; i < 1'000'000; ++i)
            text += "1\n";
        QCOMPARE(parseCsv(text)->rows(), std::size_t(1'000'000));
        text += "1\n";
        const auto table = parseCsv(text);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().line, 1'000'001);
    }

    void skippedRowsAreLimited()
    {
        std::string text = "1,2\n";
        for (int i = 0; i <= 10'000; ++i)
            text += "a,b\n";
        const auto table = parseCsv(text, BadRows::Skip);
        QVERIFY(!table.ok());
        QCOMPARE(table.error().line, 10'002);
    }

    void shortestNumbersKeepTheirBits()
    {
        std::mt19937_64 random(3);
        std::vector<double> values {0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e22};
        while (values.size() < 5000) {
            const auto bits = random();
            double value;
            std::memcpy(&value, &bits, sizeof value);
            if (std::isfinite(value))
                values.push_back(value);
        }
        for (bool comma : {false, true}) {
            std::string text;
            for (double value : values) {
                std::array<char, 32> digits {};
                text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
                if (comma)
                    std::replace(text.begin(), text.end(), '.', ',');
                text += comma ? ";1\n" : ",1\n";
            }
            const auto table = parseCsv(text);
            QVERIFY(table.ok());
            QCOMPARE(table->rows(), values.size());
            QVERIFY(std::memcmp(table->columns[0].data(), values.data(), values.size() * sizeof(double)) == 0);
        }
    }

    /// Every beginning of a good file is a table or an error with words.
    void truncations()
    {
        const std::string utf8
            = "\xEF\xBB\xBF# Größe\r\n\"x; \"\"1\"\"\";\"y\nz\"\r\n1,5;-2e-3\r\n\"3,5\" ; 4\r\n5;6\r\n";
        for (const auto& whole : {utf8, utf16("# ä\nx;y\n1,5;2\n3;4\n", false), utf16("x\ty\n1\t2\n", true)}) {
            QVERIFY(parseCsv(whole).ok());
            for (std::size_t size = 0; size <= whole.size(); ++size) {
                for (auto badRows : {BadRows::Refuse, BadRows::Skip}) {
                    const auto table = parseCsv(std::string_view(whole).substr(0, size), badRows);
                    if (!table.ok()) {
                        QVERIFY(!table.error().what.empty());
                        continue;
                    }
                    QVERIFY(table->rows() > 0);
                    QCOMPARE(table->names.size(), table->columns.size());
                    for (const auto& column : table->columns)
                        QCOMPARE(column.size(), table->rows());
                }
            }
        }
    }

    /// Every changed bit, too.
    void bitFlips()
    {
        const std::string whole = "x;y\n1,5;\"2\"\n3;4\n";
        for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
            std::string text = whole;
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
            for (auto badRows : {BadRows::Refuse, BadRows::Skip}) {
                const auto table = parseCsv(text, badRows);
                if (table.ok()) {
                    for (const auto& column : table->columns) {
                        for (double value : column)
                            QVERIFY(std::isfinite(value));
                    }
                } else {
                    QVERIFY(!table.error().what.empty());
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TstCsvReader)
#include "tst_csv_reader.moc"
