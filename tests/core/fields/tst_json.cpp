#include "core/fields/json.h"

#include <QTest>

using namespace fplab;

namespace {

std::string errorOf(std::string_view text)
{
    const auto json = parseJson(text);
    return json ? std::string() : json.error().text();
}

} // namespace

class TstJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsOfNumbersAreFlat()
    {
        const auto json
            = parseJson(" { \"a\": [1, -2.5e1 ,3], \"b\": [ [1,2], [] ,[3]], \"c\": [], \"d\": [[]] }").value();
        const auto& a = *json.find("a");
        QVERIFY(a.isFlat() && a.rowEnds.empty() && (a.numbers == std::vector<double> {1, -25, 3}));
        QCOMPARE(a.size(), std::size_t(3));
        const auto& b = *json.find("b");
        QVERIFY((b.numbers == std::vector<double> {1, 2, 3}) && (b.rowEnds == std::vector<std::size_t> {2, 2, 3}));
        QCOMPARE(b.size(), std::size_t(3));
        QVERIFY(!json.find("c")->isFlat() && json.find("c")->size() == 0);
        QVERIFY(json.find("d")->isFlat() && json.find("d")->size() == 1);
    }

    void otherListsHaveItems()
    {
        for (const char* text :
            {"[1, 2, \"x\"]", "[[1], [2], 3]", "[[1], [2, null]]", "[1, [2]]", "[[[1]], [[2]]]", "[{}, 1]"}) {
            const auto json = parseJson(text).value();
            QVERIFY2(!json.isFlat() && json.numbers.empty() && json.rowEnds.empty(), text);
            QCOMPARE(json.size(), json.items.size());
        }
        const auto json = parseJson("[1, 2, \"x\"]").value();
        QCOMPARE(json.items[1].number, 2.0);
        QVERIFY(json.items[1].text == "2");
    }

    void flatEntriesKnowTheirPlace()
    {
        const std::string_view text = "{\"ä\": [[1, 2.50],\n [ 3,1e2 ] ]}";
        const auto json = parseJson(text).value();
        const auto& list = *json.find("ä");
        const auto row = entryOf(list, 1, text);
        QVERIFY((row.numbers == std::vector<double> {3, 100}));
        const auto at = positionOf(text, row.offset);
        QCOMPARE(at.line, 2);
        QCOMPARE(at.column, 2);
        const auto number = entryOf(row, 1, text);
        QVERIFY(number.text == "1e2" && number.number == 100);
        QCOMPARE(positionOf(text, number.offset).column, 6);
        const auto first = entryOf(entryOf(list, 0, text), 1, text);
        QVERIFY(first.text == "2.50");
        QCOMPARE(positionOf(text, first.offset).column, 12); // in characters
        QVERIFY(entryOf(entryOf(list, 0, {}), 1, {}).text == "2.5");
    }

    void unfoldedIsTheSame()
    {
        auto json = parseJson("[[1, 2], [3]]").value();
        json.unfold();
        QVERIFY(!json.isFlat() && json.items.size() == 2);
        json.items[0].unfold();
        QVERIFY(json.items[0].items[1].type == JsonValue::Type::Number && json.items[0].items[1].number == 2);
        QVERIFY((json.items[1].numbers == std::vector<double> {3}));
    }

    void errorsInFlatLists_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* text, const char* error) { QTest::newRow(text) << text << error; };
        row("[1, 2", "line 1, column 6: not valid JSON: expected ',' or ']', found the end of the file");
        row("[1, 2,]", "line 1, column 7: not valid JSON: expected a value, found ']'");
        row("[1,\n 02]", "line 2, column 3: not valid JSON: expected ',' or ']', found '2'");
        row("[[1], [2", "line 1, column 9: not valid JSON: expected ',' or ']'");
        row("[[1] [2]]", "line 1, column 6: not valid JSON: expected ',' or ']', found '['");
        row("[[1], [-]]", "line 1, column 9: not valid JSON: expected a digit, found ']'");
        row("[1, 1e999]", "line 1, column 5: the number 1e999 is too large");
    }
    void errorsInFlatLists()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto found = QString::fromStdString(errorOf(text.toStdString()));
        QVERIFY2(found.startsWith(error), qPrintable(found));
    }

    void depthIsLimitedInFlatListsToo()
    {
        const auto nested = [](int depth) {
            return std::string(static_cast<std::size_t>(depth), '[') + '1'
                + std::string(static_cast<std::size_t>(depth), ']');
        };
        QVERIFY(parseJson(nested(32)).ok());
        QVERIFY(errorOf(nested(33)).find("nested more than 32 deep") != std::string::npos);
    }

    void manyValuesAreRefused()
    {
        std::string nulls = "[0";
        for (int i = 0; i < 1'000'000; ++i)
            nulls += ",null";
        QVERIFY(
            errorOf(nulls + ']').find("has more than 1000000 values besides lists of numbers") != std::string::npos);
    }

    /// In quadratic time these would take hours.
    void longLinesAreReadInLinearTime()
    {
        std::string numbers = "[0", rows = "[[0]", mixed = "[[0, \"x\"]", objects = "{\"key\": 0", text = "\"";
        for (int i = 1; i < 200'000; ++i) {
            numbers += ", 0.12345678901234567";
            rows += ", [0.5, 12345678]";
            mixed += ", [0.25, \"y\"]";
            objects += ", \"k" + std::to_string(i) + "\": {\"a\": [1, 2]}";
            text += "ä\\n";
        }
        for (auto* list : {&numbers, &rows, &mixed})
            *list += ']';
        QCOMPARE(parseJson(numbers).value().size(), std::size_t(200'000));
        QCOMPARE(parseJson(rows).value().size(), std::size_t(200'000));
        QCOMPARE(parseJson(mixed).value().size(), std::size_t(200'000));
        QCOMPARE(parseJson(objects + '}').value().members.size(), std::size_t(200'000));
        QVERIFY(parseJson(text + '"').ok());
        QVERIFY(errorOf(rows + 'x').find("line 1, column ") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TstJson)
#include "tst_json.moc"
