#include "ui/window/pending_bar.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace fplab {

PendingBar::PendingBar(const Lab& lab, QWidget* parent)
    : QFrame(parent)
    , m_lab(lab)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("pending"));
    setAccessibleName(tr("Changes that wait for a new run"));
    setProperty("pendingBar", true);
    m_text->setObjectName(QStringLiteral("pending.text"));
    m_text->setMinimumWidth(120);
    const auto button = [this](const QString& text, const QString& keys, const QString& name) {
        auto* made = new QPushButton(text, this);
        made->setObjectName(name);
        made->setAccessibleName(text);
        made->setToolTip(QStringLiteral("%1 (%2)").arg(text, keys));
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    auto* restart = button(tr("Restart with them"), tr("Ctrl+Enter"), QStringLiteral("pending.restart"));
    restart->setProperty("primary", true);
    auto* undo = button(tr("Undo changes"), tr("Esc"), QStringLiteral("pending.undo"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(restart);
    row->addWidget(undo);
    connect(restart, &QPushButton::clicked, this, &PendingBar::restartRequested);
    connect(undo, &QPushButton::clicked, this, &PendingBar::undoRequested);
    connect(&lab.editor, &ExperimentEditor::pendingChanged, this, &PendingBar::showChanges);
    connect(&lab.themes, &ThemeManager::changed, this, &PendingBar::showChanges);
    showChanges();
}

void PendingBar::showChanges()
{
    const auto& changes = m_lab.editor.pending();
    QStringList words;
    for (const PendingChange& change : changes)
        words.append(tr("%1 %2 → %3").arg(change.label, change.was, change.now));
    m_full = changes.size() == 1 ? tr("1 change waits for a new run: ")
                                 : tr("%1 changes wait for a new run: ").arg(changes.size());
    m_full += words.join(QStringLiteral(", "));
    m_text->setToolTip(m_full);
    m_text->setAccessibleName(m_full);
    const Theme& theme = m_lab.themes.theme();
    const int size = qRound(16 * theme.fontScale);
    m_icon->setPixmap(theme.icon(QStringLiteral("info"), theme.pending).pixmap(QSize(size, size), devicePixelRatio()));
    setVisible(!changes.empty());
    elide();
}

void PendingBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    elide();
}

void PendingBar::elide() { m_text->setText(m_text->fontMetrics().elidedText(m_full, Qt::ElideRight, m_text->width())); }

} // namespace fplab
