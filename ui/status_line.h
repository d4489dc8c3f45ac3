#pragma once

#include "ui/lab.h"

#include <QWidget>

class QLabel;

namespace fplab {

class FirstNote;

/// The line at the bottom: speed, time, memory, precision; then the first note on the run, for which they make room; at the
/// right the crosshair's values or "same seed, same curve".
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Lab& lab, QWidget* parent = nullptr);
    void setReadout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void update();
    void makeRoom();
    [[nodiscard]] static QString noReadout();

    const Lab m_lab;
    QLabel *m_speed, *m_elapsed, *m_memory, *m_engine, *m_readout;
    FirstNote* m_note;
};

} // namespace fplab
