#include "ui/settings/settings_dialog.h"

#include "ui/settings/key_map.h"
#include "ui/settings/settings_pages.h"
#include "ui/widgets/menu_actions.h"
#include "ui/widgets/mnemonics.h"
#include "ui/widgets/page_list.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/window_place.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {

SettingsDialog::SettingsDialog(SettingsStore& store, const KeyMap& keys, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_list(new PageList(tr("Pages of the settings"), this))
    , m_stack(new QStackedWidget(this))
    , m_reset(new QPushButton(this))
{
    setObjectName(QStringLiteral("settings"));
    setWindowTitle(tr("Settings"));
    m_list->setObjectName(QStringLiteral("settings.pages"));
    m_reset->setObjectName(QStringLiteral("settings.reset"));
    m_reset->setAutoDefault(false);
    auto* close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("settings.close"));
    close->setDefault(true);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(m_list);
    middle->addWidget(m_stack, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_reset);
    buttons->addStretch();
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addLayout(middle, 1);
    column->addLayout(buttons);

    addPage(generalPage(store, this));
    addPage(recordingPage(store, this));
    addPage(accessibilityPage(store, this));
    addPage(keyboardPage(store, keys, this));
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        m_stack->setCurrentIndex(row);
        m_reset->setText(tr("Reset “%1”").arg(m_pages[static_cast<std::size_t>(row)].title));
        giveMnemonics(*this);
    });
    connect(m_reset, &QPushButton::clicked, this, &SettingsDialog::resetPage);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(&store, &SettingsStore::changed, this, &SettingsDialog::showValues);
    showValues();
    m_list->setCurrentRow(0);
    m_list->setFocus();
    new WindowPlace(*this, {});
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::bringUp()
{
    show();
    raise();
    activateWindow();
}

QList<SettingsDialog::Row> SettingsDialog::rows() const
{
    QList<Row> rows;
    for (const SettingsPage& page : m_pages) {
        rows.append({page.title, page.title, {}, page.widget});
        for (const QLabel* label : page.widget->findChildren<QLabel*>())
            if (QWidget* control = label->buddy())
                rows.append({page.title, plainText(label->text()), control->accessibleDescription(), control});
    }
    return rows;
}

void SettingsDialog::showRow(const Row& row)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i].title == row.page)
            m_list->setCurrentRow(static_cast<int>(i));
    bringUp();
    if (QWidget* control = tabOrder(*row.control).value(0))
        enterByKeyboard(*control);
}

void SettingsDialog::addPage(SettingsPage page)
{
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    page.widget->setObjectName(QStringLiteral("scrolled"));
    page.widget->setAccessibleName(page.title);
    scroll->setWidget(page.widget);
    m_stack->addWidget(scroll);
    m_list->addItem(page.title);
    m_pages.push_back(std::move(page));
}

void SettingsDialog::showValues()
{
    for (const SettingsPage& page : m_pages)
        page.show(m_store.values());
    giveMnemonics(*this);
    fitToText();
}

void SettingsDialog::resetPage()
{
    Settings settings = m_store.values();
    m_pages[static_cast<std::size_t>(m_list->currentRow())].reset(settings);
    m_store.set(settings);
}

bool SettingsDialog::focusNextPrevChild(bool next) { return moveFocusInOrder(*this, next); }

void SettingsDialog::fitToText()
{
    const double scale = m_store.values().textScale;
    const QSize wanted(std::min(1000, qRound(720 * scale)), std::min(580, qRound(520 * scale)));
    if (!isVisible() || width() < wanted.width())
        resize(wanted);
}

} // namespace fplab
