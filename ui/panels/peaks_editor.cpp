#include "ui/panels/peaks_editor.h"

#include "ui/look/marker_painter.h"
#include "ui/widgets/flow_layout.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

QIcon markerIcon(const PeakStyle& style)
{
    QPixmap pixmap(32, 32); // twice the size shown: crisp on fine screens
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintMarker(painter, style, {8, 8}, 9);
    painter.end();
    return QIcon(pixmap);
}

} // namespace

PeaksEditor::PeaksEditor(const Lab& lab, const FormField& field, QWidget* parent)
    : FieldEditor(parent)
    , m_lab(lab)
    , m_path(field.path)
    , m_chips(new QWidget(this))
    , m_auto(new QToolButton(this))
    , m_add(new QLineEdit(this))
{
    setObjectName(field.path + QStringLiteral(".editor"));
    auto* flow = new FlowLayout(5, 5, m_chips);
    Q_UNUSED(flow)
    m_auto->setObjectName(field.path + QStringLiteral(".auto"));
    m_auto->setText(tr("Auto"));
    m_auto->setCheckable(true);
    m_auto->setFocusPolicy(Qt::TabFocus);
    m_auto->setAccessibleName(tr("Followed peaks, automatic"));
    m_auto->setToolTip(tr("Follow the peaks found in the target"));
    m_add->setObjectName(field.path);
    m_add->setAccessibleName(tr("Followed peaks, add one"));
    m_add->setAccessibleDescription(tipOf(field.hint));
    m_add->setToolTip(tr("A frequency k to follow; or click it in the spectrum"));
    m_add->setPlaceholderText(tr("add k"));
    m_add->setMaximumWidth(120);
    setFocusProxy(m_add);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_add);
    row->addWidget(m_auto);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_chips);
    column->addLayout(row);
    connect(m_add, &QLineEdit::editingFinished, this, &PeaksEditor::add);
    connect(m_auto, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            Q_EMIT edited(QStringLiteral("\"auto\""));
        else
            emitPeaks(m_lab.analysis.peaks());
    });
    connect(&lab.analysis, &AnalysisModel::changed, this, &PeaksEditor::showChips);
    connect(&lab.themes, &ThemeManager::changed, this, &PeaksEditor::showChips);
    showChips();
}

void PeaksEditor::setJson(const QString& json) { m_auto->setChecked(!json.startsWith(u'[')); }

void PeaksEditor::setWrong(bool wrong) { markWrong(m_add, wrong); }

void PeaksEditor::showChips()
{
    QLayout* flow = m_chips->layout();
    while (QLayoutItem* item = flow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto& peaks = m_lab.analysis.peaks();
    for (std::size_t i = 0; i < peaks.size(); ++i) {
        auto* chip = new QToolButton(m_chips);
        const std::size_t bin = peaks[i];
        chip->setObjectName(QStringLiteral("%1.chip.%2").arg(m_path).arg(bin));
        chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        chip->setIcon(markerIcon(m_lab.themes.theme().peak(m_lab.analysis.style(i))));
        chip->setText(QStringLiteral("k=%1  ×").arg(bin));
        chip->setFocusPolicy(Qt::TabFocus);
        chip->setAccessibleName(tr("Stop following k=%1").arg(bin));
        chip->setToolTip(chip->accessibleName());
        connect(chip, &QToolButton::clicked, this, [this, bin] {
            auto rest = m_lab.analysis.peaks();
            std::erase(rest, bin);
            emitPeaks(rest);
        });
        flow->addWidget(chip);
        chip->show();
    }
    m_chips->setVisible(!peaks.empty());
    reserveRows();
    updateGeometry();
}

void PeaksEditor::reserveRows() { m_chips->setMinimumHeight(m_chips->layout()->heightForWidth(width())); }

void PeaksEditor::resizeEvent(QResizeEvent* event)
{
    FieldEditor::resizeEvent(event);
    reserveRows();
}

void PeaksEditor::add()
{
    if (m_add->text().trimmed().isEmpty())
        return;
    bool ok = false;
    const qulonglong bin = m_add->text().trimmed().toULongLong(&ok);
    if (!ok || bin < 1) {
        Q_EMIT refused(tr("A frequency is a whole number from 1 on"));
        return;
    }
    auto peaks = m_lab.analysis.peaks();
    if (std::ranges::find(peaks, bin) == peaks.end())
        peaks.push_back(bin);
    m_add->clear();
    emitPeaks(peaks);
}

void PeaksEditor::emitPeaks(const std::vector<std::size_t>& peaks)
{
    auto sorted = peaks;
    std::ranges::sort(sorted);
    QStringList words;
    for (const std::size_t bin : sorted)
        words.append(QString::number(bin));
    Q_EMIT edited(u'[' + words.join(u',') + u']');
}

} // namespace fplab
