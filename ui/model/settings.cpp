#include "ui/model/settings.h"

#include "core/io/vfs.h"
#include "ui/model/file_places.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>
#include <iterator>

namespace fplab {

namespace {

constexpr const char* themeIds[] = {"light", "dark", "projector", "high_contrast", "system"};
constexpr const char* paceIds[] = {"demo", "steady", "max"};

template <std::size_t N> int indexOf(const char* const (&ids)[N], const QString& id, int otherwise)
{
    const auto found = std::ranges::find_if(ids, [&](const char* known) { return id == QLatin1String(known); });
    return found == std::end(ids) ? otherwise : static_cast<int>(found - std::begin(ids));
}

QList<RecentFile> recentFrom(const QJsonArray& array)
{
    QList<RecentFile> files;
    for (const auto& entry : array) {
        const QString path = entry[QLatin1String("path")].toString();
        const bool known = std::ranges::any_of(files, [&](const RecentFile& file) { return file.path == path; });
        if (files.size() < Settings::mostRecent && QFileInfo(path).isAbsolute() && !known)
            files.append({path, QDateTime::fromString(entry[QLatin1String("used")].toString(), Qt::ISODate)});
    }
    return files;
}

QJsonArray toJson(const QList<RecentFile>& files)
{
    QJsonArray array;
    for (const RecentFile& file : files)
        array.append(QJsonObject {
            {QStringLiteral("path"), file.path}, {QStringLiteral("used"), file.used.toUTC().toString(Qt::ISODate)}});
    return array;
}

QMap<QString, QList<QKeySequence>> keysFrom(const QJsonObject& object)
{
    QMap<QString, QList<QKeySequence>> keys;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (!entry->isArray())
            continue;
        QList<QKeySequence> sequences;
        for (const auto& text : entry->toArray())
            if (const QKeySequence sequence(text.toString(), QKeySequence::PortableText); !sequence.isEmpty())
                sequences.append(sequence);
        if (!sequences.isEmpty() || entry->toArray().isEmpty())
            keys.insert(entry.key(), sequences);
    }
    return keys;
}

QJsonObject toJson(const QMap<QString, QList<QKeySequence>>& keys)
{
    QJsonObject object;
    for (auto entry = keys.begin(); entry != keys.end(); ++entry) {
        QJsonArray texts;
        for (const QKeySequence& sequence : *entry)
            texts.append(sequence.toString(QKeySequence::PortableText));
        object.insert(entry.key(), texts);
    }
    return object;
}

} // namespace

QString Settings::dialogFolder() const { return folderOrDocuments(folder.isEmpty() ? lastFolder : folder); }

void Settings::addRecent(const QString& path)
{
    if (!rememberRecent)
        return;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    removeRecent(absolute);
    recent.prepend({absolute, QDateTime::currentDateTimeUtc()});
    recent.resize(std::min(recent.size(), mostRecent));
}

void Settings::removeRecent(const QString& path)
{
    recent.removeIf([&](const RecentFile& file) { return file.path == path; });
}

QString settingsPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/settings.json");
}

Settings loadSettings(const QString& path)
{
    Settings settings;
    const auto bytes = loadFile(path.toStdString(), 1u << 20);
    if (!bytes)
        return settings;
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(*bytes), &error);
    if (!document.isObject()) {
        (void)Vfs::system().rename(path.toStdString(), path.toStdString() + ".bad");
        return settings;
    }
    const QJsonObject o = document.object();
    settings.theme = static_cast<ThemeKind>(indexOf(themeIds, o.value(QLatin1String("theme")).toString(), 0));
    settings.pace = static_cast<Pace::Kind>(indexOf(paceIds, o.value(QLatin1String("pace")).toString(), 0));
    settings.textScale = std::clamp(o.value(QLatin1String("text_scale")).toDouble(1), 1.0, 2.0);
    settings.folder = o.value(QLatin1String("folder")).toString();
    settings.lastFolder = o.value(QLatin1String("last_folder")).toString();
    settings.rememberRecent = o.value(QLatin1String("remember_recent")).toBool(true);
    settings.recent = recentFrom(o.value(QLatin1String("recent")).toArray());
    settings.historyMegabytes = std::clamp(o.value(QLatin1String("history_mb")).toInt(settings.historyMegabytes),
        Settings::leastMegabytes, Settings::mostMegabytes);
    settings.reduceMotion = o.value(QLatin1String("reduce_motion")).toBool(false);
    settings.singleKeys = o.value(QLatin1String("single_keys")).toBool(true);
    settings.keys = keysFrom(o.value(QLatin1String("keys")).toObject());
    settings.rememberLayout = o.value(QLatin1String("remember_layout")).toBool(true);
    settings.layout = o.value(QLatin1String("layout")).toObject();
    return settings;
}

Status saveSettings(const Settings& settings, const QString& path)
{
    const QJsonObject o {
        {QStringLiteral("theme"), QLatin1String(themeIds[static_cast<int>(settings.theme)])},
        {QStringLiteral("pace"), QLatin1String(paceIds[static_cast<int>(settings.pace)])},
        {QStringLiteral("text_scale"), settings.textScale},
        {QStringLiteral("folder"), settings.folder},
        {QStringLiteral("last_folder"), settings.lastFolder},
        {QStringLiteral("remember_recent"), settings.rememberRecent},
        {QStringLiteral("recent"), toJson(settings.recent)},
        {QStringLiteral("history_mb"), settings.historyMegabytes},
        {QStringLiteral("reduce_motion"), settings.reduceMotion},
        {QStringLiteral("single_keys"), settings.singleKeys},
        {QStringLiteral("keys"), toJson(settings.keys)},
        {QStringLiteral("remember_layout"), settings.rememberLayout},
        {QStringLiteral("layout"), settings.layout},
    };
    if (auto made = makeDirectories(QFileInfo(path).absolutePath().toStdString()); !made)
        return made;
    const auto saved = saveFile(path.toStdString(), QJsonDocument(o).toJson().toStdString());
    return saved ? success() : Status(saved.error());
}

SettingsStore::SettingsStore(QObject* parent)
    : QObject(parent)
    , m_values(loadSettings())
    , m_saved(m_values)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(500);
    connect(&m_timer, &QTimer::timeout, this, &SettingsStore::save);
}

SettingsStore::~SettingsStore() { save(); }

void SettingsStore::set(const Settings& values)
{
    if (values == m_values)
        return;
    m_values = values;
    m_timer.start();
    Q_EMIT changed();
}

void SettingsStore::save()
{
    if (m_values != m_saved && saveSettings(m_values))
        m_saved = m_values;
}

} // namespace fplab
