#include "ui/gallery/recent_row.h"

#include "core/files/experiment_file.h"
#include "core/io/vfs.h"
#include "ui/gallery/thumbnail.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>

#include <algorithm>

namespace fplab {
namespace {

constexpr int widest = 230; ///< of a button's text
constexpr std::uint64_t mostBytes = 64 << 10; ///< of a file that is read for its picture

QString shortName(const QString& path)
{
    QString name = QFileInfo(path).fileName();
    if (name.endsWith(QLatin1String(".fplab.json")))
        name.chop(11);
    return name;
}

bool mayHavePicture(const QString& path) { return path.endsWith(QLatin1String(".json")) && QFileInfo(path).isFile(); }

} // namespace

QString timeAgo(const QDateTime& then, const QDateTime& now)
{
    if (!then.isValid())
        return {};
    const qint64 minutes = then.secsTo(now) / 60;
    const qint64 days = then.toLocalTime().date().daysTo(now.toLocalTime().date());
    if (minutes < 1)
        return RecentRow::tr("just now");
    if (minutes < 60)
        return RecentRow::tr("%1 min ago").arg(minutes);
    if (days < 1)
        return RecentRow::tr("%1 h ago").arg(minutes / 60);
    if (days == 1)
        return RecentRow::tr("yesterday");
    if (days < 30)
        return RecentRow::tr("%1 days ago").arg(days);
    return QLocale().toString(then.toLocalTime().date(), QLocale::ShortFormat);
}

RecentRow::RecentRow(const ThemeManager& themes, QWidget* parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_row(new QHBoxLayout(this))
    , m_title(new QLabel(tr("Continue"), this))
    , m_more(new QPushButton(tr("More…"), this))
{
    setObjectName(QStringLiteral("recent"));
    setAccessibleName(tr("Recent files"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_more->setObjectName(QStringLiteral("recent.more"));
    m_more->setAccessibleName(tr("More recent files"));
    setMinimumWidth(1); // else the buttons there are would keep it from shrinking
    m_row->setContentsMargins(4, 4, 4, 2);
    m_row->setSpacing(8);
    m_row->addWidget(m_title);
    m_row->addWidget(m_more);
    m_row->addStretch();
    connect(m_more, &QPushButton::clicked, this, &RecentRow::showMore);
    connect(&themes, &ThemeManager::changed, this, &RecentRow::drawAnew);
    m_drawing.setSingleShot(true);
    connect(&m_drawing, &QTimer::timeout, this, &RecentRow::drawNext);
    hide();
}

void RecentRow::setFiles(const QList<RecentFile>& files)
{
    m_files = files;
    setVisible(!files.isEmpty());
    drawAnew();
}

void RecentRow::drawAnew()
{
    build();
    m_next = 0;
    m_drawing.start(0);
}

void RecentRow::drawNext()
{
    if (m_next >= m_files.size())
        return;
    const QString& path = m_files[m_next].path;
    const QIcon picture = m_pictures[path] = pictureOf(path);
    if (m_next < m_buttons.size())
        m_buttons[m_next]->setIcon(picture);
    ++m_next;
    m_drawing.start(0);
}

QSize RecentRow::pictureSize() const { return QSizeF(QSizeF(40, 22) * m_themes.theme().fontScale).toSize(); }

QIcon RecentRow::pictureOf(const QString& path) const
{
    if (!mayHavePicture(path))
        return {};
    const auto text = loadFile(path.toStdString(), mostBytes);
    const auto spec = text ? parseExperiment(*text) : text.error();
    if (!spec)
        return {};
    return experimentThumbnail(*spec, m_themes.theme(), pictureSize(), devicePixelRatio());
}

void RecentRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        build();
}

void RecentRow::build()
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    int room = width() - m_title->sizeHint().width() - m_more->sizeHint().width() - 40;
    for (const RecentFile& file : std::as_const(m_files)) {
        QPushButton* button = makeButton(file);
        room -= button->sizeHint().width() + m_row->spacing();
        if (room < 0 && !m_buttons.isEmpty()) {
            delete button;
            break;
        }
        m_row->insertWidget(1 + static_cast<int>(m_buttons.size()), button);
        m_buttons.append(button);
        button->show();
    }
    m_more->setVisible(m_buttons.size() < m_files.size());
}

QPushButton* RecentRow::makeButton(const RecentFile& file)
{
    const bool there = QFileInfo::exists(file.path);
    const QString when = there ? timeAgo(file.used, QDateTime::currentDateTimeUtc()) : tr("missing");
    auto* button = new QPushButton(this);
    const QString name = shortName(file.path);
    const int room = qRound(widest * m_themes.theme().fontScale);
    const QString tail = when.isEmpty() ? QString() : QStringLiteral("  ·  ") + when;
    const QFontMetrics metrics(m_themes.theme().uiFont());
    QString text = metrics.elidedText(name, Qt::ElideMiddle, room - metrics.horizontalAdvance(tail)) + tail;
    button->setIconSize(pictureSize());
    QPixmap blank(pictureSize());
    blank.fill(Qt::transparent);
    button->setIcon(m_pictures.value(file.path, mayHavePicture(file.path) ? QIcon(blank) : QIcon()));
    button->setText(text.replace(u'&', QLatin1String("&&")));
    button->setObjectName(QStringLiteral("recent.") + name);
    button->setAccessibleName(there ? tr("Open %1, %2").arg(name, when) : tr("%1 is missing").arg(name));
    button->setToolTip(QDir::toNativeSeparators(file.path));
    button->setProperty("missing", !there);
    button->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(button, &QWidget::customContextMenuRequested, this,
        [this, button, path = file.path] { showMenu(button, path); });
    connect(button, &QPushButton::clicked, this, [this, button, path = file.path] {
        if (QFileInfo::exists(path))
            Q_EMIT openRequested(path);
        else
            showMenu(button, path);
    });
    return button;
}

void RecentRow::showMenu(QPushButton* button, const QString& path)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("recent.menu"));
    if (QFileInfo::exists(path))
        connect(menu->addAction(tr("Open")), &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    else
        menu->addAction(tr("This file is not there any more"))->setEnabled(false);
    connect(menu->addAction(tr("Remove from the list")), &QAction::triggered, this,
        [this, path] { Q_EMIT removeRequested(path); });
    menu->popup(button->mapToGlobal(QPoint(0, button->height() + 2)));
}

void RecentRow::showMore()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("recent.more.menu"));
    for (qsizetype i = m_buttons.size(); i < m_files.size(); ++i) {
        const QString& path = m_files[i].path;
        const bool there = QFileInfo::exists(path);
        QAction* action = menu->addAction(there ? shortName(path) : tr("%1 (missing)").arg(shortName(path)));
        action->setEnabled(there);
        action->setIcon(m_pictures.value(path));
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
}

} // namespace fplab
