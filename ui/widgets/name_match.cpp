#include "ui/widgets/name_match.h"

#include <QStringList>

#include <algorithm>

namespace fplab {
namespace {

bool inOrder(const QString& letters, const QString& text)
{
    qsizetype at = 0;
    for (const QChar letter : letters) {
        at = text.indexOf(letter, at, Qt::CaseInsensitive) + 1;
        if (at == 0)
            return false;
    }
    return true;
}

/// The worst fit of the words.
WordFit worstFit(const QStringList& words, const QString& text)
{
    WordFit worst = WordFit::Whole;
    for (const QString& word : words)
        worst = std::min(worst, wordFit(text, word));
    return worst;
}

} // namespace

WordFit wordFit(const QString& text, const QString& word)
{
    WordFit best = WordFit::None;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const qsizetype end = at + word.size();
        const bool starts = at == 0 || !text[at - 1].isLetterOrNumber() || !text[at].isLetterOrNumber();
        const bool ends = end == text.size() || !text[end].isLetterOrNumber() || !text[end - 1].isLetterOrNumber();
        best = std::max(best, !starts ? WordFit::Inside : ends ? WordFit::Whole : WordFit::Start);
    }
    return best;
}

int matchScore(const QString& typed, const QString& name, const QString& around)
{
    const QString wanted = typed.simplified();
    if (wanted.isEmpty())
        return 0;
    const bool begins = name.startsWith(wanted, Qt::CaseInsensitive);
    if (begins && wordFit(name, wanted) == WordFit::Whole)
        return 0;
    const auto words = wanted.split(u' ');
    const WordFit fit = worstFit(words, name);
    if (fit == WordFit::Whole)
        return 1;
    if (begins)
        return 2;
    if (fit == WordFit::Start)
        return 3;
    if (fit == WordFit::Inside)
        return 4;
    if (worstFit(words, around + u' ' + name) >= WordFit::Start)
        return 5;
    return inOrder(words.join(QString()), name) ? lettersInOrder : -1;
}

} // namespace fplab
