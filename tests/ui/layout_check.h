#pragma once

#include "ui/painted_text.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QRadioButton>
#include <QScrollBar>
#include <QStringList>
#include <QTextEdit>

namespace fplab::test {

/// Finds, by geometry alone, what a person would see as broken in a window: cut or overlapping texts, widgets that
/// nobody can reach, targets too small to hit.
class LayoutCheck {
public:
    explicit LayoutCheck(QWidget& window)
        : m_window(window)
    {
        visit(window);
        findOverlaps();
    }
    /// One line for each flaw: what, which widget, which text.
    [[nodiscard]] QStringList flaws() const { return m_flaws; }

private:
    static constexpr double tolerance = 1.5; ///< pixels of ink: antialiasing and bearings
    static constexpr int smallestTarget = 24;

    struct Placed {
        QWidget* widget;
        QWidget* layer; ///< what it floats in
        QString text;
        QRectF box; ///< of the window
    };

    static QString nameOf(const QWidget* widget)
    {
        QStringList path;
        for (; widget && path.size() < 3; widget = widget->parentWidget()) {
            const QString name = widget->objectName();
            if (!name.isEmpty() && !name.startsWith(QLatin1String("qt_")))
                path.prepend(name);
            else if (path.isEmpty())
                path.prepend(QLatin1String(widget->metaObject()->className()));
        }
        return path.join(u'/');
    }
    void report(const QString& what, const QWidget* widget, const QString& text)
    {
        m_flaws.append(QStringLiteral("%1: %2 \"%3\"").arg(what, nameOf(widget), text));
    }
    /// Lies over its neighbours on purpose.
    static bool floats(const QWidget* widget)
    {
        return widget->isWindow() || widget->property("toast").toBool() || widget->inherits("fplab::CommandSearch")
            || widget->inherits("fplab::Toast") || widget->inherits("fplab::Banner")
            || widget->inherits("fplab::PendingBar") || widget->property("floats").toBool();
    }
    /// A header goes where its table does.
    static bool scrolls(const QAbstractScrollArea& area, Qt::Orientation along)
    {
        const auto* table = qobject_cast<const QHeaderView*>(&area)
            ? qobject_cast<const QAbstractScrollArea*>(area.parentWidget())
            : nullptr;
        const QAbstractScrollArea& scrolled = table ? *table : area;
        const QScrollBar* bar = along == Qt::Horizontal ? scrolled.horizontalScrollBar() : scrolled.verticalScrollBar();
        return bar->maximum() > bar->minimum();
    }
    static bool isInteractive(const QWidget* widget)
    {
        if (qobject_cast<const QLineEdit*>(widget)
            && (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())
                || qobject_cast<const QComboBox*>(widget->parentWidget())))
            return false;
        return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
    }
    /// What can be brought into sight of a rectangle of `widget`: all but what an ancestor cuts without a scroll bar.
    static QRectF reachable(const QWidget* widget, QRectF area, const QWidget* window)
    {
        for (const QWidget* child = widget; child != window; child = child->parentWidget()) {
            const QWidget* parent = child->parentWidget();
            area.translate(child->pos());
            const auto* scroll = qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
            const QRectF room = parent->rect();
            if (scroll && scroll->viewport() == parent) { // as if scrolled to it
                if (scrolls(*scroll, Qt::Horizontal))
                    area.moveLeft(
                        std::clamp(area.left(), room.left(), std::max(room.left(), room.right() - area.width())));
                if (scrolls(*scroll, Qt::Vertical)) {
                    area.setHeight(std::min(area.height(), room.height())); // one part after the other, if it is tall
                    area.moveTop(std::clamp(area.top(), room.top(), room.bottom() - area.height()));
                }
            }
            area &= room;
        }
        return area;
    }
    [[nodiscard]] QRectF inSight(const QWidget* widget, QRectF area) const
    {
        for (const QWidget* child = widget; child != &m_window; child = child->parentWidget()) {
            area.translate(child->pos());
            area &= child->parentWidget()->rect();
        }
        return area & m_window.rect();
    }

    void visit(QWidget& widget)
    {
        if (!widget.isVisibleTo(&m_window) || (&widget != &m_window && widget.isWindow()))
            return;
        if (widget.width() > 0 && widget.height() > 0 && !widget.inherits("QScrollBar"))
            check(widget);
        for (QObject* child : widget.children())
            if (auto* inner = qobject_cast<QWidget*>(child))
                visit(*inner);
    }

    void check(QWidget& widget)
    {
        const bool interactive = isInteractive(&widget) && !widget.inherits("QTableCornerButton");
        if (&widget != &m_window && (interactive || qobject_cast<QLabel*>(&widget)))
            checkPlace(widget);
        if (interactive && (widget.height() < smallestTarget || widget.width() < smallestTarget))
            report(QStringLiteral("target of %1x%2").arg(widget.width()).arg(widget.height()), &widget,
                widget.accessibleName());
        if (const auto* label = qobject_cast<QLabel*>(&widget))
            checkLines(*label);
        if (auto* items = qobject_cast<QAbstractItemView*>(&widget))
            checkRows(*items);
        checkTexts(widget);
    }

    void checkPlace(QWidget& widget)
    {
        const QRectF whole = widget.rect();
        const QRectF reached = reachable(&widget, whole, &m_window);
        const bool tall = whole.height() > m_window.height() / 2.0; // and scrolled through
        if (reached.width() < whole.width() - 1
            || (reached.height() < whole.height() - 1 && !(tall && !reached.isEmpty())))
            report(QStringLiteral("outside, %1x%2 of %3x%4 can be seen")
                       .arg(reached.width())
                       .arg(reached.height())
                       .arg(whole.width())
                       .arg(whole.height()),
                &widget, textOf(&widget));
    }

    static QString textOf(const QWidget* widget)
    {
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            return label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && !button->text().isEmpty())
            return button->text();
        return widget->accessibleName();
    }

    /// Lines below the last that has room are not painted at all.
    void checkLines(const QLabel& label)
    {
        if (!label.wordWrap() || label.text().isEmpty())
            return;
        if (const int needed = label.heightForWidth(label.width()); needed > label.height() + 1)
            report(QStringLiteral("cut, needs a height of %1 and has %2").arg(needed).arg(label.height()), &label,
                label.text());
    }

    void checkRows(QAbstractItemView& view)
    {
        const auto* table = view.model();
        if (!table || view.inherits("QHeaderView"))
            return;
        QRect before;
        for (int row = 0; row < std::min(table->rowCount(), 30); ++row) {
            const QModelIndex index = table->index(row, 0);
            const QRect place = view.visualRect(index);
            if (place.isEmpty())
                continue;
            const int needed = QFontMetrics(view.font()).height();
            if (place.height() < needed)
                report(QStringLiteral("row of %1 for text of %2").arg(place.height()).arg(needed), &view,
                    index.data().toString());
            if (!before.isEmpty() && place.intersects(before))
                report(QStringLiteral("rows overlap"), &view, index.data().toString());
            before = place;
        }
    }

    void checkTexts(QWidget& widget)
    {
        const auto* scroll = qobject_cast<QAbstractScrollArea*>(widget.parentWidget());
        const bool scrolled = scroll && scroll->viewport() == &widget;
        const auto* entry = qobject_cast<QLineEdit*>(&widget);
        QWidget* layer = &widget;
        while (!floats(layer))
            layer = layer->parentWidget();
        const QRectF area = widget.rect();
        QVector<PaintedText> texts = paintedTexts(widget);
        for (const PaintedText& painted : texts) {
            const bool longEntry
                = entry && entry->fontMetrics().horizontalAdvance(entry->displayText()) > entry->width() - 12;
            const QRectF seen = painted.visible & area;
            const double lostWidth = painted.ink.width() - seen.width(),
                         lostHeight = painted.ink.height() - seen.height();
            const bool canScrollX = scrolled && scrolls(*scroll, Qt::Horizontal),
                       canScrollY = scrolled && scrolls(*scroll, Qt::Vertical);
            if (seen.isEmpty() && (canScrollX || canScrollY))
                continue;
            if ((lostWidth > tolerance && !longEntry && !canScrollX) || (lostHeight > tolerance && !canScrollY))
                report(QStringLiteral("cut by %1x%2").arg(lostWidth, 0, 'f', 1).arg(lostHeight, 0, 'f', 1), &widget,
                    painted.text);
            if (painted.text.endsWith(QChar(0x2026)) && widget.toolTip().isEmpty() && !scrolled && !endsSo(widget))
                report(QStringLiteral("shortened, the whole is nowhere"), &widget, painted.text);
            if (const QRectF placed = inSight(&widget, seen); placed.width() > 2 && placed.height() > 2)
                m_placed.append({&widget, layer, painted.text, placed});
        }
    }
    /// Its text ends with an ellipsis of its own.
    static bool endsSo(const QWidget& widget) { return textOf(&widget).endsWith(QChar(0x2026)); }

    void findOverlaps()
    {
        for (qsizetype i = 0; i < m_placed.size(); ++i)
            for (qsizetype j = i + 1; j < m_placed.size(); ++j) {
                const Placed &a = m_placed[i], &b = m_placed[j];
                const QRectF common = a.box & b.box;
                const bool oneFlow = a.widget == b.widget && !qobject_cast<QCustomPlot*>(a.widget)
                    && (qobject_cast<QLabel*>(a.widget)
                        || qobject_cast<QAbstractScrollArea*>(a.widget->parentWidget()));
                if (!oneFlow && a.layer == b.layer && common.width() > 2 && common.height() > 2)
                    report(QStringLiteral("\"%1\" of %2 lies on").arg(a.text, nameOf(a.widget)), b.widget, b.text);
            }
        findCovered(m_window);
    }

    /// Visible neighbours that hold something and lie on each other.
    void findCovered(const QWidget& parent)
    {
        QList<const QWidget*> inner;
        for (const QObject* child : parent.children()) {
            const auto* widget = qobject_cast<const QWidget*>(child);
            if (!widget || !widget->isVisibleTo(&m_window) || widget->isWindow())
                continue;
            findCovered(*widget);
            const auto* label = qobject_cast<const QLabel*>(widget);
            if (!floats(widget)
                && (isInteractive(widget) || (label && !(label->text().isEmpty() && label->pixmap().isNull()))))
                inner.append(widget);
        }
        for (qsizetype i = 0; i < inner.size(); ++i)
            for (qsizetype j = i + 1; j < inner.size(); ++j)
                if (const QRect common = inner[i]->geometry() & inner[j]->geometry();
                    common.width() > 2 && common.height() > 2)
                    report(QStringLiteral("\"%1\" (%2) lies on").arg(textOf(inner[i]), nameOf(inner[i])), inner[j],
                        textOf(inner[j]));
    }

    QWidget& m_window;
    QVector<Placed> m_placed;
    QStringList m_flaws;
};

} // namespace fplab::test
