#pragma once

#include <QString>

namespace fplab {

enum class WordFit { None, Inside, Start, Whole };
/// The best place of a word in a text, whatever the case.
[[nodiscard]] WordFit wordFit(const QString& text, const QString& word);

/// How well a name fits what was typed, the better the lower: 0 begins with it, whole words before parts of words
/// before what is found in `around` alone (its place, its explanation); lettersInOrder if only its letters are there in
/// this order, -1 not at all.
[[nodiscard]] int matchScore(const QString& typed, const QString& name, const QString& around);
inline constexpr int lettersInOrder = 6;

} // namespace fplab
