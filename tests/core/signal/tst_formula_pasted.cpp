#include "core/signal/formula.h"

#include <QtTest>

#include <cmath>

using namespace fplab;

namespace {

/// A text as it comes from a program, a paper or a spreadsheet, and the same in plain words.
struct Pasted {
    const char* text;
    const char* plain;
};

constexpr Pasted pasted[] = {
    // Python
    {"np.sin(2*np.pi*x)", "sin(2*pi*x)"},
    {"numpy.cos(3*x)", "cos(3*x)"},
    {"math.exp(-x**2)", "exp(-x^2)"},
    {"torch.sin(x) + torch.tanh(2*x)", "sin(x) + tanh(2*x)"},
    {"torch.nn.functional.relu(x)", "max(x, 0)"},
    {"F.relu(x)", "max(x, 0)"},
    {"torch.sigmoid(x)", "1/(1+exp(-x))"},
    {"tf.math.sin(x)", "sin(x)"},
    {"jnp.abs(x)", "abs(x)"},
    {"np.sign(np.sin(x))", "sign(sin(x))"},
    {"np.where(x>=0, 1, -1)", "2*step(x)-1"},
    {"np.where((x > 0) & (x < 1), x, 0)", "if(0<x<1, x, 0)"},
    {"np.where((x < 0) | (x > 1), x, 0)", "if(0<=x and x<=1, 0, x)"},
    {"np.where(~(x < 0), x, 0)", "max(x, 0)"},
    {"np.logical_and(x>0, x<1)", "0<x<1"},
    {"np.heaviside(x, 0.25)", "if(x==0, 0.25, step(x))"},
    {"np.heaviside(x, 1)", "step(x)"},
    {"np.power(x, 2)", "x^2"},
    {"np.square(x)", "x^2"},
    {"torch.square(x)", "x^2"},
    {"np.maximum(x, 0) + np.minimum(x, 1)", "max(x,0)+min(x,1)"},
    {"np.clip(x, -1, 0.5)", "min(max(x,-1),0.5)"},
    {"torch.clamp(x, -1, 0.5)", "min(max(x,-1),0.5)"},
    {"np.arctan(x) + np.arcsin(x/20)", "atan(x)+asin(x/20)"},
    {"np.arctan2(x, 2)", "atan2(x, 2)"},
    {"np.sinc(x)", "sinc(pi*x)"},
    {"np.mod(x, 2)", "mod(x, 2)"},
    {"np.fmod(x, 2)", "x - 2*trunc(x/2)"},
    {"np.round(x)", "round(x)"},
    {"np.log10(x+9) + np.log1p(x+9)", "log10(x+9)+log(x+10)"},
    {"math.log(x+9, 2)", "log(x+9)/log(2)"},
    {"lambda x: np.sin(x)", "sin(x)"},
    {"f = lambda t: np.sin(3*t)", "sin(3*x)"},
    {"def f(x): return np.sin(x)", "sin(x)"},
    {"y = np.sin(x) + 0.1*np.cos(7*x)", "sin(x)+0.1*cos(7*x)"},
    {"return np.sin(x);", "sin(x)"},
    {"np.sin(x)  # the target", "sin(x)"},
    {"np.sin(x) + # low\n np.sin(9*x) # high", "sin(x)+sin(9*x)"},
    {"1 if x > 0 else -1", "if(x>0, 1, -1)"},
    {"1 if x > 1 else 2 if x > 0 else 3", "if(x>1, 1, if(x>0, 2, 3))"},
    {"x if 0 < x < 1 else 0", "if(x>0 and x<1, x, 0)"},
    {"not x > 0", "x <= 0"},
    {"x<0 or x>1", "if(x<0, 1, x>1)"},
    {"scipy.special.erf(x)", "1-erfc(x)"},
    {"np.e**x", "e^x"},
    {"np.cbrt(x)*np.hypot(x, 1)", "cbrt(x)*sqrt(x*x+1)"},
    // C, JavaScript, MATLAB, spreadsheets
    {"Math.sin(x) * Math.PI", "sin(x)*pi"},
    {"std::sin(x)", "sin(x)"},
    {"x < 0 ? -1 : 1", "if(x<0, -1, 1)"},
    {"x < 0 ? -1 : x < 1 ? 0 : 1", "if(x<0, -1, if(x<1, 0, 1))"},
    {"x > 0 && x < 1", "0<x<1"},
    {"x < 0 || x > 1", "x<0 or x>1"},
    {"x < 0 | x > 1", "x<0 or x>1"},
    {"!(x < 0)", "x >= 0"},
    {"!(x < 0) * 3", "3*(x >= 0)"},
    {"(x) => x*x", "x^2"},
    {"t -> sin(t)", "sin(x)"},
    {"@(x) x.^2 + 2.*x - x./3", "x^2+2*x-x/3"},
    {"y = sin(x).*cos(x);", "sin(x)*cos(x)"},
    {"x ~= 0.75", "x != 0.75"},
    {"=SIN(X)+PI()", "sin(x)+pi"},
    {"IF(X<0, -1, POWER(X, 2))", "x<0 ? -1 : x^2"},
    {"IF(AND(X>0, X<1), 1, 0)", "0<x<1"},
    {"IF(OR(X<0, X>1), 1, 0)", "x<0 or x>1"},
    {"IF(x<>0.75, 1, 2)", "if(x==0.75, 2, 1)"},
    {"NOT(x<0)", "x>=0"},
    {"2|x| < 1 or x > 3", "2*abs(x) < 1 or x > 3"},
    {"if(2|x|<1, |x|, |x-1|)", "if(2*abs(x)<1, abs(x), abs(x-1))"},
    // LaTeX
    {"\\sin\\left(x\\right)", "sin(x)"},
    {"$\\sin(x)$", "sin(x)"},
    {"\\( \\sin x \\)", "sin(x)"},
    {"\\[ \\sin x + \\cos 2x \\]", "sin(x)+cos(2*x)"},
    {"f(x) = \\sin x", "sin(x)"},
    {"f\\left(x\\right)=\\sin x", "sin(x)"},
    {"y=\\frac{1}{2}\\sin\\left(3x\\right)", "sin(3*x)/2"},
    {"\\frac12 x", "x/2"},
    {"\\frac x 2", "x/2"},
    {"\\dfrac{x+1}{x^2+2} + \\tfrac{x}{3}", "(x+1)/(x^2+2)+x/3"},
    {"\\sqrt{x^2+1}", "sqrt(x^2+1)"},
    {"\\sqrt[3]{x}", "cbrt(x)"},
    {"\\sqrt[4]{x^2+1}", "(x^2+1)^(1/4)"},
    {"\\sqrt2 x", "sqrt(2)*x"},
    {"e^{-x^2}", "exp(-x^2)"},
    {"e^{-\\frac{x^2}{2}}", "exp(-x^2/2)"},
    {"x^{2}+x^{3}", "x^2+x^3"},
    {"2\\cdot x\\times 3 \\div 4", "2*x*3/4"},
    {"\\sin\\left(2\\pi x\\right) + \\sin 2 \\pi x", "2*sin(2*pi*x)"},
    {"\\sin\\frac{x}{2}", "sin(x/2)"},
    {"\\sin^{2}\\left(x\\right)+\\cos^2 x", "sin(x)^2+cos(x)^2"},
    {"\\tau x", "2*pi*x"},
    {"\\exp(-x) + \\ln(x+9) + \\log(x+9)", "exp(-x)+2*log(x+9)"},
    {"\\log_{10}(x+9)+\\log_2\\left(x+9\\right)", "log10(x+9)+log2(x+9)"},
    {"\\left|x\\right| + |x-1| + \\lvert x \\rvert", "2*abs(x)+abs(x-1)"},
    {"\\mathrm{sin}(x) + \\operatorname{sgn}(x)", "sin(x)+sign(x)"},
    {"\\mathrm{e}^{-x}", "exp(-x)"},
    {"x\\,\\sin\\;x\\ +\\quad 1", "x*sin(x)+1"},
    {"{x}{(x+1)}", "x*(x+1)"},
    {"\\left[x+1\\right]\\left\\{x-1\\right\\}", "(x+1)*(x-1)"},
    {"\\lfloor x \\rfloor + \\left\\lceil x \\right\\rceil", "floor(x)+ceil(x)"},
    {"\\displaystyle \\bigl(x+1\\bigr)^2", "(x+1)^2"},
    {"\\begin{cases} -1 & x < 0 \\\\ 1 & x \\ge 0 \\end{cases}", "if(x<0, -1, 1)"},
    {"f(x)=\\begin{cases} x^2, & \\text{if } x<0, \\\\ \\sin(x), & \\text{otherwise} \\end{cases}",
        "if(x<0, x^2, sin(x))"},
    {"2\\begin{cases} x & 0 \\leq x \\leq 1 \\\\ 0 & \\text{else} \\end{cases} + 1", "1+if(0<=x and x<=1, 2*x, 0)"},
    // other names and signs
    {"sgn(x)", "sign(x)"},
    {"heaviside(x-10)", "step(x-10)"},
    {"lg(x+9)", "log10(x+9)"},
    {"tau*x", "2*pi*x"},
    {"τ x", "2*pi*x"},
    {"arcsin(x/20) + arccos(x/20) + arctan(x)", "asin(x/20)+acos(x/20)+atan(x)"},
    {"arsinh(x) + arcsinh(x)", "2*asinh(x)"},
    {"power(x, 3) + pow(x, 2) + sqr(x)", "x^3+2*x^2"},
    {"cot(x) + sec(x) + csc(x)", "1/tan(x)+1/cos(x)+1/sin(x)"},
    {"sin²(x) − 2·x³ × √(x²)", "sin(x)^2-2*x^3*sqrt(x^2)"},
    {"x ≤ 0.75", "x <= 0.75"},
    {"x ≥ 0.75 ∧ x ≠ 1", "x >= 0.75 and x != 1"},
    {"1 < 2 < 3", "1"},
    {"3 > 2 > 2", "0"},
    {"0 < x <= 0.75 < 3", "x>0 and x<=0.75"},
    {"true + False", "1"},
    {"log(x+9, 10)", "log10(x+9)"},
};

/// A name that does not exist, and what is asked: part of the advice, or nothing of the kind.
struct Asked {
    const char* text;
    const char* advice; ///< "" for no suggestion at all
};

constexpr Asked asked[] = {
    {"sime(x)", ""},
    {"cosin(x)", ""},
    {"foo(x)", ""},
    {"wave(x)", ""},
    {"triangle(x)", ""},
    {"bessel(x)", ""},
    {"gamma(x)", ""},
    {"bump(x)", ""},
    {"zeta(x)", ""},
    {"noise(x)", ""},
    {"perlin(x)", ""},
    {"qq", ""},
    {"tri(x)", ""},
    {"rect(x)", ""},
    {"mu(x)", ""},
    {"derivative(x)", ""},
    {"g(x)", ""},
    {"deg(x)", ""},
    {"sni(x)", "Did you mean sin?"},
    {"son(x)", "Did you mean sin?"},
    {"sinn(x)", "sin"},
    {"coss(x)", "cos or cosh"},
    {"tanhh(x)", "Did you mean tanh?"},
    {"sqt(x)", "sqrt"},
    {"sqrtt(x)", "Did you mean sqrt?"},
    {"exo(x)", "Did you mean exp?"},
    {"flor(x)", "Did you mean floor?"},
    {"sine(x)", "Did you mean sin?"},
    {"ab(x)", "Did you mean abs?"},
    {"roud(x)", "Did you mean round?"},
    {"heavyside(x)", "Did you mean heaviside?"},
    {"sigmoidd(x)", "Did you mean sigmoid?"},
    {"sawtooth(x)", "saw"},
    {"modulo(x,2)", "mod"},
    {"frac(x)", "mod(x, 1)"},
    {"sinus(x)", "sin"},
    {"root(x)", "sqrt"},
};

/// What has a meaning elsewhere, or is a slip: refused with a reason, never a parameter that is 1.
struct Refused {
    const char* text;
    const char* reason; ///< part of the message
};

constexpr Refused refused[] = {
    {"exp(i*x)", "complex numbers"},
    {"1j*x", "complex numbers"},
    {"cos(x) + I*sin(x)", "complex numbers"},
    {"inf", "infinity"},
    {"x*np.inf", "infinity"},
    {"\\infty", "infinity"},
    {"∞*x", "infinity"},
    {"nan", "\"nan\" is no number"},
    {"None", "\"None\" is no number"},
    {"x if x > 0 else None", "\"None\" is no number"},
    {"=SIN(A1)", "cell references"},
    {"=$B$2*2", "cell references"},
    {"2*SIN(A1)", "cell references"},
    {"exp(ix)", "complex numbers"},
    {"cosx2", "not known"},
    {"x_1", "The variable is x"},
    {"pi2*x", "2 pi"},
    {"pii*x", "Did you mean pi?"},
    {"sinn*x", "Did you mean sin or sinh"},
    {"import numpy as np", "word of a program"},
    {"d/dx sin(x)", "derivatives"},
    {"\\frac{d}{dx} x^2", "derivatives"},
    {"∂x", "derivatives"},
    // a spreadsheet means something else
    {"=-X^2", "(-a)^b"},
    {"=EXP(-X^2)", "(-a)^b"},
    {"=LOG(X+9)", "LOG10(x) or LN(x)"},
    {"=2^X^2", "(a^b)^c"},
    {"=ATAN2(X, 2)", "atan2(y, x)"},
    // two lines
    {"sin(x)\ncos(x)", "line break"},
    {"sin(x)\r\n2*x", "line break"},
    {"sin x\nx", "line break"},
    {"a = 2\nreturn a*x", "line break"},
    // comparisons
    {"x=>0", ">="},
    {"x => 0 and x < 1", ">="},
    {"if(x=>0, 1, 2)", ">="},
    {"if(x=<0, 1, 2)", "<="},
    // suggestions
    {"sind(30)", "sin(pi*x/180)"},
    {"cosd(x)", "cos(pi*x/180)"},
    {"sin2(x)", "sin(x)^2"},
    {"log3(x)", "log(x, 3)"},
    {"round(x,1)", "round(10*x)/10"},
    {"sin(x),", "comma at the end"},
    {"H(x)", "step or heaviside"},
    {"np.piecewise(x, [x<0], [1])", "if(c, a, b)"},
    {"½x", "(1/2)"},
    {"⌊x⌋", "floor(x)"},
    {"sin(30°)", "pi*x/180"},
    {"“sin(x)”", "quotation marks"},
    {"'sin(x)'", "quotation marks"},
};

/// What a stricter reading must still take.
constexpr Pasted stillRead[] = {
    {"=SIN(X)^2-X^2", "sin(x)^2-x^2"},
    {"=2^(X^2)", "2^(x^2)"},
    {"=-(X^2)", "-(x^2)"},
    {"=LOG(X+9, 10)", "log10(x+9)"},
    {"\n sin(x) +\n cos(x)\n\n", "sin(x)+cos(x)"},
    {"sin(x)\n+ cos(x)", "sin(x)+cos(x)"},
    {"(2\n sin(x)\n cos(x))", "2*sin(x)*cos(x)"},
    {"x => 2*x", "2*x"},
    {"x => x", "x"},
    {"lambda i: i^2", "x^2"},
    {"A1*sin(x) + phi", "1*sin(x) + 1"},
    {"True*x", "x"},
};

double at(const Formula& formula, double x) { return formula(x); }

} // namespace

class TstFormulaPasted : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameAsPlain_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("plain");
        for (const auto& [text, plain] : pasted)
            if (*plain)
                QTest::newRow(text) << QByteArray(text) << QByteArray(plain);
    }

    void sameAsPlain()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, plain);
        const auto given = Formula::parse(text.toStdString()), wanted = Formula::parse(plain.toStdString());
        QVERIFY2(given.ok(), given.ok() ? "" : given.error().text().c_str());
        QVERIFY2(wanted.ok(), wanted.ok() ? "" : wanted.error().text().c_str());
        for (const double x : {-7.25, -1.375, -0.5, 0.0, 0.25, 0.75, 1.0, 2.5, 8.0}) {
            const double a = at(*given, x), b = at(*wanted, x);
            QVERIFY2(a == b || (!std::isfinite(a) && !std::isfinite(b)) || std::abs(a - b) <= 1e-13 * (1 + std::abs(b)),
                qPrintable(QStringLiteral("%1 at %2: %3, not %4").arg(QString::fromUtf8(text)).arg(x).arg(a).arg(b)));
        }
        const auto again = Formula::parse(given->normalised());
        QVERIFY2(again.ok(), given->normalised().c_str());
        QCOMPARE(again->normalised(), given->normalised());
    }

    void suggestions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("advice");
        for (const auto& [text, advice] : asked)
            QTest::newRow(text) << QByteArray(text) << QByteArray(advice);
    }

    void suggestions()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, advice);
        const auto formula = Formula::parse(text.toStdString());
        QVERIFY(!formula.ok());
        const auto told = QByteArray::fromStdString(formula.error().advice);
        QVERIFY2(told.contains(advice), told.constData());
        QCOMPARE(told.contains("Did you mean"), !advice.isEmpty());
    }

    void refusedWithReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("reason");
        for (const auto& [text, reason] : refused)
            QTest::newRow(text) << QByteArray(text) << QByteArray(reason);
    }

    void refusedWithReason()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, reason);
        const auto formula = Formula::parse(text.toStdString(), {.freeNames = true});
        QVERIFY(!formula.ok());
        const auto told = QByteArray::fromStdString(formula.error().text());
        QVERIFY2(told.contains(reason), told.constData());
        QVERIFY2(!told.contains("decimal numbers"), told.constData());
    }

    void stillReadAsBefore()
    {
        for (const auto& [text, plain] : stillRead) {
            const auto given = Formula::parse(text, {.freeNames = true}), wanted = Formula::parse(plain);
            QVERIFY2(given.ok(), given.ok() ? "" : (text + (": " + given.error().text())).c_str());
            for (const double x : {-1.375, 0.25, 2.5})
                QVERIFY2(std::abs((*given)(x) - (*wanted)(x)) <= 1e-13, text);
        }
    }

    void noValueIsExplained_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("told");
        for (const auto& [text, told] :
            std::initializer_list<std::pair<const char*, const char*>> {{"1e308*10*x", "too large at x = -2."},
                {"exp(-1000x)", "too large at x = -2."}, {"1e200*(1e200x) - 1e200*(1e200x)", "too large at x = -2."},
                {"if(x<9, 10^400, 1/0)", "too large at"}, {"if(x>9, 1e308*10, 1/0)", "not defined at x = -2."},
                {"1e300/(1e-300+0x)", "too large at"}, {"log(0x)", "not defined at"},
                {"x^(1/3)",
                    "not defined at x = -2. Change the formula or the range of x. The cube root of a negative "
                    "number is written cbrt(x)."},
                {"x^{-2/3}", "cbrt(x)"}, {"\\sqrt[5]{x}", "sign(x)*abs(x)^(1/5)"}})
            QTest::newRow(text) << QByteArray(text) << QByteArray(told);
    }

    void noValueIsExplained()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, told);
        const auto formula = Formula::parse(text.toStdString());
        QVERIFY2(formula.ok(), formula.ok() ? "" : formula.error().text().c_str());
        const std::vector<double> x {-2};
        std::vector<double> y(1);
        const auto status = formula->evaluate(x, y);
        QVERIFY(!status.ok());
        QVERIFY2(status.error().text().find(told.toStdString()) != std::string::npos, status.error().text().c_str());
    }

    /// Somebody who gives a value to a name near another means it.
    void aNameWithAValueIsNoSlip()
    {
        const auto refused = Formula::parse("low*x", {.freeNames = true});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().advice, std::string("Did you mean log? A parameter needs another name."));
        const auto formula = Formula::parse("low*x", {.parameters = {{"low", 3}}, .freeNames = true});
        QVERIFY(formula.ok());
        QCOMPARE((*formula)(2), 6.0);
    }

    /// Nobody is led astray: a formula has no noise of its own.
    void randomNumbersAreRefused()
    {
        for (const char* text : {"sin(x)+rand()", "rand", "random()", "np.random.normal(0, 1)", "np.random.rand()",
                 "torch.randn(1)*x", "RAND()", "Math.random()", "random.random()", "randn(size(x))"}) {
            const auto formula = Formula::parse(text);
            QVERIFY2(!formula.ok(), text);
            QCOMPARE(formula.error().what, std::string("random numbers have no place in a formula"));
            QCOMPARE(formula.error().advice, std::string("Noise is set in the panel Target."));
        }
        QCOMPARE(Formula::parse("sin(x)+rand()").error().column, 8);
    }

    void heavisideAtZero()
    {
        QCOMPARE((*Formula::parse("heaviside(x)"))(0), 0.5);
        QCOMPARE((*Formula::parse("np.heaviside(x, 0)"))(0), 0.0);
        QCOMPARE((*Formula::parse("heaviside(x)"))(-1), 0.0);
        QCOMPARE((*Formula::parse("heaviside(x)"))(1), 1.0);
    }

    /// Where no case holds there is no value, and the error names the first such point.
    void casesMayLeaveGaps()
    {
        const auto formula = Formula::parse("\\begin{cases} 1 & x<0 \\\\ 2 & x>1 \\end{cases}");
        QVERIFY(formula.ok());
        QCOMPARE((*formula)(-1), 1.0);
        QCOMPARE((*formula)(2), 2.0);
        QVERIFY(std::isnan((*formula)(0.5)));
    }

    /// What is not chosen need not exist.
    void choiceIsMadeAtEveryPoint()
    {
        const auto formula = Formula::parse("if(x<0, sqrt(-x), sqrt(x))");
        const std::vector<double> x {-4, 0, 9};
        std::vector<double> y(3);
        QVERIFY(formula->evaluate(x, y).ok());
        QCOMPARE(y, (std::vector<double> {2, 0, 3}));
    }
};

QTEST_GUILESS_MAIN(TstFormulaPasted)
#include "tst_formula_pasted.moc"
