#pragma once

#include <QString>

namespace fplab {

/// Where a dialog for files begins: in `wanted` if that is a folder, else in the user's documents, else at home.
[[nodiscard]] QString folderOrDocuments(const QString& wanted);

/// What to say of a name that the user chose and other systems refuse; empty for all others.
[[nodiscard]] QString nameWarning(const QString& path);

} // namespace fplab
