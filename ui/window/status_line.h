#pragma once

#include "ui/model/lab.h"

#include <QList>
#include <QWidget>

class QLabel;

namespace fplab {

class FirstNote;

/// The line at the bottom: speed, time, memory, precision; then the first note on the run; at the right the crosshair's
/// values or "same seed, same curve". Where there is no room for all, what matters least leaves first; the tooltip has
/// it.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Lab& lab, QWidget* parent = nullptr);
    void setReadout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Item {
        QLabel* label;
        QString widest; ///< nothing moves as numbers grow
    };
    QLabel* add(const QString& name, const QString& widest);
    void update();
    void makeRoom();
    void placeReadout(int room);

    const Lab m_lab;
    QList<Item> m_items; ///< the most important first
    QLabel *m_speed, *m_elapsed, *m_memory, *m_engine, *m_readout;
    QString m_values; ///< of the crosshair, whole
    FirstNote* m_note;
};

} // namespace fplab
