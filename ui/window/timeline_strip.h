#pragma once

#include "ui/model/lab.h"
#include "ui/window/timeline_flags.h"

#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace fplab {

/// The verdict in words: "Low to high so far", which peaks were captured when, and how many.
class VerdictLine : public QWidget {
    Q_OBJECT
public:
    explicit VerdictLine(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString detail() const { return m_detail; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showVerdict();
    [[nodiscard]] bool isReversed() const;
    [[nodiscard]] QString titleOf(const Verdict& verdict) const;

    const Lab m_lab;
    QString m_title, m_detail, m_count;
    std::optional<KindModel::Words> m_own; ///< of the kind
};

/// The training as a place: a logarithmic axis of steps with the loss, the captures, changes and bookmarks, and the
/// playhead. A click on a flag or its label goes to the flag's step, elsewhere to the step under the pointer.
/// Left/Right = one record, Ctrl+Left/Right = one flag, Home/End = start/live, B = bookmark.
class TimelineTrack : public QWidget {
    Q_OBJECT
public:
    explicit TimelineTrack(const Lab& lab, QWidget* parent = nullptr);

    /// Logarithmic in 1 + step, so that step 0 has a place and the demo pace moves evenly.
    [[nodiscard]] double sideMargin() const;
    [[nodiscard]] double xOf(std::int64_t step) const;
    [[nodiscard]] std::int64_t stepAt(double x) const;
    [[nodiscard]] std::int64_t lastStep() const; ///< of the axis
    [[nodiscard]] QString valueText() const; ///< the playhead in words
    /// Steps of captures, changes and bookmarks, ascending.
    [[nodiscard]] std::vector<std::int64_t> flags() const;
    /// The flags where they are now.
    [[nodiscard]] std::vector<TimelineFlag> placedFlags() const;
    /// The step of the flag that a pointer there means.
    [[nodiscard]] std::optional<std::int64_t> flagAt(QPointF position) const;

    /// Bookmarks the viewed step and opens a line for a note.
    void bookmark();
    void goToFlag(int direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeLosses(int channel);
    void paintLoss(QPainter& painter);
    void paintAxis(QPainter& painter);
    void paintFlags(QPainter& painter);
    void paintLabels(QPainter& painter, const std::vector<TimelineFlag>& flags);
    [[nodiscard]] QFont labelFont() const;
    void paintPlayhead(QPainter& painter);
    void saveNote();
    [[nodiscard]] QString flagText(QPointF position) const;
    [[nodiscard]] double xOfLog(double log) const; ///< of log(1 + step)

    const Lab m_lab;
    struct {
        std::vector<QPointF> points; ///< log(1 + step) and log10(loss), where there is one
        std::size_t taken = 0; ///< records
        std::uint64_t revision = 0; ///< of the history
    } m_losses; ///< kept from frame to frame: a long history takes far longer to read than to paint
    QLineEdit* m_note;
    std::int64_t m_noteStep = 0;
    std::optional<QPointF> m_flagPressed; ///< where a flag was pressed, until the pointer is dragged away
    bool m_ring = false; ///< the keyboard came here by keys
};

/// The bar at the bottom: verdict, track, bookmark button.
class TimelineStrip : public QWidget {
    Q_OBJECT
public:
    explicit TimelineStrip(const Lab& lab, QWidget* parent = nullptr);
    [[nodiscard]] TimelineTrack& track() { return *m_track; }

Q_SIGNALS:
    void bookmarksRequested(); ///< the list of them

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showTheme();
    void countBookmarks();

    const Lab m_lab;
    VerdictLine* m_verdict;
    TimelineTrack* m_track;
    QPushButton* m_bookmark;
    QToolButton* m_bookmarks; ///< opens the list
};

} // namespace fplab
