#include "core/datasets/csv_table.h"

#include "core/parts/csv_samples.h"

#include <QtTest>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>

using namespace fplab;
using namespace std::string_literals;
using Values = std::vector<double>;

namespace {

/// UTF-8 text as UTF-16, with a byte order mark or without.
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

/// Samples of the columns in `data`, or of likely ones where it names none.
Result<CsvSamples> samplesOf(const std::string& bytes, DataSpec data)
{
    const auto table = CsvTable::open(bytes, csvFormat(data));
    if (!table)
        return table.error();
    std::optional<std::size_t> given[2];
    for (const bool isX : {true, false}) {
        const auto& name = isX ? data.x : data.y;
        if (name.empty())
            continue;
        const auto column = table->findColumn(name, isX ? "data.x" : "data.y");
        if (!column)
            return column.error();
        given[isX ? 0 : 1] = *column;
    }
    const auto pair = likelyColumns(*table, table->count(), given[0], given[1]);
    if (!pair)
        return pair.error();
    data.x = table->columnKey(pair->x);
    data.y = table->columnKey(pair->y);
    return csvSamples(*table, data);
}

using Set = std::function<void(DataSpec&)>;

DataSpec likely(const Set& set = {})
{
    DataSpec data;
    data.x = data.y = "";
    if (set)
        set(data);
    return data;
}

struct Good {
    const char* name;
    std::string bytes;
    const char *xTitle, *yTitle;
    Values x, y;
    std::vector<const char*> notes = {}; ///< each is part of one; their number must be the same
    Set set = {};
};

/// As instruments, spreadsheets and people write them: the likely columns are the right ones.
const std::vector<Good>& goodFiles()
{
    static const Values x3 {0, 0.5, 1}, y3 {1.5, -2, 3.25};
    static const std::vector<Good> files {
        {"plain", "t,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3},
        {"no names", "0,1.5\n0.5,-2\n1,3.25\n", "column 1", "column 2", x3, y3},
        {"one row", "x,y\n1,2\n", "x", "y", {1}, {2}},
        {"CRLF", "t,v\r\n0,1.5\r\n0.5,-2\r\n1,3.25\r\n", "t", "v", x3, y3},
        {"CR alone", "t,v\r0,1.5\r0.5,-2\r1,3.25\r", "t", "v", x3, y3},
        {"no last line end", "t,v\n0,1.5\n0.5,-2\n1,3.25", "t", "v", x3, y3},
        {"blank lines and rows of separators", "\n\nt,v\n\n0,1.5\n,\n0.5,-2\n  \n1,3.25\n,,,\n", "t", "v", x3, y3},
        {"tabs", "t\tv\n0\t1.5\n0.5\t-2\n1\t3.25\n", "t", "v", x3, y3},
        {"bars", "t|v\n0|1.5\n0.5|-2\n1|3.25\n", "t", "v", x3, y3},
        {"spaces", "  t   v \n  0  1.5\n0.5   -2\n  1 3.25 \n", "t", "v", x3, y3},
        {"semicolons with points", "t;v\n0;1.5\n0.5;-2\n1;3.25\n", "t", "v", x3, y3},
        {"spaces with commas", "t v\n0 1,5\n0,5 -2\n1 3,25\n", "t", "v", x3, y3, {"comma"}},
        // names
        {"names with spaces", "Time (s)  Voltage (V)\n0.0   1.5\n0.5   -2\n1  3.25\n", "Time (s)", "Voltage (V)", x3,
            y3},
        {"names with quotes", "\"time, s\",\"say \"\"v\"\"\"\n0,1.5\n0.5,-2\n1,3.25\n", "time, s", "say \"v\"", x3, y3},
        {"names of two lines", "\"time\n(s)\",\"v\r\nin V\"\n0,1.5\n0.5,-2\n1,3.25\n", "time (s)", "v  in V", x3, y3},
        {"spaces around names", " t , v \n 0 , 1.5 \n0.5,\t-2\n1,3.25\n", "t", "v", x3, y3},
        {"numbers as names in quotes", "\"1\",\"2\"\n0,1.5\n0.5,-2\n1,3.25\n", "1", "2", x3, y3,
            {"Line 1 is read as names"}},
        {"numbers as names, decimals below", "0,1,2\n0.25,1.5,7.5\n0.5,-2.5,7.5\n", "0", "1", {0.25, 0.5}, {1.5, -2.5},
            {"names"}},
        {"numbers as names behind an index", ",10,20\n0,0.0,1.5\n1,0.5,-2\n2,1,3.25\n", "10", "20", x3, y3, {"Line 1"}},
        {"some names are numbers", "t,1,2\n0,1.5,7\n0.5,-2,7\n1,3.25,7\n", "t", "1", x3, y3},
        {"years as names", "x,2020,2021\n0,1.5,7\n0.5,-2,7\n1,3.25,7\n", "x", "2020", x3, y3},
        {"whole numbers are no names", "1,2\n3,4\n5,6\n", "column 1", "column 2", {1, 3, 5}, {2, 4, 6}},
        {"numbers as names by key", "2020,2021\n1,2\n3,4\n", "2020", "2021", {1, 3}, {2, 4}, {},
            [](DataSpec& d) { d.header = "yes"; }},
        {"a name is empty", "t,\n0,1.5\n0.5,-2\n1,3.25\n", "t", "column 2", x3, y3},
        // comments
        {"#", "# by hand\n# t v\n0 1.5\n0.5 -2\n# more\n1 3.25\n", "t", "v", x3, y3},
        {"%", "% made by matlab\n% t v\n0 1.5\n0.5 -2\n1 3.25\n", "t", "v", x3, y3},
        {"% without names", "% made by matlab\n\n0 1.5\n0.5 -2\n1 3.25\n", "column 1", "column 2", x3, y3},
        {"//", "// run 7\n// t, v\n0,1.5\n0.5,-2\n// pause\n1,3.25\n", "t", "v", x3, y3},
        {"; as a comment", "; run 7\nt v\n0 1.5\n; pause\n0.5 -2\n1 3.25\n", "t", "v", x3, y3},
        {"! of Touchstone", "! from a network analyser\n!t v\n0 1.5\n0.5 -2\n1 3.25\n", "t", "v", x3, y3},
        {"@ of Grace", "@ title \"a plot\"\n@ xaxis label \"t\"\n0 1.5\n0.5 -2\n1 3.25\n", "column 1", "column 2", x3,
            y3},
        {"*", "* by hand\n* t v\n0 1.5\n0.5 -2\n1 3.25\n", "t", "v", x3, y3},
        {"names in a comment with other separators", "# t, v\n0 1.5\n0.5 -2\n1 3.25\n", "t", "v", x3, y3},
        {"units in a comment", "# t v\n# [s] [mV]\n0 1.5\n0.5 -2\n1 3.25\n", "t (s)", "v (mV)", x3, y3, {"units"}},
        {"# key: value", "# seed: 42\n# threads: 2\n0 1.5\n0.5 -2\n1 3.25\n", "column 1", "column 2", x3, y3},
        {"an open quote in a comment", "# 3.5\" disk\nt,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3},
        {"gnuplot blocks",
            "# Curve 0 of 1, 3 points\n# Curve title: \"v\"\n# x y type\n 0  1.5  i\n 0.5  -2  i\n 1  3.25  i\n", "x",
            "y", x3, y3},
        // separators at the end, missing cells, other columns
        {"trailing separators", "t,v,\n0,1.5,\n0.5,-2,\n1,3.25,\n", "t", "v", x3, y3},
        {"trailing separators below only", "t,v\n0,1.5,\n0.5,-2,,\n1,3.25,\n", "t", "v", x3, y3},
        {"trailing separators above only", "t;v;;\n0;1.5\n0.5;-2\n1;3.25\n", "t", "v", x3, y3},
        {"cells missing at the end", "t,v,z\n0,1.5\n0.5,-2\n1,3.25,5\n", "t", "v", x3, y3},
        {"a column that is empty throughout", "t,v,remark\n0,1.5,\n0.5,-2,\n1,3.25,\n", "t", "v", x3, y3},
        {"text beside", "id,t,v,remark\nA,0,1.5,ok\nB,0.5,-2,\"a, b\"\nC,1,3.25,\n", "t", "v", x3, y3},
        {"NA beside", "t,z,v\n0,NA,1.5\n0.5,1,-2\n1,n/a,3.25\n", "t", "v", x3, y3},
        {"NA in the first row beside", "z,t,v\n-,0,1.5\n1,0.5,-2\n2,1,3.25\n", "t", "v", x3, y3},
        {"a broken quote beside", "t,v,z\n0,1.5,\"a\"b\n0.5,-2,c\"d\"\n1,3.25,e\n", "t", "v", x3, y3},
        {"line ends in cells beside", "t,v,z\n0,1.5,\"two\nlines\"\n0.5,-2,\"\"\n1,3.25,\"\n\n\"\n", "t", "v", x3, y3},
        {"times beside x and y",
            "time,x,y\n2021-01-01 00:00:00,0.0,1.5\n2021-01-01 00:00:01,0.5,-2\n2021-01-01 00:00:02,1,3.25\n", "x", "y",
            x3, y3},
        // programs
        {"pandas with an index", ",t,v\n0,0.0,1.5\n1,0.5,-2.0\n2,1.0,3.25\n", "t", "v", x3, y3},
        {"R with row names", "\"t\" \"v\"\n\"1\" 0 1.5\n\"2\" 0.5 -2\n\"3\" 1 3.25\n", "t", "v", x3, y3,
            {"names of rows"}},
        {"R write.csv", "\"\",\"t\",\"v\"\n\"1\",0,1.5\n\"2\",0.5,-2\n\"3\",1,3.25\n", "t", "v", x3, y3},
        {"R with text as row names", "t\tv\na\t0\t1.5\nb\t0.5\t-2\nc\t1\t3.25\n", "t", "v", x3, y3, {"names of rows"}},
        {"row names without quotes", "t v\n1 0 1.5\n2 0.5 -2\n3 1 3.25\n", "t", "v", x3, y3, {"names of rows"}},
        {"row names behind tabs", "t\tv\n0\t0\t1.5\n1\t0.5\t-2\n2\t1\t3.25\n", "t", "v", x3, y3, {"names of rows"}},
        {"the first sample is not taken for names", "0,1\n0.1,0.995\n0.2,0.98\n", "column 1", "column 2", {0, 0.1, 0.2},
            {1, 0.995, 0.98}},
        {"names in numbers, not in the steps below", "0,1\n0.1,0.25\n0.2,0.3\n", "0", "1", {0.1, 0.2}, {0.25, 0.3},
            {"names"}},
        {"more cells than names, by key", "x,y\n0,7,1.5\n0.5,7,-2\n1,7,3.25\n", "column 1", "column 3", x3, y3,
            {"1 line above"},
            [](DataSpec& d) {
                d.header = "no";
                d.x = "#1";
                d.y = "#3";
            }},
        {"a bad first row is left out", "t,v\n1 s,OL\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3, {"1 row is left out"},
            [](DataSpec& d) { d.badRows = "skip"; }},
        {"sep=", "sep=;\nt;v\n0;1.5\n0.5;-2\n1;3.25\n", "t", "v", x3, y3, {"separator: semicolon"}},
        {"sep= in quotes", "\"sep=|\"\r\nt|v\r\n0|1.5\r\n0.5|-2\r\n1|3.25\r\n", "t", "v", x3, y3, {"separator: |"}},
        {"sep=, with German decimals in quotes", "sep=,\nt,v\n\"0\",\"1,5\"\n\"0,5\",\"-2\"\n\"1\",\"3,25\"\n", "t",
            "v", x3, y3, {"separator", "comma"}},
        {"Excel, German", "\xEF\xBB\xBFZeit;Spannung\r\n0;1,5\r\n0,5;-2\r\n1;3,25\r\n", "Zeit", "Spannung", x3, y3,
            {"comma"}},
        {"Excel, French with no-break spaces",
            "t;v\n0;1\xC2\xA0"
            "000,5\n1;2\xE2\x80\xAF"
            "345,25\n2;-7,5\n",
            "t", "v", {0, 1, 2}, {1000.5, 2345.25, -7.5}, {"comma", "is read as 1000.5"}},
        {"Excel, Swiss",
            "t;v\n0;1'000.5\n1;12\xE2\x80\x99"
            "345.25\n2;-7.5\n",
            "t", "v", {0, 1, 2}, {1000.5, 12345.25, -7.5}, {"is read as 1000.5"}},
        {"Excel, US", "t,v\n0,\"1,234.5\"\n1,\"12,345\"\n2,999\n", "t", "v", {0, 1, 2}, {1234.5, 12345, 999},
            {"is read as 1234.5"}},
        {"Excel, Indian millions are no groups of three but these are", "t\tv\n0\t1,234,567\n1\t12,345\n2\t999\n", "t",
            "v", {0, 1, 2}, {1234567, 12345, 999}, {"is read as 1234567"}},
        {"German thousands", "t;v\n0;1.234,5\n1;12.345\n2;999\n", "t", "v", {0, 1, 2}, {1234.5, 12345, 999},
            {"comma", "is read as 1234.5"}},
        {"plain spaces as thousands", "t\tv\n0\t1 000\n1\t12 500\n2\t999\n", "t", "v", {0, 1, 2}, {1000, 12500, 999},
            {"is read as 1000"}},
        {"Google Sheets", "Time,Value\r\n0,1.5\r\n0.5,-2\r\n1,3.25", "Time", "Value", x3, y3},
        {"Matlab writetable", "t,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3},
        {"Matlab ascii",
            "   0.0000000e+00   1.5000000e+00\n   5.0000000e-01  -2.0000000e+00\n   1.0000000e+00   3.2500000e+00\n",
            "column 1", "column 2", x3, y3},
        {"numpy savetxt",
            "# t,v\n0.000000000000000000e+00,1.500000000000000000e+00\n5.0e-01,-2.0e+00\n1.0e+00,3.25e+00\n", "t", "v",
            x3, y3},
        {"Origin, names, units, comments", "Time\tSignal\ns\tV\nrun 1\trun 1\n0\t1.5\n0.5\t-2\n1\t3.25\n", "Time (s)",
            "Signal (V)", x3, y3, {"Line 2 is read as units: s, V"}},
        {"units row", "Time,CH1\ns,V\n0,1.5\n0.5,-2\n1,3.25\n", "Time (s)", "CH1 (V)", x3, y3,
            {"Line 2 is read as units: s, V"}},
        {"PicoScope", "Time;Channel A\n(ms);(mV)\n\n0,0;1,5\n0,5;-2,0\n1,0;3,25\n", "Time (ms)", "Channel A (mV)", x3,
            y3, {"units: (ms), (mV)", "comma"}},
        {"units, but not of a column of text", "Zeit;U;Notiz\ns;V;\n0;1,5;ok\n0,5;-2;ok\n1;3,25;\n", "Zeit (s)",
            "U (V)", x3, y3, {"units: s, V", "comma"}},
        {"names that could be units", "h,V\n0,1.5\n0.5,-2\n1,3.25\n", "h", "V", x3, y3},
        {"Tektronix",
            "Model,MSO58\nLabels,\n\nHorizontal Units,s\nSample Interval,1e-9\nRecord "
            "Length,12\n\nLabels,\nTIME,CH1\n0,1.5\n0.5,-2\n1,3.25\n",
            "TIME", "CH1", x3, y3, {"6 lines above the names"}},
        {"Tektronix without names", "Model,MSO58\nSample Interval,1e-9\nVertical Offset,0\n0,1.5\n0.5,-2\n1,3.25\n",
            "column 1", "column 2", x3, y3, {"3 lines above the numbers are skipped"}},
        {"Tektronix, values beside the first rows",
            "Record Length,2.5e+03,,0,1.5,\nSample Interval,1e-9,,0.5,-2,\nTrigger Point,1.25e+03,,1,3.25,\n",
            "column 4", "column 5", x3, y3, {},
            [](DataSpec& d) {
                d.x = "#4";
                d.y = "#5";
            }},
        {"Keysight", "x-axis,1\nsecond,Volt\n0,1.5\n0.5,-2\n1,3.25\n", "x-axis (second)", "1 (Volt)", x3, y3,
            {"units"}},
        {"Keysight with dates of export", "\"# Exported: 2024-03-01\"\nTime (s),1 (VOLT)\n0,1.5\n0.5,-2\n1,3.25\n",
            "Time (s)", "1 (VOLT)", x3, y3, {"1 line above"}},
        {"Rigol", "X,CH1,Start,Increment,\nSequence,Volt,0.0e+00,5.0e-01\n0,1.5,\n0.5,-2,\n1,3.25,\n", "X (Sequence)",
            "CH1 (Volt)", x3, y3, {"units"}},
        {"LabVIEW",
            "LabVIEW "
            "Measurement\t\nWriter_Version\t2\nSeparator\tTab\nDate\t2024/03/"
            "01\nTime\t12:00:00.5\n***End_of_Header***\t\n\t\nChannels\t1\t\nSamples\t3\t\nX0\t0.0\t\n***End_of_Header*"
            "**\t\t\nX_Value\tVoltage\tComment\n0.0\t1.5\n0.5\t-2.0\n1.0\t3.25\n",
            "X_Value", "Voltage", x3, y3, {"skipped"}},
        {"NI DAQ", "Start Time:,3/1/2024 12:00\nChannels:,2\nTime,ai0,ai1\n0,1.5,7\n0.5,-2,7\n1,3.25,7\n", "Time",
            "ai0", x3, y3, {"2 lines above"}},
        {"a logger of an Arduino", "booting...\nsensor ok\nt,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3,
            {"2 lines above"}},
        {"Excel with a title above", "Messung 7;;\n;;\nt;v;z\n0;1,5;1\n0,5;-2;1\n1;3,25;1\n", "t", "v", x3, y3,
            {"comma", "1 line above"}},
        // signs and digits
        {"U+2212",
            "t;v\n0;1,5\n0,5;\xE2\x88\x92"
            "2\n1;3,25\n",
            "t", "v", x3, y3, {"comma"}},
        {"plus signs, points at the ends", "t,v\n+0.,+1.5\n+.5,-2.\n1.,+3.25\n", "t", "v", x3, y3},
        {"Fortran", "t,v\n0.0D+00,0.15D+01\n0.5d0,-0.2D+01\n1.0D0,3.25\n", "t", "v", x3, y3},
        {"exponents", "t,v\n0e0,15E-1\n5e-1,-2e+0\n0.1e1,325.0E-02\n", "t", "v", x3, y3},
        {"exponents with commas", "t;v\n0;1,5E0\n5,0e-1;-2,0e+00\n1;3,25\n", "t", "v", x3, y3, {"comma"}},
        {"no-break spaces around",
            "t,v\n\xC2\xA0"
            "0,1.5\n0.5,\xE2\x80\x89-2\xC2\xA0\n1,3.25\n",
            "t", "v", x3, y3},
        {"all numbers in quotes", "\"t\",\"v\"\n\"0\",\"1.5\"\n\"0.5\",\"-2\"\n\"1\",\"3.25\"\n", "t", "v", x3, y3},
        {"three decimals, commas, none whole", "t;v\n0,125;1,500\n0,250;2,125\n", "t", "v", {0.125, 0.25}, {1.5, 2.125},
            {"comma"}},
        {"three decimals, points, x whole", "t,v\n0,20.125\n1,21.250\n2,19.375\n", "t", "v", {0, 1, 2},
            {20.125, 21.25, 19.375}},
        {"a point is proven elsewhere", "t,v\n0.5,1\n1.5,1.125\n2.5,2\n", "t", "v", {0.5, 1.5, 2.5}, {1, 1.125, 2}},
        {"long whole numbers have no groups", "t\tv\n0\t1000\n1\t1.125\n2\t2500\n", "t", "v", {0, 1, 2},
            {1000, 1.125, 2500}},
        {"thousands by key", "t\tv\n0\t999\n1\t1,000\n2\t1,001\n", "t", "v", {0, 1, 2}, {999, 1000, 1001}, {},
            [](DataSpec& d) { d.thousands = ","; }},
        {"decimal by key", "t\tv\n0\t999\n1\t1,000\n2\t1,001\n", "t", "v", {0, 1, 2}, {999, 1, 1.001}, {},
            [](DataSpec& d) { d.decimal = ","; }},
        // encodings
        {"UTF-8 with a mark", "\xEF\xBB\xBFt,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3},
        {"UTF-16 LE", utf16("Größe\t值\n0\t1.5\n0.5\t-2\n1\t3.25\n", false), "Größe", "值", x3, y3, {"UTF-16"}},
        {"UTF-16 BE", utf16("Größe;𝜋\r\n0;1,5\r\n0,5;-2\r\n1;3,25\r\n", true), "Größe", "𝜋", x3, y3,
            {"UTF-16", "comma"}},
        {"UTF-16 without a mark", utf16("值,v\n0,1.5\n0.5,-2\n1,3.25\n", false, false), "值", "v", x3, y3, {"UTF-16"}},
        {"UTF-16 BE without a mark", utf16("t,v\n0,1.5\n0.5,-2\n1,3.25\n", true, false), "t", "v", x3, y3, {"UTF-16"}},
        {"Windows-1252", "L\xE4nge/\xB5m;Spannung\n0;1.5\n0.5;-2\n1;3.25\n", "Länge/µm", "Spannung", x3, y3,
            {"Windows-1252"}},
        {"Windows-1252, two letters in a row",
            "Gr\xF6\xDF"
            "e;Wert\n0;1.5\n0.5;-2\n1;3.25\n",
            "Größe", "Wert", x3, y3, {"Windows-1252"}},
        {"Windows-1252, degrees and euro",
            "T [\xB0"
            "C],\x80\n0,1.5\n0.5,-2\n1,3.25\n",
            "T [°C]", "€", x3, y3, {"Windows-1252"}},
        {"Windows-1252, French",
            "Temps \xE9"
            "coul\xE9,Temp\xE9rature\n0,1.5\n0.5,-2\n1,3.25\n",
            "Temps écoulé", "Température", x3, y3, {"Windows-1252"}},
        {"GB18030", "\xCA\xB1\xBC\xE4,\xB5\xE7\xD1\xB9\n0,1.5\n0.5,-2\n1,3.25\n", "时间", "电压", x3, y3, {"GB18030"}},
        {"GB18030 with units", "\xCA\xB1\xBC\xE4(s),\xCE\xC2\xB6\xC8(\xA1\xE6)\n0,1.5\n0.5,-2\n1,3.25\n", "时间(s)",
            "温度(℃)", x3, y3, {"GB18030"}},
        {"GB18030 by key",
            "Gr\xF6\xDF"
            "e,\x81\x30\x81\x30\n0,1.5\n0.5,-2\n1,3.25\n",
            "Gr鲞e", "\xC2\x80", x3, y3, {}, [](DataSpec& d) { d.encoding = "gb18030"; }},
        // times
        {"nanoseconds since 1970", "t,v\n1700000000000000001,1.5\n1700000000000000002,-2\n1700000000000500003,3.25\n",
            "t (since 1700000000000000001)", "v", {0, 1, 500002}, y3, {"counted from its first"}},
        {"long numbers that are apart", "t,v\n0.10000000000000000001,1.5\n0.20000000000000000001,-2\n", "t", "v",
            {0.1, 0.2}, {1.5, -2}},
        {"one x twice", "t,v\n1700000000000000001,1.5\n1700000000000000001,-2\n", "t", "v",
            {1700000000000000001.0, 1700000000000000001.0}, {1.5, -2}, {},
            [](DataSpec& d) {
                d.x = "t";
                d.y = "v";
            }},
        {"one x in two ways", "t,v\n1.0,1.5\n1.00,-2\n", "t", "v", {1, 1}, {1.5, -2}, {},
            [](DataSpec& d) {
                d.x = "t";
                d.y = "v";
            }},
        {"one x with more digits than it needs",
            "t,v\n0.1,1.5\n0.10000000000000001,-2\n1.00000000000000000000,1\n1,2\n", "t", "v", {0.1, 0.1, 1, 1},
            {1.5, -2, 1, 2}},
        {"ISO with T and Z", "when,v\n2024-03-01T12:00:00Z,1.5\n2024-03-01T12:00:00.5Z,-2\n2024-03-01T12:00:01Z,3.25\n",
            "when (s since 2024-03-01T12:00:00Z)", "v", x3, y3, {"seconds since 2024-03-01T12:00:00Z"}},
        {"ISO without marks", "when,v\n20240301T120000Z,1.5\n20240301T120000.5Z,-2\n20240301T130001+0100,3.25\n",
            "when (s since 20240301T120000Z)", "v", x3, y3, {"seconds"}},
        {"eight digits alone are a number", "n,v\n20240301,1.5\n20240302,-2\n", "n", "v", {20240301, 20240302},
            {1.5, -2}},
        {"days beside times",
            "Datum;Uhrzeit;v\n29.02.2024;23:59:59,5;1,5\n01.03.2024;00:00:00,0;-2\n01.03.2024;00:00:00,5;3,25\n",
            "Uhrzeit (s since 29.02.2024 23:59:59,5)", "v", x3, y3,
            {"column \"Datum\" holds dates and column \"Uhrzeit\" holds times)", "comma"}},
        {"ISO with zones that change",
            "when,v\n2024-03-01T12:00:00+01:00,1.5\n2024-03-01T11:00:00.500+0000,-2\n2024-03-01T06:00:01-05,3.25\n",
            "when (s since 2024-03-01T12:00:00+01:00)", "v", x3, y3, {"seconds"}},
        {"date and time over a leap day",
            "when;v\n2024-02-28 23:59:59;1,5\n2024-02-29 23:59:59;-2,0\n2024-03-01 00:00:00;3,25\n",
            "when (s since 2024-02-28 23:59:59)", "v", {0, 86400, 86401}, y3, {"seconds", "comma"}},
        {"dates alone", "day,v\n2023-12-31,1.5\n2024-01-01,-2\n2024-01-03,3.25\n", "day (s since 2023-12-31)", "v",
            {0, 86400, 259200}, y3, {"seconds"}},
        {"German dates", "Zeit;v\n31.12.2023 23:59;1,5\n01.01.2024 00:00;-2\n01.01.2024 00:01;3,25\n",
            "Zeit (s since 31.12.2023 23:59)", "v", {0, 60, 120}, y3, {"seconds", "comma"}},
        {"month first, as a day above 12 shows",
            "when,v\n2/28/2023 11:59:59 PM,1.5\n3/1/2023 12:00:00 AM,-2\n3/1/2023 12:00:01 AM,3.25\n",
            "when (s since 2/28/2023 11:59:59 PM)", "v", {0, 1, 2}, y3, {"month before day"}},
        {"day first, as a day above 12 shows", "when,v\n28/2/2023,1.5\n1/3/2023,-2\n2/3/2023,3.25\n",
            "when (s since 28/2/2023)", "v", {0, 86400, 172800}, y3, {"day before month"}},
        {"one day only, either order",
            "when,v\n3/4/2024 10:00:00,1.5\n3/4/2024 10:00:00.5,-2\n3/4/2024 10:00:01,3.25\n",
            "when (s since 3/4/2024 10:00:00)", "v", x3, y3, {"seconds"}},
        {"month first by key", "when,v\n3/4/2024,1.5\n3/5/2024,-2\n3/6/2024,3.25\n", "when (s since 3/4/2024)", "v",
            {0, 86400, 172800}, y3, {"month before day"}, [](DataSpec& d) { d.dateOrder = "month_first"; }},
        {"names of months", "when,v\n29-Feb-2024 12:00:00,1.5\n29-Feb-2024 12:00:00.5,-2\n29-Feb-2024 12:00:01,3.25\n",
            "when (s since 29-Feb-2024 12:00:00)", "v", x3, y3, {"seconds"}},
        {"times of day", "t,v\n12:34:56.5,1.5\n12:34:57,-2\n12:34:57.5,3.25\n", "t (s since 12:34:56.5)", "v", x3, y3,
            {"seconds since 12:34:56.5"}},
        {"times of day over midnight", "t,v\n23:59:59.5,1.5\n00:00:00,-2\n00:00:00.5,3.25\n", "t (s since 23:59:59.5)",
            "v", x3, y3, {"seconds", "Midnight is passed once"}},
        {"hours and minutes", "t,v\n09:59,1.5\n10:00,-2\n10:01,3.25\n", "t (s since 09:59)", "v", {0, 60, 120}, y3,
            {"seconds"}},
        {"minutes and seconds", "t,v\n59:59.5,1.5\n00:00,-2\n00:00.5,3.25\n", "t (s since 59:59.5)", "v", x3, y3,
            {"minutes and seconds", "full hour"}},
        {"falling times are not over midnight", "t,v\n12:00:02,1.5\n12:00:01,-2\n12:00:00,3.25\n",
            "t (s since 12:00:02)", "v", {0, -1, -2}, y3, {"seconds"}},
        {"nanoseconds", "t,v\n2024-03-01T12:00:00.000000001Z,1.5\n2024-03-01T12:00:00.000000003Z,-2\n",
            "t (s since 2024-03-01T12:00:00.000000001Z)", "v", {0, 2e-9}, {1.5, -2}, {"seconds"}},
        {"a date and a time in two columns",
            "date time v\n2024-03-01 12:00:00 1.5\n2024-03-01 12:00:00.5 -2\n2024-03-01 12:00:01 3.25\n",
            "time (s since 2024-03-01 12:00:00)", "v", x3, y3,
            {"seconds since 2024-03-01 12:00:00 (column \"date\" holds dates"},
            [](DataSpec& d) {
                d.x = "time";
                d.y = "v";
            }},
        {"a day is left out beside times", "date,time,y\n2024-03-04,23:00:00,1.5\n2024-03-06,01:00:00,-2\n",
            "time (s since 2024-03-04 23:00:00)", "y", {0, 93600}, {1.5, -2}, {"holds dates"}},
        {"days behind times", "time,date,y\n23:00,2024-03-04,1.5\n01:00,2024-03-06,-2\n",
            "time (s since 2024-03-04 23:00)", "y", {0, 93600}, {1.5, -2}, {"holds dates"}},
        // our own
        {"output.csv",
            "# program: fplab 0.1.0\n# seed: "
            "42\nx,target,output,set\n0,1.5,1.25,train\n0.5,-2,-1.5,train\n1,3.25,3,test\n",
            "x", "target", x3, y3},
        {"loss.csv",
            "# program: fplab 0.1.0\n# experiment: "
            "0123\nstep,train_loss,test_loss\n0,1.5,nan\n0.5,-2,nan\n1,3.25,nan\n",
            "step", "train_loss", x3, y3},
        {"delta_f.csv", "# isa: x86-64-v3\nstep,k=1,k=3\n0,1.5,1\n0.5,-2,1\n1,3.25,1\n", "step", "k=1", x3, y3},
        {"solution.csv", "# seed: 1\nx,u_ref,u_network,u\n0,1.5,nan,1\n0.5,-2,nan,1\n1,3.25,nan,1\n", "x", "u_ref", x3,
            y3},
        {"error.csv",
            "# seed: "
            "1\niteration,phase,seconds,work,max_error,l2_error,residual\n0,network,1.5,1,1,1,1\n0.5,network,-2,1,1,1,"
            "1\n1,jacobi,3.25,1,1,1,1\n",
            "iteration", "seconds", x3, y3},
        // set by hand
        {"skipped rows", "1,2\n3,4\n5,6\nt,v\n0,1.5\n0.5,-2\n1,3.25\n", "t", "v", x3, y3, {"first 3 lines"},
            [](DataSpec& d) { d.skipRows = 3; }},
        {"no header", "0,1.5\n0.5,-2\n1,3.25\n", "column 1", "column 2", x3, y3, {},
            [](DataSpec& d) { d.header = "no"; }},
        {"separator", "a:b;0;1.5\na:b;0.5;-2\na:b;1;3.25\n", "column 2", "column 3", x3, y3, {},
            [](DataSpec& d) { d.separator = ";"; }},
        {"bad rows skipped", "t,v\n0,1.5\n0.25,n/a\nx,1\n0.5,-2\n1,3.25\n1,2,3\n", "t", "v", x3, y3,
            {"3 rows are left out, without a number in x or y: lines 3, 4, 7"},
            [](DataSpec& d) { d.badRows = "skip"; }},
        {"duplicate names by number", "x,y,y\n0,7,1.5\n0.5,7,-2\n1,7,3.25\n", "x", "y", x3, y3, {},
            [](DataSpec& d) {
                d.x = "x";
                d.y = "#3";
            }},
        {"by the name it is shown with", "0,7,1.5\n0.5,7,-2\n1,7,3.25\n", "column 1", "column 3", x3, y3, {},
            [](DataSpec& d) {
                d.x = "column 1";
                d.y = "column 3";
            }},
        {"a column called #3", "t,#3,v\n0,1.5,1\n0.5,-2,1\n1,3.25,1\n", "t", "#3", x3, y3, {},
            [](DataSpec& d) {
                d.x = "t";
                d.y = "#3";
            }},
    };
    return files;
}

struct Bad {
    const char* name;
    std::string bytes;
    int line, column;
    const char* what;
    Set set = {};
    std::vector<const char*> fixes = {}; ///< settings as "path=value"
};

const Set xy = [](DataSpec& d) {
    d.x = "x";
    d.y = "y";
};
const Set firstTwo = [](DataSpec& d) {
    d.x = "#1";
    d.y = "#2";
};

const std::vector<Bad>& badFiles()
{
    static const std::vector<Bad> files {
        {"word", "x,y\n1,2\n3,n/a\n4,5\n", 3, 2, "\"n/a\" is not a number (column \"y\")", {}, {"data.bad_rows=skip"}},
        {"word in the first row", "x,y\n0,NA\n1,2\n3,4\n", 2, 2, "\"NA\" is not a number (column \"y\")", {},
            {"data.bad_rows=skip"}},
        {"word without names", "1,2\n3,4\n5,six\n", 3, 2, "\"six\" is not a number (column 2)", firstTwo,
            {"data.bad_rows=skip"}},
        {"words in a row of their own", "x,y\n1,2\nabc,def\n3,4\n5,6\n7,8\n9,10\n", 3, 1, "\"abc\" is not a number", {},
            {"data.bad_rows=skip"}},
        {"names repeated", "x,y\n1,2\nx,y\n3,4\n5,6\n7,8\n", 3, 1, "\"x\" is not a number", {}, {"data.bad_rows=skip"}},
        {"line with CRLF", "x,y\r\n1,2\r\n3,n/a\r\n", 3, 2, "\"n/a\" is not a number"},
        {"line after comments", "# a\n#b\nx,y\n\n1,2\nz,1\n3,4\n", 6, 1, "\"z\" is not a number"},
        {"line after cells of two lines", "x,y,z\n1,2,\"a\nb\"\nq,1,c\n3,4,d\n", 4, 1, "\"q\" is not a number"},
        {"empty cell", "x,y\n1,2\n3,\n4,5\n", 3, 2, "an empty cell is not a number"},
        {"row that ends early", "x,z,y\n1,1,2\n3\n4,4,5\n", 3, 3, "an empty cell is not a number", xy},
        {"bad x in the first row", "x,y\n1.2.3,4\n1,2\n2,4\n", 2, 1, "\"1.2.3\" is not a number (column \"x\")", {},
            {"data.bad_rows=skip"}},
        {"a word for x in the first row", "x,y\nabc,4\n1,2\n2,4\n3,5\n", 2, 1, "\"abc\" is not a number (column \"x\")",
            {}, {"data.bad_rows=skip"}},
        {"German decimals without quotes", "x,y\n0,1.234,56\n1,2.345,67\n", 2, 0, "inside the numbers"},
        {"no date in the first row", "t,y\n2024-13-01,1\n2024-01-02,2\n", 2, 1,
            "\"2024-13-01\" is not a time (column \"t\")", {}, {"data.bad_rows=skip"}},
        {"two bad cells in the first row", "t,v\n1 s,OL\n2,3\n", 2, 1, "\"1 s\" is not a number", {},
            {"data.bad_rows=skip"}},
        // more cells than names
        {"thousands without quotes", "x,y\n0,1,234\n1,2,345\n2,3,456\n", 2, 0,
            "3 cells below 2 names: a comma may stand inside the numbers, or a column has no name", {},
            {"data.header=no", "data.header=no"}},
        {"thousands in the only row", "x,y\n0,1,000\n", 2, 0, "inside the numbers", xy},
        {"decimal commas without quotes", "x,y\n0,1,5\n1,2,5\n2,3,7\n", 2, 0, "inside the numbers"},
        {"decimal commas in x, too", "x,y\n0,0,1,5\n0,1,2,5\n", 2, 0,
            "4 cells below 2 names: a comma may stand inside the numbers, or columns have no name"},
        {"blanks as thousands", "x y\n0 1 234\n1 2 345\n", 2, 0, "a space may stand inside the numbers"},
        {"thousands from the second row on", "x,y\n0,999\n1,1,000\n2,1,001\n3,1,002\n", 2, 0, "inside the numbers"},
        {"a column without a name", "x,y\n0.5,1.5,7\n1.5,2.5,7\n", 2, 0, "3 cells below 2 names: a column has no name"},
        {"row names with a gap", "x y\n1 0.5 1.5\n3 1.5 2.5\n", 2, 0, "a column has no name"},
        {"digits beyond a double", "t,v\n0.5,0\n1.00000000000000000001,1\n1.00000000000000000002,2\n", 4, 1,
            "x has more digits than can be told apart: \"1.00000000000000000001\" and"},
        {"long row", "x,y\n1,2\n3,4,5\n6,7\n", 3, 3, "this row has 3 cells instead of 2", {}, {"data.bad_rows=skip"}},
        {"nan", "1,2\n3,nan\n", 2, 2, "\"nan\" is not a finite number", firstTwo},
        {"inf", "1,2\n-inf,3\n", 2, 1, "\"-inf\" is not a finite number", firstTwo},
        {"overflow", "1,2\n3,1e999\n", 2, 2, "\"1e999\" is too large or too small", firstTwo},
        {"two points", "1,2\n3,1.2.3\n", 2, 2, "\"1.2.3\" is not a number", firstTwo},
        {"trailing letter", "1,2\n3,4x\n", 2, 2, "\"4x\" is not a number", firstTwo},
        {"hexadecimal", "1,2\n3,0x10\n", 2, 2, "\"0x10\" is not a number", firstTwo},
        {"two signs", "1,2\n3,+-4\n", 2, 2, "\"+-4\" is not a number", firstTwo},
        {"lone sign", "1,2\n+,4\n", 2, 1, "\"+\" is not a number", firstTwo},
        {"formula", "1,2\n=A1,3\n", 2, 1, "\"=A1\" is not a number", firstTwo},
        {"wrong groups", "t;v\n1;1,234,567\n2;12,34,567\n3;999\n4;17\n5;18\n", 3, 2, "\"12,34,567\" is not a number",
            firstTwo},
        {"time in y", "x,y\n1,2\n2,12:00:00\n3,4\n", 3, 2, "only x can be a time", xy},
        {"no date beside a time", "date,time,y\n2024-03-04,23:00:00,1\n2024-13-04,23:30:00,1\n2024-03-06,01:00:00,2\n",
            3, 1, "\"2024-13-04\" is not a time (column \"date\")",
            [](DataSpec& d) {
                d.x = "time";
                d.y = "y";
            },
            {"data.bad_rows=skip"}},
        {"day or month beside times", "date,time,y\n3/4/2024,23:00:00,1\n4/4/2024,01:00:00,2\n", 0, 0,
            "\"3/4/2024\" in column \"date\" can be the 3 April", {},
            {"data.date_order=day_first", "data.date_order=month_first"}},
        {"number among times", "x,y\n12:00:00,2\n5,3\n12:00:02,4\n", 3, 1, "\"5\" is not a time", xy},
        {"no column of numbers", "x,y\n1,a\n2,b\n", 2, 2, "\"a\" is not a number", xy},
        {"text only", "a,b\nc,d\ne,f\n", 2, 1, "\"c\" is not a number (column \"a\")"},
        {"percent", "x,y\n0,10%\n1,20%\n", 2, 2, "\"10%\" is not a number (column \"y\")"},
        {"mostly words", "x,y\n0,a\n1,b\n2,7\n", 2, 2, "\"a\" is not a number (column \"y\")", {},
            {"data.bad_rows=skip"}},
        {"one column", "x\n1\n2\n", 0, 0, "there is one column"},
        {"the same column twice", "x,y\n0,1\n1,2\n", 0, 0, "x and y are the same column: \"y\"",
            [](DataSpec& d) {
                d.x = "#2";
                d.y = "y";
            }},
        {"an Excel workbook", "PK\x03\x04\x14\0\6\0\x08\0\0\0!"s, 0, 0, "this is an Excel workbook"},
        {"an old Excel workbook", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"s, 0, 0, "this is an Excel workbook"},
        {"gzip", "\x1F\x8B\x08\0\0\0\0\0"s, 0, 0, "compressed"},
        {"a picture", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, 0, 0, "picture (PNG), not text"},
        {"a name with control characters", "a\x1B[31m,b\n0,1\n1,2\n", 0, 0, "there is no column \"?c\"",
            [](DataSpec& d) {
                d.x = "\ac";
                d.y = "b";
            }},
        {"open quote", "x,y\n1,2\n\"3,4\n5,6\n", 3, 1, "a quote is opened and never closed"},
        {"open quote in the first row", "x,y\n\"0,1\n1,2\n2,3\n", 2, 1, "a quote is opened and never closed"},
        {"open quote in the names", "\"x,y\n0,1\n1,2\n", 1, 1, "a quote is opened and never closed"},
        {"open quote in y", "x,y\n0,1\n1,\"2\n2,3\n", 3, 2, "a quote is opened and never closed"},
        {"zero byte", "1,2\n3,\0004\n"s, 2, 2, "a zero byte", firstTwo},
        {"zero byte in quotes", "1,2\n\"\0\",4\n"s, 2, 1, "a zero byte", firstTwo},
        {"zeros at the end", "x,y\n1,2\n3,4\n\0\0\0"s, 4, 1, "a zero byte", xy},
        {"invisible", "1,2\n3,\x01\n", 2, 2, "\"?\" is not a number", firstTwo},
        {"long word", "1,2\n3," + std::string(500, 'a') + "\n", 2, 2, "aaa...\" is not a number", firstTwo},
        {"nothing", "", 0, 0, "the file is empty"},
        {"only a mark", "\xEF\xBB\xBF", 0, 0, "the file is empty"},
        {"blank lines only", "\n \r\n\n", 0, 0, "the file is empty"},
        {"only comments", "# x\n# y\n\n", 0, 0, "comments only"},
        {"only a header", "x,y\n", 1, 0, "there is only a row of names", xy},
        {"only a header, no columns named", "x,y\n", 1, 0, "there is only a row of names"},
        {"line number in UTF-16", utf16("x;y\n1;2\n3;n/a\n", false), 3, 2, "\"n/a\" is not a number"},
        {"half a UTF-16 character", utf16("1\n2\n", false).substr(0, 9), 2, 0, "ends within a character"},
        {"lone surrogate",
            "\xFF\xFE"
            "1\0\n\0\0\xD8"
            "1\0"s,
            2, 0, "broken"},
        {"not UTF-8 behind a mark", "\xEF\xBB\xBFx,y\n1,\xFF\n", 2, 0, "no characters of UTF-8"},
        {"not UTF-8 though said so", "x,y\n1,2\n\xE4,1\n", 3, 0, "no characters of UTF-8",
            [](DataSpec& d) { d.encoding = "utf-8"; }, {"data.encoding=auto"}},
        {"not GB18030 though said so", "x,y\n1,2\n\xFF\xFF,1\n", 3, 0, "no characters of GB18030",
            [](DataSpec& d) { d.encoding = "gb18030"; }},
        {"long cell", "1,2\n3," + std::string((1 << 20) + 1, '1') + "\n", 2, 2, "longer than 1 MB", firstTwo},
        {"long quoted cell", "1,2\n3,\"" + std::string((1 << 20) + 1, '1') + "\"\n", 2, 2, "longer than 1 MB",
            firstTwo},
        // two readings
        {"thousands in quotes", "x,y\n0,\"998\"\n1,\"999\"\n2,\"1,000\"\n3,\"1,001\"\n", 0, 0,
            "\"1,000\" in column \"y\" can be 1000 (the comma parts thousands) or 1 (", {},
            {"data.thousands=,", "data.decimal=,"}},
        {"thousands behind tabs", "x\ty\n0\t998\n1\t999\n2\t1,000\n", 0, 0, "can be 1000", {},
            {"data.thousands=,", "data.decimal=,"}},
        {"all above a thousand", "x\ty\n0\t1,998\n1\t1,999\n2\t2,000\n", 0, 0, "can be 1998", {},
            {"data.thousands=,", "data.decimal=,"}},
        {"German thousands", "x;y\n0;998\n1;999\n2;1.000\n", 0, 0,
            "\"1.000\" in column \"y\" can be 1000 (the point parts", {}, {"data.thousands=.", "data.decimal=."}},
        {"commas behind semicolons", "x;y\n0;998\n1;999\n2;1,000\n", 0, 0, "can be 1000", {},
            {"data.thousands=,", "data.decimal=,"}},
        {"day or month", "x,y\n3/4/2024,1\n4/4/2024,2\n5/4/2024,3\n", 0, 0,
            "\"3/4/2024\" in column \"x\" can be the 3 April or the 4 March", xy,
            {"data.date_order=day_first", "data.date_order=month_first"}},
        {"days above 12 in both places", "x,y\n13/4/2024,1\n4/14/2024,2\n", 0, 0, "in both places", xy,
            {"data.date_order=day_first", "data.date_order=month_first"}},
        {"duplicate names", "x,y,y\n0,1,2\n1,2,3\n", 1, 0, "2 columns are called \"y\": #2 and #3", xy,
            {"data.y=#2", "data.y=#3"}},
        {"unknown name", "t,v\n0,1\n1,2\n", 0, 0, "there is no column \"y\"",
            [](DataSpec& d) {
                d.x = "t";
                d.y = "y";
            }},
        {"number beyond", "t,v\n0,1\n1,2\n", 0, 0, "there is no column \"#3\"",
            [](DataSpec& d) {
                d.x = "t";
                d.y = "#3";
            }},
    };
    return files;
}

QByteArray joined(const std::vector<std::string>& lines)
{
    QByteArray out;
    for (const auto& line : lines)
        out += QByteArray::fromStdString(line) + '\n';
    return out;
}

} // namespace

class TstCsvTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(goodFiles().size()); ++i)
            QTest::newRow(goodFiles()[static_cast<std::size_t>(i)].name) << i;
    }
    void reads()
    {
        QFETCH(int, index);
        const auto& good = goodFiles()[static_cast<std::size_t>(index)];
        const auto samples = samplesOf(good.bytes, likely(good.set));
        QVERIFY2(samples.ok(), samples.ok() ? "" : samples.error().text().c_str());
        QCOMPARE(samples->xTitle, std::string(good.xTitle));
        QCOMPARE(samples->yTitle, std::string(good.yTitle));
        QCOMPARE(samples->targets.values, good.y);
        QCOMPARE(samples->inputs.count, good.x.size());
        for (std::size_t i = 0; i < good.x.size(); ++i)
            QVERIFY2(std::abs(samples->inputs.values[i] - good.x[i]) < 1e-12,
                QByteArray::number(samples->inputs.values[i], 'g', 17));
        QVERIFY2(samples->notes.size() == good.notes.size(), joined(samples->notes));
        for (const char* part : good.notes)
            QVERIFY2(std::ranges::any_of(
                         samples->notes, [&](const std::string& note) { return note.find(part) != note.npos; }),
                joined(samples->notes) + part);
        for (const auto& note : samples->notes)
            QVERIFY2(note.ends_with('.'), note.c_str());
    }

    void refuses_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(badFiles().size()); ++i)
            QTest::newRow(badFiles()[static_cast<std::size_t>(i)].name) << i;
    }
    void refuses()
    {
        QFETCH(int, index);
        const auto& bad = badFiles()[static_cast<std::size_t>(index)];
        const auto samples = samplesOf(bad.bytes, likely(bad.set));
        QVERIFY(!samples.ok());
        const auto& error = samples.error();
        QVERIFY2(error.what.find(bad.what) != std::string::npos, error.text().c_str());
        QCOMPARE(error.line, bad.line);
        QCOMPARE(error.column, bad.column);
        QVERIFY(error.what.size() < 250);
        const auto message = error.text();
        QCOMPARE(QString::fromStdString(message).toStdString(), message);
        if (bad.fixes.empty())
            return;
        QCOMPARE(error.fixes.size(), bad.fixes.size());
        for (std::size_t i = 0; i < bad.fixes.size(); ++i) {
            const auto& [path, value] = error.fixes[i].settings.front();
            QCOMPARE(path + '=' + value, std::string(bad.fixes[i]));
        }
    }

    void separators_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("separator");
        QTest::addColumn<char>("decimal");
        QTest::addColumn<bool>("header");
        const auto row = [](const char* name, const char* text, char separator, char decimal, bool header) {
            QTest::newRow(name) << QByteArray(text) << separator << decimal << header;
        };
        row("comma", "1,2\n3.5,4\n", ',', '.', false);
        row("semicolon", "1;2\n3.5;4\n", ';', '.', false);
        row("semicolon, decimal comma", "1,5;2,5\n3;4\n", ';', ',', false);
        row("tab, decimal comma", "a\tb\n1,0\t2\n", '\t', ',', true);
        row("tab, date and time", "a\tb\n2024-03-01 12:00:00\t2\n", '\t', '.', true);
        row("comma, date and time", "a,b\n2024-03-01 12:00:00,5\n", ',', '.', true);
        row("spaces, decimal comma", "1,5 2\n3 4,5\n", ' ', ',', false);
        row("comma and space", "x, y\n1, 2\n3, 4\n", ',', '.', true);
        row("one column", "1\n2\n", ',', '.', false);
        row("one column, header", "value\n1\n2\n", ',', '.', true);
        row("quoted decimal comma", "\"1,5\",\"2,5\"\n\"3\",\"4,0\"\n", ',', ',', false);
        row("separator in a quoted name", "\"a;b\",\"c;d\"\n1,2\n", ',', '.', true);
        row("bad cells do not confuse", "x;y\n1,5;2\nn/a;3\n2,5;4\n", ';', ',', true);
        row("empty", "", ',', '.', false);
    }
    void separators()
    {
        QFETCH(QByteArray, text);
        QFETCH(char, separator);
        QFETCH(char, decimal);
        QFETCH(bool, header);
        const auto table = CsvTable::open(text.toStdString());
        QVERIFY(table.ok());
        QCOMPARE(table->layout().separator, separator);
        QCOMPARE(table->layout().decimal, decimal);
        QCOMPARE(table->layout().header, header);
    }

    /// A comma file stays one, whatever its worst row looks like.
    void damagedRowsKeepTheSeparator()
    {
        for (const char* row : {"3,", ",4", "3", "x,y", ",", "3;4", "1,2,3", "\"", "3 4"}) {
            const auto table = CsvTable::open("1,2\n3,4\n5,6\n" + std::string(row) + "\n7,8\n");
            QVERIFY2(
                table->layout().separator == ',' && table->layout().dataStart == 0 && table->columnCount() == 2, row);
        }
    }

    /// What is not asked for is counted, not refused.
    void columnsAreListedWithWhatTheyHold()
    {
        const auto table = CsvTable::open("t,v,w,remark,when\n0,1,NA,a,12:00\n1,2,,b,12:01\n2,3,x,,12:02\n3,4\n");
        const auto counts = table->count();
        QCOMPARE(counts.size(), std::size_t(5));
        QCOMPARE(table->columnName(3), "remark"s);
        QCOMPARE(counts[1].numbers, std::size_t(4));
        QCOMPARE(counts[2].others, std::size_t(2));
        QCOMPARE(counts[2].empty, std::size_t(2));
        QCOMPARE(counts[3].others, std::size_t(2));
        QCOMPARE(counts[4].times, std::size_t(3));
        QCOMPARE(counts[4].empty, std::size_t(1));
    }

    void messagesHideControlCharacters()
    {
        const auto table = CsvTable::open("a\x1B[31m,b\n0,1\n1,2\n");
        const auto missing = table->findColumn("c", "data.x");
        QVERIFY(!missing.ok());
        QVERIFY2(missing.error().advice.find("a?[31m, b") != std::string::npos, missing.error().advice.c_str());
        QCOMPARE(table->columnTitle(0), "a [31m"s);
    }

    void likelyColumnsPreferFullOnes()
    {
        const auto pairOf = [](const char* text) {
            const auto table = CsvTable::open(text);
            const auto pair = likelyColumns(*table, table->count());
            return pair ? std::pair(int(pair->x), int(pair->y)) : std::pair(-1, -1);
        };
        QCOMPARE(pairOf("a,b,c\n1,n/a,3\n2,5,4\n"), std::pair(0, 2)); // a column without bad cells
        QCOMPARE(pairOf("a,b\n1,n/a\n2,5\n3,6\n"), std::pair(0, 1)); // if there is one
        QCOMPARE(pairOf("c,a,b\n7,1,3\n7,2,4\n"), std::pair(1, 2)); // a constant is no x
        QCOMPARE(pairOf("y,x\n1,2\n3,4\n"), std::pair(1, 0)); // names tell
        QCOMPARE(pairOf("a,when\n1,12:00:00\n2,12:00:01\n"), std::pair(1, 0)); // y cannot be a time
        QCOMPARE(pairOf("when,a,b\n12:00:00,1,2\n12:00:01,2,2\n"), std::pair(0, 1));
        QCOMPARE(pairOf(",a,b\n0,5,1\n1,6,2\n"), std::pair(1, 2)); // an index
        QCOMPARE(pairOf(",a\n0,5\n1,6\n"), std::pair(0, 1)); // all there is
    }

    void twoOfTenThousandColumns()
    {
        std::string text = "c0";
        for (int i = 1; i < 10'000; ++i)
            text += ",c" + std::to_string(i);
        for (int row = 0; row < 20; ++row) {
            text += '\n' + std::to_string(row);
            for (int i = 1; i < 10'000; ++i)
                text += i % 3 == 0 ? ",n/a" : ',' + std::to_string(i + row);
        }
        DataSpec data;
        data.x = "c0";
        data.y = "#9999";
        const auto samples = samplesOf(text, data);
        QVERIFY2(samples.ok(), samples.ok() ? "" : samples.error().text().c_str());
        QCOMPARE(samples->targets.values.back(), 9998.0 + 19);
        QCOMPARE(samples->yTitle, "c9998"s);
    }

    void preview()
    {
        std::string text = "t,v,w\n";
        for (int i = 0; i < 100; ++i)
            text += std::to_string(i) + (i == 57 ? ",n/a,a\n" : ",1\n");
        const auto table = CsvTable::open(text);
        const auto rows = table->preview(4, 3);
        QCOMPARE(rows.size(), std::size_t(4));
        QCOMPARE(rows[0].line, 2);
        QCOMPARE(rows[0].cells, (std::vector<std::string> {"0", "1", ""}));
        const auto around = table->preview(4, 3, 59);
        QCOMPARE(around.size(), std::size_t(9));
        QCOMPARE(around[4].line, 57);
        QCOMPARE(around[6].cells, (std::vector<std::string> {"57", "n/a", "a"}));
        QCOMPARE(table->preview(4, 3, 3).size(), std::size_t(4)); // seen already
        QCOMPARE(table->preview(1000, 1).size(), std::size_t(100));
    }

    void rowLimit()
    {
        std::string text;
        for (int i = 0; i < 1'000'000; ++i)
            text += "1,2\n";
        QCOMPARE(samplesOf(text, likely(firstTwo))->inputs.count, std::size_t(1'000'000));
        text += "1,2\n";
        const auto samples = samplesOf(text, likely(firstTwo));
        QVERIFY(!samples.ok());
        QCOMPARE(samples.error().line, 1'000'001);
    }

    void manyBadRowsAreCounted()
    {
        std::string text = "x,y\n1,2\n3,4\n";
        for (int i = 0; i < 20'000; ++i)
            text += "a,b\n";
        const auto refused = samplesOf(text, likely(xy));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().line, 4);
        QCOMPARE(refused.error().fixes.front().label, "Skip 20000 rows"s);
        const auto table = CsvTable::open(text);
        QCOMPARE(table->read(0, 1)->bad.size(), std::size_t(1000));
        QCOMPARE(samplesOf(text, likely([](DataSpec& d) { xy(d), d.badRows = "skip"; }))->inputs.count, std::size_t(2));
    }

    void shortestNumbersKeepTheirBits()
    {
        std::mt19937_64 random(3);
        Values values {0.1, -0.0, 5e-324, 1.7976931348623157e308, 1e22};
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
                text += comma ? "1;" : "1,";
                text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
                if (comma)
                    std::ranges::replace(text, '.', ',');
                text += '\n';
            }
            const auto samples = samplesOf(text, likely(firstTwo));
            QVERIFY2(samples.ok(), samples.ok() ? "" : samples.error().text().c_str());
            QCOMPARE(samples->targets.count, values.size());
            QVERIFY(std::memcmp(samples->targets.values.data(), values.data(), values.size() * sizeof(double)) == 0);
        }
    }

    /// Whatever is in a file: samples or an error with words.
    static bool isWhole(const std::string& bytes)
    {
        for (const char* badRows : {"refuse", "skip"}) {
            const auto samples = samplesOf(bytes, likely([&](DataSpec& d) { d.badRows = badRows; }));
            if (!samples.ok()) {
                if (samples.error().what.empty())
                    return false;
                continue;
            }
            const auto isFinite = [](double value) { return std::isfinite(value); };
            if (samples->inputs.count == 0 || samples->inputs.values.size() != samples->targets.values.size()
                || !std::ranges::all_of(samples->inputs.values, isFinite)
                || !std::ranges::all_of(samples->targets.values, isFinite))
                return false;
        }
        return true;
    }

    /// Every beginning of a good file.
    void truncations()
    {
        for (const auto& good : goodFiles())
            for (std::size_t size = 0; size <= good.bytes.size(); ++size)
                QVERIFY2(isWhole(good.bytes.substr(0, size)), good.name);
    }

    /// Every changed bit.
    void bitFlips()
    {
        for (const auto& whole :
            {"x;y\n1,5;\"2\"\n3;4\n"s, "t y\n12:00:00 1'000\n12:00:01 2\n"s, "# a b\n1/2/2024,1.000\n2/2/2024,5\n"s}) {
            for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
                std::string text = whole;
                text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
                QVERIFY2(isWhole(text), text.c_str());
            }
        }
    }

    void garbage()
    {
        std::mt19937 random(11);
        const std::string letters = "0123456789.,;:\t \"'\n\r-+eEdDxy#%/!()[]T\xE2\x88\x92\xC2\xA0\xC4\xE3\xFF\0"s;
        for (int file = 0; file < 3000; ++file) {
            std::string text(random() % 200, ' ');
            for (char& c : text)
                c = file % 4 == 0 ? static_cast<char>(random()) : letters[random() % letters.size()];
            QVERIFY2(isWhole(text), text.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TstCsvTable)
#include "tst_csv_table.moc"
