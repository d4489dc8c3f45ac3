#pragma once

#include "core/experiment/spec.h"
#include "core/kinds/fit_curve/kind.h"
#include "ui/model/lab.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QWidget>

namespace fplab::test {

/// The models of a window without a window.
struct LabFixture {
    LabFixture()
        : run(runs)
        , timeline(run)
        , analysis(run)
        , kinds(run)
        , lab {themes, editor, run, timeline, analysis, kinds}
    {
        themes.setTheme(ThemeKind::Light);
    }

    void open(const ExperimentSpec& spec)
    {
        auto experiment = makeExperiment(spec);
        if (!experiment)
            qFatal("%s", experiment.error().text().c_str());
        editor.open(spec);
        kinds.open(spec, {});
        run.load(std::move(experiment.value()), documentOf(spec));
        run.setPace(Pace {Pace::Kind::Max});
        analysis.setSettings(analysisOf(spec));
    }

    [[nodiscard]] const FitCurveSpec& fit() const { return specOf<FitCurveSpec>(editor.spec().problem); }

    ThemeManager themes;
    ExperimentEditor editor;
    Runs runs;
    RunController run;
    TimelineModel timeline;
    AnalysisModel analysis;
    KindModels kinds;
    Lab lab;
};

/// Interactive widgets that an assistive program could not name.
inline QStringList namelessWidgets(const QWidget& root)
{
    QStringList nameless;
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        const bool interactive = qobject_cast<const QAbstractButton*>(widget)
            || qobject_cast<const QAbstractSlider*>(widget) || qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QComboBox*>(widget);
        if (!interactive || widget->objectName().startsWith(QLatin1String("qt_")) || widget->inherits("QScrollBar")
            || widget->inherits("QTableCornerButton"))
            continue;
        auto* face = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty())
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName());
    }
    return nameless;
}

/// Visible labels, buttons, combo boxes and number entries whose text does not fit their place.
inline QStringList clippedTexts(const QWidget& root)
{
    QStringList clipped;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible())
            continue;
        int needed = 0;
        QString text;
        if (const auto* label = qobject_cast<QLabel*>(widget)) {
            text = label->text();
            if (label->buddy())
                text.remove(u'&'); // its key
            needed = label->wordWrap() || text.startsWith(u'<') ? 0 : label->fontMetrics().horizontalAdvance(text);
            if (label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1)
                needed = label->width() + 1000;
        } else if (const auto* box = qobject_cast<QComboBox*>(widget)) {
            text = box->currentText();
            needed = box->minimumSizeHint().width();
        } else if (const auto* button = qobject_cast<QPushButton*>(widget)) {
            text = button->text();
            needed = button->property("panelHeader").toBool() ? 0 : button->sizeHint().width();
        } else if (const auto* entry = qobject_cast<QLineEdit*>(widget)) {
            text = entry->text();
            needed = text.size() > 18 ? 0 : entry->fontMetrics().horizontalAdvance(text) + 16; // longer ones scroll
        }
        if (!text.isEmpty() && needed > widget->width())
            clipped.append(QStringLiteral("%1 \"%2\" needs %3, has %4")
                               .arg(widget->objectName(), text)
                               .arg(needed)
                               .arg(widget->width()));
    }
    return clipped;
}

/// What is wrong with the rows of a list: of another height than the first, over the row above, or too narrow for the
/// words.
inline QStringList brokenRows(const QListWidget& list)
{
    QStringList broken;
    for (int i = 0; i < list.count(); ++i) {
        const QRect row = list.visualItemRect(list.item(i));
        const QRect above = i > 0 ? list.visualItemRect(list.item(i - 1))
                                  : QRect(row.x(), row.y() - row.height(), row.width(), row.height());
        const int words = list.fontMetrics().horizontalAdvance(list.item(i)->text());
        if (row.height() != above.height() || row.top() != above.bottom() + 1
            || row.height() < list.fontMetrics().height() + 6 || words + 20 > list.viewport()->width())
            broken.append(QStringLiteral("\"%1\" at %2, %3 high, %4 of %5 wide")
                              .arg(list.item(i)->text())
                              .arg(row.y())
                              .arg(row.height())
                              .arg(words)
                              .arg(list.viewport()->width()));
    }
    return broken;
}

} // namespace fplab::test
