#include "core/fourier/dft.h"
#include "core/spectral/relative_error.h"
#include "core/spectral_data.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <thread>

using namespace fplab;
using Complex = std::complex<double>;

namespace {

constexpr double tolerance = 1e-12;

} // namespace

class TstDft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldenDft()
    {
        const auto cases = golden(QStringLiteral("dft.json"))[QStringLiteral("cases")].toArray();
        QCOMPARE(cases.size(), 7);
        for (const auto& item : cases) {
            const auto y = numbers(item[QStringLiteral("y")]);
            const auto re = numbers(item[QStringLiteral("re")]), im = numbers(item[QStringLiteral("im")]);
            const auto F = dft(y);
            QCOMPARE(F.size(), y.size() / 2 + 1);
            for (std::size_t k = 0; k < F.size(); ++k)
                QVERIFY2(std::abs(F[k] - Complex(re[k], im[k])) < tolerance,
                    qPrintable(item[QStringLiteral("name")].toString()));
        }
    }

    void goldenRelativeError()
    {
        const auto file = golden(QStringLiteral("delta_f.json"));
        const auto h = dft(numbers(file[QStringLiteral("h")])), f = dft(numbers(file[QStringLiteral("f")]));
        const auto expected = numbers(file[QStringLiteral("delta_F")]);
        const auto errors = relativeError(h, f, Metric::Complex);
        QCOMPARE(errors.size(), expected.size() / 2 + 1);
        for (std::size_t k = 0; k < errors.size(); ++k)
            QVERIFY(std::abs(errors[k] - expected[k]) < tolerance);

        std::vector<double> flatH, flatF; // record layout
        for (const auto part : {0, 1}) {
            for (std::size_t k = 0; k < f.size(); ++k) {
                flatH.push_back(part == 0 ? h[k].real() : h[k].imag());
                flatF.push_back(part == 0 ? f[k].real() : f[k].imag());
            }
        }
        QCOMPARE(relativeError(flatH, flatF, Metric::Complex), errors);
    }

    void inverseUndoesForward()
    {
        std::vector<std::size_t> lengths {101, 128};
        for (std::size_t n = 1; n <= 40; ++n)
            lengths.push_back(n);
        for (const auto n : lengths) {
            Dft transform(n);
            QCOMPARE(transform.size(), n);
            QCOMPARE(transform.bins(), n / 2 + 1);
            const auto y = noise(n, static_cast<unsigned>(n));
            std::vector<Complex> F(transform.bins());
            std::vector<double> back(n);
            transform.forward(y, F);
            const auto kept = F;
            transform.inverse(F, back);
            for (std::size_t i = 0; i < n; ++i)
                QVERIFY(std::abs(back[i] - y[i]) < 1e-13);
            QVERIFY2(F == kept, "the spectrum given is not changed");
            auto again = F;
            transform.forward(y, again);
            QVERIFY2(again == F, "the plan can be used again");
        }
    }

    void parseval()
    {
        for (std::size_t n : {1u, 2u, 7u, 64u, 101u}) {
            const auto y = noise(n, 3);
            const auto F = dft(y);
            double energy = 0, spectral = 0;
            for (double value : y)
                energy += value * value / static_cast<double>(n);
            for (std::size_t k = 0; k < F.size(); ++k)
                spectral += (k == 0 || 2 * k == n ? 1 : 2) * std::norm(F[k]);
            QVERIFY(std::abs(energy - spectral) < 1e-14);
        }
    }

    void pureTones()
    {
        const std::size_t n = 48;
        for (std::size_t tone = 1; tone < n / 2; ++tone) {
            std::vector<double> y(n);
            for (std::size_t i = 0; i < n; ++i)
                y[i] = 4
                    + 3 * std::sin(2 * std::numbers::pi * static_cast<double>(tone * i % n) / static_cast<double>(n));
            const auto F = dft(y);
            for (std::size_t k = 0; k < F.size(); ++k) {
                const Complex expected = k == 0 ? Complex(4) : k == tone ? Complex(0, -1.5) : Complex(0);
                QVERIFY(std::abs(F[k] - expected) < 1e-14);
            }
        }
    }

    void oneSample()
    {
        const std::vector<double> y {-2.5};
        const auto F = dft(y);
        QCOMPARE(F.size(), std::size_t(1));
        QCOMPARE(F[0], Complex(-2.5));
    }

    void movedTransformWorks()
    {
        Dft first(8);
        Dft second = std::move(first);
        first = Dft(4);
        QCOMPARE(second.size(), std::size_t(8));
        QCOMPARE(first.size(), std::size_t(4));
        const auto y = noise(8, 1);
        std::vector<Complex> F(5);
        second.forward(y, F);
        QCOMPARE(F, dft(y));
    }

    void transformsAreMadeInManyThreads()
    {
        const auto y = noise(90, 2);
        const auto expected = dft(y);
        std::vector<std::vector<Complex>> results(4);
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back([&] {
                    for (int i = 0; i < 50; ++i) {
                        static_cast<void>(dft(std::span(y).first(static_cast<std::size_t>(i + 1))));
                        result = dft(y);
                    }
                });
        }
        for (const auto& result : results)
            QVERIFY(result == expected);
    }

    void metrics()
    {
        const std::vector<Complex> f {2, Complex(0, 1)}, h {3, 1};
        QCOMPARE(relativeError(h, f, Metric::Complex)[0], 0.5);
        QCOMPARE(relativeError(h, f, Metric::Amplitude)[0], 0.5);
        QCOMPARE(relativeError(h, f, Metric::Complex)[1], std::sqrt(2));
        QCOMPARE(relativeError(h, f, Metric::Amplitude)[1], 0.0); // a wrong phase does not show
    }

    void meaninglessBins()
    {
        const double inf = std::numeric_limits<double>::infinity();
        const std::vector<Complex> f {1e3, 1e-3, 0.9e-3, 0};
        QCOMPARE(meaningfulBins(f), (std::vector<bool> {true, true, false, false}));
        QCOMPARE(meaningfulBins(std::vector<Complex> {0, 0}), (std::vector<bool> {false, false}));
        QCOMPARE(meaningfulBins(std::vector<Complex> {1, inf, std::nan("")}), (std::vector<bool> {true, false, false}));
        const auto errors = relativeError(std::vector<Complex> {inf, 1e308, 1, 1}, f, Metric::Complex);
        for (double error : errors)
            QVERIFY(std::isnan(error)); // 1e308 / 1e-3 overflows
        for (auto metric : {Metric::Complex, Metric::Amplitude})
            QVERIFY(
                std::isnan(relativeError(std::vector<Complex> {std::nan("")}, std::vector<Complex> {1}, metric)[0]));
    }
};

QTEST_GUILESS_MAIN(TstDft)
#include "tst_dft.moc"
