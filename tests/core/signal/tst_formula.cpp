#include "core/signal/formula.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <random>

using namespace fplab;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN(); ///< no finite value

struct Known {
    const char* formula;
    double at075; ///< value at x = 0.75
    double atMinus1375; ///< value at x = -1.375
};

/// Values computed with 60 digits and rounded once.
constexpr Known known[] = {
    {"x", 0.75, -1.375},
    {"-x", -0.75, 1.375},
    {"+x", 0.75, -1.375},
    {"--x", 0.75, -1.375},
    {"---x", -0.75, 1.375},
    {"2", 2.0, 2.0},
    {"2.5", 2.5, 2.5},
    {".5", 0.5, 0.5},
    {"5.", 5.0, 5.0},
    {"1e3", 1000.0, 1000.0},
    {"1.5e-3x", 0.0011250000000000001, -0.0020625},
    {"2E+2", 200.0, 200.0},
    {"0.1", 0.1, 0.1},
    {"123456789.123456789", 123456789.12345679, 123456789.12345679},
    {"x+1", 1.75, -0.375},
    {"x-1", -0.25, -2.375},
    {"1-x-1", -0.75, 1.375},
    {"2*x", 1.5, -2.75},
    {"x/4", 0.1875, -0.34375},
    {"8/4/2x", 0.75, -1.375},
    {"2/3*x", 0.5, -0.9166666666666666},
    {"1+2*3", 7.0, 7.0},
    {"(1+2)*3", 9.0, 9.0},
    {"x^2", 0.5625, 1.890625},
    {"x**2", 0.5625, 1.890625},
    {"x^3", 0.421875, -2.599609375},
    {"x^4", 0.31640625, 3.574462890625},
    {"x^5", 0.2373046875, -4.914886474609375},
    {"-x^2", -0.5625, -1.890625},
    {"(-x)^2", 0.5625, 1.890625},
    {"2^3^2", 512.0, 512.0},
    {"2^-1", 0.5, 0.5},
    {"2^x", 1.681792830507429, 0.3855527063519852},
    {"2^-x", 0.5946035575013605, 2.5936791093020193},
    {"2^-x^2", 0.6771277734684463, 0.26969019943927997},
    {"x^-2", 1.7777777777777777, 0.5289256198347108},
    {"-2^2", -4.0, -4.0},
    {"2-3^2", -7.0, -7.0},
    {"x*-2", -1.5, 2.75},
    {"x--2", 2.75, 0.625},
    {"x+-2", -1.25, -3.375},
    {"2x", 1.5, -2.75},
    {"2 x", 1.5, -2.75},
    {"3(x+1)", 5.25, -1.125},
    {"(x+1)(x-1)", -0.4375, 0.890625},
    {"(x+1) (x-1)", -0.4375, 0.890625},
    {"x(x+1)", 1.3125, 0.515625},
    {"2sin(3x)", 1.5561463937758424, 1.6647810291159746},
    {"2 pi x", 4.71238898038469, -8.639379797371932},
    {"2πx", 4.71238898038469, -8.639379797371932},
    {"πx", 2.356194490192345, -4.319689898685966},
    {"π/2", 1.5707963267948966, 1.5707963267948966},
    {"pi x", 2.356194490192345, -4.319689898685966},
    {"e^x", 2.117000016612675, 0.25283959580474646},
    {"2e", 5.43656365691809, 5.43656365691809},
    {"2e x", 4.077422742688568, -7.4752750282623746},
    {"2exp(x)", 4.23400003322535, 0.5056791916094929},
    {"2e-x", 4.68656365691809, 6.81156365691809},
    {"1/2x", 0.375, -0.6875},
    {"1/(2x)", 0.6666666666666666, -0.36363636363636365},
    {"2x^2", 1.125, 3.78125},
    {"-2x^2", -1.125, -3.78125},
    {"x sin x", 0.5112290700175006, 1.348727953406839},
    {"x sin(x)", 0.5112290700175006, 1.348727953406839},
    {"sin(x)cos(x)", 0.4987474933020272, -0.19083049602616584},
    {"sin x cos x", 0.4987474933020272, -0.19083049602616584},
    {"sin x", 0.6816387600233341, -0.9808930570231557},
    {"sin 3x", 0.7780731968879212, 0.8323905145579873},
    {"sin 3x + 1", 1.7780731968879213, 1.8323905145579873},
    {"sin -x", -0.6816387600233341, 0.9808930570231557},
    {"sin 2πx", -1.0, -0.7071067811865476},
    {"sin x^2", 0.5333026735360201, 0.949289297831397},
    {"sin x²", 0.5333026735360201, 0.949289297831397},
    {"sin(x)^2", 0.46463139916614854, 0.9621511893162318},
    {"sin^2 x", 0.46463139916614854, 0.9621511893162318},
    {"sin²(x)", 0.46463139916614854, 0.9621511893162318},
    {"sin² x + cos² x", 1.0, 1.0},
    {"sin sin x", 0.6300664342123865, -0.8309944921413737},
    {"sin 2(x+1)", -0.35078322768961984, -0.6816387600233341},
    {"sin(x)/x", 0.9088516800311123, 0.7133767687441133},
    {"sin x / 2", 0.34081938001166706, -0.49044652851157783},
    {"exp -x^2 / 2", 0.2848914123654615, 0.0754887092279573},
    {"cos 3 x + x", 0.12182637727726091, -1.9291895264924168},
    {"sin (x+1) x", 0.7379894601554526, 0.5036247274933154},
    {"sin(x)+sin(3x)+sin(5x)", 0.8881506381689116, -0.7063705505561086},
    {"sin x + 2 sin 3x + 3 sin 5x", 0.5231011975721453, -0.9897160521800017},
    {"x²", 0.5625, 1.890625},
    {"x³", 0.421875, -2.599609375},
    {"2x²", 1.125, 3.78125},
    {"x⁻¹", 1.3333333333333333, -0.7272727272727273},
    {"x¹⁰", 0.056313514709472656, 24.15610905829817},
    {"(x+1)²", 3.0625, 0.140625},
    {"-x²", -0.5625, -1.890625},
    {"x²^2", 0.31640625, 3.574462890625},
    {"１２＋（ｘ）", 12.75, 10.625},
    {"２ｓｉｎ（３ｘ）", 1.5561463937758424, 1.6647810291159746},
    {"ｘ＾２", 0.5625, 1.890625},
    {"x·2", 1.5, -2.75},
    {"x×2", 1.5, -2.75},
    {"x÷2", 0.375, -0.6875},
    {"x−1", -0.25, -2.375},
    {"−x", -0.75, 1.375},
    {"x − 1", -0.25, -2.375},
    {"√(x+2)", 1.6583123951777, 0.7905694150420949},
    {"√2 x²", 1.0606601717798212, 1.9445436482630056},
    {"|x|", 0.75, 1.375},
    {"2|x|", 1.5, 2.75},
    {"|x|x", 0.5625, -1.890625},
    {"|x-1|-|x+1|", -1.5, 2.0},
    {"||x|-1|", 0.25, 0.375},
    {"|x|^2", 0.5625, 1.890625},
    {"sin|x|", 0.6816387600233341, 0.9808930570231557},
    {"|(|x|)|", 0.75, 1.375},
    {"SIN(X)", 0.6816387600233341, -0.9808930570231557},
    {"Pi", 3.141592653589793, 3.141592653589793},
    {"cos(x)", 0.7316888688738209, 0.19454770798898718},
    {"tan(x)", 0.9315964599440725, -5.041915256481364},
    {"asin(x/2)", 0.3843967744956391, -0.758040765426236},
    {"acos(x/2)", 1.1863995522992576, 2.3288370922211326},
    {"atan(x)", 0.6435011087932844, -0.9420000403794636},
    {"sinh(x)", 0.82231673193583, -1.8511185635579153},
    {"cosh(x)", 1.2946832846768448, 2.1039581593626617},
    {"tanh(x)", 0.6351489523872873, -0.8798266996519848},
    {"exp(x)", 2.117000016612675, 0.25283959580474646},
    {"log(x+2)", 1.0116009116784799, -0.4700036292457356},
    {"ln(x+2)", 1.0116009116784799, -0.4700036292457356},
    {"ln x^2", -0.5753641449035618, 0.6369074622370692},
    {"log2(x+2)", 1.4594316186372973, -0.6780719051126377},
    {"log10(x+2)", 0.43933269383026263, -0.2041199826559248},
    {"log2 x^2", -0.8300749985576876, 0.9188632372745945},
    {"sqrt(x+2)", 1.6583123951777, 0.7905694150420949},
    {"cbrt(x)", 0.9085602964160698, -1.1119900452846578},
    {"abs(x)", 0.75, 1.375},
    {"sign(x)", 1.0, -1.0},
    {"floor(x)", 0.0, -2.0},
    {"ceil(x)", 1.0, -1.0},
    {"round(x)", 1.0, -1.0},
    {"round(2.5)", 2.0, 2.0},
    {"round(-0.5)", 0.0, 0.0},
    {"round(3.5)", 4.0, 4.0},
    {"step(x)", 1.0, 0.0},
    {"step(0)", 1.0, 1.0},
    {"saw(x)", 0.238732414637843, -0.4376760935027122},
    {"saw(5x)", -0.806337926810785, -0.18838046751356086},
    {"saw(0)", 0.0, 0.0},
    {"square(x)", 1.0, -1.0},
    {"square(7x)", -1.0, 1.0},
    {"sinc(x)", 0.9088516800311123, 0.7133767687441133},
    {"sinc(0)", 1.0, 1.0},
    {"gauss(x)", 0.7548396019890073, 0.3885581275123641},
    {"min(x,1)", 0.75, -1.375},
    {"max(x,0)", 0.75, 0.0},
    {"min(3,x,2)", 0.75, -1.375},
    {"max(x,-x,0.5)", 0.75, 1.375},
    {"mod(x,1)", 0.75, 0.625},
    {"mod(x,-1)", -0.25, -0.375},
    {"mod(5,3)", 2.0, 2.0},
    {"min(sin x, cos x)", 0.6816387600233341, -0.9808930570231557},
    {"max(1，x)", 1.0, 1.0},
    {"sqrt(x)", 0.8660254037844386, none},
    {"log(x)", -0.2876820724517809, none},
    {"x^0.5", 0.8660254037844386, none},
    {"1/(x-x)", none, none},
    {"mod(x,0)", none, none},
    {"asin(x+9)", none, none},
    {"x*x*x-x/x+x", 0.171875, -4.974609375},
    {"x*2+3", 4.5, 0.25},
    {"3+2*x", 4.5, 0.25},
    {"x+x", 1.5, -2.75},
    {"x*3*2", 4.5, -8.25},
    {"2*(x+1)*3", 10.5, -2.25},
    {"0*x", 0.0, 0.0},
    {"x^0", 1.0, 1.0},
    {"x^1", 0.75, -1.375},
    {"(((x)))", 0.75, -1.375},
    {"\tx\n", 0.75, -1.375},
    {"exp(-x^2)cos(8x)", 0.5470885381503456, 0.0006681804571014428},
    {"sin(x/10)/1+sin(2x/10)/2", 0.14964877350954195, -0.27284060963844187},
    {"cos(2π·3x)", 5.138971647411914e-61, 0.7071067811865476},
};

struct Wrong {
    const char* formula;
    int column;
    const char* what; ///< part of the sentence
    const char* advice = ""; ///< part of the advice
};

constexpr Wrong wrong[] = {
    {"", 1, "empty"},
    {"   ", 4, "empty"},
    {"1,5+x", 2, "comma", "with a point"},
    {"sin(1,5)", 6, "sin takes one argument", "with a point"},
    {"mod(1,5,2)", 8, "mod takes two arguments"},
    {"x=5", 2, "\"=\"", "right"},
    {"sin(", 5, "ends too early"},
    {"sin(x", 6, "closing parenthesis", "column 4"},
    {"2*", 3, "ends too early"},
    {"2* ", 4, "ends too early"},
    {"x+", 3, "ends too early"},
    {"-", 2, "ends too early"},
    {"x^", 3, "ends too early"},
    {"(x+1", 5, "closing parenthesis", "column 1"},
    {"x)", 2, "no parenthesis is open"},
    {")", 1, "is not expected"},
    {"()", 2, "nothing stands"},
    {"sin()", 5, "nothing stands"},
    {"sin", 4, "sin needs an argument"},
    {"sin + 1", 5, "sin needs an argument"},
    {"sin*x", 4, "sin needs an argument"},
    {"2*/3", 3, "\"/\" is not expected"},
    {"x^^2", 3, "\"^\" is not expected"},
    {"x***2", 4, "\"*\" is not expected"},
    {"*x", 1, "\"*\" is not expected"},
    {"x 2", 3, "operator is missing"},
    {"(x+1)2", 6, "operator is missing"},
    {"2 3", 3, "operator is missing"},
    {"sin x 2", 7, "operator is missing"},
    {"1.2.3", 4, "second decimal point"},
    {"1..2", 3, "second decimal point"},
    {".", 1, "\".\" cannot be used"},
    {"1e999", 1, "1e999 is too large"},
    {"x+1e-999", 3, "too small"},
    {"sine(x)", 1, "\"sine\" is not known", "Did you mean sin?"},
    {"2+tanhh(x)", 3, "\"tanhh\" is not known", "tanh"},
    {"y+1", 1, "\"y\" is not known", "variable is x"},
    {"t", 1, "\"t\" is not known", "variable is x"},
    {"xx", 1, "\"xx\" is not known", "x x"},
    {"x2", 1, "\"x2\" is not known", "x^2"},
    {"sin3x", 1, "\"sin3x\" is not known", "sin 3 x"},
    {"xsin(x)", 1, "\"xsin\" is not known", "x sin"},
    {"πsinx", 2, "\"sinx\" is not known", "sin x"},
    {"foobarbaz(x)", 1, "\"foobarbaz\" is not known", "The variable is x"},
    {"_x", 1, "\"_\" cannot be used"},
    {"x!", 2, "factorial"},
    {"x%2", 2, "\"%\"", "mod(a, b)"},
    {"[x]", 1, "\"[\"", "round parentheses"},
    {"Sin[x]", 4, "\"[\"", "round parentheses"},
    {"# x", 4, "empty"},
    {"min(x;1)", 6, "\";\"", "comma"},
    {"min(x)", 1, "min takes two arguments or more"},
    {"1+max(x)", 3, "max takes two arguments or more"},
    {"mod(x)", 1, "mod takes two arguments"},
    {"mod x", 5, "arguments in parentheses"},
    {"min", 4, "arguments in parentheses"},
    {"min(,x)", 5, "comma"},
    {"min(x,)", 7, "is not expected"},
    {"(x,1)", 3, "comma"},
    {"sin^-1(x)", 4, "power of a function"},
    {"sin⁻¹(x)", 1, "inverse"},
    {"sin^x", 4, "power of a function"},
    {"sin 2*x", 6, "two ways", "sin("},
    {"sin pi/4", 7, "two ways"},
    {"sin 2 cos x", 7, "two ways"},
    {"sin x(x+1)", 6, "two ways"},
    {"²", 1, "raised number"},
    {"x+²", 3, "raised number"},
    {"x⁻", 2, "raised minus"},
    {"x¹²³⁴⁵⁶", 2, "too large"},
    {"|x", 3, "closing |", "column 1"},
    {"|", 2, "ends too early"},
    {"x|", 3, "ends too early"},
    {"|x|)", 4, "no parenthesis"},
    {"|(x|)", 5, "\")\" is not expected"},
    {"π+√", 4, "sqrt needs an argument"},
    {"ｓｉｎ（ｘ", 6, "closing parenthesis"},
    {"x + х", 5, "cannot be used", "Latin letter x"},
    {"x → 2", 3, "cannot be used"},
    {"“x”", 1, "cannot be used"},
    {"system(\"ls\")", 8, "cannot be used"},
    {"x'", 2, "cannot be used"},
    {"0x10", 2, "\"x10\" is not known"},
    {"_pi", 1, "cannot be used"},
    {"x=5;", 2, "\"=\"", "=="},
    {"if(x=0,1,2)", 5, "\"=\"", "=="},
    {"x;x", 2, "\";\""},
    {"x<", 3, "ends too early"},
    {"x<>", 4, "ends too early"},
    {"x ? 1", 6, "a : is missing", "c ? a : b"},
    {"1 if x", 7, "else is missing", "a if c else b"},
    {"if x", 1, "\"if\" is not expected"},
    {"if(x,1)", 1, "if takes three arguments"},
    {"if(x,1,2,3)", 9, "if takes three arguments"},
    {"x and", 6, "ends too early"},
    {"and x", 1, "is not expected"},
    {"not", 4, "ends too early"},
    {"{x)", 3, "\")\" is not expected"},
    {"x}", 2, "no parenthesis is open"},
    {"x:1", 2, "\":\" is not expected"},
    {"@x", 1, "\"@\" cannot be used"},
    {"\\frac{1}", 9, "ends too early"},
    {"\\sqrt[3", 8, "closing parenthesis"},
    {"\\begin{cases} x & x<0", 22, "\\end{cases} is missing"},
    {"\\begin{matrix} x", 1, "only the environment cases"},
    {"\\begin{cases} \\end{cases}", 15, "there is no case"},
    {"x\\", 2, "cannot be used"},
    {"x\\end{cases}", 2, "not expected"},
    {"foo.sin(x)", 1, "\"foo.\" is not known", "np."},
    {"power(x)", 1, "power takes two arguments"},
    {"heaviside(x,1,2)", 14, "heaviside takes one or two arguments"},
    {"x\a", 2, "invisible"},
    {"x\xE2\x80\x8B", 2, "invisible"},
    {"x\xFF", 2, "UTF-8"},
    {"ππ\xC3(", 3, "UTF-8"},
    {"x\xED\xA0\x80", 2, "UTF-8"},
    {"x\xC0\xAF", 2, "UTF-8"},
    {"x\xE2\x88", 2, "UTF-8"},
};

std::string repeated(const std::string& text, int count)
{
    std::string out;
    for (int i = 0; i < count; ++i)
        out += text;
    return out;
}

/// Either an error with a column inside the text (or one past it), or a formula that computes.
void checkHarmless(const std::string& text)
{
    const auto formula = Formula::parse(text);
    if (formula.ok()) {
        for (double x : {-2.5, 0.0, 1e300, none})
            static_cast<void>((*formula)(x));
        return;
    }
    const auto& error = formula.error();
    QVERIFY2(!error.what.empty(), text.c_str());
    QVERIFY2(error.what.size() < 200, error.what.c_str());
    QVERIFY2(error.column >= 1 && error.column <= static_cast<int>(text.size()) + 1, text.substr(0, 100).c_str());
    QVERIFY2(QString::fromStdString(error.text()).toStdString() == error.text(), "messages are valid UTF-8");
}

} // namespace

class TstFormula : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        for (const auto& [formula, first, second] : known)
            QTest::newRow(formula) << QByteArray(formula) << first << second;
    }

    void values()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, first);
        QFETCH(double, second);
        const auto formula = Formula::parse(text.toStdString());
        QVERIFY2(formula.ok(), formula.ok() ? "" : formula.error().text().c_str());
        QCOMPARE(formula->text(), text.toStdString());
        const auto close = [](double value, double expected) {
            return std::isnan(expected) ? !std::isfinite(value)
                                        : std::abs(value - expected) <= 4e-15 * std::max(std::abs(expected), 0.5);
        };
        QVERIFY2(close((*formula)(0.75), first), formula->normalised().c_str());
        QVERIFY2(close((*formula)(-1.375), second), formula->normalised().c_str());
    }

    /// The printed form can be typed, too, means the same, and prints as itself.
    void normalisedTextIsAFixpoint()
    {
        for (const auto& row : known) {
            const auto formula = Formula::parse(row.formula);
            QVERIFY2(formula.ok(), row.formula);
            const auto again = Formula::parse(formula->normalised());
            QVERIFY2(again.ok(), formula->normalised().c_str());
            QCOMPARE(again->normalised(), formula->normalised());
            for (double x : {0.75, -1.375, 12.5}) {
                const double a = (*formula)(x), b = (*again)(x);
                QVERIFY2(a == b || (std::isnan(a) && std::isnan(b)), row.formula);
            }
        }
    }

    void numbersKeepTheirBits()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 2000; ++i) {
            const auto bits = random();
            double value;
            std::memcpy(&value, &bits, sizeof value);
            value = std::abs(value);
            if (!std::isfinite(value))
                continue;
            const auto formula = Formula::parse(QByteArray::number(value, 'g', 17).toStdString());
            QVERIFY(formula.ok());
            QCOMPARE((*formula)(0), value);
        }
    }

    void errors_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(wrong)); ++i)
            QTest::addRow("%s", wrong[i].formula) << i;
    }

    void errors()
    {
        QFETCH(int, index);
        const auto& [text, column, what, advice] = wrong[index];
        const auto formula = Formula::parse(text);
        QVERIFY(!formula.ok());
        const auto message = formula.error().text();
        QVERIFY2(formula.error().what.find(what) != std::string::npos, message.c_str());
        QVERIFY2(formula.error().advice.find(advice) != std::string::npos, message.c_str());
        QCOMPARE(formula.error().column, column);
        QVERIFY(formula.error().path.empty());
    }

    void limits()
    {
        const auto column = [](const std::string& text) {
            const auto formula = Formula::parse(text);
            return formula.ok() ? 0 : formula.error().column;
        };
        QCOMPARE(column(repeated(" ", 4095) + "x"), 0);
        QCOMPARE(column(repeated(" ", 4096) + "x"), 4097);
        QCOMPARE(column(repeated("x+", 999) + "x"), 0); // 1999 tokens
        QCOMPARE(column(repeated("x+", 1000) + "x"), 2001);
        QCOMPARE(column(repeated("(", 64) + "x" + repeated(")", 64)), 0);
        QCOMPARE(column(repeated("(", 65) + "x" + repeated(")", 65)), 65);
        QCOMPARE(column(repeated("2^", 64) + "2"), 0);
        QVERIFY(column(repeated("2^", 65) + "2") > 0);
        QCOMPARE(column(repeated("-", 1999) + "x"), 0); // signs need no depth
        QCOMPARE(column(repeated("|", 5000)), 4097);
        QCOMPARE(column(std::string("x\0+1", 4)), 2);
    }

    /// Long but allowed formulas compile and compute.
    void largestFormulas()
    {
        const auto value = [](const std::string& text) {
            const auto formula = Formula::parse(text);
            return formula.ok() ? (*formula)(1.0) : none;
        };
        QCOMPARE(value(repeated("x ", 2000)), 1.0);
        QCOMPARE(value(repeated("π", 600) + "/" + repeated("π/", 598) + "π"), M_PI);
        QCOMPARE(value(repeated("-x²", 666)), -666.0);
        QCOMPARE(value(repeated("+-x", 600)), -600.0);
        QCOMPARE(value(repeated("cosh(", 60) + "0x" + repeated(")", 60)) > 1, true);
        QCOMPARE(value("max(0" + repeated(",x", 900) + ")"), 1.0);
    }

    void hostile()
    {
        const std::string parts[] = {"(", ")", "-", "+", "^", "2^", "sin(", "sin ", "|", "x", "x^x", ",", "min(", "e",
            "1e", ".", "π", "²", "**", "√", "((", "1e308*", "/0", "%n", "\xFF", "（", "ｓｉｎ（", " ", "9", "mod(x,",
            "{", "\\frac", "\\sqrt[", "\\begin{cases}", "x<", "x&&", "||", "!", "not ", "x?", "1 if x else ",
            "lambda x:", "if(", "np.", "a_", "\\", "\\left|", "x_{", "$", "f(x)=", "=>"};
        for (const auto& part : parts) {
            for (int count : {1, 3, 63, 64, 65, 500, 2000, 5000, 100'000}) {
                checkHarmless(repeated(part, count));
                checkHarmless(repeated(part, count) + "x");
            }
        }
        checkHarmless(repeated("9", 1'000'000));
        checkHarmless("1e" + repeated("9", 1000));
        checkHarmless("0." + repeated("0", 4000) + "1");
        checkHarmless(std::string(100, '\0'));
        checkHarmless("9^9^9^9^9^9^9^9");
    }

    /// Every text one edit away from a good one.
    void mutations()
    {
        const std::string base = "2sin(3x) + |x|^2 - min(x², 1.5e-3) π/４";
        const std::string inserts[] = {"(", ")", ",", "|", "^", "-", "2", "x", ".", "²", "\xC3", std::string(1, '\0')};
        for (std::size_t i = 0; i <= base.size(); ++i) {
            checkHarmless(base.substr(0, i));
            checkHarmless(base.substr(i));
            for (const auto& insert : inserts)
                checkHarmless(base.substr(0, i) + insert + base.substr(i));
        }
        std::mt19937 random(11);
        for (int round = 0; round < 3000; ++round) {
            std::string text = base;
            for (int edit = 0; edit < 3; ++edit)
                text[random() % text.size()] = static_cast<char>(random() % 256);
            checkHarmless(text);
        }
    }

    void undefinedPointIsNamed()
    {
        const auto formula = Formula::parse("1/x");
        QVERIFY(formula.ok());
        const std::array<double, 4> x {-0.5, 0.25, 0, 0.5};
        std::array<double, 4> y {};
        const auto status = formula->evaluate(x, y);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().what, std::string("not defined at x = 0"));
        QVERIFY(formula->evaluate(std::span(x).first(2), std::span(y).first(2)).ok());
        QCOMPARE(y[0], -2.0);
        QCOMPARE(y[1], 4.0);
        const auto root = Formula::parse("sqrt(x-0.1)");
        QVERIFY(root.ok());
        QCOMPARE(root->evaluate(x, y).error().what, std::string("not defined at x = -0.5"));
    }

    /// Definitions where people disagree.
    void conventions()
    {
        const auto at = [](const char* text, double x) { return (*Formula::parse(text))(x); };
        QCOMPARE(at("round(x)", 0.5), 0.0);
        QCOMPARE(at("round(x)", 1.5), 2.0);
        QCOMPARE(at("round(x)", -2.5), -2.0);
        QCOMPARE(at("step(x)", -1e-300), 0.0);
        QCOMPARE(at("step(x)", 0), 1.0);
        QCOMPARE(at("saw(x)", M_PI / 2), 0.5);
        QCOMPARE(at("saw(x)", -M_PI / 2), -0.5);
        QCOMPARE(at("square(x)", 1), 1.0);
        QCOMPARE(at("square(x)", -1), -1.0);
        QCOMPARE(at("gauss(x)", 2), std::exp(-2.0));
        QCOMPARE(at("mod(x, 3)", -1), 2.0);
        QCOMPARE(at("log(x)", M_E), 1.0);
        for (const char* text : {"step(x)", "square(x)", "saw(x)", "min(x,1)", "max(1,x)", "sign(x)", "mod(x,2)"})
            QVERIFY2(std::isnan(at(text, none)), text);
    }

    void movedFormulaWorks()
    {
        auto formula = Formula::parse("x+1");
        QVERIFY(formula.ok());
        Formula moved = std::move(formula).value();
        QCOMPARE(moved(2), 3.0);
        auto other = Formula::parse("x*5");
        QVERIFY(other.ok());
        moved = std::move(other).value();
        QCOMPARE(moved(2), 10.0);
    }
};

QTEST_GUILESS_MAIN(TstFormula)
#include "tst_formula.moc"
