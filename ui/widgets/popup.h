#pragma once

class QWidget;

namespace fplab {

/// Shows a popup window below `anchor`, right edges aligned, kept on the screen.
void popUpBelow(QWidget& popup, const QWidget& anchor);

} // namespace fplab
