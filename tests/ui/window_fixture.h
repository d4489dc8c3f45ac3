#pragma once

#include "support/prepare_windows.h"
#include "ui/window/main_window.h"

#include <QFile>
#include <QTest>

#include <memory>

namespace fplab::test {

/// The window at its smallest usual size, in front.
inline void showWindow(MainWindow& window)
{
    window.resize(1366, 700);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

/// With settings as of a first start.
[[nodiscard]] inline std::unique_ptr<MainWindow> freshWindow()
{
    QFile::remove(settingsPath());
    auto window = std::make_unique<MainWindow>();
    showWindow(*window);
    return window;
}

/// Key presses go where a user's would: to the widget with the focus, or to the window.
inline void pressKey(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key, modifiers);
}

} // namespace fplab::test
