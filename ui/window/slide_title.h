#pragma once

#include "ui/model/lab.h"

#include <QLabel>
#include <QWidget>

class QBoxLayout;

namespace fplab {

/// A line that is cut with "…" where it must be, and whole in its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setWhole(const QString& text);
    [[nodiscard]] int wholeWidth() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();
    QString m_whole;
};

/// What an audience must know of the experiment: its title, the question of its card, and the formula or the data. In
/// one line, or in two where one is too short.
class SlideTitle : public QWidget {
    Q_OBJECT
public:
    explicit SlideTitle(const Lab& lab, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showWords();
    void arrange();

    const Lab m_lab;
    ElidedLabel *m_title, *m_what;
    QBoxLayout* m_row;
};

} // namespace fplab
