#include "ui/look/theme.h"

#include "ui/look/color_scheme.h"

#include <QApplication>
#include <QDirIterator>
#include <QFontDatabase>
#include <QStyleFactory>

#include <algorithm>
#include <array>

namespace fplab {
namespace {

struct PeakColors {
    QRgb light, dark, contrast;
    Marker marker;
    Qt::PenStyle dash;
};

/// None equals the network's colour of its theme; every one is >= 4.5:1 on the card (7:1 where contrast is high), so it
/// may colour text too.
constexpr std::array<PeakColors, 6> peakColors {{
    {0xff0072B2, 0xff56B4E9, 0xff6CC4F5, Marker::Circle, Qt::SolidLine},
    {0xffA0457A, 0xffE58BC0, 0xffF0A0D0, Marker::Triangle, Qt::DashLine},
    {0xff007A5A, 0xff2BBE92, 0xff3FD9A6, Marker::Square, Qt::DotLine},
    {0xff7A6200, 0xffF0E442, 0xffF7EC5A, Marker::Diamond, Qt::DashDotLine},
    {0xff6A3FB5, 0xffB9A5FF, 0xffC8B8FF, Marker::Plus, Qt::DashDotDotLine},
    {0xff5A5F66, 0xffC3C9D0, 0xffD8DDE2, Marker::Cross, Qt::SolidLine},
}};

struct SolverColors {
    std::string_view id;
    QRgb light, dark;
    Marker marker;
    Qt::PenStyle dash;
};

/// Every one is >= 4.5:1 on the card, so it may colour text too.
constexpr std::array<SolverColors, 7> solverColors {{
    {"jacobi", 0xff1C1A9C, 0xff7C90FF, Marker::Circle, Qt::SolidLine},
    {"damped_jacobi", 0xffD81B60, 0xffFF5C7A, Marker::Triangle, Qt::DashLine},
    {"gauss_seidel", 0xff557D10, 0xffA6C34C, Marker::Square, Qt::DashDotLine},
    {"sor", 0xff7A1206, 0xffDB7A58, Marker::Diamond, Qt::DotLine},
    {"conjugate_gradient", 0xff0F4C5C, 0xff35D6E6, Marker::Plus, Qt::DashDotDotLine},
    {"multigrid", 0xff4C133D, 0xffD45CE6, Marker::Square, Qt::SolidLine},
    {"direct", 0xff7C64A8, 0xffA57AFF, Marker::Cross, Qt::DashLine},
}};

QColor color(QRgb rgb) { return QColor::fromRgb(0xff000000u | rgb); }

Theme lightTheme()
{
    Theme t;
    t.kind = ThemeKind::Light;
    t.window = color(0xF6F7F9);
    t.card = color(0xFFFFFF);
    t.ink = color(0x1B1F24);
    t.muted = color(0x5B6570);
    t.line = color(0xDDE2E8);
    t.grid = color(0xEDF0F3);
    t.track = color(0xE9EDF2);
    t.accent = color(0x1F5FBF);
    t.accentGround = color(0xE7F0FC);
    t.onAccent = color(0xFFFFFF);
    t.target = color(0x111417);
    t.network = color(0xD55E00);
    t.samples = color(0x6E7781);
    t.good = color(0x007A5A);
    t.pending = color(0x8C510A);
    t.pendingGround = color(0xFBF3E6);
    t.error = color(0xA3161F);
    t.errorGround = color(0xFDECEC);
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.kind = ThemeKind::Dark;
    t.window = color(0x15181C);
    t.card = color(0x1D2126);
    t.ink = color(0xE8EBEE);
    t.muted = color(0x9AA4AF);
    t.line = color(0x31373E);
    t.grid = color(0x272C32);
    t.track = color(0x2A3037);
    t.accent = color(0x6FA8FF);
    t.accentGround = color(0x22324A);
    t.onAccent = color(0x0E141C);
    t.target = color(0xFFFFFF);
    t.network = color(0xE69F00);
    t.samples = color(0x8D97A2);
    t.good = color(0x2BBE92);
    t.pending = color(0xF0C27A);
    t.pendingGround = color(0x33291A);
    t.error = color(0xFF8A80);
    t.errorGround = color(0x3A1F21);
    return t;
}

Theme projectorTheme()
{
    Theme t = lightTheme();
    t.kind = ThemeKind::Projector;
    t.window = color(0xFFFFFF);
    t.ink = color(0x000000);
    t.muted = color(0x2B3036);
    t.line = color(0x8A929B);
    t.grid = color(0xD5DAE0);
    t.track = color(0xC9D0D8);
    t.accent = color(0x0B4AA8);
    t.accentGround = color(0xDCE9FB);
    t.target = color(0x000000);
    t.samples = color(0x4A525B);
    t.good = color(0x00664B);
    t.penWidth = 3;
    t.plotPixels = 40 / 3.0;
    return t;
}

/// Text and graphics are 7:1 on the ground.
Theme highContrastTheme()
{
    Theme t = darkTheme();
    t.kind = ThemeKind::HighContrast;
    t.window = color(0x000000);
    t.card = color(0x000000);
    t.ink = color(0xFFFFFF);
    t.muted = color(0xE0E5EA);
    t.line = color(0xB4BCC4);
    t.grid = color(0x3C4248);
    t.track = color(0x5C646C);
    t.accent = color(0x8FC4FF);
    t.accentGround = color(0x0A2140);
    t.onAccent = color(0x000000);
    t.network = color(0xFFB000);
    t.samples = color(0xC4CCD4);
    t.good = color(0x4FE3B4);
    t.pending = color(0xFFD48A);
    t.pendingGround = color(0x2A1E08);
    t.error = color(0xFFA59E);
    t.errorGround = color(0x33100F);
    t.penWidth = 3;
    return t;
}

QStringList families()
{
    return {QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"), QStringLiteral("DejaVu Sans"),
        QStringLiteral("sans-serif")};
}

} // namespace

Theme makeTheme(ThemeKind kind, double fontScale)
{
    Theme theme = kind == ThemeKind::Dark ? darkTheme()
        : kind == ThemeKind::Projector    ? projectorTheme()
        : kind == ThemeKind::HighContrast ? highContrastTheme()
                                          : lightTheme();
    theme.fontScale = fontScale;
    return theme;
}

PeakStyle Theme::peak(std::size_t index) const
{
    const std::size_t count = peakColors.size(), round = index / count;
    const PeakColors& entry = peakColors[index % count];
    const PeakColors& other
        = peakColors[(index + 2 * round) % count]; // the same colour again with another marker and dash
    return {color(kind == ThemeKind::HighContrast ? entry.contrast
                    : isDark()                    ? entry.dark
                                                  : entry.light),
        other.marker, other.dash};
}

SolverStyle Theme::solver(std::string_view id) const
{
    const auto* entry = std::ranges::find(solverColors, id, &SolverColors::id);
    return {color(isDark() ? entry->dark : entry->light), entry->marker, entry->dash};
}

QFont Theme::uiFont() const
{
    QFont font(families());
    font.setPointSizeF(10 * fontScale);
    return font;
}

QFont Theme::smallFont(double share) const
{
    QFont font = uiFont();
    if (kind != ThemeKind::Projector)
        font.setPointSizeF(font.pointSizeF() * share);
    return font;
}

QFont Theme::plotFont() const
{
    QFont font(families());
    font.setPixelSize(std::max(11, qRound(plotPixels * fontScale)));
    return font;
}

QPalette Theme::palette() const
{
    QPalette p(ink, card, line, grid, track, ink, window);
    p.setColor(QPalette::Window, window);
    p.setColor(QPalette::WindowText, ink);
    p.setColor(QPalette::Base, card);
    p.setColor(QPalette::AlternateBase, window);
    p.setColor(QPalette::Text, ink);
    p.setColor(QPalette::Button, card);
    p.setColor(QPalette::ButtonText, ink);
    p.setColor(QPalette::BrightText, error);
    p.setColor(QPalette::Highlight, accent);
    p.setColor(QPalette::HighlightedText, onAccent);
    p.setColor(QPalette::Link, accent);
    p.setColor(QPalette::LinkVisited, accent);
    p.setColor(QPalette::ToolTipBase, ink);
    p.setColor(QPalette::ToolTipText, card);
    p.setColor(QPalette::PlaceholderText, muted);
    QColor faint = muted;
    faint.setAlphaF(0.6F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faint);
    p.setColor(QPalette::Disabled, QPalette::Highlight, line);
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, muted);
    return p;
}

void loadFonts()
{
    QDirIterator fonts(QStringLiteral(":/fonts"), {QStringLiteral("*.ttf")}, QDir::Files);
    while (fonts.hasNext())
        QFontDatabase::addApplicationFont(fonts.next());
}

ThemeManager::ThemeManager(QObject* parent)
    : QObject(parent)
    , m_theme(makeTheme(ThemeKind::Light))
{
}

ThemeManager::~ThemeManager() = default;

void ThemeManager::follow()
{
    if (!m_desktop) {
        m_desktop = new ColorScheme({}, this);
        connect(m_desktop, &ColorScheme::changed, this, [this] {
            if (m_choice == ThemeKind::System)
                setTheme(m_choice, m_theme.fontScale);
        });
    }
}

void ThemeManager::setTheme(ThemeKind kind, double fontScale)
{
    m_choice = kind;
    if (kind == ThemeKind::System) {
        follow();
        kind = m_desktop->isDark() ? ThemeKind::Dark : ThemeKind::Light;
    }
    m_theme = makeTheme(kind, fontScale);
    qApp->setStyleSheet({}); // a style set under a style sheet is wrapped by it once more
    qApp->setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    qApp->setPalette(m_theme.palette());
    qApp->setFont(m_theme.uiFont());
    qApp->setStyleSheet(m_theme.styleSheet());
    Q_EMIT changed();
}

} // namespace fplab
