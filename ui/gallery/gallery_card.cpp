#include "ui/gallery/gallery_card.h"
#include "core/engine/network_spec.h"
#include "core/experiment/formula_parameters.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fplab {
namespace {

constexpr int ring = 4; ///< room around the card for the focus ring
constexpr int pictureHeight = 100;

} // namespace

GalleryCard::GalleryCard(const CardContent& content, const ThemeManager& themes, QWidget* parent)
    : QAbstractButton(parent)
    , m_content(content)
    , m_themes(themes)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(content.title, this))
    , m_summary(new QLabel(content.summary, this))
    , m_time(new QLabel(this))
    , m_run(new QPushButton(tr("Run"), this))
    , m_more(new QToolButton(this))
{
    setObjectName(QStringLiteral("card.") + content.id);
    setAccessibleName(content.title);
    setAccessibleDescription(content.summary + u' ' + content.tip);
    setToolTip(content.tip);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setWordWrap(true);
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setWordWrap(true);
    m_time->setProperty("role", QStringLiteral("muted"));
    for (QLabel* label : {m_picture, m_title, m_summary, m_time})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_run->setObjectName(QStringLiteral("run.") + content.id);
    m_run->setAccessibleName(tr("Run: %1").arg(content.title));
    m_run->setToolTip(tr("Open and run (Ctrl+Enter)"));
    m_run->setProperty("link", true);
    m_run->setFocusPolicy(Qt::TabFocus);
    m_run->setVisible(content.spec != nullptr);
    m_more->setObjectName(QStringLiteral("more.") + content.id);
    m_more->setAccessibleName(tr("The paper's settings: %1").arg(content.title));
    m_more->setToolTip(tr("As in the paper"));
    m_more->setProperty("flat", true);
    m_more->setFocusPolicy(Qt::TabFocus);
    QSizePolicy keep = m_more->sizePolicy();
    keep.setRetainSizeWhenHidden(content.spec != nullptr); // the footers of all cards look alike
    m_more->setSizePolicy(keep);
    m_more->setVisible(!content.paperId.isEmpty());
    m_time->setVisible(content.spec != nullptr);

    auto* words = new QVBoxLayout;
    words->setContentsMargins(12, 7, 12, 0);
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_summary);
    words->addStretch();
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(12, 0, 6, 4);
    footer->setSpacing(2);
    footer->addWidget(m_time, 1);
    footer->addWidget(m_more);
    footer->addWidget(m_run);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(ring + 4, ring + 4, ring + 4, ring + 3);
    column->setSpacing(0);
    column->addWidget(m_picture);
    column->addLayout(words, 1);
    column->addLayout(footer);

    connect(this, &QAbstractButton::clicked, this, [this] { Q_EMIT openRequested(m_content.id, false); });
    connect(m_run, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_content.id, true); });
    connect(m_more, &QToolButton::clicked, this, &GalleryCard::showMenu);
    connect(&themes, &ThemeManager::changed, this, &GalleryCard::showTheme);
    showTheme();
}

QSize GalleryCard::sizeHint() const
{
    const double scale = m_themes.theme().fontScale;
    const int width = cardWidth();
    const int usual
        = qRound((m_content.spec ? 222 : 180) * scale) + 2 * ring + qRound(pictureHeight * scale * (m_stretch - 1));
    return {width, std::max(usual, layout()->totalHeightForWidth(width))};
}

QString GalleryCard::searchText() const
{
    QStringList words {m_content.title, m_content.summary, m_content.tip};
    if (const ExperimentSpec* spec = m_content.spec) {
        words << QString::fromStdString(spec->title) << QString::fromStdString(formulaOf(*spec));
        if (const auto* network = findPart<const NetworkSpec>(*spec))
            words << QString::fromStdString(network->activation);
    }
    return words.join(u' ');
}

int GalleryCard::cardWidth() const
{
    return static_cast<int>(usualWidth * m_themes.theme().fontScale * m_stretch + 0.01);
}

void GalleryCard::setStretch(double stretch)
{
    if (qFuzzyCompare(stretch, m_stretch))
        return;
    m_stretch = stretch;
    showTheme();
}

void GalleryCard::followPointer()
{
    const bool under = isVisible() && rect().contains(mapFromGlobal(QCursor::pos())) && !visibleRegion().isEmpty();
    if (under == underMouse())
        return;
    setAttribute(Qt::WA_UnderMouse, under);
    update();
}

void GalleryCard::setTime(const QString& time) { m_time->setText(time); }

void GalleryCard::setPaperTime(const QString& time) { m_paperTime = time; }

void GalleryCard::showMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("paper.") + m_content.id);
    const QString open
        = m_paperTime.isEmpty() ? tr("Open as in the paper") : tr("Open as in the paper (%1)").arg(m_paperTime);
    connect(
        menu->addAction(open), &QAction::triggered, this, [this] { Q_EMIT openRequested(m_content.paperId, false); });
    connect(menu->addAction(tr("Run as in the paper")), &QAction::triggered, this,
        [this] { Q_EMIT openRequested(m_content.paperId, true); });
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
}

void GalleryCard::showTheme()
{
    const Theme& theme = m_themes.theme();
    const QSize size(cardWidth() - 2 * ring - 8, qRound(pictureHeight * theme.fontScale * m_stretch));
    m_picture->setFixedSize(size);
    m_picture->setPixmap(m_content.spec ? experimentThumbnail(*m_content.spec, theme, size, devicePixelRatio())
                                        : ownThumbnail(m_content.own, theme, size, devicePixelRatio()));
    m_run->setIcon(theme.icon(QStringLiteral("play"), theme.accent));
    m_run->setIconSize(QSize(13, 13));
    m_more->setIcon(theme.icon(QStringLiteral("more"), theme.muted));
    updateGeometry();
}

void GalleryCard::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(ring, ring, -ring, -ring);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 11, 11);
    }
    painter.setPen(QPen(underMouse() ? theme.accent : theme.line, 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.kind == ThemeKind::Projector ? theme.card : theme.window);
    painter.drawRoundedRect(QRectF(m_picture->geometry()), 7, 7);
}

void GalleryCard::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openRequested(
            m_content.id, event->modifiers().testFlag(Qt::ControlModifier) && m_content.spec != nullptr);
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        Q_EMIT moveRequested(event->key());
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

bool GalleryCard::event(QEvent* event)
{
    // Arrows move between cards, whatever shortcuts the window has.
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key >= Qt::Key_Left && key <= Qt::Key_Down) {
            event->accept();
            return true;
        }
    }
    return QAbstractButton::event(event);
}

} // namespace fplab
