#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

#include <cstddef>
#include <string_view>

namespace fplab {

/// System is a choice, light or dark as the desktop says; no Theme is of that kind.
enum class ThemeKind { Light, Dark, Projector, HighContrast, System };

/// Marker of a followed peak or a run: identity is never colour alone.
enum class Marker { Circle, Triangle, Square, Diamond, Plus, Cross };

struct PeakStyle {
    QColor color;
    Marker marker = Marker::Circle;
    Qt::PenStyle dash = Qt::SolidLine;
};

/// How the curves and bars of a grid solver look, in every view.
using SolverStyle = PeakStyle;

/// All colours, sizes and fonts of one look; plain values, passed to every widget that paints.
struct Theme {
    ThemeKind kind = ThemeKind::Light;
    QColor window, card, ink, muted, line, grid, track;
    QColor accent, accentGround, onAccent;
    QColor target, network, samples;
    QColor good, pending, pendingGround, error, errorGround;
    double penWidth = 2; ///< of curves, in logical pixels
    double fontScale = 1;
    double plotPixels = 12; ///< height of the plot font at fontScale 1; for a projector that of all other text
    [[nodiscard]] bool isDark() const { return kind == ThemeKind::Dark || kind == ThemeKind::HighContrast; }
    [[nodiscard]] PeakStyle peak(std::size_t index) const; ///< differ in colour for six, then in marker and dash
    /// Of a solver by its id in files; none has the colour of a peak, of the network or of another solver.
    [[nodiscard]] SolverStyle solver(std::string_view id) const;
    [[nodiscard]] QFont uiFont() const; ///< Noto Sans, 10 pt x fontScale
    /// uiFont() times `share`, for what is said in passing; from the last row it must be read too.
    [[nodiscard]] QFont smallFont(double share) const;
    [[nodiscard]] QFont plotFont() const; ///< at least 11 px
    [[nodiscard]] QPalette palette() const;
    /// For Fusion. Widgets choose a look by dynamic properties: card, primary, link, flat, pendingBar, errorBar, toast,
    /// wrong = true; segment = first, middle, last; role (of labels) = title, muted, error, good, pending.
    [[nodiscard]] QString styleSheet() const;
    /// An icon of resources/icons in this theme's ink (or `color`), crisp at any scale factor.
    [[nodiscard]] QIcon icon(const QString& name, const QColor& color = {}) const;
};

/// Text scale of presenter mode: no text is smaller than 18 pt.
inline constexpr double presenterScale = 1.8;

/// A colour between two: `share` of `b`, the rest of `a`. On a ground of one colour the same as paint that lets it
/// through, and far cheaper to paint with.
[[nodiscard]] QColor mixed(const QColor& a, const QColor& b, double share);

[[nodiscard]] Theme makeTheme(ThemeKind kind, double fontScale = 1);

/// Loads the bundled fonts; call once, after QApplication exists.
void loadFonts();

class ColorScheme;

/// The current theme, and word of its change.
class ThemeManager : public QObject {
    Q_OBJECT
public:
    explicit ThemeManager(QObject* parent = nullptr);
    ~ThemeManager() override;
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// Applies palette, style sheet and font to the application and emits changed(); with ThemeKind::System again
    /// whenever the desktop changes its mind.
    void setTheme(ThemeKind kind, double fontScale = 1);

Q_SIGNALS:
    void changed();

private:
    void follow(); ///< the desktop

    Theme m_theme;
    ThemeKind m_choice = ThemeKind::Light;
    ColorScheme* m_desktop = nullptr; ///< once it was asked
};

} // namespace fplab
