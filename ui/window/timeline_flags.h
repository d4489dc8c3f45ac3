#pragma once

#include "ui/model/lab.h"

#include <QFont>
#include <QRectF>
#include <QString>

#include <cstdint>
#include <functional>
#include <vector>

namespace fplab {

/// A step that is marked on the timeline, and where it is drawn: what is painted is what is hit.
struct TimelineFlag {
    enum class Kind { Below, Touched, Change, Bookmark };
    struct Peak {
        std::size_t k;
        std::size_t style; ///< for Theme::peak()
    };
    /// A marker and the words after it; a label has one for each peak.
    struct Piece {
        std::size_t style;
        QString text;
        double width; ///< with the marker and the gap after it
    };

    Kind kind;
    std::int64_t step;
    std::vector<Peak> peaks; ///< that passed the threshold there; none of a change or bookmark
    QString text; ///< for tooltip and screen reader

    double x = 0, top = 0; ///< of the line, which goes down to the axis
    QRectF label; ///< null: none
    std::vector<Piece> pieces; ///< of the label
    [[nodiscard]] bool isPassage() const { return kind == Kind::Below || kind == Kind::Touched; }
};

/// What is marked, in order of kind and step; peaks that passed at the same step share a flag.
[[nodiscard]] std::vector<TimelineFlag> timelineFlags(const Lab& lab);

/// The place for flags and their labels, in pixels.
struct FlagRoom {
    double width;
    double top, bottom; ///< of the rows of labels
    double marker; ///< size
    double markTop, markWidth; ///< of bookmarks; nothing is written over one
    QFont font;
    std::function<double(std::int64_t)> xOf;
};

/// Places lines and labels: beside its line, in the highest free row; shortened to its step where there is no room, and
/// as a marker on its line where there is none for that either. Labels overlap neither each other nor a line.
void layOutFlags(std::vector<TimelineFlag>& flags, const FlagRoom& room);

} // namespace fplab
