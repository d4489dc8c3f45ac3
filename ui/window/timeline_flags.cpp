#include "ui/window/timeline_flags.h"

#include "ui/text/number_text.h"
#include "ui/text/passage_words.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <numeric>
#include <optional>

namespace fplab {
namespace {

constexpr double beside = 4; ///< between a line and its label, and between labels
constexpr double tight = 0.86; ///< height of a row by that of the font: digits and letters without accents

QString tr(const char* text) { return QCoreApplication::translate("TimelineTrack", text); }

/// One way to place all labels.
class Layout {
public:
    Layout(std::vector<TimelineFlag> flags, const FlagRoom& room)
        : m_room(room)
        , m_metrics(room.font)
        , m_row(m_metrics.height() * tight)
        , m_rows(std::max(1, static_cast<int>((room.bottom - room.top) / (m_row + 1))))
        , m_flags(std::move(flags))
    {
        for (TimelineFlag& flag : m_flags) {
            flag.x = room.xOf(flag.step);
            flag.top = rowTop(m_rows - 1);
            if (flag.kind == TimelineFlag::Kind::Bookmark)
                m_marks.push_back(
                    {flag.x - room.markWidth / 2, room.markTop, room.markWidth, room.bottom - room.markTop + m_row});
        }
    }

    /// Labels in the order of `indices`, the left side of lines first if `left`.
    void place(const std::vector<std::size_t>& indices, bool left)
    {
        for (const std::size_t i : indices)
            placeOne(m_flags[i], left);
    }

    [[nodiscard]] double cost() const { return m_cost; }
    [[nodiscard]] const std::vector<TimelineFlag>& flags() const { return m_flags; }

private:
    [[nodiscard]] double rowTop(int row) const { return m_room.top + row * (m_row + 1); }

    void placeOne(TimelineFlag& flag, bool left)
    {
        const bool below = flag.kind == TimelineFlag::Kind::Below;
        const int forms = below ? 2 : 3;
        for (int form = 0; form < forms; ++form) {
            const auto pieces = piecesOf(flag, form);
            const double width = std::accumulate(
                pieces.begin(), pieces.end(), 0.0, [](double sum, const auto& piece) { return sum + piece.width; });
            for (int row = 0; row < m_rows; ++row)
                for (const bool toLeft : {left, !left}) {
                    const QRectF box(toLeft ? flag.x - beside - width : flag.x + beside, rowTop(row), width, m_row);
                    if (!isFree(flag, box))
                        continue;
                    flag.label = box;
                    flag.top = box.top();
                    flag.pieces = pieces;
                    m_cost += (below ? 100 : 10) * form + 0.1 * row;
                    return;
                }
        }
        flag.pieces = piecesOf(flag, forms);
        m_cost += below ? 1000 : 100;
    }

    [[nodiscard]] std::vector<TimelineFlag::Piece> piecesOf(const TimelineFlag& flag, int form) const
    {
        const QString step = groupedNumber(flag.step);
        const bool below = flag.kind == TimelineFlag::Kind::Below;
        const bool names = form == 0 || (!below && form == 1), nothing = form >= (below ? 2 : 3);
        std::vector<TimelineFlag::Piece> pieces;
        for (std::size_t i = 0; i < flag.peaks.size(); ++i) {
            QString text;
            if (names)
                text = (i == 0 ? tr("k=%1") : QStringLiteral("%1")).arg(flag.peaks[i].k);
            if (i + 1 < flag.peaks.size())
                text += names ? QStringLiteral(",") : QString();
            else if (!nothing)
                text = !names             ? step
                    : !below && form == 0 ? tr("%1 touched at %2").arg(text, step)
                                          : tr("%1 at %2").arg(text, step);
            const double gap = text.isEmpty() ? 1 : 4;
            pieces.push_back({flag.peaks[i].style, text,
                m_room.marker + gap + m_metrics.horizontalAdvance(text) + (i + 1 < flag.peaks.size() ? gap : 1)});
        }
        return pieces;
    }

    [[nodiscard]] bool isFree(const TimelineFlag& flag, const QRectF& box) const
    {
        if (box.left() < 2 || box.right() > m_room.width - 2)
            return false;
        const QRectF room = box.adjusted(-beside, 0, beside, 0);
        if (std::ranges::any_of(m_marks, [&](const QRectF& mark) { return mark.intersects(box); }))
            return false;
        return std::ranges::none_of(m_flags, [&](const TimelineFlag& other) {
            if (&other == &flag || !other.isPassage())
                return false;
            if (!other.label.isNull() && (other.label.intersects(room) || crosses(flag.x, box.top(), other.label)))
                return true;
            return crosses(
                other.x, other.top, box); // one without a label yet is at least as long as the last row is low
        });
    }

    /// Whether a line from `top` down goes through a label.
    [[nodiscard]] static bool crosses(double x, double top, const QRectF& label)
    {
        return x > label.left() - 2 && x < label.right() + 2 && top < label.bottom();
    }

    const FlagRoom& m_room;
    const QFontMetricsF m_metrics;
    const double m_row;
    const int m_rows;
    std::vector<TimelineFlag> m_flags;
    std::vector<QRectF> m_marks;
    double m_cost = 0;
};

} // namespace

std::vector<TimelineFlag> timelineFlags(const Lab& lab)
{
    using Sort = TimelineFlag::Kind;
    std::vector<TimelineFlag> flags;
    const AnalysisModel& analysis = lab.analysis;
    const bool over = analysis.isOver();
    const QString limit = shortNumber(analysis.settings().threshold);
    for (const Sort kind : {Sort::Below, Sort::Touched}) {
        const auto begin = static_cast<std::ptrdiff_t>(flags.size());
        for (std::size_t i = 0; i < analysis.passages().size(); ++i) {
            const Passage& passage = analysis.passages()[i];
            const auto& step = kind == Sort::Below ? passage.staysBelow : passage.firstBelow;
            if (!step || !passage.inTarget || (kind == Sort::Touched && step == passage.staysBelow))
                continue;
            auto flag = std::find_if(
                flags.begin() + begin, flags.end(), [&](const TimelineFlag& other) { return other.step == *step; });
            if (flag == flags.end())
                flag = flags.insert(
                    flags.end(), {.kind = kind, .step = *step, .peaks = {}, .text = {}, .label = {}, .pieces = {}});
            flag->peaks.push_back({passage.k, analysis.style(i)});
            const QString line = (kind == Sort::Touched ? tr("k=%1 touched %3 at step %2, and rose again")
                    : over                              ? tr("k=%1 captured at step %2")
                                                        : tr("k=%1 below %3 since step %2"))
                                     .arg(passage.k)
                                     .arg(groupedNumber(*step));
            flag->text += (flag->text.isEmpty() ? QString() : QStringLiteral("\n"))
                + QString(line).replace(QLatin1String("%3"), limit);
        }
    }
    for (const LoggedChange& logged : lab.run.changes()) {
        const QString path = QString::fromStdString(logged.change.path);
        const auto* number = std::get_if<double>(&logged.change.value);
        const auto* word = std::get_if<std::string>(&logged.change.value);
        const QString value = number ? shortNumber(*number) : word ? QString::fromStdString(*word) : tr("changed");
        flags.push_back({.kind = Sort::Change,
            .step = logged.step,
            .peaks = {},
            .text = tr("%1: %2 from step %3").arg(lab.editor.labelOf(path), value, groupedNumber(logged.step)),
            .label = {},
            .pieces = {}});
    }
    for (const Bookmark& bookmark : lab.timeline.bookmarks())
        flags.push_back({.kind = Sort::Bookmark,
            .step = bookmark.step,
            .peaks = {},
            .text = bookmark.note.isEmpty() ? tr("Bookmark at %1").arg(groupedNumber(bookmark.step))
                                            : tr("Bookmark at %1: %2").arg(groupedNumber(bookmark.step), bookmark.note),
            .label = {},
            .pieces = {}});
    return flags;
}

void layOutFlags(std::vector<TimelineFlag>& flags, const FlagRoom& room)
{
    std::vector<std::size_t> below, touched;
    for (std::size_t i = 0; i < flags.size(); ++i)
        if (flags[i].isPassage())
            (flags[i].kind == TimelineFlag::Kind::Below ? below : touched).push_back(i);
    const auto step = [&](std::size_t i) { return flags[i].step; };
    std::optional<Layout> best;
    for (const bool fromRight : {false, true})
        for (const bool left : {false, true}) {
            Layout layout(flags, room);
            for (auto* part : {&below, &touched}) {
                fromRight ? std::ranges::stable_sort(*part, std::greater<>(), step)
                          : std::ranges::stable_sort(*part, std::less<>(), step);
                layout.place(*part, left);
            }
            if (!best || layout.cost() < best->cost() - 1e-9)
                best.emplace(layout);
        }
    flags = best->flags();
}

} // namespace fplab
