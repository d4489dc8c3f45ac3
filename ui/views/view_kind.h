#pragma once

#include "core/run/channel.h"

#include <QKeySequence>

#include <span>

class QWidget;

namespace fplab {

struct Lab;
class PlotView;

/// What the button of a view does, as a command of the menu Run.
struct ViewCommand {
    const char* id; ///< of the action
    const char* text; ///< translated in context ViewKind, with its mnemonic
    const char* tip; ///< the same
    int key;
};

/// A kind of view. A new one is a class and a row: of viewKinds(), or of the kind of experiment that alone has it.
struct ViewKind {
    const char* id;
    const char* title; ///< translated in context ViewKind: for menus
    PlotView* (*make)(const Lab& lab, QWidget* parent);
    const char* help; ///< what the help tells of it: the place in "definitions"
    bool (*accepts)(std::span<const Channel> channels); ///< whether a run with these channels fills it
    const ViewCommand* command = nullptr;
};

} // namespace fplab
