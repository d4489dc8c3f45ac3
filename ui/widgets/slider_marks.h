#pragma once

#include "ui/look/theme.h"

#include <QWidget>

namespace fplab {

class NumberSlider;

/// Named values under a slider: a tick each, its name where there is room, and a click sets exactly that value.
class SliderMarks : public QWidget {
    Q_OBJECT
public:
    struct Mark {
        double value = 0;
        QString name; ///< shown; the number itself or a word
        bool operator==(const Mark&) const = default;
    };

    SliderMarks(const NumberSlider& slider, const ThemeManager& themes, QWidget* parent = nullptr);

    /// Earlier marks have the first claim to room for their names.
    void setMarks(const QList<Mark>& marks);
    [[nodiscard]] const QList<Mark>& marks() const { return m_marks; }
    /// Middle of a mark, in this widget's coordinates.
    [[nodiscard]] double xOf(const Mark& mark) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    void picked(double value);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QFont smallFont() const;
    /// The mark at x; nullptr if none is near.
    [[nodiscard]] const Mark* markAt(double x) const;

    const NumberSlider& m_slider;
    const ThemeManager& m_themes;
    QList<Mark> m_marks;
};

} // namespace fplab
