#pragma once

#include "ui/look/theme.h"

#include <QWidget>

class QScrollArea;

namespace fplab {

/// Fades the contents of a scroll area out at its lower edge, with an arrow, where they go on below.
class ScrollFade : public QWidget {
    Q_OBJECT
public:
    ScrollFade(QScrollArea& area, int height, const ThemeManager& themes);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QScrollArea& m_area;
    const int m_height;
    const ThemeManager& m_themes;
};

} // namespace fplab
