#include "core/io/vfs.h"
#include "ui/widgets/toast.h"
#include "ui/window/bookmark_list.h"
#include "ui/window/main_window.h"

#include <QFileDialog>
#include <QFileInfo>

namespace fplab {

void MainWindow::showBookmarks()
{
    if (!m_bookmarks) {
        m_bookmarks = new BookmarkList(m_experiment.lab(), this);
        connect(m_bookmarks, &BookmarkList::exportRequested, this, [this] {
            const QString path = QFileDialog::getSaveFileName(m_bookmarks, tr("Export the bookmarks"),
                m_settings.values().dialogFolder() + QStringLiteral("/bookmarks.csv"), tr("Tables (*.csv)"));
            if (!path.isEmpty())
                exportBookmarks(
                    path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ? path : path + QStringLiteral(".csv"));
        });
    }
    m_bookmarks->bringUp();
}

void MainWindow::exportBookmarks(const QString& path)
{
    if (const auto saved = saveFile(path.toStdString(), bookmarksCsv(m_experiment.lab()).toStdString()); !saved) {
        complain(saved.error());
        return;
    }
    m_settings.set(&Settings::lastFolder, QFileInfo(path).absolutePath());
    m_toast->show(tr("Wrote the bookmarks to %1").arg(path));
}

} // namespace fplab
