#pragma once

#include "core/datasets/data_spec.h"
#include "ui/model/lab.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include <cstdint>

namespace fplab {

/// Where the samples come from when they are not made from a formula; offers to import a CSV file or to go back.
class DataEditor : public QWidget {
    Q_OBJECT
public:
    explicit DataEditor(const Lab& lab, QWidget* parent = nullptr);
    void update();
    [[nodiscard]] bool hasData() const;

Q_SIGNALS:
    void csvRequested();

private:
    /// How many samples of these data the loaded run has; 0 if it has others.
    [[nodiscard]] std::int64_t loadedSamples(const DataSpec& samples) const;

    const Lab m_lab;
    QLabel* m_text;
    QPushButton* m_import;
    QPushButton* m_remove;
};

} // namespace fplab
