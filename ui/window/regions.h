#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

namespace fplab {

/// The parts of the window that F6 and Shift+F6 go through, in their order. A part is entered where the keyboard was
/// in it last, else at its first control; hidden parts are left out.
class Regions : public QObject {
    Q_OBJECT
public:
    explicit Regions(QObject* parent = nullptr);
    void add(QWidget* region);
    /// Enters the next (+1) or previous (-1) region; shows the focus as the keyboard does.
    void move(int direction);

private:
    struct Region {
        QWidget* widget;
        QPointer<QWidget> last; ///< where the focus was
    };
    void remember(QWidget* focus);
    [[nodiscard]] QWidget* entry(const Region& region) const;

    QList<Region> m_regions;
};

} // namespace fplab
