#pragma once

#include "ui/controls/notes.h"
#include "ui/lab.h"

#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>

namespace fplab {

/// Icon, word and step of the run in the colour of its state: "Running · step 982".
class StateChip : public QWidget {
    Q_OBJECT
public:
    explicit StateChip(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override; ///< wide enough for every state and step: nothing beside it moves

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showState();

    const Lab m_lab;
    QString m_text, m_icon;
    QColor m_color, m_ground;
};

/// The bar at the top: what runs, how fast, from which seed.
class TransportBar : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(const Lab& lab, QWidget* parent = nullptr);

    /// Where the notes on the run are to be shown.
    [[nodiscard]] const QWidget& notesPlace() const;
    /// Marks the pace that is in force, without a signal.
    void setPace(const Pace& pace);

Q_SIGNALS:
    void resetRequested();
    void runRequested(); ///< run or pause
    void stepRequested(qint64 count); ///< 1, with Shift 10
    void stepToRecordRequested(); ///< with Ctrl
    void paceRequested(const fplab::Pace& pace);
    void newStartRequested();
    void notesRequested();
    void liveRequested();
    void presentRequested();
    void exportRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QPushButton* makeButton(const QString& text, const QString& icon, const QString& name, const QString& tip);
    void showState();
    void showTheme();
    void showSteadyMenu();

    const Lab m_lab;
    QPushButton *m_reset, *m_run, *m_step, *m_newStart, *m_live, *m_present, *m_export;
    QButtonGroup* m_paces;
    StateChip* m_chip;
    NotesButton* m_notes;
    QLabel* m_seed;
    double m_steady = 200;
    bool m_narrow = false;
};

} // namespace fplab
