#include "ui/model/file_places.h"

#include "core/io/file_name.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace fplab {

QString folderOrDocuments(const QString& wanted)
{
    for (const QString& folder : {wanted, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)})
        if (!folder.isEmpty() && QFileInfo(folder).isDir())
            return folder;
    return QDir::homePath();
}

QString nameWarning(const QString& path)
{
    const std::string problem = fileNameProblem(QFileInfo(path).fileName().toStdString());
    return problem.empty()
        ? QString()
        : QCoreApplication::translate("fplab::Files", "The name %1: Windows and most USB sticks refuse it.")
              .arg(QString::fromStdString(problem));
}

} // namespace fplab
