#include "core/pde/grid_solver.h"
#include "ui/look/color_scheme.h"
#include "ui/look/theme.h"

#include <QAbstractButton>
#include <QDBusServer>
#include <QDialogButtonBox>
#include <QImage>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <set>

using namespace fplab;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2.2
double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

/// The part of the desktop's portal that is asked.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    std::optional<QDBusConnection> peer;
    uint scheme = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key) // NOLINT: the portal's name
    {
        return QDBusVariant(group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme")
                ? QVariant::fromValue(QDBusVariant(scheme))
                : QVariant());
    }
};

class TstTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastFormula()
    {
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21) < 1e-9);
        QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
    }

    void contrasts_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << static_cast<int>(ThemeKind::Light);
        QTest::newRow("dark") << static_cast<int>(ThemeKind::Dark);
        QTest::newRow("projector") << static_cast<int>(ThemeKind::Projector);
        QTest::newRow("high contrast") << static_cast<int>(ThemeKind::HighContrast);
    }

    void contrasts()
    {
        QFETCH(int, kind);
        const Theme t = makeTheme(static_cast<ThemeKind>(kind));
        const bool high = t.kind == ThemeKind::HighContrast; // ui: 7:1 for all
        const auto atLeast = [high](double usual, const QColor& front, const QColor& back, const char* what) {
            if (contrast(front, back) < (high ? 7 : usual))
                QFAIL(qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(what)).arg(contrast(front, back))));
        };
        for (const QColor& ground : {t.window, t.card}) {
            atLeast(4.5, t.ink, ground, "ink");
            atLeast(4.5, t.muted, ground, "muted");
            atLeast(4.5, t.accent, ground, "accent");
            atLeast(4.5, t.good, ground, "good");
            atLeast(4.5, t.error, ground, "error");
            atLeast(3, t.target, ground, "target");
            atLeast(3, t.network, ground, "network");
            atLeast(3, t.samples, ground, "samples");
        }
        atLeast(4.5, t.accent, t.accentGround, "accent on its ground");
        atLeast(4.5, t.onAccent, t.accent, "text on accent");
        atLeast(4.5, t.pending, t.pendingGround, "pending");
        atLeast(4.5, t.error, t.errorGround, "error on its ground");
        atLeast(4.5, t.ink, t.errorGround, "ink on the error ground");
        for (std::size_t i = 0; i < 6; ++i)
            atLeast(4.5, t.peak(i).color, t.card, "peak as text");
    }
    void followsTheDesktop()
    {
        QDBusServer server;
        if (!server.isConnected())
            QSKIP("no D-Bus here");
        FakePortal portal;
        connect(&server, &QDBusServer::newConnection, &portal, [&](QDBusConnection peer) {
            peer.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
            portal.peer = peer;
        });
        const auto bus = QDBusConnection::connectToPeer(server.address(), QStringLiteral("portal"));
        QTRY_VERIFY(portal.peer);
        {
            ColorScheme scheme(bus);
            QVERIFY(!scheme.isDark()); // as the palette says, until there is an answer
            QSignalSpy changed(&scheme, &ColorScheme::changed);
            portal.scheme = 1;
            QTRY_VERIFY(scheme.isDark());
            QCOMPARE(changed.size(), 1);
            const auto tell = [&scheme](const QString& key, uint value) {
                QMetaObject::invokeMethod(&scheme, "onSettingChanged",
                    Q_ARG(QString, QStringLiteral("org.freedesktop.appearance")), Q_ARG(QString, key),
                    Q_ARG(QDBusVariant, QDBusVariant(value)));
            };
            tell(QStringLiteral("accent-color"), 2U); // another setting
            QVERIFY(scheme.isDark());
            tell(QStringLiteral("color-scheme"), 2U);
            QVERIFY(!scheme.isDark());
            QCOMPARE(changed.size(), 2);
        }
        QDBusConnection::disconnectFromPeer(QStringLiteral("portal"));
    }

    void asTheSystemIsLightOrDark()
    {
        ThemeManager themes;
        themes.setTheme(ThemeKind::System, 1.5);
        QVERIFY(themes.theme().kind == ThemeKind::Light || themes.theme().kind == ThemeKind::Dark);
        QCOMPARE(themes.theme().fontScale, 1.5);
    }

    void buttonsOfDialogsHaveNoStockIcons()
    {
        ThemeManager themes;
        themes.setTheme(ThemeKind::Dark);
        const QDialogButtonBox box(
            QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::Close | QDialogButtonBox::Save);
        for (const QAbstractButton* button : box.buttons())
            QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
    }

    void peaksAreToldApart_data() { contrasts_data(); }
    void peaksAreToldApart()
    {
        QFETCH(int, kind);
        const Theme t = makeTheme(static_cast<ThemeKind>(kind));
        std::set<QRgb> colors {t.network.rgb()};
        std::set<Marker> markers;
        for (std::size_t i = 0; i < 6; ++i) {
            colors.insert(t.peak(i).color.rgb());
            markers.insert(t.peak(i).marker);
        }
        QCOMPARE(colors.size(), std::size_t(7)); // six and the network's
        QCOMPARE(markers.size(), std::size_t(6));
        QCOMPARE(t.peak(6).color, t.peak(0).color);
    }

    void solversHaveTheirOwnColours_data() { contrasts_data(); }
    void solversHaveTheirOwnColours()
    {
        QFETCH(int, kind);
        const Theme theme = makeTheme(static_cast<ThemeKind>(kind));
        QList<QColor> others {theme.network};
        for (std::size_t i = 0; i < 6; ++i)
            others.append(theme.peak(i).color);
        std::set<std::pair<int, int>> marks; // of marker and dash
        for (const GridSolverKind& solver : gridSolvers()) {
            const SolverStyle style = theme.solver(solver.id);
            QVERIFY2(contrast(style.color, theme.card) >= 4.5, solver.id.data());
            for (const QColor& other : std::as_const(others)) {
                const int distance = std::abs(style.color.red() - other.red())
                    + std::abs(style.color.green() - other.green()) + std::abs(style.color.blue() - other.blue());
                QVERIFY2(distance >= 60,
                    qPrintable(QString::fromUtf8(solver.id.data()) + style.color.name() + other.name()));
            }
            others.append(style.color);
            QVERIFY2(marks.emplace(int(style.marker), int(style.dash)).second, solver.id.data());
        }
    }

    void styleSheetHasNoWordLeft_data() { contrasts_data(); }
    void styleSheetHasNoWordLeft()
    {
        QFETCH(int, kind);
        const QString sheet = makeTheme(static_cast<ThemeKind>(kind), 1.7).styleSheet();
        QVERIFY(!sheet.contains(u'@'));
        QVERIFY(!sheet.contains(QStringLiteral(": ;"))); // a word without a value
        QVERIFY(!sheet.contains(QStringLiteral("solid ;")));
        QVERIFY(!sheet.contains(QStringLiteral(": px")));
        QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    }

    void iconsTakeTheColour()
    {
        loadFonts();
        const Theme t = makeTheme(ThemeKind::Light);
        QVERIFY(t.icon(QStringLiteral("no such icon")).isNull());
        const QIcon icon = t.icon(QStringLiteral("play"), QColor(Qt::red));
        const QPixmap fine = icon.pixmap(QSize(16, 16), 2.0);
        QCOMPARE(fine.size(), QSize(32, 32)); // drawn, not stretched
        const QImage image = fine.toImage();
        bool red = false;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                red = red || image.pixelColor(x, y) == QColor(Qt::red);
        QVERIFY(red);
        QCOMPARE(t.uiFont().families().first(), QStringLiteral("Noto Sans"));
        QCOMPARE(makeTheme(ThemeKind::Projector, 1.7).uiFont().pointSizeF(), 17.0);
        QVERIFY(t.plotFont().pixelSize() >= 11);
    }
};

QTEST_MAIN(TstTheme)
#include "tst_theme.moc"
