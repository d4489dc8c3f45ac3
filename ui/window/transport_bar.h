#pragma once

#include "ui/model/lab.h"
#include "ui/window/notes.h"

#include <QButtonGroup>
#include <QPushButton>

#include <cstddef>

namespace fplab {

/// Icon, word and step of the run in the colour of its state: "Running · step 982".
class StateChip : public QWidget {
    Q_OBJECT
public:
    explicit StateChip(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString text() const { return m_text; }
    /// Wide enough for every step in this state: nothing beside it moves while steps are counted. Narrower, it ends in
    /// "…".
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int widestWhileViewing() const; ///< of the states beside which there is a button "Back to live"

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showState();
    void showEnd(); ///< of a run that is over by itself: whether what was followed is captured, and what is left
    [[nodiscard]] int widthOf(const QString& text) const;

    const Lab m_lab;
    QString m_text, m_icon;
    QString m_room; ///< the longest text of this state
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
    /// While presenting: without what only concerns who presents, which menu and keys have too.
    void setForAudience(bool on);
    /// How many runs can be gone back to.
    void setEarlier(std::size_t count);
    [[nodiscard]] const QWidget& earlierPlace() const { return *m_earlier; }

Q_SIGNALS:
    void resetRequested();
    void runRequested(); ///< what nextAct() says
    void againRequested(); ///< from the start, of a run that could train on
    void earlierRequested();
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
    void showWords(QPushButton& button, bool words);
    void showPaceWords();
    /// Takes the words from one button after another, then the least important buttons, until the rest fits.
    void fit();
    [[nodiscard]] int neededWidth() const;

    const Lab m_lab;
    QPushButton *m_reset, *m_run, *m_step, *m_again, *m_newStart, *m_live, *m_earlier, *m_present, *m_export;
    QButtonGroup* m_paces;
    StateChip* m_chip;
    NotesButton* m_notes;
    double m_steady = 200;
    std::size_t m_earlierCount = 0;
    bool m_shortPaces = false, m_crowded = false, m_forAudience = false;
};

} // namespace fplab
