#include "ui/look/theme.h"

#include <QHash>

namespace fplab {
namespace {

/// Words in @...@ stand for colours and sizes of the theme.
const char* const sheet = R"(
QToolTip { background: @ink@; color: @card@; border: 0; padding: 5px 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog, QMessageBox { background: @window@; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }
QFrame[card="true"] { background: @card@; border: 1px solid @line@; border-radius: 9px; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; font-size: @heading@pt; }
QLabel[role="error"] { color: @error@; }
QLabel[role="good"] { color: @good@; }
QLabel[role="pending"] { color: @pending@; }
QFrame[popup="true"] { background: @card@; border: 1px solid @edge@; border-radius: 9px; }
QFrame[pendingBar="true"] { background: @pendingGround@; border: 1px solid @pending@; border-radius: 9px; }
QFrame[pendingBar="true"] QLabel { color: @pending@; }
QFrame[errorBar="true"] { background: @errorGround@; border: 1px solid @error@; border-radius: 9px; }
QFrame[toast="true"] { background: @ink@; border: 0; border-radius: 9px; }
QFrame[toast="true"] QLabel { color: @card@; }

QPushButton, QToolButton { background: @card@; color: @ink@; border: 1px solid @line@; border-radius: 6px;
    padding: 2px 11px; min-height: @control@px; }
QToolButton { padding: 0 5px; min-width: @small@px; }
QPushButton:hover, QToolButton:hover { background: @grid@; border-color: @edge@; }
QPushButton:pressed, QToolButton:pressed { background: @track@; }
QToolButton[small="true"] { padding: 0 2px; min-width: @small@px; }
QPushButton:checked, QToolButton:checked { background: @accentGround@; color: @accent@; border-color: @accent@; }
QPushButton:disabled, QToolButton:disabled { color: @faint@; background: @window@; border-color: @line@; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent@; padding: 1px 10px; }
QToolButton:focus { padding: 0 4px; min-height: @inner@px; }
QToolButton[tight="true"], QToolButton[tight="true"]:focus { padding: 0; min-width: 0; }
QPushButton[missing="true"] { color: @faint@; border-style: dashed; }
QPushButton[primary="true"], QPushButton:default { background: @accent@; color: @onAccent@; border-color: @accent@; }
QPushButton[primary="true"] { font-weight: 600; }
QPushButton[primary="true"]:hover, QPushButton:default:hover { background: @accentHover@; border-color: @accentHover@; }
QPushButton[primary="true"]:pressed, QPushButton:default:pressed { background: @accentPressed@; }
QPushButton[primary="true"]:focus { border: 2px solid @ink@; }
QPushButton[primary="true"]:disabled, QPushButton:default:disabled { background: @track@; color: @faint@; border-color: @track@; }
QPushButton[link="true"], QToolButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[link="true"] { color: @accent@; font-weight: 600; padding: 0 6px; min-height: @small@px; }
QPushButton[link="true"]:hover, QToolButton[flat="true"]:hover { background: @grid@; }
QFrame[toast="true"] QToolButton:hover { background: @muted@; }
QPushButton[link="true"]:focus { border: 2px solid @accent@; padding: 0 5px; min-height: @smaller@px; }
QPushButton[segment="first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QPushButton[segment="middle"] { border-radius: 0; border-left: 0; }
QPushButton[segment="last"] { border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: 0; }
QPushButton[segment="first"]:checked, QPushButton[segment="middle"]:checked, QPushButton[segment="last"]:checked {
    border-color: @line@; font-weight: 600; }
QPushButton[segment="first"]:focus, QPushButton[segment="middle"]:focus, QPushButton[segment="last"]:focus { border: 2px solid @accent@; }
QPushButton[panelHeader="true"] { background: transparent; border: 2px solid transparent; border-radius: 8px;
    text-align: left; font-weight: 600; padding: 2px 9px; }
QPushButton[panelHeader="true"]:hover { background: @grid@; }
QPushButton[panelHeader="true"]:checked, QPushButton[link="true"]:checked { color: @ink@; border-color: transparent;
    background: transparent; }
QPushButton[link="true"]:checked { color: @accent@; }
QPushButton[panelHeader="true"]:focus { border: 2px solid @accent@; padding: 2px 9px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit, QTextBrowser, QComboBox {
    background: @field@; color: @ink@; border: 1px solid @line@; border-radius: 6px; padding: 0 7px;
    selection-background-color: @accent@; selection-color: @onAccent@; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { min-height: @control@px; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { border-color: @edge@; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus,
QComboBox:focus { border: 2px solid @accent@; padding: 0 6px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { min-height: @inner@px; }
QLineEdit[wrong="true"] { border: 2px solid @error@; background: @errorGround@; padding: 0 6px;
    min-height: @inner@px; }
QLineEdit[search="true"], QLineEdit[search="true"]:focus { padding-top: 2px; padding-bottom: 2px; }
QLineEdit[search="true"] > QToolButton { color: @muted@; font-weight: 600; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: @faint@; }
QComboBox, QComboBox:focus { padding-right: 0; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 22px; border: 0; }
QComboBox::down-arrow { image: url(:/icons/control_down_@shade@.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @card@; color: @ink@; border: 1px solid @edge@; padding: 3px; outline: 0;
    selection-background-color: @accentGround@; selection-color: @accent@; }
QComboBox QAbstractItemView::item { min-height: @control@px; padding: 0 6px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; width: 20px; border: 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; width: 20px; border: 0; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/control_up_@shade@.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/control_down_@shade@.svg); width: 10px;
    height: 10px; }

QCheckBox, QRadioButton { spacing: 7px; min-height: @row@px; background: transparent; }
QCheckBox[bare="true"] { spacing: 0; min-width: 24px; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @edge@;
    background: @field@; border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent@; }
QCheckBox::indicator:checked { background: @accent@; border-color: @accent@;
    image: url(:/icons/control_check_@shade@.svg); }
QRadioButton::indicator:checked { border: 5px solid @accent@; width: 8px; height: 8px; background: @onAccent@; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid @accent@; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: @ink@; }
QRadioButton::indicator:checked:focus { border: 5px solid @ink@; width: 8px; height: 8px; }

QSlider:horizontal { min-height: 26px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: @track@; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: @accent@; border-radius: 2px; }
QSlider::handle:horizontal { width: @knob@px; height: @knob@px; margin: -@rise@px 0; border: 2px solid @accent@;
    border-radius: @round@px;
    background: @card@; }
QSlider::handle:horizontal:hover { background: @accentGround@; }
QSlider::handle:horizontal:focus { border: 4px solid @accent@; width: @smallKnob@px; height: @smallKnob@px; }
QSlider::sub-page:horizontal:disabled { background: @line@; }
QSlider::handle:horizontal:disabled { border-color: @line@; }

QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line@; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @edge@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: @window@; color: @muted@; border-bottom: 1px solid @line@; padding: 1px 4px; }
QMenuBar::item { background: transparent; padding: 3px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: @accentGround@; color: @accent@; }
QMenu { background: @card@; color: @ink@; border: 1px solid @edge@; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 5px; min-height: 18px; }
QMenu::item:selected { background: @accentGround@; color: @accent@; }
QMenu::item:disabled { color: @faint@; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line@; margin: 5px 8px; }
QStatusBar { background: @window@; color: @muted@; border-top: 1px solid @line@; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @muted@; }

QTabWidget::pane { border: 1px solid @line@; border-radius: 9px; background: @card@; top: -1px; }
QTabBar::tab { background: transparent; color: @muted@; padding: 6px 14px; border: 0;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent@; border-bottom-color: @accent@; font-weight: 600; }
QTabBar::tab:hover { color: @ink@; }
QTabBar::tab:focus { background: @accentGround@; }
QGroupBox { border: 0; font-weight: 600; margin-top: 22px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0; color: @ink@; }
QAbstractItemView { background: @card@; alternate-background-color: @window@; color: @ink@; border: 1px solid @line@;
    border-radius: 6px; selection-background-color: @accentGround@; selection-color: @ink@; gridline-color: @grid@; }
QAbstractItemView:focus { border: 2px solid @accent@; }
QTreeWidget::item { min-height: @small@px; }
QListWidget[pages="true"] { background: transparent; border: 0; outline: 0; }
QListWidget[pages="true"]::item { padding: 0 10px; min-height: @row@px; border-radius: 6px; border: 2px solid transparent; }
QListWidget[pages="true"]::item:hover { background: @grid@; }
QListWidget[pages="true"]::item:selected { background: @accentGround@; color: @accent@; }
QListWidget[pages="true"]::item:focus { border: 2px solid @accent@; }
QHeaderView { background: @card@; border: 0; }
QHeaderView::section { background: @window@; color: @muted@; border: 0; border-right: 1px solid @line@;
    border-bottom: 1px solid @line@; padding: 4px 8px; }
QTableCornerButton::section { background: @window@; border: 0; }
QProgressBar { background: @track@; border: 0; border-radius: 4px; min-height: 8px; max-height: 8px; color: transparent; }
QProgressBar::chunk { background: @accent@; border-radius: 4px; }
QSplitter::handle { background: transparent; }
)";

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return qRound(x + share * (y - x)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QString Theme::styleSheet() const
{
    const bool dark = isDark();
    const auto pixels = [this](double size) { return QString::number(qRound(size * fontScale)); };
    const int knob = 2 * qRound(6 * fontScale); // even, so that it stays round
    const QHash<QString, QString> words {
        {QStringLiteral("window"), window.name()},
        {QStringLiteral("card"), card.name()},
        {QStringLiteral("field"), window.name()},
        {QStringLiteral("ink"), ink.name()},
        {QStringLiteral("muted"), muted.name()},
        {QStringLiteral("faint"), mixed(muted, card, 0.4).name()},
        {QStringLiteral("line"), line.name()},
        {QStringLiteral("edge"), mixed(line, muted, 0.4).name()},
        {QStringLiteral("grid"), grid.name()},
        {QStringLiteral("track"), track.name()},
        {QStringLiteral("accent"), accent.name()},
        {QStringLiteral("accentHover"), mixed(accent, ink, dark ? 0.18 : 0.15).name()},
        {QStringLiteral("accentPressed"), mixed(accent, ink, dark ? 0.32 : 0.3).name()},
        {QStringLiteral("accentGround"), accentGround.name()},
        {QStringLiteral("onAccent"), onAccent.name()},
        {QStringLiteral("good"), good.name()},
        {QStringLiteral("pending"), pending.name()},
        {QStringLiteral("pendingGround"), pendingGround.name()},
        {QStringLiteral("error"), error.name()},
        {QStringLiteral("errorGround"), errorGround.name()},
        {QStringLiteral("shade"), dark ? QStringLiteral("dark") : QStringLiteral("light")},
        {QStringLiteral("control"), pixels(26)},
        {QStringLiteral("knob"), QString::number(knob)},
        {QStringLiteral("smallKnob"), QString::number(knob - 4)},
        {QStringLiteral("rise"), QString::number(knob / 2)},
        {QStringLiteral("round"), QString::number(knob / 2 + 2)},
        {QStringLiteral("row"), pixels(28)},
        {QStringLiteral("heading"), QString::number(13 * fontScale)},
        {QStringLiteral("inner"), QString::number(qRound(26 * fontScale) - 2)}, // with the thicker border of the focus
        {QStringLiteral("small"), pixels(22)},
        {QStringLiteral("smaller"), QString::number(qRound(22 * fontScale) - 2)},
    };
    const QStringList parts = QString::fromLatin1(sheet).split(u'@');
    QString result;
    for (int i = 0; i < parts.size(); ++i)
        result += i % 2 == 0 ? parts[i] : words.value(parts[i]);
    return result;
}

} // namespace fplab
