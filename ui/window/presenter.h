#pragma once

#include "ui/window/screen_awake.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace fplab {

class ViewGrid;

/// Presenter mode of a window: full screen with one large view, nothing aside; the pointer hides over views while it
/// rests; the screen can be blanked, and does not fall asleep. Text size and colours are the owner's part, at
/// toggled().
class Presenter : public QObject {
    Q_OBJECT
public:
    /// `only` are widgets to show, `aside` to hide meanwhile. The pointer hides after `rest` ms.
    Presenter(QWidget& window, ViewGrid& views, const QWidgetList& only, const QWidgetList& aside, int rest = 3000);
    ~Presenter() override;

    [[nodiscard]] bool isOn() const { return m_on; }
    void setOn(bool on);
    /// Black until the next key or click, which does nothing else. Only while on.
    void blank();
    [[nodiscard]] bool isBlank() const { return m_black != nullptr; }

Q_SIGNALS:
    void toggled(bool on);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void unblank();
    void followPointer(QWidget* widget);
    void hidePointer();
    void showPointer();

    QWidget& m_window;
    ViewGrid& m_views;
    const QWidgetList m_only, m_aside;
    QWidgetList m_hidden; ///< of m_aside, by this class
    Qt::WindowStates m_before; ///< of the window
    bool m_on = false;
    QWidget* m_black = nullptr; ///< while blank
    QPointer<QWidget> m_under; ///< the pointer
    QTimer m_rest;
    ScreenAwake m_awake;
    bool m_pointerHidden = false;
};

} // namespace fplab
