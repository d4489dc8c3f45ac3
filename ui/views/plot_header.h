#pragma once

#include "ui/look/theme.h"
#include "ui/views/paint.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace fplab {

/// Key and muted text in one line; all of it stands in the tooltip.
class NoteLine : public QWidget {
    Q_OBJECT
public:
    explicit NoteLine(QWidget* parent = nullptr);
    /// Where `text` does not fit, `brief` is shown; an empty one = nothing; without one, what fits of the text.
    void setText(const QString& text, const std::optional<QString>& brief = {});
    void setKey(const QVector<KeyEntry>& key);
    void setLook(const QFont& font, const QColor& muted);
    void setTight(bool tight); ///< the key with short samples and gaps
    [[nodiscard]] const QVector<KeyEntry>& key() const { return m_key; }
    [[nodiscard]] double keyWidth() const; ///< that the whole key takes
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    QString m_text;
    std::optional<QString> m_brief;
    QVector<KeyEntry> m_key;
    QColor m_muted;
    bool m_tight = false;
};

/// The top of a tile: title, note, buttons for the equation, maximising and more.
class PlotHeader : public QWidget {
    Q_OBJECT
public:
    PlotHeader(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void applyTheme(const Theme& theme);
    void setMaximised(bool maximised);
    void setAction(const QString& text); ///< a button beside the others; empty = none
    void setPlain(bool plain); ///< only the button to maximise: the rest is in the menu of the right button
    /// Where the key does not fit, its gaps shrink, then the title is elided.
    void setKey(const QVector<KeyEntry>& key);
    [[nodiscard]] NoteLine& note() const { return *m_note; }
    [[nodiscard]] QPushButton& actionButton() const { return *m_action; }
    [[nodiscard]] QToolButton& equationButton() const { return *m_equation; }
    [[nodiscard]] QToolButton& maximiseButton() const { return *m_maximise; }
    [[nodiscard]] QToolButton& moreButton() const { return *m_more; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    [[nodiscard]] int buttonSide() const; ///< the same in tiles of one width, so that their icons stand in line

    QString m_title;
    QLabel* m_label;
    NoteLine* m_note;
    QPushButton* m_action;
    QToolButton* m_equation;
    QToolButton* m_maximise;
    QToolButton* m_more;
    bool m_maximised = false, m_plain = false;
    Theme m_theme;
};

} // namespace fplab
