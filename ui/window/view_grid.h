#pragma once

#include "ui/views/views.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QWidget>

#include <vector>

class QGridLayout;

namespace fplab {

/// Lays the visible views out: as tiles in two rows that share the width, as one large view with two beside it, or one
/// view alone.
class ViewGrid : public QWidget {
    Q_OBJECT
public:
    /// Takes the views over.
    explicit ViewGrid(std::vector<PlotView*> views, QWidget* parent = nullptr);

    /// What is open is of another sort: other views fit it.
    void setOccasion(const ViewOccasion& occasion);
    [[nodiscard]] bool isOffered(const PlotView* view) const;

    [[nodiscard]] const std::vector<PlotView*>& views() const { return m_views; }
    /// Views on screen now, in the order of the tiles.
    [[nodiscard]] std::vector<PlotView*> shown() const;

    enum class Layout { Tiles, Hero };
    void setLayout(Layout layout); ///< also ends a view alone
    [[nodiscard]] Layout layout() const { return m_layout; }
    /// Fewer buttons on the views, and their menus by the right mouse button.
    void setPlainHeaders(bool plain);
    /// Shows that view alone, or the tiles again when it is alone already; nullptr = the tiles.
    void maximise(PlotView* view);
    [[nodiscard]] PlotView* maximised() const { return m_maximised; }
    /// The view that was touched last, if it is on screen; else the first one there.
    [[nodiscard]] PlotView* active() const;
    /// The user's own choice of tiles for this occasion; overrides what the width suggests. The last one stays.
    void setShown(PlotView* view, bool shown);
    [[nodiscard]] bool isShown(const PlotView* view) const;
    /// These choices for all occasions, to be kept between sessions.
    [[nodiscard]] QJsonObject choices() const;
    void restoreChoices(const QJsonObject& choices); ///< unknown views are left out

Q_SIGNALS:
    void layoutChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Choice {
        QStringList shown, hidden;
    };
    void arrange();
    void choose(const QString& view, bool shown);

    std::vector<PlotView*> m_views;
    ViewOccasion m_occasion;
    QMap<QString, Choice> m_choices; ///< by occasion
    PlotView* m_maximised = nullptr;
    Layout m_layout = Layout::Tiles;
    QGridLayout* m_grid;
    bool m_wide = false;
};

} // namespace fplab
