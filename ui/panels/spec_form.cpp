#include "ui/panels/spec_form.h"

#include "core/engine/network_spec.h"
#include "ui/panels/data_editor.h"
#include "ui/panels/field_row.h"
#include "ui/panels/formula_edit.h"
#include "ui/panels/network_note.h"
#include "ui/panels/parameter_rows.h"
#include "ui/panels/peaks_editor.h"
#include "ui/text/number_text.h"
#include "ui/widgets/panel_card.h"
#include "ui/widgets/scroll_fade.h"
#include "ui/widgets/slider_marks.h"
#include "ui/widgets/tab_order.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <cmath>

namespace fplab {
namespace {

constexpr int scrollBarRoom = 12, fadeHeight = 32;
constexpr int cardFrame = 2 + 4 + 8 + 12; ///< border, margins and the row's own

FieldEditor* makeEditor(const Lab& lab, const FormField& field, QWidget* parent)
{
    switch (field.type) {
    case FieldType::Text:
        return new FormulaEdit(lab, field, parent);
    case FieldType::Choice:
        return new ChoiceEditor(field, parent);
    case FieldType::Real:
    case FieldType::Whole:
    case FieldType::Seed:
    case FieldType::OptionalReal:
    case FieldType::AutoWhole:
        return new NumberEditor(field, parent);
    case FieldType::Flag:
        return new FlagEditor(field, parent);
    case FieldType::Layers:
        return new LayersEditor(field, parent);
    case FieldType::Weights:
        return new NumberListEditor(field, parent);
    case FieldType::Peaks:
        return new PeaksEditor(lab, field, parent);
    case FieldType::Data:
    case FieldType::Given:
    case FieldType::Parameters:
        break;
    }
    return nullptr;
}

/// Sizes of the weights that the papers use, and those of the two usual rules for the largest of the weight matrices.
QList<SliderMarks::Mark> initMarks(const ExperimentSpec& spec)
{
    QList<SliderMarks::Mark> marks;
    for (const double size : {0.01, 0.1, 0.5, 1.5})
        marks.append({size, shortNumber(size)});
    const auto* network = findPart<const NetworkSpec>(spec);
    if (!network || network->init.kind != "normal" || network->hidden.empty())
        return marks;
    std::vector<int> sizes = network->hidden;
    sizes.push_back(1); // the output
    std::size_t largest = 1;
    for (std::size_t i = 1; i < sizes.size(); ++i)
        if (double(sizes[i - 1]) * sizes[i] > double(sizes[largest - 1]) * sizes[largest])
            largest = i;
    const double inputs = sizes[largest - 1], outputs = sizes[largest];
    const auto rounded = [](double size) { return QString::number(size, 'g', 2).toDouble(); };
    marks.append({rounded(std::sqrt(2 / (inputs + outputs))), SpecForm::tr("Glorot")});
    marks.append({rounded(std::sqrt(2 / inputs)), SpecForm::tr("He")});
    return marks;
}

} // namespace

SpecForm::SpecForm(const Lab& lab, QWidget* parent)
    : QScrollArea(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("panels"));
    setAccessibleName(tr("Settings"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    build();
    new ScrollFade(*this, fadeHeight, lab.themes);
    connect(&lab.editor, &ExperimentEditor::opened, this, [this] { m_changed.clear(); });
    connect(&lab.editor, &ExperimentEditor::specChanged, this, &SpecForm::showValues);
    connect(&lab.editor, &ExperimentEditor::pendingChanged, this, &SpecForm::showValues);
    connect(&lab.themes, &ThemeManager::changed, this, [this] { setPanelWidth(m_width); });
    setPanelWidth(m_width);
}

void SpecForm::build()
{
    const ExperimentSpec& spec = m_lab.editor.spec();
    m_kind = &spec.problem.kind();
    m_panels.clear();
    m_data = nullptr;
    m_parameters = nullptr;
    m_initMarks = nullptr;
    m_content = new QWidget(this);
    m_content->setObjectName(QStringLiteral("scrolled"));
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    for (const auto& panel : m_kind->panels) {
        auto* card = new PanelCard(textOf(panel.label), panel.effect, m_lab.themes, m_content);
        connect(card, &PanelCard::moreToggled, this, &SpecForm::showRows);
        column->addWidget(card);
        m_panels.append(Panel {card, {}});
    }
    column->addStretch();
    setWidget(m_content);

    const auto fields = inFormOrder(formFields(spec));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool pair = fields[i].hint.pair && i + 1 < fields.size();
        addField(fields[i], pair ? &fields[i + 1] : nullptr);
        i += pair ? 1 : 0;
    }
    for (const Panel& panel : std::as_const(m_panels))
        if (panel.hasData)
            panel.card->addRow(m_data);
    FieldLister all;
    lookAtFields(spec, all);
    for (const auto& group : all.groups)
        if (const int panel = panelOf(*m_kind, group.hint); panel >= 0 && group.part.type == typeMark<NetworkSpec>())
            m_panels[panel].card->addRow(new NetworkNote(m_lab, m_panels[panel].card));
}

/// `second`: the other end of a range; null where the field is none.
void SpecForm::addField(const FormField& field, const FormField* second)
{
    const int number = panelOf(*m_kind, field.hint);
    if (number < 0 || field.type == FieldType::Given)
        return;
    Panel& panel = m_panels[number];
    if (field.type == FieldType::Data) {
        m_data = new DataEditor(m_lab, panel.card);
        m_data->setObjectName(field.path);
        connect(m_data, &DataEditor::csvRequested, this, &SpecForm::csvRequested);
        panel.hasData = true;
        return;
    }
    if (field.type == FieldType::Parameters) {
        m_parameters = new ParameterRows(m_lab, field, panel.card);
        panel.card->addRow(m_parameters);
        return;
    }
    const QString label = second        ? tr("Range")
        : field.type == FieldType::Flag ? QString()
        : field.type == FieldType::Text ? textOf(field.hint.label) + QStringLiteral(" =")
                                        : textOf(field.hint.label);
    auto* row = new FieldRow(m_lab, label, panel.card);
    const auto add = [&](FormField entry) {
        if (second)
            entry.hint = entry.hint.slider(0, 0);
        FieldEditor* editor = makeEditor(m_lab, entry, row);
        if (auto* size = qobject_cast<NumberEditor*>(editor);
            size && entry.hint.meaning == Meaning::InitialSize && entry.hint.sliderMin < entry.hint.sliderMax)
            m_initMarks = size->addMarks(m_lab.themes);
        row->addEditor(entry, editor);
    };
    add(field);
    if (second) {
        row->addWidget(new QLabel(QStringLiteral("…"), row));
        add(*second);
    }
    if (field.hint.meaning == Meaning::Seed) {
        auto* start = new QPushButton(tr("New start"), row);
        start->setObjectName(QStringLiteral("seed.new"));
        start->setAccessibleName(tr("New start in the panel"));
        start->setToolTip(tr("Draw other initial weights: the next seed (Shift+R)"));
        start->setFocusPolicy(Qt::TabFocus);
        connect(start, &QPushButton::clicked, this, &SpecForm::newStartRequested);
        row->addWidget(start);
    }
    panel.card->addRow(row);
    panel.rows.append(row);
}

void SpecForm::setPanelWidth(int width)
{
    m_width = width;
    const int scaled = qRound(width * m_lab.themes.theme().fontScale);
    setFixedWidth(scaled);
    m_content->setFixedWidth(scaled - scrollBarRoom);
    for (const Panel& panel : std::as_const(m_panels))
        for (FieldRow* row : panel.rows)
            row->arrange(scaled - scrollBarRoom - cardFrame);
    if (m_parameters)
        m_parameters->arrange(scaled - scrollBarRoom - cardFrame);
    showValues();
}

void SpecForm::focusFormula() { focusField(QString::fromStdString(pathOf(m_lab.editor.spec(), Meaning::Formula))); }

void SpecForm::focusField(const QString& path)
{
    auto* editor = path.isEmpty() ? nullptr : m_content->findChild<QWidget*>(path);
    const auto panel = std::ranges::find_if(
        m_panels, [editor](const Panel& candidate) { return editor && candidate.card->isAncestorOf(editor); });
    if (panel == m_panels.end())
        return;
    panel->card->setFolded(false);
    if (!editor->isVisible())
        panel->card->showMore();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // rows that were hidden have their place now
    QWidget* target = tabOrder(*editor).value(0, editor);
    ensureWidgetVisible(target);
    target->setFocus(Qt::ShortcutFocusReason);
    if (auto* line = qobject_cast<QLineEdit*>(target))
        line->selectAll();
}

void SpecForm::showValues()
{
    if (m_kind != &m_lab.editor.spec().problem.kind()) {
        build();
        setPanelWidth(m_width); // comes back here
        return;
    }
    const auto texts = fieldTexts(m_lab.editor.spec());
    const auto defaults = fieldTexts(defaultsOf(m_lab.editor.spec()));
    for (const Panel& panel : std::as_const(m_panels))
        for (FieldRow* row : panel.rows) {
            row->update(texts);
            for (const QString& path : row->paths())
                if (texts.value(path) != defaults.value(path))
                    m_changed.insert(path);
        }
    if (m_parameters)
        m_parameters->update(texts);
    if (m_data)
        m_data->update();
    if (m_initMarks)
        m_initMarks->setMarks(initMarks(m_lab.editor.spec()));
    showRows();
}

bool SpecForm::shown(const FieldRow& row) const { return !row.underMore() || isChanged(row); }

bool SpecForm::isChanged(const FieldRow& row) const
{
    const QStringList paths = row.paths();
    return std::ranges::any_of(paths, [this](const QString& path) { return m_changed.contains(path); });
}

void SpecForm::showRows()
{
    QHash<QString, Hint> hints;
    for (const FieldRef& field : fieldsOf(m_lab.editor.spec()))
        hints.insert(textOf(field.path), field.hint);
    for (const Panel& panel : std::as_const(m_panels)) {
        int hidden = 0;
        bool plain = false, plainActs = false, acts = panel.hasData;
        for (FieldRow* row : panel.rows) {
            // What has no effect is not offered; a value set before stays in sight, with the reason.
            const Hint hint = hints.value(row->paths().first());
            const bool offered = hint.idle.empty() || isChanged(*row);
            const bool now = offered && (shown(*row) || panel.card->showsMore());
            hidden += offered && !now;
            row->setNoEffect(QString::fromStdString(hint.idle));
            row->setVisible(now);
            acts = acts || !hint.idlePart;
            if (!hint.more && hint.behind.empty()) {
                plain = true;
                plainActs = plainActs || !hint.idlePart;
            }
        }
        if (panel.hasData) {
            const bool now = m_data->hasData() || panel.card->showsMore();
            hidden += !now;
            m_data->setVisible(now);
        }
        panel.card->setHidden(hidden);
        // Where all that stands in plain sight is switched off, what goes with it has nothing to go with: a solver
        // alone has no network, and nothing to train.
        panel.card->setVisible(acts && (plainActs || !plain || panel.hasData));
    }
}

} // namespace fplab
