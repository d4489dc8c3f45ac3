#include "ui/settings.h"

#include "core/io/vfs.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>
#include <iterator>

namespace fplab {

namespace {

constexpr const char* themeIds[] = {"light", "dark", "projector"};
constexpr const char* paceIds[] = {"demo", "steady", "max"};

template <std::size_t N> int indexOf(const char* const (&ids)[N], const QString& id, int otherwise)
{
    const auto found = std::ranges::find_if(ids, [&](const char* known) { return id == QLatin1String(known); });
    return found == std::end(ids) ? otherwise : static_cast<int>(found - std::begin(ids));
}

} // namespace

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
    settings.lastFolder = o.value(QLatin1String("last_folder")).toString();
    return settings;
}

Status saveSettings(const Settings& settings, const QString& path)
{
    const QJsonObject o {
        {QStringLiteral("theme"), QLatin1String(themeIds[static_cast<int>(settings.theme)])},
        {QStringLiteral("pace"), QLatin1String(paceIds[static_cast<int>(settings.pace)])},
        {QStringLiteral("text_scale"), settings.textScale},
        {QStringLiteral("last_folder"), settings.lastFolder},
    };
    if (auto made = makeDirectories(QFileInfo(path).absolutePath().toStdString()); !made)
        return made;
    const auto saved = saveFile(path.toStdString(), QJsonDocument(o).toJson().toStdString());
    return saved ? success() : Status(saved.error());
}

} // namespace fplab
