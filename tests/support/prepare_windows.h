#pragma once

#include "ui/look/theme.h"
#include "ui/model/settings.h"

#include <QApplication>
#include <QFile>
#include <QStandardPaths>
#include <QStyleFactory>

namespace fplab::test {

/// Call once, before the first window: the look of the program, and settings that are those of a first start and not of
/// whoever tests or measures.
inline void prepareWindows()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    loadFonts();
    QFile::remove(settingsPath());
}

} // namespace fplab::test
