#include "ui/help/help_pages.h"

#include "core/engine/trainer.h"
#include "ui/model/settings.h"
#include "ui/settings/key_map.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("HelpWindow", text); }

QString textOfFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString row(const QString& left, const QString& right)
{
    return QStringLiteral("<tr><td width=\"36%\">%1</td><td>%2</td></tr>").arg(left, right);
}

QString rows(const QList<std::pair<QString, QString>>& keys)
{
    QString text = QStringLiteral("<table>");
    for (const auto& [key, what] : keys)
        text += row(QStringLiteral("<b>%1</b>").arg(key.toHtmlEscaped()), what.toHtmlEscaped());
    return text + QStringLiteral("</table>");
}

QString heading(const QString& text) { return QStringLiteral("<h2>%1</h2>").arg(text.toHtmlEscaped()); }

/// The keys as they are now, by menu, and those that plots and lists have of their own.
QString keysPage(const KeyMap& keys)
{
    QString text = QStringLiteral("<h1>%1</h1><p>%2</p>")
                       .arg(tr("Keys"),
                           tr("The keys of the menus can be changed in <i>Edit › Settings › Keyboard</i>. Keys without "
                              "Ctrl, Alt or a "
                              "function key can be switched off there under <i>Accessibility</i>."));
    QString menu;
    QList<std::pair<QString, QString>> list;
    const auto flush = [&] {
        if (!list.isEmpty())
            text += heading(menu) + rows(list);
        list.clear();
    };
    for (const auto& [action, path] : keys.actions()) {
        const QString top = path.section(QStringLiteral(" › "), 0, 0);
        if (top != menu)
            flush();
        menu = top;
        if (!keyText(*action).isEmpty())
            list.append({keyText(*action), plainText(action->text())});
    }
    flush();
    text += heading(tr("Everywhere"))
        + rows({{tr("Space"), tr("Run or pause (a button that was reached with Tab is pressed instead)")},
            {tr("Esc"), tr("Leave presenting, go back to all tiles, or take waiting changes back")},
            {tr("Tab, Shift+Tab"), tr("Next and previous control")}});
    text += heading(tr("In the list of bookmarks"))
        + rows({{tr("Enter"), tr("Go to the step")}, {tr("F2"), tr("Edit the note")},
            {tr("Delete"), tr("Take the bookmark away")}, {tr("Ctrl+Z"), tr("Bring the last one back")}});
    text += heading(tr("In a plot"))
        + rows({{tr("Left, Right"), tr("Crosshair to the next point, from the first in sight; the view follows it")},
            {tr("Ctrl+Left, Ctrl+Right"), tr("Crosshair to the next peak (spectrum reached by keys)")},
            {tr("Up, Down"), tr("Crosshair to another curve")},
            {tr("Enter, F"), tr("Follow the frequency at the crosshair, or go to its step")},
            {tr("+, −"), tr("Zoom in and out")}, {tr("Home"), tr("Show all data")},
            {tr("Backspace"), tr("Back to the zoom before")}, {tr("T"), tr("The numbers as a table")},
            {tr("D"), tr("Describe what is shown")}, {tr("Ctrl+C"), tr("Copy picture and numbers")},
            {tr("Ctrl+Shift+C"), tr("Copy the value at the crosshair")}});
    text += heading(tr("In the gallery"))
        + rows({{tr("Arrows"), tr("Another card")}, {tr("Enter"), tr("Open")}, {tr("Ctrl+Enter"), tr("Open and run")},
            {tr("Ctrl+F"), tr("Search the cards")}});
    return text;
}

QString aboutPage()
{
    QString text = textOfFile(QStringLiteral(":/help/about.html"));
    text.replace(QLatin1String("%VERSION%"), QStringLiteral(FPLAB_VERSION));
    text.replace(QLatin1String("%ENGINE%"), QLatin1String(instructionLevel()));
    text.replace(QLatin1String("%QT%"), QLatin1String(qVersion()));
    text.replace(QLatin1String("%SETTINGS%"), QDir::toNativeSeparators(settingsPath()).toHtmlEscaped());
    return text;
}

QString plainPage(const QString& title, const QString& path)
{
    return QStringLiteral("<h1>%1</h1><p><a href=\"help:about\">%2</a></p><pre>%3</pre>")
        .arg(title, tr("Back to About and licences"), textOfFile(path).toHtmlEscaped());
}

} // namespace

QString helpPage(const QString& id, const KeyMap& keys)
{
    QString text = id == QLatin1String("keys") ? keysPage(keys)
        : id == QLatin1String("about")         ? aboutPage()
        : id == QLatin1String("licence") ? plainPage(tr("GNU General Public License"), QStringLiteral(":/LICENSE"))
        : id == QLatin1String("fonts")   ? plainPage(tr("SIL Open Font License"), QStringLiteral(":/fonts/OFL.txt"))
        : id == QLatin1String("icons")   ? plainPage(tr("Licences of the icons"), QStringLiteral(":/icons/LICENSE.txt"))
                                         : textOfFile(QStringLiteral(":/help/%1.html").arg(id));
    // What the rich text of Qt wants as attributes.
    text.replace(QLatin1String("<table>"), QLatin1String("<table cellspacing=\"0\" cellpadding=\"6\" width=\"100%\">"));
    text.replace(QLatin1String("<th>"), QLatin1String("<th align=\"left\" valign=\"top\">"));
    text.replace(QLatin1String("<td"), QLatin1String("<td valign=\"top\""));
    return text;
}

QString helpStyle(const Theme& theme)
{
    const auto pt = [&](double size) { return QString::number(size * theme.fontScale); };
    return QStringLiteral(
        "body, p, td, th, li { color: %1; line-height: 125%; }"
        "h1 { font-size: %2pt; font-weight: 600; color: %1; margin-top: 0px; margin-bottom: 10px; }"
        "h2 { font-size: %3pt; font-weight: 600; color: %1; margin-top: 22px; margin-bottom: 6px; }"
        "p { margin-top: 6px; margin-bottom: 6px; }"
        ".eq { font-size: %4pt; margin-left: 24px; margin-top: 10px; margin-bottom: 10px; }"
        "table { border-collapse: collapse; margin-top: 6px; }"
        "td, th { border-bottom: 1px solid %5; }"
        "th { font-weight: 600; white-space: nowrap; }"
        "code, pre { font-family: 'Noto Sans Mono', 'DejaVu Sans Mono', monospace; font-size: %6pt; color: %1; }"
        "a { color: %7; text-decoration: underline; }")
        .arg(theme.ink.name(), pt(17), pt(12.5), pt(12.5), theme.line.name(), pt(9), theme.accent.name());
}

} // namespace fplab
