#include "core/signal/formula.h"

#include <QtTest>

#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <numbers>
#include <random>
#include <thread>

using namespace fplab;

namespace {

using Function = std::function<double(double, double)>; ///< of x and the parameter a

/// A random formula as text, and the same computed straight from its parts.
struct Sample {
    std::string text;
    Function value;
};

constexpr double a = 1.75; ///< value of the parameter

class Generator {
public:
    explicit Generator(unsigned seed)
        : m_random(seed)
    {
    }

    Sample expression(int depth)
    {
        if (depth == 0 || pick(6) == 0)
            return leaf();
        switch (pick(9)) {
        case 0:
            return binary(depth, "+", [](double p, double q) { return p + q; });
        case 1:
            return binary(depth, "-", [](double p, double q) { return p - q; });
        case 2:
            return binary(depth, "*", [](double p, double q) { return p * q; });
        case 3:
            return binary(depth, "/", [](double p, double q) { return p / q; });
        case 4:
            return binary(depth, "<", [](double p, double q) { return p < q ? 1.0 : 0.0; });
        case 5:
            return binary(depth, ">=", [](double p, double q) { return p >= q ? 1.0 : 0.0; });
        case 6: {
            auto of = expression(depth - 1);
            return {"-(" + of.text + ')', [f = of.value](double x, double p) { return -f(x, p); }};
        }
        case 7: {
            auto of = expression(depth - 1);
            return {"sin(" + of.text + ')', [f = of.value](double x, double p) { return std::sin(f(x, p)); }};
        }
        default: {
            auto condition = binary(depth - 1, "<=", [](double p, double q) { return p <= q ? 1.0 : 0.0; });
            auto yes = expression(depth - 1), no = expression(depth - 1);
            return {"if(" + condition.text + ',' + yes.text + ',' + no.text + ')',
                [c = condition.value, y = yes.value, n = no.value](
                    double x, double p) { return c(x, p) != 0 ? y(x, p) : n(x, p); }};
        }
        }
    }

private:
    int pick(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }

    Sample leaf()
    {
        switch (pick(4)) {
        case 0:
            return {"x", [](double x, double) { return x; }};
        case 1:
            return {"a", [](double, double p) { return p; }};
        case 2:
            return {"pi", [](double, double) { return std::numbers::pi; }};
        default: {
            const double value = pick(1000) / 64.0;
            return {QByteArray::number(value, 'g', 17).toStdString(), [value](double, double) { return value; }};
        }
        }
    }

    Sample binary(int depth, const char* sign, double (*of)(double, double))
    {
        auto left = depth > 0 ? expression(depth - 1) : leaf(), right = depth > 0 ? expression(depth - 1) : leaf();
        return {'(' + left.text + ')' + sign + '(' + right.text + ')',
            [of, l = left.value, r = right.value](double x, double p) { return of(l(x, p), r(x, p)); }};
    }

    std::mt19937 m_random;
};

const FormulaOptions withParameter {.variables = {"x"}, .parameters = {{"a", a}}, .freeNames = true};

bool same(double p, double q) { return p == q || (std::isnan(p) && std::isnan(q)); }

std::vector<double> points(std::size_t count)
{
    std::vector<double> x(count);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = -3.14 + 6.28 * static_cast<double>(i) / static_cast<double>(count - 1);
    return x;
}

} // namespace

class TstFormulaProperties : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The rounding that is told is that of the sizes in the formula, and covers what long double finds.
    void roundingFollowsTheSizes()
    {
        std::vector<double> x;
        for (int i = 0; i < 200; ++i)
            x.push_back(0.013 * i + 0.001);
        const auto told = [&](const char* text) { return Formula::parse(text)->rounding(x); };
        QCOMPARE(told("x"), 0x1p-53 * x[100]); // of a number: half a unit
        QCOMPARE(told("3"), 0x1p-53 * 3);
        QVERIFY(told("1e8+sin(x)-1e8") > 1e-8 && told("1e8+sin(x)-1e8") < 6e-8);
        QVERIFY(told("sin(1e6*x)") > 1e6 * 1e-16 && told("sin(1e6*x)") < 1e6 * 1e-15);
        QVERIFY(told("x < 1.3 ? 0 : 1") < 1e-15); // not the jump
        const auto formula = Formula::parse("sin(1000*x) + x*x/7");
        int within = 0;
        for (const double at : x) {
            const long double exact = std::sin(1000.0L * at) + static_cast<long double>(at) * at / 7.0L;
            within += std::abs(static_cast<double>((*formula)(at)-exact)) <= 4 * told("sin(1000*x) + x*x/7") ? 1 : 0;
        }
        QVERIFY2(within >= 195, qPrintable(QString::number(within)));
    }

    /// Every operation is the one of C++, in the order of the text, to the last bit.
    void randomFormulasHaveTheBitsOfTheirParts()
    {
        Generator generator(5);
        for (int round = 0; round < 3000; ++round) {
            const auto sample = generator.expression(1 + round % 6);
            if (sample.text.size() > 4000)
                continue;
            const auto formula = Formula::parse(sample.text, withParameter);
            QVERIFY2(formula.ok(), formula.ok() ? "" : (sample.text + ": " + formula.error().text()).c_str());
            const auto again = Formula::parse(formula->normalised(), withParameter);
            QVERIFY2(again.ok(), formula->normalised().c_str());
            QCOMPARE(again->normalised(), formula->normalised());
            for (const double x : {-2.5, 0.0, 0.3, 1e9}) {
                QVERIFY2(same((*formula)(x), sample.value(x, a)), sample.text.c_str());
                QVERIFY2(same((*again)(x), sample.value(x, a)), sample.text.c_str());
            }
        }
    }

    /// Blocks of any size give the bits of single points.
    void manyPointsAreSinglePoints()
    {
        const auto formula = Formula::parse("sin(3x)+x^3-if(x<0.5, x, 2x)+max(x, cos x, 0)^2.5");
        QVERIFY(formula.ok());
        for (const std::size_t count : {2u, 3u, 63u, 64u, 65u, 255u, 256u, 257u, 1000u, 10'000u}) {
            const auto x = points(count);
            std::vector<double> y(count);
            QVERIFY(formula->evaluate(x, y).ok());
            for (std::size_t i = 0; i < count; ++i)
                QCOMPARE(y[i], (*formula)(x[i]));
        }
        QVERIFY(formula->evaluate(std::span<const double> {}, std::span<double> {}).ok());
    }

    void powersOfSmallExponentsAreProducts()
    {
        for (const double x : points(999)) {
            QCOMPARE((*Formula::parse("x^2"))(x), x * x);
            QCOMPARE((*Formula::parse("x³"))(x), x * x * x);
            QCOMPARE((*Formula::parse("x**4"))(x), x * x * x * x);
            QCOMPARE((*Formula::parse("x^5"))(x), std::pow(x, 5));
            QCOMPARE((*Formula::parse("|x|^0.5"))(x), std::pow(std::abs(x), 0.5));
        }
    }

    void variablesHaveColumns()
    {
        const FormulaOptions options {.variables = {"x", "y", "t"}};
        const auto formula = Formula::parse("sin(x) + 10y - t^2", options);
        QVERIFY(formula.ok());
        const std::array<double, 2> x {0.5, 1}, y {2, 3}, t {4, 5};
        const std::array<std::span<const double>, 3> columns {x, y, t};
        std::array<double, 2> values {};
        QVERIFY(formula->evaluate(columns, values).ok());
        QCOMPARE(values[0], std::sin(0.5) + 20 - 16);
        QCOMPARE(values[1], std::sin(1.0) + 30 - 25);
        const auto pole = Formula::parse("1/(x-y)", {.variables = {"x", "y"}});
        const std::array<double, 2> p {1, 2}, q {0, 2};
        const std::array<std::span<const double>, 2> two {p, q};
        QCOMPARE(pole->evaluate(two, values).error().what, std::string("not defined at x = 2, y = 2"));
        QCOMPARE(Formula::parse("z", options).error().advice, std::string("The variables are x, y and t."));
        QCOMPARE((*Formula::parse("f(p, q) = p - 2*q", {.variables = {"x", "y"}}))(3), -3.0);
        QCOMPARE((*Formula::parse("2*pi", {.variables = {}}))(0), 2 * std::numbers::pi);
        QVERIFY(!Formula::parse("x", {.variables = {}}).ok());
    }

    void freeNamesAreParameters()
    {
        FormulaOptions options {.variables = {"x"}, .parameters = {{"k", 3}, {"unused", 1}}, .freeNames = true};
        const auto formula = Formula::parse("Amp*sin(k*x + phi_0) + k", options);
        QVERIFY(formula.ok());
        QCOMPARE(formula->parameters(), (std::vector<std::string> {"Amp", "k", "phi_0"}));
        QCOMPARE((*formula)(0.5), std::sin(2.5) + 3); // 1 where no value is given
        options.parameters["Amp"] = -2;
        QCOMPARE((*Formula::parse("Amp*sin(k*x + phi_0) + k", options))(0.5), -2 * std::sin(2.5) + 3);
        const auto names = [](const char* text) {
            const auto parsed = Formula::parse(text, {.freeNames = true});
            std::string all;
            for (const auto& name : parsed.ok() ? parsed->parameters() : std::vector<std::string> {"refused"})
                all += name + ' ';
            return all;
        };
        QCOMPARE(names("a*sin(k*x)"), std::string("a k "));
        QCOMPARE(names("A sin(2*pi*f*x)"), std::string("A f "));
        QCOMPARE(names("a(x+1)"), std::string("a "));
        QCOMPARE(names("ω x + α + \\omega_{0}\\beta"), std::string("omega alpha omega_0 beta "));
        QCOMPARE(names("lambda x, a: a*x"), std::string("a "));
        QCOMPARE(names("λ*x"), std::string("lambda "));
        QCOMPARE(names("x + pi + e + tau"), std::string());
        for (const char* text :
            {"y", "t*x", "kx", "xx", "x2", "foo(x)", "f(x)", "sine x", "sinx", "np.foo", "rand", "2pix"})
            QCOMPARE(names(text), std::string("refused "));
        QVERIFY(!Formula::parse("a*x").ok()); // only where they are asked for
        std::string many;
        for (int i = 0; i < 33; ++i)
            many += "+p" + std::to_string(i);
        QCOMPARE(Formula::parse(many, {.freeNames = true}).error().what,
            std::string("the formula has more than 32 parameters"));
    }

    /// One formula, many threads, no locks: every value is right.
    void threadsShareAFormula()
    {
        const auto formula = Formula::parse("sin(x)+sin(3*x)^3-exp(-x^2)*mod(x, 0.3)");
        QVERIFY(formula.ok());
        const auto x = points(5000);
        std::vector<double> wanted(x.size());
        QVERIFY(formula->evaluate(x, wanted).ok());
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < 6; ++t)
                threads.emplace_back([&, own = *formula, t] {
                    std::vector<double> y(x.size());
                    for (int round = 0; round < 20; ++round) {
                        wrong += !own.evaluate(x, y).ok() || y != wanted;
                        for (std::size_t i = t; i < x.size(); i += 50)
                            wrong += (*formula)(x[i]) != wanted[i];
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
    }

    /// Chains share their middle: neither text nor time may double with each level.
    void nestedChainsStaySmall()
    {
        std::string text = "x";
        for (int i = 0; i < 60; ++i)
            text = "(0<" + text + "<2)";
        const auto formula = Formula::parse(text);
        QVERIFY(formula.ok());
        QVERIFY(formula->normalised().size() < 1000);
        QCOMPARE((*formula)(1), 1.0);
        QCOMPARE((*Formula::parse(formula->normalised()))(1), 1.0);
    }

    /// Words of the language in any order: never more than an error.
    void anyOrderOfWordsIsHarmless()
    {
        const char* words[] = {"x", "2", "sin", "(", ")", "+", "-", "*", "^", ",", "<", "<=", "==", "and", "or", "not",
            "if", "else", "?", ":", "|", "||", "&&", "&", "!", "{", "}", "\\frac", "\\sqrt", "[", "]", "\\begin{cases}",
            "\\end{cases}", "\\\\", "np.", "lambda x:", "=", "²", "max(", "if(", "a", "\\left(", "\\right)", "^{",
            "\\text{if }", ";", "π"};
        std::mt19937 random(3);
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (unsigned i = 0; i < 1 + random() % 24; ++i)
                text += std::string(words[random() % std::size(words)]) + (random() % 3 ? "" : " ");
            const auto formula = Formula::parse(text, {.freeNames = round % 2 == 0});
            if (!formula.ok()) {
                QVERIFY2(formula.error().column >= 1 && formula.error().column <= static_cast<int>(text.size()) + 1,
                    text.c_str());
                QVERIFY2(!formula.error().what.empty(), text.c_str());
                continue;
            }
            const auto again = Formula::parse(formula->normalised(), {.freeNames = true});
            QVERIFY2(again.ok(), (text + " -> " + formula->normalised()).c_str());
            QVERIFY2(same((*again)(0.7), (*formula)(0.7)), (text + " -> " + formula->normalised()).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TstFormulaProperties)
#include "tst_formula_properties.moc"
