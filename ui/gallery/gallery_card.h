#pragma once

#include "core/experiment/spec.h"
#include "ui/gallery/thumbnail.h"

#include <QAbstractButton>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace fplab {

/// What a card offers.
struct CardContent {
    QString id; ///< emitted when opened
    QString title, summary, tip;
    const ExperimentSpec* spec = nullptr; ///< drawn as thumbnail; outlives the card
    OwnStart own = OwnStart::Blank; ///< drawn if there is no spec
    QString paperId; ///< the variant with the paper's settings; may be empty
};

/// A picture, a question and a run button. Click or Enter opens, Ctrl+Enter opens and runs.
class GalleryCard : public QAbstractButton {
    Q_OBJECT
public:
    GalleryCard(const CardContent& content, const ThemeManager& themes, QWidget* parent = nullptr);

    [[nodiscard]] const CardContent& content() const { return m_content; }
    /// All that a person might look for: words, formula, paper.
    [[nodiscard]] QString searchText() const;
    /// How long the classroom variant takes to show its effect, and the paper's variant, in words.
    void setTime(const QString& time);
    void setPaperTime(const QString& time);
    static constexpr int usualWidth = 256; ///< at font scale 1, with the room for the ring of the focus
    void setStretch(double stretch); ///< how much wider than usual
    void followPointer(); ///< after the card moved under it, or away
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void openRequested(const QString& id, bool run);
    void moveRequested(int key); ///< an arrow key

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int cardWidth() const;
    void showTheme();
    void showMenu();

    CardContent m_content;
    const ThemeManager& m_themes;
    QLabel *m_picture, *m_title, *m_summary, *m_time;
    QPushButton* m_run;
    QToolButton* m_more;
    QString m_paperTime;
    double m_stretch = 1;
};

} // namespace fplab
