#pragma once

#include "ui/gallery/gallery_card.h"
#include "ui/model/settings.h"
#include "ui/widgets/banner.h"

#include <QLabel>
#include <QScrollArea>
#include <QWidget>

#include <map>
#include <string>
#include <thread>

class QVBoxLayout;

namespace fplab {

class RecentRow;
class SearchField;

/// The first page: ready-made experiments as cards, and ways to start from something of one's own. Arrow keys move
/// between cards.
class GalleryPage : public QWidget {
    Q_OBJECT
public:
    explicit GalleryPage(const ThemeManager& themes, QWidget* parent = nullptr);
    ~GalleryPage() override;

    /// Told under the title, with buttons for the ways out, until something is opened.
    void showProblem(const QString& text, const QList<Banner::Action>& ways = {});
    void setRecent(const QList<RecentFile>& files);
    [[nodiscard]] const QList<GalleryCard*>& cards() const { return m_cards; }

Q_SIGNALS:
    /// A preset's id, or "formula", "csv", "blank".
    void openRequested(const QString& id, bool run);
    void fileRequested();
    void settingsRequested();
    void recentRequested(const QString& path);
    void forgetRequested(const QString& path); ///< a recent file

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader(QVBoxLayout& column);
    void addGroup(const QString& title, const QList<CardContent>& contents);
    void open(const QString& id, bool run);
    void filter(const QString& typed);
    void enterFirstFound();
    void move(const GalleryCard& from, int key);
    void showTheme();
    void stretchCards();
    void startEstimates();
    void showEstimate(const QString& id, double seconds);

    const ThemeManager& m_themes;
    QLabel *m_title, *m_subtitle, *m_problem, *m_nothing;
    QWidget* m_ways; ///< out of the problem
    SearchField* m_search;
    RecentRow* m_recent;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QList<GalleryCard*> m_cards;
    QList<std::pair<QLabel*, QList<GalleryCard*>>> m_groups;
    std::map<std::string, double> m_seconds; ///< measured, by preset
    std::jthread m_estimator;
};

/// "about 10 s", "about 4 min", "about 2 h"
[[nodiscard]] QString timeInWords(double seconds);

} // namespace fplab
