#pragma once

#include "ui/model/lab.h"

#include <QFrame>
#include <QLabel>

namespace fplab {

/// "2 changes wait for a new run: ..." with a way to go on. Visible only while changes wait.
class PendingBar : public QFrame {
    Q_OBJECT
public:
    explicit PendingBar(const Lab& lab, QWidget* parent = nullptr);

Q_SIGNALS:
    void restartRequested();
    void undoRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showChanges();
    void elide();

    const Lab m_lab;
    QLabel* m_icon;
    QLabel* m_text;
    QString m_full;
};

} // namespace fplab
