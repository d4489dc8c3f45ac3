#include "ui/export/export_dialog.h"

#include "ui/export/export_file_list.h"
#include "ui/views/plot_view.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace fplab {
namespace {

QRadioButton* choice(const QString& text, int id, QButtonGroup* group, QHBoxLayout* row)
{
    auto* button = new QRadioButton(text);
    group->addButton(button, id);
    row->addWidget(button);
    return button;
}

} // namespace

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
        if (!qobject_cast<QAbstractButton*>(buddy)) // these have keys of their own
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
    m_size->addItems({tr("Journal column, 85 mm"), tr("Journal page, 175 mm"), tr("Slide, 1920 × 1080"),
        tr("A4 landscape"), tr("Custom")});
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
    m_step->setObjectName(QStringLiteral("export.step"));
    m_step->setToolTip(tr("A line at the step that is viewed, in views over steps"));
    m_csv = new QCheckBox(tr("Write the numbers as CSV too"));
    m_csv->setObjectName(QStringLiteral("export.csv"));
    for (QCheckBox* box : {m_legend, m_title, m_caption, m_step})
        with->addWidget(box);
    with->addStretch();
    addRow(tr("With"), with, m_legend);

    auto* numbers = new QHBoxLayout;
    numbers->addWidget(m_csv);
    numbers->addStretch();
    addRow(tr("Numbers"), numbers, m_csv);
    auto* rows = new QHBoxLayout;
    QRadioButton* allRows = choice({}, 0, m_rows, rows);
    allRows->setObjectName(QStringLiteral("export.rows.all"));
    choice({}, 1, m_rows, rows)->setObjectName(QStringLiteral("export.rows.visible"));
    rows->addStretch();
    addRow(tr("CSV rows"), rows, allRows);

    m_preview = new QLabel;
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumHeight(160);
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
    m_path->setObjectName(QStringLiteral("export.path"));
    m_path->setAccessibleName(tr("File to write"));
    auto* browseButton = new QPushButton(tr("Browse…"));
    browseButton->setAutoDefault(false);
    to->addWidget(m_path, 1);
    to->addWidget(browseButton);
    addRow(tr("To"), to, m_path);
    m_nameWarning = new QLabel;
    m_nameWarning->setObjectName(QStringLiteral("export.name_warning"));
    m_nameWarning->setProperty("role", QStringLiteral("pending"));
    m_nameWarning->setWordWrap(true);
    m_nameWarning->hide();
    grid->addWidget(m_nameWarning, line++, 1);
    m_files = new ExportFileList;
    auto* files = new QHBoxLayout;
    files->addWidget(m_files);
    addRow(tr("Writes"), files, m_files);
    m_facts = new QLabel;
    m_facts->setObjectName(QStringLiteral("export.facts"));
    m_facts->setProperty("role", QStringLiteral("muted"));
    m_facts->setWordWrap(true);
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
    connect(m_path, &QLineEdit::textChanged, this, [this] {
        checkName();
        m_factsTimer.start();
    });
    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::write);
}

} // namespace fplab
