#pragma once

#include "ui/window_fixture.h"

#include <QApplication>

namespace fplab::test {

/// A hand on mouse and keyboard that counts what it does. Typing and the Enter that ends it are not counted.
class Hand {
public:
    explicit Hand(QWidget& window)
        : m_window(window)
    {
    }
    void click(QWidget* widget) { clickAt(widget, widget->rect().center()); }
    void clickAt(QWidget* widget, QPoint at)
    {
        QVERIFY(widget->isVisible() && widget->isEnabled());
        QVERIFY2(widget->rect().contains(at), qPrintable(widget->objectName()));
        QTest::mouseClick(widget, Qt::LeftButton, {}, at);
        ++m_count;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget* window = QApplication::activeWindow() ? QApplication::activeWindow() : &m_window;
        pressKey(*window, key, modifiers);
        ++m_count;
    }
    void type(const QString& text)
    {
        QTest::keyClicks(QApplication::focusWidget(), text);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    [[nodiscard]] int count() const { return m_count; }
    void startCounting() { m_count = 0; }

private:
    QWidget& m_window;
    int m_count = 0;
};

} // namespace fplab::test
