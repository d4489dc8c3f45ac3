#pragma once

#include <QString>
#include <QStringList>

namespace fplab {

/// Which views fit what is open.
struct ViewOccasion {
    QString id; ///< stable: what the user chooses is kept for each
    QStringList offered; ///< ids, in the order of the tiles
    QStringList compact, wide; ///< shown without a choice of the user's: on a laptop, on a large screen
    bool operator==(const ViewOccasion&) const = default;
};

} // namespace fplab
