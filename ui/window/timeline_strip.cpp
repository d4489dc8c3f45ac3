#include "ui/window/timeline_strip.h"

#include "ui/text/number_text.h"
#include "ui/text/passage_words.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fplab {
VerdictLine::VerdictLine(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
{
    setObjectName(QStringLiteral("verdict"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(&lab.analysis, &AnalysisModel::changed, this, &VerdictLine::showVerdict);
    connect(&lab.run, &RunController::advanced, this, &VerdictLine::showVerdict);
    connect(&lab.run, &RunController::stateChanged, this, &VerdictLine::showVerdict);
    connect(&lab.kinds, &KindModels::changed, this, &VerdictLine::showVerdict);
    connect(&lab.themes, &ThemeManager::changed, this, [this] {
        updateGeometry();
        update();
    });
    showVerdict();
}

/// High frequencies came first, as such a run is expected to do it.
bool VerdictLine::isReversed() const
{
    const Verdict& verdict = m_lab.analysis.verdict();
    const KindModel* kind = m_lab.kinds.current();
    return kind && kind->isReversed() && verdict.rhoFirst && *verdict.rhoFirst < 0;
}

QSize VerdictLine::sizeHint() const { return {qRound(300 * m_lab.themes.theme().fontScale), 64}; }

/// What it says of the order; while the run goes on, so far.
QString VerdictLine::titleOf(const Verdict& verdict) const
{
    const auto& passages = m_lab.analysis.passages();
    const bool over = m_lab.analysis.isOver();
    const auto isIn = [](const Passage& passage) { return passage.inTarget && passage.firstBelow; };
    switch (verdict.state) {
    case Verdict::State::Holds:
        return over ? tr("Low to high") : tr("Low to high so far");
    case Verdict::State::Partly:
        return over ? tr("Low to high, but not all is followed") : tr("Low to high so far, not all is followed");
    case Verdict::State::AllAtOnce:
        return over ? tr("All at once") : tr("All at once so far");
    case Verdict::State::Fails:
        return isReversed() ? (over ? tr("High to low") : tr("High to low so far"))
            : over          ? tr("The order fails")
                            : tr("The order fails so far");
    case Verdict::State::NoPeaks:
        return m_lab.run.hasRun() ? tr("No peaks are followed") : QString();
    case Verdict::State::NotYet:
        break;
    }
    if (m_lab.run.state() == RunState::Ready)
        return tr("Ready to train");
    if (verdict.captured == 0 && (over || std::ranges::none_of(passages, isIn)))
        return over ? tr("Nothing captured") : tr("Nothing captured yet");
    if (verdict.followed == 1)
        return tr("One peak shows no order");
    if (ascendingSoFar(passages))
        return over ? tr("Low to high as far as it came") : tr("Low to high so far");
    return over ? tr("Too few captured to say") : tr("Not decided yet");
}

void VerdictLine::showVerdict()
{
    const Verdict& verdict = m_lab.analysis.verdict();
    const auto& passages = m_lab.analysis.passages();
    const PassageWords say {m_lab.analysis.settings().threshold, m_lab.analysis.isOver()};
    m_title = titleOf(verdict);
    m_detail = passages.empty() && m_lab.analysis.available() ? tr("Click a peak in the spectrum to follow it")
                                                              : say.of(passages);
    m_count = verdict.followed == 0 ? QString() : say.count(verdict);
    if (const QString order = orderInWords(passages); !order.isEmpty())
        m_count += tr(", %1").arg(order);
    const QString words = QString::fromStdString(verdict.text);
    const KindModel* kind = m_lab.kinds.current();
    m_own = kind ? kind->verdictWords() : std::nullopt;
    if (m_own) {
        m_title = m_own->title;
        m_detail = m_own->detail;
        m_count = m_own->count;
        setToolTip(m_own->text);
        setAccessibleName(tr("Verdict: %1").arg(m_own->text));
        update();
        return;
    }
    if (!verdict.leftOut.empty()) // what the verdict does not cover comes before what it says of the rest
        m_count = tr("Not followed: %1").arg(QString::fromStdString(leftOutText(verdict.leftOut)));
    const QString notice = m_lab.analysis.metricNotice();
    setToolTip(notice.isEmpty() ? words : words + u'\n' + notice);
    setAccessibleName(tr("Verdict: %1. %2. %3").arg(m_title, m_detail, m_count));
    update();
}

void VerdictLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_lab.themes.theme();
    QPainter painter(this);
    QFont title = font();
    title.setWeight(QFont::DemiBold);
    const QFont detail = theme.smallFont(0.92), count = theme.smallFont(0.85);
    const int heights[] {QFontMetrics(title).height(), QFontMetrics(detail).height(), QFontMetrics(count).height()};
    int y = (height() - heights[0] - heights[1] - heights[2]) / 2;
    const auto line = [&](const QString& text, const QFont& face, const QColor& color, int index) {
        painter.setFont(face);
        painter.setPen(color);
        painter.drawText(QRect(0, y, width(), heights[index]), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(face).elidedText(text, Qt::ElideRight, width()));
        y += heights[index];
    };
    const Verdict::State state = m_lab.analysis.verdict().state;
    line(m_title, title,
        m_own                                ? (m_own->good ? theme.good : theme.ink)
            : state == Verdict::State::Holds ? theme.good
            : isReversed()                   ? theme.ink
            : state == Verdict::State::Fails ? theme.error
                                             : theme.ink,
        0);
    line(m_detail, detail, theme.muted, 1);
    line(m_count, count, theme.muted, 2);
}

TimelineStrip::TimelineStrip(const Lab& lab, QWidget* parent)
    : QWidget(parent)
    , m_lab(lab)
    , m_verdict(new VerdictLine(lab, this))
    , m_track(new TimelineTrack(lab, this))
    , m_bookmark(new QPushButton(tr("Bookmark"), this))
    , m_bookmarks(new QToolButton(this))
{
    setObjectName(QStringLiteral("timelineStrip"));
    setAccessibleName(tr("Timeline and verdict"));
    m_bookmark->setObjectName(QStringLiteral("timeline.bookmark"));
    m_bookmark->setAccessibleName(tr("Bookmark this step"));
    m_bookmark->setToolTip(tr("Bookmark the viewed step, with a note (B)"));
    m_bookmark->setFocusPolicy(Qt::TabFocus);
    connect(m_bookmark, &QPushButton::clicked, m_track, &TimelineTrack::bookmark);
    m_bookmarks->setObjectName(QStringLiteral("timeline.bookmarks"));
    m_bookmarks->setFocusPolicy(Qt::TabFocus);
    connect(m_bookmarks, &QToolButton::clicked, this, &TimelineStrip::bookmarksRequested);
    connect(&lab.timeline, &TimelineModel::bookmarksChanged, this, &TimelineStrip::countBookmarks);
    countBookmarks();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 12, 0);
    row->setSpacing(12);
    row->addWidget(m_verdict);
    row->addWidget(m_track, 1);
    auto* marks = new QHBoxLayout;
    marks->setSpacing(4);
    marks->addWidget(m_bookmark);
    marks->addWidget(m_bookmarks);
    row->addLayout(marks);
    connect(&lab.themes, &ThemeManager::changed, this, &TimelineStrip::showTheme);
    const auto enable = [this] {
        m_bookmark->setEnabled(m_lab.run.hasRun());
        m_bookmarks->setEnabled(m_lab.run.hasRun());
    };
    connect(&lab.run, &RunController::stateChanged, this, enable);
    enable();
    showTheme();
}

void TimelineStrip::showTheme()
{
    const Theme& theme = m_lab.themes.theme();
    setFixedHeight(qRound((theme.kind == ThemeKind::Projector ? 70 : 64) * theme.fontScale)); // no smaller text there
    const int icon = qRound(16 * theme.fontScale);
    m_bookmark->setIconSize(QSize(icon, icon));
    m_bookmark->setIcon(theme.icon(QStringLiteral("bookmark")));
    m_bookmarks->setIconSize(QSize(icon, icon));
    m_bookmarks->setIcon(theme.icon(QStringLiteral("chevron_up")));
    m_bookmarks->setFixedSize(qRound(28 * theme.fontScale), m_bookmark->sizeHint().height());
}

void TimelineStrip::countBookmarks()
{
    const auto count = m_lab.timeline.bookmarks().size();
    const QString text = count == 0 ? tr("List of bookmarks")
        : count == 1                ? tr("List of 1 bookmark")
                                    : tr("List of %1 bookmarks").arg(count);
    m_bookmarks->setAccessibleName(text);
    m_bookmarks->setToolTip(tr("%1: go there, edit notes, delete, export (Ctrl+B)").arg(text));
}

void TimelineStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_lab.themes.theme().card);
    painter.fillRect(QRect(0, 0, width(), 1), m_lab.themes.theme().line);
}

} // namespace fplab
