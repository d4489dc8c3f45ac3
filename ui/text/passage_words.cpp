#include "ui/text/passage_words.h"

#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("PassageWords", text); }

/// Those in the target, by frequency.
std::vector<Passage> counted(const std::vector<Passage>& passages)
{
    std::vector<Passage> out;
    std::ranges::copy_if(passages, std::back_inserter(out), [](const Passage& passage) { return passage.inTarget; });
    return out;
}

/// Of the pairs of peaks of which one is below at least: how many came in ascending and in descending order.
std::pair<int, int> pairs(const std::vector<Passage>& ascending)
{
    int up = 0, down = 0;
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = i + 1; j < ascending.size(); ++j) {
            const auto &low = ascending[i].staysBelow, &high = ascending[j].staysBelow;
            if (low && (!high || *low < *high))
                ++up;
            else if (high && (!low || *high < *low))
                ++down;
        }
    return {up, down};
}

bool severalTimes(const std::vector<Passage>& passages)
{
    std::optional<std::int64_t> first;
    for (const Passage& passage : passages) {
        if (!passage.staysBelow)
            continue;
        if (first && *first != *passage.staysBelow)
            return true;
        first = passage.staysBelow;
    }
    return false;
}

} // namespace

QString PassageWords::of(const Passage& passage) const
{
    if (!passage.inTarget)
        return tr("not in the target");
    if (passage.staysBelow)
        return over ? tr("captured at %1").arg(groupedNumber(*passage.staysBelow))
                    : tr("below %1 since %2").arg(shortNumber(threshold), groupedNumber(*passage.staysBelow));
    if (passage.firstBelow)
        return tr("touched at %1").arg(groupedNumber(*passage.firstBelow));
    return over ? tr("not captured") : tr("not yet");
}

QString PassageWords::of(const std::vector<Passage>& passages) const
{
    struct Group {
        QStringList bins, steps;
    } below, touched, missing, nothing;
    for (const Passage& passage : passages) {
        Group& group = !passage.inTarget ? nothing
            : passage.staysBelow         ? below
            : passage.firstBelow         ? touched
                                         : missing;
        group.bins.append(QString::number(passage.k));
        if (const auto& step = passage.staysBelow ? passage.staysBelow : passage.firstBelow)
            group.steps.append(groupedNumber(*step));
    }
    QStringList parts;
    const auto add = [&](Group& group, const QString& words) {
        if (group.bins.isEmpty())
            return;
        if (std::ranges::all_of(group.steps, [&](const QString& step) { return step == group.steps.front(); }))
            group.steps = group.steps.mid(0, 1); // all at once
        const QString bins = group.bins.join(QStringLiteral(", "));
        parts.append(group.steps.isEmpty() || &group == &nothing
                ? words.arg(bins)
                : words.arg(bins, group.steps.join(QStringLiteral(", "))));
    };
    add(below,
        over ? tr("k = %1 captured at %2")
             : tr("k = %1 below %3 since %2").replace(QLatin1String("%3"), shortNumber(threshold)));
    add(touched, tr("k = %1 touched at %2"));
    add(missing, over ? tr("k = %1 not captured") : tr("k = %1 not yet"));
    add(nothing, tr("nothing in the target at k = %1"));
    return parts.join(QStringLiteral("; "));
}

QString PassageWords::count(const Verdict& verdict) const
{
    const QString share = (verdict.followed == 1 ? tr("%1 of %2 peak") : tr("%1 of %2 peaks"))
                              .arg(verdict.captured)
                              .arg(verdict.followed);
    return over ? tr("%1 captured").arg(share) : tr("%1 below %2").arg(share, shortNumber(threshold));
}

QString orderInWords(const std::vector<Passage>& passages)
{
    const auto [up, down] = pairs(counted(passages));
    if (!severalTimes(passages))
        return {};
    return down == 0     ? tr("in order")
        : up == 0        ? tr("in reverse order")
        : up >= 4 * down ? tr("nearly in order")
                         : tr("not in order");
}

bool ascendingSoFar(const std::vector<Passage>& passages)
{
    return severalTimes(counted(passages)) && pairs(counted(passages)).second == 0;
}

} // namespace fplab
