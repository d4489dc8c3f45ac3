#pragma once

#include <QMargins>
#include <QObject>
#include <QRect>
#include <QSize>

class QWidget;

namespace fplab {

/// Where a window that wants to be at `wanted` (without its frame) may be so that all of it, with its frame, lies in
/// `room`: as large as it wants to be if it can, moved no further than it must.
[[nodiscard]] QRect fittedInto(const QRect& wanted, const QRect& room, const QMargins& frame);

/// Keeps a top-level window inside the part of its screen that panels leave free: when it opens, and when that part
/// shrinks. A window that is maximised or full screen is left to the window manager. A child of the window.
class WindowPlace : public QObject {
    Q_OBJECT
public:
    /// The window is no smaller than `least`, unless the screen is.
    WindowPlace(QWidget& window, QSize least);
    /// Before the window shows itself, when its frame is not known yet.
    void fit();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QMargins frame() const;

    QWidget& m_window;
    const QSize m_least;
};

} // namespace fplab
