#include "core/fields/hint.h"

#include <algorithm>

namespace fplab {
namespace {

/// A copy with a change made to it.
template <class Change> Hint with(Hint hint, Change&& change)
{
    change(hint);
    return hint;
}

} // namespace

std::string_view labelOf(std::span<const Choice> choices, std::string_view id)
{
    const auto found = std::ranges::find(choices, id, &Choice::id);
    return found == choices.end() ? id : found->label;
}

std::string onlyUsedBy(std::string_view what, std::span<const std::string_view> users)
{
    std::string text = "only " + std::string(what) + ' ';
    for (std::size_t i = 0; i < users.size(); ++i)
        text.append(i == 0 ? "" : i + 1 < users.size() ? ", " : " or ").append(users[i]);
    return text + " uses it";
}

std::string notKnown(std::string_view id, std::span<const Choice> choices)
{
    std::string text = '"' + std::string(id) + "\" is not known, expected one of ";
    for (std::size_t i = 0; i < choices.size(); ++i)
        text.append(i == 0 ? "" : ", ").append(choices[i].id);
    return text;
}

Hint Hint::slider(double lowest, double highest) const
{
    return with(*this, [=](Hint& h) {
        h.sliderMin = lowest;
        h.sliderMax = highest;
    });
}

Hint Hint::logScale() const
{
    return with(*this, [](Hint& h) { h.logarithmic = true; });
}

Hint Hint::in(std::string_view theUnit) const
{
    return with(*this, [=](Hint& h) { h.unit = theUnit; });
}

Hint Hint::oneOf(std::span<const Choice> theChoices) const
{
    return with(*this, [=](Hint& h) { h.choices = theChoices; });
}

Hint Hint::underMore() const
{
    return with(*this, [](Hint& h) { h.more = true; });
}

Hint Hint::inPanel(std::string_view id) const
{
    return with(*this, [=](Hint& h) { h.panel = id; });
}

Hint Hint::standingBehind(std::string_view path) const
{
    return with(*this, [=](Hint& h) { h.behind = path; });
}

Hint Hint::besideNext() const
{
    return with(*this, [](Hint& h) { h.pair = true; });
}

Hint Hint::zeroIs(std::string_view word) const
{
    return with(*this, [=](Hint& h) { h.zero = word; });
}

Hint Hint::as(Meaning theMeaning) const
{
    return with(*this, [=](Hint& h) { h.meaning = theMeaning; });
}

Hint Hint::named(bool (*theIsName)(std::string_view)) const
{
    return with(*this, [=](Hint& h) { h.isName = theIsName; });
}

Hint Hint::when(bool matters, std::string_view reason) const
{
    return with(*this, [=](Hint& h) {
        if (!matters && h.idle.empty())
            h.idle = reason;
    });
}

Hint Hint::whenOn(bool on, std::string_view reason) const
{
    return with(*this, [=](Hint& h) {
        if (!on && h.idle.empty()) {
            h.idle = reason;
            h.idlePart = true;
        }
    });
}

Hint Hint::evenIfOff() const
{
    return with(*this, [](Hint& h) { h.independent = true; });
}

Hint Hint::whenInside(std::string_view id, bool matters, std::string_view reason) const
{
    return with(*this, [=](Hint& h) {
        if (!matters)
            h.inside.push_back({id, reason, false});
    });
}

Hint Hint::whenOnInside(std::string_view id, bool on, std::string_view reason) const
{
    return with(*this, [=](Hint& h) {
        if (!on)
            h.inside.push_back({id, reason, true});
    });
}

} // namespace fplab
