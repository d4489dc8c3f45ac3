#include "ui/export/exporter.h"

#include "core/experiment/spec.h"
#include "core/fields/field_list.h"
#include "core/files/experiment_file.h"
#include "core/io/file_name.h"
#include "ui/model/experiment_editor.h"
#include "ui/views/figure.h"
#include "ui/views/view_table.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <array>

namespace fplab {
namespace {

constexpr double pixelsPerMm = 96 / 25.4;
constexpr double narrowShape = 0.78, wideShape = 0.6; ///< height by width; text takes more of a narrow figure
constexpr int longestSetting = 400; ///< characters; inline data and weights are left to the experiment file

QSize fromMm(double width, double height) { return QSize(qRound(width * pixelsPerMm), qRound(height * pixelsPerMm)); }

QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }

/// As in the file, but words without quotation marks.
QString plainValue(const FieldRef& field)
{
    QString value = text(field.json()).simplified();
    if (value.size() > 1 && value.startsWith(QLatin1Char('"')) && value.endsWith(QLatin1Char('"')))
        value = value.mid(1, value.size() - 2);
    return value;
}

QString programName() { return QStringLiteral("F-Principle Lab " FPLAB_VERSION); }

} // namespace

QSize ExportSettings::layoutSize() const
{
    switch (size) {
    case FigureSize::Column85:
        return fromMm(85, 85 * narrowShape);
    case FigureSize::Column175:
        return fromMm(175, 175 * wideShape);
    case FigureSize::Slide:
        return {960, 540};
    case FigureSize::A4:
        return fromMm(297, 210);
    case FigureSize::Custom:
        return fromMm(widthMm, heightMm);
    }
    return {};
}

double ExportSettings::pixelScale() const { return size == FigureSize::Slide ? 2 : dpi / 96.0; }

QString ExportSettings::extension() const
{
    static constexpr std::array names {"png", "svg", "pdf", "csv"};
    return QLatin1String(what == ExportWhat::Data ? "csv" : names[static_cast<std::size_t>(format)]);
}

Theme figureTheme(const ExportSettings& settings, const Theme& screenTheme)
{
    Theme theme = settings.look == FigureLook::Screen ? screenTheme
        : settings.look == FigureLook::Projector      ? makeTheme(ThemeKind::Projector)
                                                      : makeTheme(ThemeKind::Light);
    theme.fontScale = settings.fontPt * 96 / 72 / theme.plotPixels;
    return theme;
}

QString figureCaption(const PlotView& view, const ExperimentSpec& spec)
{
    constexpr qsizetype longest = 120; // a caption wraps, but must leave room for the figure
    const QString separator = QStringLiteral("\u00A0· "); // no line begins with it
    QStringList parts {QStringLiteral("step %1").arg(view.shownStep())};
    for (const Fact& fact : describe(spec, view.sampleCount())) {
        QString value = text(fact.value);
        if (value.size() > longest)
            value = value.left(longest) + QStringLiteral("…");
        parts.append(text(fact.name) + QLatin1Char(' ') + value);
    }
    parts << programName() << view.lab().editor.runId();
    return parts.join(separator);
}

QString exportPath(
    const PlotView& view, const QString& folder, const ExportSettings& settings, const ExperimentSpec& spec)
{
    static const QRegularExpression others(
        QStringLiteral("[^\\p{L}\\p{M}\\p{N}]+"), QRegularExpression::UseUnicodePropertiesOption);
    const QString title = text(spec.title).toLower().replace(others, QStringLiteral("-"));
    const QString end = QStringLiteral("-%1-s%2.").arg(view.id()).arg(view.shownStep()) + settings.extension();
    return QDir(folder).filePath(text(legalFileName(title.toStdString(), end.toStdString(), "figure")));
}

QStringList exportFiles(const QString& path, const ExportSettings& settings)
{
    if (!settings.alsoCsv || settings.extension() == QLatin1String("csv"))
        return {path};
    const QString ending = QStringLiteral(".csv");
    QString beside = QFileInfo(path).dir().filePath(QFileInfo(path).completeBaseName() + ending);
    if (QFileInfo(beside).fileName() == QFileInfo(path).fileName())
        beside = path + ending;
    return {path, beside};
}

QByteArray renderCsv(const PlotView& view, const ExperimentSpec& spec, bool visible)
{
    QString csv;
    const auto line = [&csv](const QString& key, const QString& value) {
        csv += QStringLiteral("# %1: %2\n").arg(key, value.simplified());
    };
    line(QStringLiteral("program"), programName());
    line(QStringLiteral("view"), view.title());
    line(QStringLiteral("step"), QString::number(view.shownStep()));
    line(QStringLiteral("experiment"), view.lab().editor.runId());
    QStringList facts;
    for (const Fact& fact : describe(spec, view.sampleCount()))
        facts.append(text(fact.name) + QLatin1Char(' ') + text(fact.value));
    line(QStringLiteral("run"), facts.join(QStringLiteral("; ")));
    const ViewTable all = view.table(), table = visible ? view.visibleTable() : all;
    if (visible)
        line(QStringLiteral("rows"),
            QStringLiteral("%1 of %2, the visible range").arg(table.rows.size()).arg(all.rows.size()));
    for (const FieldRef& field : fieldsOf(spec)) {
        if (field.hint.idlePart) // something else stands in its place
            continue;
        if (const QString value = plainValue(field); value.size() <= longestSetting)
            line(text(field.path), value);
    }
    csv += tableText(table, QLatin1Char(','));
    return csv.toUtf8();
}

Result<QByteArray> renderFigure(
    PlotView& view, const ExportSettings& settings, const Theme& screenTheme, const ExperimentSpec& spec)
{
    if (settings.what == ExportWhat::Data || settings.format == FigureFormat::Csv)
        return renderCsv(view, spec, settings.visibleRows);
    const QSize size = settings.layoutSize();
    const double scale = settings.format == FigureFormat::Png ? settings.pixelScale() : 1;
    if (size.width() < 60 || size.height() < 40 || size.width() * scale > 20000 || size.height() * scale > 20000)
        return Diagnostic {.what = "a figure of this size cannot be drawn",
            .kept = "Nothing was written",
            .advice = "Choose 20 to 600 mm and at most 20000 pixels."};
    const Theme theme = figureTheme(settings, screenTheme);
    const QString caption = figureCaption(view, spec), name = text(spec.title) + QStringLiteral(": ") + view.title();
    const FigureText around {.title = settings.title ? name : QString(),
        .legend = settings.legend,
        .caption = settings.caption ? caption : QString(),
        .markStep = settings.markStep};
    switch (settings.format) {
    case FigureFormat::Svg:
        return figureSvg(view, size, theme, around, name, caption);
    case FigureFormat::Pdf:
        return figurePdf(view, size, theme, around, name + QStringLiteral(" (") + caption + QLatin1Char(')'));
    default:
        break;
    }
    QImage image = figureImage(view, size, scale, theme, around);
    image.setDotsPerMeterX(qRound(scale * 96 / 0.0254));
    image.setDotsPerMeterY(qRound(scale * 96 / 0.0254));
    image.setText(QStringLiteral("Title"), name);
    image.setText(QStringLiteral("Description"), caption);
    image.setText(QStringLiteral("Software"), programName());
    image.setText(QStringLiteral("Experiment"), text(formatExperiment(spec)));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return Diagnostic {.what = "the image could not be compressed",
            .kept = "Nothing was written",
            .advice = "Choose a smaller size."};
    return buffer.data();
}

Status exportView(PlotView& view, const ExportSettings& settings, const Theme& screenTheme, const ExperimentSpec& spec,
    const QString& path, Vfs& vfs)
{
    const auto figure = renderFigure(view, settings, screenTheme, spec);
    if (!figure)
        return figure.error();
    const auto write = [&vfs](const QString& to, const QByteArray& bytes) -> Status {
        const auto saved = saveFile(
            to.toStdString(), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), vfs);
        return saved ? success() : Status(saved.error());
    };
    const QStringList files = exportFiles(path, settings);
    if (const Status written = write(files.front(), *figure); !written || files.size() == 1)
        return written;
    return write(files.back(), renderCsv(view, spec, settings.visibleRows));
}

} // namespace fplab
