#pragma once

#include "ui/lab.h"

#include <QWidget>

class QLabel;

namespace fplab {

/// The line at the bottom: speed, time, memory, precision; at the right the crosshair's values or "same seed, same curve".
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Lab& lab, QWidget* parent = nullptr);
    void setReadout(const QString& text);

private:
    void update();

    const Lab m_lab;
    QLabel *m_speed, *m_elapsed, *m_memory, *m_engine, *m_readout;
};

} // namespace fplab
