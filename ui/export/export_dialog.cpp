#include "ui/export/export_dialog.h"

#include "ui/plots/figure.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fplab {
namespace {

    QString sizeText(std::int64_t bytes)
    {
        return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
    }

    QRadioButton* choice(const QString& text, int id, QButtonGroup* group, QHBoxLayout* row)
    {
        auto* button = new QRadioButton(text);
        group->addButton(button, id);
        row->addWidget(button);
        return button;
    }

} // namespace

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
    if (m_settings.folder.isEmpty())
        m_settings.folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (m_settings.folder.isEmpty() || !QDir(m_settings.folder).exists())
        m_settings.folder = QDir::homePath();
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
    resize(720, 560);
}

void ExportDialog::build()
{
    m_what = new QButtonGroup(this);
    m_look = new QButtonGroup(this);
    m_rows = new QButtonGroup(this);
    auto* contents = new QWidget;
    contents->setObjectName(QStringLiteral("scrolled"));
    auto* grid = new QGridLayout(contents);
    grid->setContentsMargins(14, 12, 14, 8);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int line = 0;
    const auto addRow = [&](const QString& name, QLayout* row, QWidget* buddy) {
        row->setSpacing(12);
        auto* label = new QLabel(name);
        label->setProperty("role", QStringLiteral("muted"));
        label->setBuddy(buddy);
        grid->addWidget(label, line, 0);
        grid->addLayout(row, line++, 1);
    };

    auto* what = new QHBoxLayout;
    QRadioButton* one = choice(tr("This view"), static_cast<int>(ExportWhat::View), m_what, what);
    m_viewBox = new QComboBox;
    m_viewBox->setAccessibleName(tr("View to export"));
    for (PlotView* view : m_shown)
        m_viewBox->addItem(view->title());
    what->addWidget(m_viewBox);
    choice(tr("All visible views"), static_cast<int>(ExportWhat::Visible), m_what, what);
    choice(tr("Data only"), static_cast<int>(ExportWhat::Data), m_what, what);
    what->addStretch();
    addRow(tr("What"), what, one);

    auto* file = new QHBoxLayout;
    m_format = new QComboBox;
    m_format->addItems({tr("PNG image"), tr("SVG drawing"), tr("PDF drawing"), tr("CSV data")});
    m_format->setAccessibleName(tr("Format"));
    m_size = new QComboBox;
    m_size->addItems({tr("Journal column, 85 mm"), tr("Journal page, 175 mm"), tr("Slide, 1920 × 1080"), tr("A4 landscape"), tr("Custom")});
    m_size->setAccessibleName(tr("Size"));
    m_custom = new QWidget;
    auto* custom = new QHBoxLayout(m_custom);
    custom->setContentsMargins(0, 0, 0, 0);
    m_width = new QDoubleSpinBox;
    m_height = new QDoubleSpinBox;
    for (QDoubleSpinBox* box : {m_width, m_height}) {
        box->setRange(20, 600);
        box->setDecimals(0);
        box->setSuffix(tr(" mm"));
    }
    m_width->setAccessibleName(tr("Width"));
    m_height->setAccessibleName(tr("Height"));
    custom->addWidget(m_width);
    custom->addWidget(new QLabel(QStringLiteral("×")));
    custom->addWidget(m_height);
    m_dpi = new QSpinBox;
    m_dpi->setRange(72, 1200);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setAccessibleName(tr("Resolution"));
    for (QWidget* widget : std::initializer_list<QWidget*> {m_format, m_size, m_custom, m_dpi})
        file->addWidget(widget);
    file->addStretch();
    addRow(tr("Format"), file, m_format);

    auto* look = new QHBoxLayout;
    QRadioButton* print = choice(tr("Print (white)"), static_cast<int>(FigureLook::Print), m_look, look);
    choice(tr("As on screen"), static_cast<int>(FigureLook::Screen), m_look, look);
    choice(tr("Projector"), static_cast<int>(FigureLook::Projector), m_look, look);
    m_font = new QDoubleSpinBox;
    m_font->setRange(8, 24);
    m_font->setDecimals(0);
    m_font->setPrefix(tr("text "));
    m_font->setSuffix(tr(" pt"));
    m_font->setAccessibleName(tr("Text size"));
    look->addSpacing(8);
    look->addWidget(m_font);
    look->addStretch();
    addRow(tr("Look"), look, print);

    auto* with = new QHBoxLayout;
    m_legend = new QCheckBox(tr("Key"));
    m_title = new QCheckBox(tr("Title"));
    m_caption = new QCheckBox(tr("Parameters below"));
    m_step = new QCheckBox(tr("Mark the viewed step"));
    m_step->setToolTip(tr("A line at the step that is viewed, in views over steps"));
    m_csv = new QCheckBox(tr("Write the numbers as CSV too"));
    for (QCheckBox* box : {m_legend, m_title, m_caption, m_step, m_csv})
        with->addWidget(box);
    with->addStretch();
    addRow(tr("With"), with, m_legend);

    auto* rows = new QHBoxLayout;
    QRadioButton* allRows = choice({}, 0, m_rows, rows);
    allRows->setObjectName(QStringLiteral("export.rows.all"));
    choice({}, 1, m_rows, rows)->setObjectName(QStringLiteral("export.rows.visible"));
    rows->addStretch();
    addRow(tr("CSV rows"), rows, allRows);

    m_preview = new QLabel;
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumHeight(190);
    m_preview->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    m_preview->setProperty("role", QStringLiteral("muted"));
    auto* frame = new QFrame;
    frame->setProperty("card", true);
    auto* framed = new QVBoxLayout(frame);
    framed->setContentsMargins(8, 8, 8, 8);
    framed->addWidget(m_preview);
    grid->addWidget(frame, line, 0, 1, 2);
    grid->setRowStretch(line++, 1);

    auto* to = new QHBoxLayout;
    m_path = new QLineEdit;
    m_path->setAccessibleName(tr("File to write"));
    auto* browseButton = new QPushButton(tr("Browse…"));
    browseButton->setAutoDefault(false);
    to->addWidget(m_path, 1);
    to->addWidget(browseButton);
    addRow(tr("To"), to, m_path);
    m_facts = new QLabel;
    m_facts->setProperty("role", QStringLiteral("muted"));
    grid->addWidget(m_facts, line++, 1);

    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(contents);

    m_error = new QFrame;
    m_error->setProperty("errorBar", true);
    auto* errorRow = new QHBoxLayout(m_error);
    errorRow->setContentsMargins(12, 6, 12, 6);
    m_errorText = new QLabel;
    m_errorText->setWordWrap(true);
    m_errorText->setProperty("role", QStringLiteral("error"));
    m_errorText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    errorRow->addWidget(m_errorText);
    m_error->hide();

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(14, 4, 14, 12);
    foot->addWidget(m_error);
    foot->addWidget(buttons);
    column->addLayout(foot);
    m_export->setDefault(true); // only now does it know its dialog

    connect(m_what, &QButtonGroup::idToggled, this, &ExportDialog::readControls);
    connect(m_look, &QButtonGroup::idToggled, this, &ExportDialog::readControls);
    connect(m_rows, &QButtonGroup::idToggled, this, &ExportDialog::readControls);
    for (QComboBox* box : {m_viewBox, m_format, m_size})
        connect(box, &QComboBox::currentIndexChanged, this, &ExportDialog::readControls);
    for (QDoubleSpinBox* box : {m_width, m_height, m_font})
        connect(box, &QDoubleSpinBox::valueChanged, this, &ExportDialog::readControls);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportDialog::readControls);
    for (QCheckBox* box : {m_legend, m_title, m_caption, m_step, m_csv})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::readControls);
    connect(m_path, &QLineEdit::textChanged, this, [this] { m_factsTimer.start(); });
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::write);
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
    for (QWidget* widget : std::initializer_list<QWidget*> {m_size, m_custom, m_font, m_legend, m_title, m_caption, m_step, m_csv})
        widget->setEnabled(!numbers);
    for (QAbstractButton* button : m_look->buttons())
        button->setEnabled(!numbers);
    const QFileInfo old(m_path->text());
    const QString folder = m_path->text().isEmpty() ? m_settings.folder : old.path();
    m_path->setText(several ? folder + QLatin1Char('/')
                            : exportPath(*m_view, folder, m_settings, m_lab.editor.runSpec()));
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
        paths.append(exportPath(*view, folder, m_settings, m_lab.editor.runSpec()));
    return paths;
}

void ExportDialog::updatePreview()
{
    const ExperimentSpec& spec = m_lab.editor.runSpec();
    if (m_settings.extension() == QLatin1String("csv")) {
        QFont mono(QStringLiteral("monospace"));
        mono.setPixelSize(11);
        m_preview->setFont(mono);
        m_preview->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        const QStringList lines = QString::fromUtf8(renderCsv(*m_view, spec, m_settings.visibleRows)).split(QLatin1Char('\n'));
        const auto first = std::find_if(lines.begin(), lines.end(), [](const QString& line) { return !line.startsWith(QLatin1Char('#')); });
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
    const double scale = std::min(static_cast<double>(room.width()) / size.width(), static_cast<double>(room.height()) / size.height());
    const QString title = QString::fromStdString(spec.title) + QStringLiteral(": ") + m_view->title();
    const FigureText around {.title = m_settings.title ? title : QString(), .legend = m_settings.legend,
        .caption = m_settings.caption ? figureCaption(*m_view, spec) : QString(), .markStep = m_settings.markStep};
    QImage image = figureImage(*m_view, size, scale * ratio, figureTheme(m_settings, m_lab.themes.theme()), around);
    image.setDevicePixelRatio(ratio);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setPixmap(QPixmap::fromImage(image));
    m_preview->setAccessibleName(tr("Preview of %1").arg(title));
}

void ExportDialog::updateFacts()
{
    std::int64_t bytes = 0;
    const ExperimentSpec& spec = m_lab.editor.runSpec();
    for (PlotView* view : chosen())
        if (const auto figure = renderFigure(*view, m_settings, m_lab.themes.theme(), spec); figure)
            bytes += figure->size();
    const QStringList paths = targets();
    const std::int64_t free = m_vfs.freeBytes(QFileInfo(paths.front()).path().toStdString());
    QStringList facts {paths.size() == 1 ? tr("1 file") : tr("%1 files").arg(paths.size()), sizeText(bytes)};
    facts.append(free >= 0 ? tr("%1 free").arg(sizeText(free)) : tr("this folder cannot be used"));
    if (std::ranges::any_of(paths, [](const QString& path) { return QFileInfo::exists(path); }))
        facts.append(tr("replaces a file that is there"));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
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
    for (std::size_t i = 0; i < views.size(); ++i) {
        const QString path = paths[static_cast<qsizetype>(i)];
        if (const Status written = exportView(*views[i], m_settings, m_lab.themes.theme(), m_lab.editor.runSpec(), path, m_vfs);
            !written) {
            QString text = QString::fromStdString(written.error().text());
            if (i > 0)
                text += QLatin1Char(' ') + tr("Written before it: %1.").arg(i);
            showError(text);
            return;
        }
    }
    m_settings.folder = QFileInfo(paths.front()).path();
    Q_EMIT exported(paths.size() == 1 ? tr("Exported %1").arg(QFileInfo(paths.front()).fileName())
                                      : tr("Exported %1 figures to %2").arg(QString::number(paths.size()), m_settings.folder));
    accept();
}

} // namespace fplab
