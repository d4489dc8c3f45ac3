#pragma once

#include <QObject>
#include <QWidgetList>

namespace fplab {

/// Keeps messages above one another at the top of a widget, over it, as high as their words need: what is below does
/// not move when one comes or goes. The messages are siblings of the widget.
class OverTop : public QObject {
    Q_OBJECT
public:
    OverTop(QWidget& under, const QWidgetList& messages);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget& m_under;
    const QWidgetList m_messages;
};

} // namespace fplab
