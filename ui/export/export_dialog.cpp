#include "ui/export/export_dialog.h"

#include "ui/export/export_file_list.h"
#include "ui/model/file_places.h"
#include "ui/views/figure.h"
#include "ui/widgets/mnemonics.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QSpinBox>

#include <algorithm>
#include <utility>

namespace fplab {
ExportDialog::ExportDialog(const Lab& lab, const std::vector<PlotView*>& shown, PlotView* view, QWidget* parent,
    const ExportSettings& settings, Vfs& vfs)
    : QDialog(parent)
    , m_lab(lab)
    , m_shown(shown)
    , m_view(view ? view : shown.front())
    , m_settings(settings)
    , m_vfs(vfs)
{
    if (std::ranges::find(m_shown, m_view) == m_shown.end())
        m_shown.push_back(m_view);
    m_settings.folder = folderOrDocuments(m_settings.folder);
    setWindowTitle(tr("Export"));
    build();
    writeControls();
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(30);
    m_factsTimer.setSingleShot(true);
    m_factsTimer.setInterval(250); // rendering the file for its size may take long
    connect(&m_previewTimer, &QTimer::timeout, this, &ExportDialog::updatePreview);
    connect(&m_factsTimer, &QTimer::timeout, this, &ExportDialog::updateFacts);
    readControls();
    const QSize usual = QSize(720, 580) * m_lab.themes.theme().fontScale;
    resize(usual.boundedTo(screen()->availableSize() - QSize(16, 48))); // its frame
}

void ExportDialog::writeControls()
{
    m_loading = true;
    m_what->button(static_cast<int>(m_settings.what))->setChecked(true);
    m_look->button(static_cast<int>(m_settings.look))->setChecked(true);
    m_viewBox->setCurrentIndex(static_cast<int>(std::ranges::find(m_shown, m_view) - m_shown.begin()));
    m_format->setCurrentIndex(static_cast<int>(m_settings.format));
    m_size->setCurrentIndex(static_cast<int>(m_settings.size));
    m_width->setValue(m_settings.widthMm);
    m_height->setValue(m_settings.heightMm);
    m_dpi->setValue(m_settings.dpi);
    m_font->setValue(m_settings.fontPt);
    m_legend->setChecked(m_settings.legend);
    m_title->setChecked(m_settings.title);
    m_caption->setChecked(m_settings.caption);
    m_step->setChecked(m_settings.markStep);
    m_csv->setChecked(m_settings.alsoCsv);
    chooseRows(true);
    m_loading = false;
}

void ExportDialog::chooseRows(bool ofView)
{
    qsizetype all = 0, visible = 0;
    bool zoomed = false;
    for (const PlotView* view : chosen()) {
        const auto count = view->table().rows.size();
        all += count;
        visible += view->visibleTable().rows.size();
        zoomed |= view->isZoomed();
    }
    QAbstractButton *everything = m_rows->button(0), *part = m_rows->button(1);
    everything->setText(tr("All %1").arg(all));
    part->setText(tr("Visible range: %1").arg(visible));
    for (QAbstractButton* button : {everything, part})
        button->setAccessibleName(tr("CSV rows: %1").arg(button->text()));
    giveMnemonics(*this);
    if (ofView)
        (zoomed ? part : everything)->setChecked(true);
    const bool numbers = m_settings.alsoCsv || m_settings.extension() == QLatin1String("csv");
    everything->setEnabled(numbers);
    part->setEnabled(numbers && visible < all);
}

void ExportDialog::readControls()
{
    if (m_loading)
        return;
    const ExportWhat what = std::exchange(m_settings.what, static_cast<ExportWhat>(m_what->checkedId()));
    m_settings.look = static_cast<FigureLook>(m_look->checkedId());
    PlotView* view = m_shown[static_cast<std::size_t>(std::max(0, m_viewBox->currentIndex()))];
    const bool otherViews = std::exchange(m_view, view) != view || what != m_settings.what;
    m_settings.format = static_cast<FigureFormat>(m_format->currentIndex());
    if (const auto size = static_cast<FigureSize>(m_size->currentIndex()); size != m_settings.size) {
        m_settings.size = size;
        const bool slide = size == FigureSize::Slide || size == FigureSize::A4;
        m_loading = true; // a text size that can be read there
        m_font->setValue(slide ? 14 : 9);
        m_loading = false;
    }
    m_settings.widthMm = m_width->value();
    m_settings.heightMm = m_height->value();
    m_settings.dpi = m_dpi->value();
    m_settings.fontPt = m_font->value();
    m_settings.legend = m_legend->isChecked();
    m_settings.title = m_title->isChecked();
    m_settings.caption = m_caption->isChecked();
    m_settings.markStep = m_step->isChecked();
    m_settings.alsoCsv = m_csv->isChecked();
    m_loading = true;
    chooseRows(otherViews);
    m_loading = false;
    m_settings.visibleRows = m_rows->checkedId() == 1;

    const bool numbers = m_settings.extension() == QLatin1String("csv");
    const bool several = m_settings.what == ExportWhat::Visible;
    m_viewBox->setEnabled(!several);
    m_format->setEnabled(m_settings.what != ExportWhat::Data);
    m_custom->setVisible(m_settings.size == FigureSize::Custom);
    m_dpi->setEnabled(m_settings.format == FigureFormat::Png && m_settings.size != FigureSize::Slide && !numbers);
    for (QWidget* widget :
        std::initializer_list<QWidget*> {m_size, m_custom, m_font, m_legend, m_title, m_caption, m_step, m_csv})
        widget->setEnabled(!numbers);
    for (QAbstractButton* button : m_look->buttons())
        button->setEnabled(!numbers);
    const QFileInfo old(m_path->text());
    const QString folder = m_path->text().isEmpty() ? m_settings.folder : old.path();
    m_path->setText(
        several ? folder + QLatin1Char('/') : exportPath(*m_view, folder, m_settings, m_lab.editor.namedRunSpec()));
    m_error->hide();
    m_previewTimer.start();
    m_factsTimer.start();
}

std::vector<PlotView*> ExportDialog::chosen() const
{
    return m_settings.what == ExportWhat::Visible ? m_shown : std::vector<PlotView*> {m_view};
}

QStringList ExportDialog::targets() const
{
    if (m_settings.what != ExportWhat::Visible)
        return {m_path->text()};
    QStringList paths;
    const QString folder = QDir::cleanPath(m_path->text());
    for (const PlotView* view : m_shown)
        paths.append(exportPath(*view, folder, m_settings, m_lab.editor.namedRunSpec()));
    return paths;
}

void ExportDialog::updatePreview()
{
    const ExperimentSpec spec = m_lab.editor.namedRunSpec();
    if (m_settings.extension() == QLatin1String("csv")) {
        QFont mono(QStringLiteral("monospace"));
        mono.setPixelSize(11);
        m_preview->setFont(mono);
        m_preview->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        const QStringList lines
            = QString::fromUtf8(renderCsv(*m_view, spec, m_settings.visibleRows)).split(QLatin1Char('\n'));
        const auto first = std::find_if(
            lines.begin(), lines.end(), [](const QString& line) { return !line.startsWith(QLatin1Char('#')); });
        QStringList sample = lines.mid(0, 5) << QStringLiteral("…");
        sample += lines.mid(first - lines.begin(), 7);
        for (QString& line : sample)
            line.truncate(90);
        m_preview->setText(sample.join(QLatin1Char('\n')));
        return;
    }
    const QSize size = m_settings.layoutSize();
    const QSize room = m_preview->size().expandedTo({200, 150});
    const double ratio = devicePixelRatioF();
    const double scale = std::min(
        static_cast<double>(room.width()) / size.width(), static_cast<double>(room.height()) / size.height());
    const QString title = QString::fromStdString(spec.title) + QStringLiteral(": ") + m_view->title();
    const FigureText around {.title = m_settings.title ? title : QString(),
        .legend = m_settings.legend,
        .caption = m_settings.caption ? figureCaption(*m_view, spec) : QString(),
        .markStep = m_settings.markStep};
    QImage image = figureImage(*m_view, size, scale * ratio, figureTheme(m_settings, m_lab.themes.theme()), around);
    image.setDevicePixelRatio(ratio);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setPixmap(QPixmap::fromImage(image));
    m_preview->setAccessibleName(tr("Preview of %1").arg(title));
}

void ExportDialog::updateFacts()
{
    QList<ExportFileList::Entry> files;
    std::int64_t bytes = 0;
    const ExperimentSpec spec = m_lab.editor.namedRunSpec();
    const auto views = chosen();
    const QStringList paths = targets();
    for (std::size_t i = 0; i < views.size(); ++i) {
        const auto figure = renderFigure(*views[i], m_settings, m_lab.themes.theme(), spec);
        const QStringList written = exportFiles(paths[static_cast<qsizetype>(i)], m_settings);
        for (const QString& path : written) {
            const std::int64_t size = !figure ? -1
                : path == written.front()     ? figure->size()
                                              : renderCsv(*views[i], spec, m_settings.visibleRows).size();
            files.append({path, size, QFileInfo::exists(path)});
            bytes += std::max<std::int64_t>(size, 0);
        }
    }
    m_files->setFiles(files);
    const QString folder = QFileInfo(paths.front()).path();
    const std::int64_t free = m_vfs.freeBytes(folder.toStdString());
    const QString count = files.size() == 1 ? tr("1 file") : tr("%1 files").arg(files.size());
    m_facts->setText(tr("In %1").arg(QDir::toNativeSeparators(folder))
        + (free >= 0 ? QStringLiteral(" · %1 · %2 · ").arg(count, sizeText(bytes)) + tr("%1 free").arg(sizeText(free))
                     : QStringLiteral(" · ") + tr("this folder cannot be used")));
}

void ExportDialog::checkName()
{
    const QString warning = m_settings.what == ExportWhat::Visible ? QString() : nameWarning(m_path->text());
    m_nameWarning->setText(warning);
    m_nameWarning->setVisible(!warning.isEmpty());
}

void ExportDialog::browse()
{
    if (m_settings.what == ExportWhat::Visible) {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the figures"), m_path->text());
        if (!folder.isEmpty())
            m_path->setText(folder + QLatin1Char('/'));
        return;
    }
    const QString path = QFileDialog::getSaveFileName(this, tr("Export to"), m_path->text(),
        QStringLiteral("*.") + m_settings.extension(), nullptr, QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        m_path->setText(path);
}

void ExportDialog::showError(const QString& text)
{
    m_errorText->setText(text);
    m_error->setAccessibleName(text);
    m_error->show();
}

void ExportDialog::write()
{
    const QStringList paths = targets();
    const auto views = chosen();
    QStringList files;
    for (std::size_t i = 0; i < views.size(); ++i) {
        const QString path = paths[static_cast<qsizetype>(i)];
        if (const Status written
            = exportView(*views[i], m_settings, m_lab.themes.theme(), m_lab.editor.namedRunSpec(), path, m_vfs);
            !written) {
            QString text = QString::fromStdString(written.error().text());
            if (i > 0)
                text += QLatin1Char(' ') + tr("Written before it: %1.").arg(i);
            showError(text);
            return;
        }
        files += exportFiles(path, m_settings);
    }
    m_settings.folder = QFileInfo(paths.front()).path();
    Q_EMIT exported(files);
    accept();
}

} // namespace fplab
