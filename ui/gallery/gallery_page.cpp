#include "ui/gallery/gallery_page.h"

#include "core/experiment/spec.h"
#include "core/files/presets.h"
#include "ui/gallery/recent_row.h"
#include "ui/model/form_fields.h"
#include "ui/model/kind_window.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/scroll_fade.h"
#include "ui/widgets/search_field.h"

#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace fplab {
namespace {

constexpr double demoSeconds = 10; ///< the demo pace stretches a run to this
constexpr int fadeHeight = 44;
constexpr int leftEdge = 30, rightEdge = 20, scrollBar = 10, cardGap = 6;
constexpr double mostStretch = 1.6; ///< of a card, on a wide screen

QList<std::pair<QString, QList<CardContent>>> presetGroups()
{
    QList<std::pair<QString, QList<CardContent>>> groups;
    const auto all = presets();
    for (const Preset& preset : all) {
        if (preset.variant == "paper")
            continue;
        const QString title = textOf(preset.group);
        if (groups.isEmpty() || groups.last().first != title)
            groups.append({title, {}});
        const auto paper = std::ranges::find_if(
            all, [&](const Preset& other) { return other.variant == "paper" && other.question == preset.question; });
        CardContent content;
        content.id = textOf(preset.id);
        content.title = textOf(preset.question);
        content.summary = textOf(preset.summary);
        content.tip = textOf(preset.lookAt);
        content.spec = &preset.spec;
        content.paperId = paper == all.end() ? QString() : textOf(paper->id);
        groups.last().second.append(content);
    }
    return groups;
}

/// Whether a run is over before anything could be watched.
bool isOverAtOnce(const ExperimentSpec& spec)
{
    constexpr double fewSteps = 30;
    const auto expected = kindWindowOf(spec).expectedSteps;
    return (expected ? expected(spec) : static_cast<double>(stopRuleOf(spec).steps)) <= fewSteps;
}

} // namespace

QString timeInWords(double seconds)
{
    if (!std::isfinite(seconds))
        return {};
    if (seconds < 90)
        return GalleryPage::tr("about %1 s")
            .arg(std::max(1, qRound(seconds < 20 ? seconds : seconds / 5) * (seconds < 20 ? 1 : 5)));
    if (seconds < 90 * 60)
        return GalleryPage::tr("about %1 min").arg(qRound(seconds / 60));
    return GalleryPage::tr("about %1 h").arg(qRound(seconds / 3600));
}

GalleryPage::GalleryPage(const ThemeManager& themes, QWidget* parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_title(new QLabel(tr("F-Principle Lab"), this))
    , m_subtitle(new QLabel(tr("Watch a network learn the low frequencies first"), this))
    , m_problem(new QLabel(this))
    , m_nothing(new QLabel(tr("No card has that. Try another word."), this))
    , m_ways(new QWidget(this))
    , m_search(new SearchField(tr("Search the gallery"), this))
    , m_recent(new RecentRow(themes, this))
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget(this))
{
    setObjectName(QStringLiteral("gallery"));
    setAccessibleName(tr("Gallery of experiments"));
    m_content->setObjectName(QStringLiteral("scrolled"));
    auto* groups = new QVBoxLayout(m_content);
    groups->setContentsMargins(leftEdge, 4, rightEdge, 24); // cards have 4 px of their own for the focus ring
    groups->setSpacing(2);
    groups->addWidget(m_recent);
    m_nothing->setObjectName(QStringLiteral("gallery.nothing"));
    m_nothing->setProperty("role", QStringLiteral("muted"));
    m_nothing->setContentsMargins(4, 20, 0, 0);
    m_nothing->hide();
    groups->addWidget(m_nothing);
    connect(m_recent, &RecentRow::openRequested, this, &GalleryPage::recentRequested);
    connect(m_recent, &RecentRow::removeRequested, this, &GalleryPage::forgetRequested);
    for (const auto& [title, contents] : presetGroups())
        addGroup(title, contents);
    addGroup(tr("Start from your own"),
        {{QStringLiteral("formula"), tr("A formula"), tr("Type any function of x and train on it"), {}, nullptr,
             OwnStart::Formula, {}},
            {QStringLiteral("csv"), tr("A CSV file"), tr("Two columns of numbers become the samples"), {}, nullptr,
                OwnStart::Csv, {}},
            {QStringLiteral("blank"), tr("Blank"), tr("One sine and all settings at their defaults"), {}, nullptr,
                OwnStart::Blank, {}}});
    groups->addStretch();
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader(*column);
    column->addWidget(m_scroll, 1);

    setFocusProxy(m_cards.first());
    new ScrollFade(*m_scroll, fadeHeight, themes);
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        for (GalleryCard* card : std::as_const(m_cards))
            card->followPointer();
    });
    connect(&themes, &ThemeManager::changed, this, &GalleryPage::showTheme);
    showTheme();
}

GalleryPage::~GalleryPage() = default;

void GalleryPage::buildHeader(QVBoxLayout& column)
{
    m_subtitle->setProperty("role", QStringLiteral("muted"));
    m_problem->setObjectName(QStringLiteral("gallery.problem"));
    m_problem->setProperty("role", QStringLiteral("error"));
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(34, 0, 34, 6);
    m_problem->hide();
    auto* open = new QPushButton(tr("Open…"), this);
    open->setObjectName(QStringLiteral("gallery.open"));
    open->setAccessibleName(tr("Open a file"));
    open->setToolTip(tr("Open an experiment or a CSV file (Ctrl+O)"));
    open->setFocusPolicy(Qt::TabFocus);
    connect(open, &QPushButton::clicked, this, &GalleryPage::fileRequested);
    auto* settings = new QPushButton(tr("Settings"), this);
    settings->setObjectName(QStringLiteral("gallery.settings"));
    settings->setToolTip(tr("Theme, text size, memory, keys (Ctrl+,)"));
    settings->setFocusPolicy(Qt::TabFocus);
    connect(settings, &QPushButton::clicked, this, &GalleryPage::settingsRequested);

    m_search->setObjectName(QStringLiteral("gallery.search"));
    m_search->setToolTip(tr("Filters the cards by their words (Ctrl+F)"));
    m_search->setMinimumWidth(180);
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_search, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    connect(m_search, &QLineEdit::textChanged, this, &GalleryPage::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &GalleryPage::enterFirstFound);

    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    auto* header = new QHBoxLayout;
    header->setContentsMargins(34, 16, 34, 8);
    header->setSpacing(10);
    header->addLayout(words, 1);
    header->addWidget(m_search, 0, Qt::AlignTop);
    header->addWidget(open, 0, Qt::AlignTop);
    header->addWidget(settings, 0, Qt::AlignTop);
    column.addLayout(header);
    column.addWidget(m_problem);
    auto* ways = new FlowLayout(8, 6, m_ways);
    ways->setContentsMargins(34, 0, 34, 8);
    m_ways->hide();
    column.addWidget(m_ways);
}

void GalleryPage::setRecent(const QList<RecentFile>& files) { m_recent->setFiles(files); }

void GalleryPage::filter(const QString& typed)
{
    const auto words = typed.simplified().split(u' ', Qt::SkipEmptyParts);
    bool any = false;
    for (const auto& [heading, cards] : std::as_const(m_groups)) {
        bool anyHere = false;
        for (GalleryCard* card : cards) {
            const QString text = heading->text() + u' ' + card->searchText();
            const bool fits = std::ranges::all_of(
                words, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
            card->setVisible(fits);
            anyHere = anyHere || fits;
        }
        heading->setVisible(anyHere);
        any = any || anyHere;
    }
    m_nothing->setVisible(!any);
}

void GalleryPage::enterFirstFound()
{
    const auto found = std::ranges::find_if(m_cards, [](const GalleryCard* card) { return card->isVisible(); });
    if (found != m_cards.end())
        (*found)->setFocus(Qt::TabFocusReason);
}

void GalleryPage::addGroup(const QString& title, const QList<CardContent>& contents)
{
    auto* groups = static_cast<QVBoxLayout*>(m_content->layout());
    auto* heading = new QLabel(title, m_content);
    heading->setProperty("role", QStringLiteral("title"));
    heading->setContentsMargins(4, 8, 0, 2);
    groups->addWidget(heading);
    auto* flow = new FlowLayout(cardGap, 2);
    QList<GalleryCard*> cards;
    for (const CardContent& content : contents) {
        auto* card = new GalleryCard(content, m_themes, m_content);
        if (content.spec)
            card->setTime(isOverAtOnce(*content.spec) ? tr("at once") : timeInWords(demoSeconds));
        connect(card, &GalleryCard::openRequested, this, &GalleryPage::open);
        connect(card, &GalleryCard::moveRequested, this, [this, card](int key) { move(*card, key); });
        flow->addWidget(card);
        cards.append(card);
    }
    m_cards.append(cards);
    m_groups.append({heading, cards});
    groups->addLayout(flow);
}

void GalleryPage::open(const QString& id, bool run)
{
    m_problem->hide();
    m_ways->hide();
    Q_EMIT openRequested(id, run);
}

void GalleryPage::showProblem(const QString& text, const QList<Banner::Action>& ways)
{
    m_problem->setText(text);
    m_problem->setAccessibleName(text);
    m_problem->show();
    while (QLayoutItem* item = m_ways->layout()->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const Banner::Action& way : ways) {
        auto* button = new QPushButton(way.label, m_ways);
        button->setObjectName(QStringLiteral("gallery.way"));
        button->setAccessibleName(way.label);
        connect(button, &QPushButton::clicked, this, [this, run = way.run] {
            m_problem->hide();
            m_ways->hide();
            run();
        });
        m_ways->layout()->addWidget(button);
    }
    m_ways->setVisible(!ways.isEmpty());
}

void GalleryPage::move(const GalleryCard& from, int key)
{
    const auto here = m_cards.indexOf(const_cast<GalleryCard*>(&from));
    GalleryCard* next = nullptr;
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        const int direction = key == Qt::Key_Right ? 1 : -1;
        auto at = here + direction;
        while (m_cards.value(at) && !m_cards[at]->isVisible())
            at += direction;
        next = m_cards.value(at);
    } else {
        // The nearest card of the next row in that direction.
        const QPoint center = from.mapTo(m_content, from.rect().center());
        int best = std::numeric_limits<int>::max();
        for (GalleryCard* card : std::as_const(m_cards)) {
            if (!card->isVisible())
                continue;
            const QPoint other = card->mapTo(m_content, card->rect().center());
            const int down = (other.y() - center.y()) * (key == Qt::Key_Down ? 1 : -1);
            const int distance = down * 4 + std::abs(other.x() - center.x());
            if (down > card->height() / 2 && distance < best) {
                best = distance;
                next = card;
            }
        }
    }
    if (next) {
        next->setFocus(Qt::TabFocusReason);
        m_scroll->ensureWidgetVisible(next, 0, fadeHeight);
    }
}

void GalleryPage::showTheme()
{
    QFont face = m_themes.theme().uiFont();
    face.setPointSizeF(face.pointSizeF() * 1.65);
    face.setWeight(QFont::DemiBold);
    // A font under a style sheet needs a rule of its own to hold.
    m_title->setStyleSheet(QStringLiteral("font-size: %1pt; font-weight: 600;").arg(face.pointSizeF()));
    stretchCards();
    update();
}

/// As many cards in a row as the widest group has, or as fit at their usual size, take the whole width.
void GalleryPage::stretchCards()
{
    const double usual = GalleryCard::usualWidth * m_themes.theme().fontScale;
    const int room = width() - leftEdge - rightEdge - scrollBar;
    qsizetype most = 1;
    for (const auto& group : std::as_const(m_groups))
        most = std::max(most, group.second.size());
    const int columns = std::clamp(static_cast<int>((room + cardGap) / (usual + cardGap)), 1, static_cast<int>(most));
    const double stretch = (room - (columns - 1) * cardGap) / (columns * usual);
    for (GalleryCard* card : std::as_const(m_cards))
        card->setStretch(std::clamp(stretch, 1.0, mostStretch));
}

void GalleryPage::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), m_themes.theme().window); }

void GalleryPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    stretchCards();
}

void GalleryPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    QTimer::singleShot(600, this, [this] {
        if (isVisible())
            startEstimates();
    });
}

void GalleryPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_estimator.request_stop(); // the run that was opened needs the processor
}

void GalleryPage::startEstimates()
{
    if (m_estimator.joinable())
        m_estimator.join(); // it was asked to stop when the page was hidden, or has ended
    std::vector<const Preset*> missing;
    for (const Preset& preset : presets())
        if (!m_seconds.contains(preset.id))
            missing.push_back(&preset);
    m_estimator = std::jthread([this, missing](const std::stop_token& stop) {
        for (const Preset* preset : missing) {
            if (stop.stop_requested())
                return;
            const double seconds = estimateSeconds(preset->spec);
            QMetaObject::invokeMethod(
                this, [this, preset, seconds] { showEstimate(textOf(preset->id), seconds); }, Qt::QueuedConnection);
        }
    });
}

void GalleryPage::showEstimate(const QString& id, double seconds)
{
    m_seconds[id.toStdString()] = seconds;
    for (GalleryCard* card : std::as_const(m_cards)) {
        if (card->content().id == id && !isOverAtOnce(*card->content().spec))
            card->setTime(timeInWords(std::max(demoSeconds, seconds)));
        if (card->content().paperId == id)
            card->setPaperTime(timeInWords(seconds));
    }
}

} // namespace fplab
