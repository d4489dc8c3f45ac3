#pragma once

#include "ui/model/lab.h"

#include <QLabel>
#include <QTimer>

#include <thread>

namespace fplab {

/// How large the panels' network is and how fast it trains on this computer: "10 401 parameters, about 5 800 steps/s".
/// The speed is measured on a thread of its own, a moment after the last edit and only while nothing trains.
class NetworkNote : public QLabel {
    Q_OBJECT
public:
    explicit NetworkNote(const Lab& lab, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void onSpecChanged();
    void measure();
    void showText();

    const Lab m_lab;
    QTimer m_delay;
    ExperimentSpec m_measured; ///< what m_rate belongs to
    double m_rate = 0; ///< steps per second; 0 = not known
    bool m_busy = false; ///< the worker measures
    std::jthread m_worker; ///< last: its destructor joins before the rest goes
};

/// Weights and biases of the network of `spec`; 0 for an experiment without one.
[[nodiscard]] std::size_t parameterCount(const ExperimentSpec& spec);

} // namespace fplab
