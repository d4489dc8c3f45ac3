#include "ui/panels/formula_edit.h"

#include "core/experiment/formula_parameters.h"
#include "core/fields/field_list.h"
#include "core/signal/sampling.h"
#include "ui/panels/formula_preview.h"
#include "ui/widgets/elided_entry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace fplab {

/// Tells where a column of its text stands, also when the text is scrolled.
class FormulaLine : public ElidedEntry {
public:
    using ElidedEntry::ElidedEntry;
    [[nodiscard]] int columnX(qsizetype column) const
    {
        const QFontMetrics metrics = fontMetrics();
        const int origin = cursorRect().center().x() - metrics.horizontalAdvance(text().left(cursorPosition()));
        const int half = column < text().size() ? metrics.horizontalAdvance(text()[column]) / 2 : 2;
        return std::clamp(origin + metrics.horizontalAdvance(text().left(column)) + half, 4, width() - 4);
    }
};

/// A small triangle that points up at the place of the error.
class ErrorCaret : public QWidget {
public:
    explicit ErrorCaret(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(6);
        hide();
    }
    void pointAt(int x)
    {
        m_x = x;
        show();
        update();
    }
    [[nodiscard]] int x() const { return m_x; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::BrightText));
        painter.drawPolygon(QPolygonF {QPointF(m_x, 0), QPointF(m_x + 5, 6), QPointF(m_x - 5, 6)});
    }

private:
    int m_x = 0;
};

FormulaEdit::FormulaEdit(const Lab& lab, const FormField& field, QWidget* parent)
    : FieldEditor(parent)
    , m_line(new FormulaLine(this))
    , m_caret(new ErrorCaret(this))
    , m_preview(new FormulaPreview(lab.themes, this))
    , m_lab(lab)
{
    setObjectName(field.path);
    m_line->setObjectName(QStringLiteral("formula"));
    m_line->setAccessibleName(textOf(field.hint.label));
    m_line->setAccessibleDescription(tipOf(field.hint));
    m_line->setToolTip(tipOf(field.hint));
    m_line->setMaxLength(4096);
    m_line->installEventFilter(this);
    m_caret->setObjectName(QStringLiteral("formula.caret"));
    setFocusProxy(m_line);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(m_line);
    column->addWidget(m_caret);
    column->addSpacing(2);
    column->addWidget(m_preview);
    connect(m_line, &QLineEdit::textEdited, this, &FormulaEdit::check);
    connect(m_line, &QLineEdit::textChanged, this, &FormulaEdit::preview);
    connect(&lab.editor, &ExperimentEditor::specChanged, this, &FormulaEdit::preview);
    connect(m_line, &QLineEdit::editingFinished, this, &FormulaEdit::commit);
    connect(m_line, &QLineEdit::returnPressed, this, &FormulaEdit::commitAndLeave);
}

void FormulaEdit::setJson(const QString& json)
{
    m_shown = QJsonDocument::fromJson('[' + json.toUtf8() + ']').array().first().toString();
    if (m_line->text() != m_shown) {
        m_line->setText(m_shown);
        m_line->setCursorPosition(0);
    }
    setWrong(false);
}

void FormulaEdit::setWrong(bool wrong)
{
    markWrong(m_line, wrong);
    if (!wrong)
        m_caret->hide();
}

Result<Formula> FormulaEdit::parsed() const
{
    return Formula::parse(m_line->text().toStdString(), formulaOptions(formulaParameters(m_lab.editor.spec())));
}

void FormulaEdit::preview()
{
    const auto* sampling = findPart<const SamplingSpec>(m_lab.editor.spec());
    m_preview->setVisible(sampling != nullptr);
    const auto formula = parsed();
    if (!formula)
        m_preview->setStale(true);
    else if (sampling)
        m_preview->setFormula(*formula, sampling->from, sampling->to);
}

void FormulaEdit::check()
{
    const auto formula = parsed();
    if (formula) {
        Q_EMIT refused({});
        return;
    }
    const Diagnostic& error = formula.error();
    QString told = QString::fromStdString(error.what);
    if (!error.advice.empty())
        told += QStringLiteral(". ") + QString::fromStdString(error.advice);
    Q_EMIT refused(told);
    if (error.column > 0) {
        // Columns count code points; QString counts UTF-16 units.
        const QList<uint> points = m_line->text().toUcs4();
        const qsizetype before = std::min<qsizetype>(error.column - 1, points.size());
        m_caret->pointAt(
            m_line->columnX(QString::fromUcs4(reinterpret_cast<const char32_t*>(points.constData()), before).size()));
    }
}

void FormulaEdit::commit()
{
    if (m_line->text() == m_shown) {
        Q_EMIT refused({});
        return;
    }
    check();
    if (parsed()) {
        const QByteArray json = QJsonDocument(QJsonArray {m_line->text()}).toJson(QJsonDocument::Compact);
        Q_EMIT edited(QString::fromUtf8(json.mid(1, json.size() - 2)));
    }
}

void FormulaEdit::commitAndLeave()
{
    commit();
    if (parsed())
        m_line->clearFocus(); // the next Space runs instead of being typed
}

bool FormulaEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && m_line->text() != m_shown) {
        m_line->setText(m_shown);
        Q_EMIT refused({});
        return true;
    }
    return FieldEditor::eventFilter(watched, event);
}

} // namespace fplab
