#pragma once

#include "ui/model/lab.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

namespace fplab {

/// What a person must know to read the run's results, as a button: "2 notes". Hidden while there is nothing to know.
class NotesButton : public QPushButton {
    Q_OBJECT
public:
    explicit NotesButton(const Lab& lab, QWidget* parent = nullptr);
    void setNarrow(bool narrow); ///< the number alone

private:
    void showNotes();

    const Lab m_lab;
    bool m_narrow = false;
};

/// The short form of the first note in one line, elided where it must be: to be read without a press.
class FirstNote : public QLabel {
    Q_OBJECT
public:
    explicit FirstNote(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString whole() const { return m_whole; } ///< not elided; empty without notes
    [[nodiscard]] int wholeWidth() const; ///< that whole() needs

Q_SIGNALS:
    void noteChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showNotes();
    void elide();

    const Lab m_lab;
    QString m_whole;
};

/// A popup with all notes of the run and a button for each way out. Esc, a click elsewhere or a way out closes and
/// deletes it.
class NotesCard : public QFrame {
    Q_OBJECT
public:
    NotesCard(const Lab& lab, QWidget* parent);

Q_SIGNALS:
    void fixRequested(const fplab::Fix& fix);
};

/// A text as far as the end of its first sentence.
[[nodiscard]] QString firstSentence(const QString& text);

} // namespace fplab
