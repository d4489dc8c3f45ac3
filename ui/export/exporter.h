#pragma once

#include "core/base/result.h"
#include "core/experiment/spec.h"
#include "core/io/vfs.h"
#include "ui/look/theme.h"

#include <QByteArray>
#include <QSize>
#include <QString>
#include <QStringList>

namespace fplab {

class PlotView;

enum class ExportWhat { View, Visible, Data };
enum class FigureFormat { Png, Svg, Pdf, Csv };
enum class FigureSize { Column85, Column175, Slide, A4, Custom };
enum class FigureLook { Print, Screen, Projector };

/// Everything the export dialog asks; kept for "Export again".
struct ExportSettings {
    ExportWhat what = ExportWhat::View;
    FigureFormat format = FigureFormat::Png;
    FigureSize size = FigureSize::Column85;
    double widthMm = 120, heightMm = 80; ///< Custom only
    int dpi = 300; ///< PNG only; a slide is always 1920 x 1080
    FigureLook look = FigureLook::Print;
    double fontPt = 9; ///< 8 to 24
    bool legend = true, title = false, caption = true;
    bool markStep = false; ///< a line at the viewed step, in views over steps
    bool alsoCsv = false;
    bool visibleRows = false; ///< CSV: only the rows in the shown part of the x axis
    QString folder; ///< empty = the user's documents
    bool operator==(const ExportSettings&) const = default;

    /// Figure size in 1/96 inch, the unit in which it is laid out.
    [[nodiscard]] QSize layoutSize() const;
    /// Pixels of the image per 1/96 inch.
    [[nodiscard]] double pixelScale() const;
    [[nodiscard]] QString extension() const; ///< without dot
};

/// The run in one line, as describe() has it: what a figure of this view says about itself.
[[nodiscard]] QString figureCaption(const PlotView& view, const ExperimentSpec& spec);
/// "folder/three-sines-delta-s412.pdf": title, view, step; letters of any script are kept, and the name is legal
/// anywhere.
[[nodiscard]] QString exportPath(
    const PlotView& view, const QString& folder, const ExportSettings& settings, const ExperimentSpec& spec);

/// The files that exportView() writes for `path`: the figure, then the CSV beside it if the settings say so.
[[nodiscard]] QStringList exportFiles(const QString& path, const ExportSettings& settings);

/// Comment lines `# key: value` (program, view, step, hash, what the run is, every setting that acts), then the view's
/// table; only the `visible` part of it if wanted, which a line says.
[[nodiscard]] QByteArray renderCsv(const PlotView& view, const ExperimentSpec& spec, bool visible = false);
/// The whole file in memory, in the format of the settings. Images, SVG and PDF carry title and parameters inside.
[[nodiscard]] Result<QByteArray> renderFigure(
    PlotView& view, const ExportSettings& settings, const Theme& screenTheme, const ExperimentSpec& spec);
/// Renders to memory first, then writes exportFiles(path, settings), each atomically.
[[nodiscard]] Status exportView(PlotView& view, const ExportSettings& settings, const Theme& screenTheme,
    const ExperimentSpec& spec, const QString& path, Vfs& vfs = Vfs::system());

/// Colours, font and pen of a figure.
[[nodiscard]] Theme figureTheme(const ExportSettings& settings, const Theme& screenTheme);

} // namespace fplab
