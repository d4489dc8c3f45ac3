#include "ui/window/slide_title.h"

#include "core/experiment/formula_parameters.h"
#include "core/experiment/given_data.h"
#include "core/files/presets.h"
#include "ui/model/form_fields.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileInfo>

namespace fplab {
namespace {

constexpr int gap = 24;

/// What is learnt or solved, as a formula where there is one.
QString whatIsLearnt(const ExperimentSpec& spec)
{
    if (const auto* data = dataOf(spec); data && *data) {
        const std::string* csv = csvPathOf(spec);
        return csv ? SlideTitle::tr("samples of %1").arg(QFileInfo(QString::fromStdString(*csv)).fileName())
                   : SlideTitle::tr("given samples");
    }
    const QString formula = QString::fromStdString(formulaOf(spec));
    return formula.isEmpty() ? formula : textOf(spec.problem.kind().equation) + u' ' + formula;
}

} // namespace

ElidedLabel::ElidedLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setWhole(const QString& text)
{
    m_whole = text;
    setAccessibleName(text);
    elide();
}

int ElidedLabel::wholeWidth() const { return fontMetrics().horizontalAdvance(m_whole) + 4; }

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

void ElidedLabel::elide()
{
    setText(fontMetrics().elidedText(m_whole, Qt::ElideRight, width()));
    setToolTip(text() == m_whole ? QString() : m_whole);
}

SlideTitle::SlideTitle(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_title(new ElidedLabel(this))
    , m_what(new ElidedLabel(this))
    , m_row(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    setObjectName(QStringLiteral("slide"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_title->setObjectName(QStringLiteral("slide.title"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_what->setObjectName(QStringLiteral("slide.what"));
    m_row->setContentsMargins(14, 6, 14, 0);
    m_row->addWidget(m_title);
    m_row->addWidget(m_what);
    connect(&lab.editor, &ExperimentEditor::specChanged, this, &SlideTitle::showWords);
    connect(&lab.editor, &ExperimentEditor::opened, this, &SlideTitle::showWords);
    connect(&lab.run, &RunController::loaded, this, &SlideTitle::showWords);
    connect(&lab.themes, &ThemeManager::changed, this, &SlideTitle::arrange);
    hide();
}

void SlideTitle::showWords()
{
    const ExperimentSpec& run = m_lab.editor.runSpec();
    const QString title = m_lab.editor.titleOf(run);
    const bool another
        = title != QString::fromStdString(run.title); // target than the card's, of which its question is not
    const Preset* preset = another ? nullptr : findPreset(m_lab.editor.presetId().toStdString());
    const QString question = preset ? QString::fromStdString(preset->question) : QString();
    m_title->setWhole(question.isEmpty() ? title : QStringLiteral("%1 – %2").arg(title, question));
    m_what->setWhole(whatIsLearnt(run));
    arrange();
}

void SlideTitle::arrange()
{
    const QMargins margins = m_row->contentsMargins();
    const int room = width() - margins.left() - margins.right() - gap;
    const bool one = m_title->wholeWidth() + m_what->wholeWidth() <= room;
    m_row->setDirection(one ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_row->setSpacing(one ? gap : 0);
    m_row->setStretch(0, one ? m_title->wholeWidth() : 0);
    m_row->setStretch(1, one ? m_what->wholeWidth() : 0);
    m_what->setAlignment((one ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

void SlideTitle::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace fplab
