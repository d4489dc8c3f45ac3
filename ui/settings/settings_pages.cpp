#include "ui/settings/settings_pages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace fplab {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("SettingsDialog", text); }

/// A page is a column of rows: name and one line of meaning at the left, the control at the right.
class Page {
public:
    Page(const QString& title, QWidget* parent)
        : m_widget(new QWidget(parent))
        , m_rows(new QGridLayout(m_widget))
    {
        m_rows->setContentsMargins(4, 0, 12, 8);
        m_rows->setHorizontalSpacing(24);
        m_rows->setVerticalSpacing(0);
        m_rows->setColumnStretch(0, 1);
        auto* heading = new QLabel(title, m_widget);
        heading->setProperty("role", QStringLiteral("heading"));
        heading->setContentsMargins(0, 0, 0, 4);
        m_rows->addWidget(heading, 0, 0, 1, 2);
    }
    [[nodiscard]] QWidget* widget() const { return m_widget; }

    void add(const QString& name, const QString& meaning, QWidget* control)
    {
        control->setAccessibleName(name);
        control->setAccessibleDescription(meaning);
        const int row = m_rows->rowCount();
        auto* label = new QLabel(name, m_widget);
        label->setBuddy(control);
        auto* words = new QLabel(meaning, m_widget);
        words->setWordWrap(true);
        words->setProperty("role", QStringLiteral("muted"));
        auto* left = new QVBoxLayout;
        left->setContentsMargins(0, 9, 0, 9);
        left->setSpacing(1);
        left->addWidget(label);
        left->addWidget(words);
        m_rows->addLayout(left, row, 0);
        m_rows->addWidget(control, row, 1, Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter);
    }
    void end() { m_rows->setRowStretch(m_rows->rowCount(), 1); }

private:
    QWidget* m_widget;
    QGridLayout* m_rows;
};

template <class T> using Choices = QList<std::pair<QString, T>>;

/// A list of values for one member of the settings.
template <class T, class Stored>
QComboBox* choice(
    SettingsStore& store, QWidget* parent, const QString& name, const Choices<T>& choices, Stored Settings::*member)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const auto& [text, value] : choices)
        box->addItem(text, QVariant::fromValue(static_cast<double>(value)));
    QObject::connect(box, &QComboBox::activated, &store,
        [&store, box, member] { store.set(member, static_cast<Stored>(box->currentData().toDouble())); });
    return box;
}

/// The nearest of the listed values.
void select(QComboBox* box, double value)
{
    int best = 0;
    for (int i = 1; i < box->count(); ++i)
        if (std::abs(box->itemData(i).toDouble() - value) < std::abs(box->itemData(best).toDouble() - value))
            best = i;
    box->setCurrentIndex(best);
}

/// A box without words of which all that is its own can be clicked.
class BareBox : public QCheckBox {
public:
    using QCheckBox::QCheckBox;

protected:
    [[nodiscard]] bool hitButton(const QPoint& at) const override { return rect().contains(at); }
};

QCheckBox* toggle(SettingsStore& store, QWidget* parent, const QString& name, bool Settings::*member)
{
    auto* box = new BareBox(parent);
    box->setObjectName(name);
    box->setProperty("bare", true);
    box->setLayoutDirection(Qt::RightToLeft); // the box itself at the edge, as the ends of the other controls
    QObject::connect(box, &QCheckBox::clicked, &store, [&store, member](bool on) { store.set(member, on); });
    return box;
}

} // namespace

SettingsPage generalPage(SettingsStore& store, QWidget* parent)
{
    Page page(tr("General"), parent);
    QWidget* widget = page.widget();
    auto* theme = choice<ThemeKind>(store, widget, QStringLiteral("settings.theme"),
        {{tr("Light"), ThemeKind::Light}, {tr("Dark"), ThemeKind::Dark}, {tr("As the system"), ThemeKind::System},
            {tr("Projector"), ThemeKind::Projector}, {tr("High contrast"), ThemeKind::HighContrast}},
        &Settings::theme);
    page.add(tr("Theme"), tr("Projector has black on white and thicker lines, High contrast white on black."), theme);
    Choices<double> sizes;
    for (int percent = 100; percent <= 200; percent += 10)
        sizes.append({tr("%1 %").arg(percent), percent / 100.0});
    auto* scale = choice<double>(store, widget, QStringLiteral("settings.text_scale"), sizes, &Settings::textScale);
    page.add(tr("Text size"), tr("Of panels, plots and dialogs."), scale);
    auto* pace = choice<Pace::Kind>(store, widget, QStringLiteral("settings.pace"),
        {{tr("Demo"), Pace::Kind::Demo}, {tr("Steady"), Pace::Kind::Steady}, {tr("Max"), Pace::Kind::Max}},
        &Settings::pace);
    page.add(tr("Pace at start"),
        tr("Demo stretches a run to about ten seconds, Max runs as fast as this computer can."), pace);

    auto* folder = new QWidget(widget);
    auto* folderRow = new QHBoxLayout(folder);
    folderRow->setContentsMargins(0, 0, 0, 0);
    folderRow->setSpacing(6);
    auto* choose = new QPushButton(folder);
    folder->setFocusProxy(choose);
    choose->setObjectName(QStringLiteral("settings.folder"));
    choose->setAutoDefault(false);
    auto* last = new QPushButton(tr("Clear"), folder);
    last->setObjectName(QStringLiteral("settings.folder.clear"));
    last->setAccessibleName(tr("No fixed folder"));
    last->setAutoDefault(false);
    folderRow->addWidget(choose);
    folderRow->addWidget(last);
    page.add(tr("Folder for files"), tr("Where opening, saving and exporting begin; without one, where you were last."),
        folder);
    QObject::connect(choose, &QPushButton::clicked, widget, [&store, widget] {
        const QString path
            = QFileDialog::getExistingDirectory(widget, tr("Folder for files"), store.values().dialogFolder());
        if (!path.isEmpty())
            store.set(&Settings::folder, path);
    });
    QObject::connect(last, &QPushButton::clicked, &store, [&store] { store.set(&Settings::folder, QString()); });

    auto* layout = toggle(store, widget, QStringLiteral("settings.remember_layout"), &Settings::rememberLayout);
    page.add(
        tr("Remember the arrangement"), tr("Panel, tiles and the options of the views, for the next start."), layout);
    auto* recent = toggle(store, widget, QStringLiteral("settings.remember_recent"), &Settings::rememberRecent);
    page.add(tr("Remember recent files"), tr("Lists what you opened and saved on the first page; off clears the list."),
        recent);
    QObject::connect(recent, &QCheckBox::clicked, &store, [&store](bool on) {
        if (!on)
            store.set(&Settings::recent, {});
    });
    page.end();

    const auto show = [=](const Settings& s) {
        select(theme, static_cast<double>(s.theme));
        select(scale, s.textScale);
        select(pace, static_cast<double>(s.pace));
        const QString name = QDir(s.folder).dirName();
        choose->setText(
            s.folder.isEmpty() ? tr("Choose…") : choose->fontMetrics().elidedText(name, Qt::ElideMiddle, 180));
        choose->setToolTip(s.folder.isEmpty() ? tr("Choose a folder") : QDir::toNativeSeparators(s.folder));
        choose->setAccessibleName(tr("Folder for files: %1").arg(s.folder.isEmpty() ? tr("none") : s.folder));
        last->setVisible(!s.folder.isEmpty());
        layout->setChecked(s.rememberLayout);
        recent->setChecked(s.rememberRecent);
    };
    const auto reset = [](Settings& s) {
        const Settings fresh;
        s.theme = fresh.theme;
        s.textScale = fresh.textScale;
        s.pace = fresh.pace;
        s.folder = fresh.folder;
        s.rememberLayout = fresh.rememberLayout;
        s.rememberRecent = fresh.rememberRecent;
    };
    return {tr("General"), widget, show, reset};
}

SettingsPage recordingPage(SettingsStore& store, QWidget* parent)
{
    Page page(tr("Recording"), parent);
    QWidget* widget = page.widget();
    Choices<int> sizes;
    for (int size = Settings::leastMegabytes; size <= Settings::mostMegabytes; size *= 2)
        sizes.append({size < 1024 ? tr("%1 MB").arg(size) : tr("%1 GB").arg(size / 1024), size});
    auto* memory = choice<int>(store, widget, QStringLiteral("settings.history"), sizes, &Settings::historyMegabytes);
    page.add(tr("Memory for the history"),
        tr("When a run fills it, older records are kept every 2nd, 4th, … step. The first and the newest, captures, "
           "changes and bookmarks always stay."),
        memory);
    page.end();
    return {tr("Recording"), widget, [memory](const Settings& s) { select(memory, s.historyMegabytes); },
        [](Settings& s) { s.historyMegabytes = Settings().historyMegabytes; }};
}

SettingsPage accessibilityPage(SettingsStore& store, QWidget* parent)
{
    Page page(tr("Accessibility"), parent);
    QWidget* widget = page.widget();
    auto* motion = toggle(store, widget, QStringLiteral("settings.reduce_motion"), &Settings::reduceMotion);
    page.add(tr("Reduce motion"), tr("Plots of a running training change four times a second, and menus open at once."),
        motion);
    auto* single = toggle(store, widget, QStringLiteral("settings.single_keys"), &Settings::singleKeys);
    page.add(tr("Single-key shortcuts"),
        tr("Off: keys without Ctrl, Alt or a function key do nothing window-wide, also the space bar. "
           "Keys of the plot or control in focus go on working."),
        single);
    page.end();
    const auto show = [=](const Settings& s) {
        motion->setChecked(s.reduceMotion);
        single->setChecked(s.singleKeys);
    };
    const auto reset = [](Settings& s) {
        const Settings fresh;
        s.reduceMotion = fresh.reduceMotion;
        s.singleKeys = fresh.singleKeys;
    };
    return {tr("Accessibility"), widget, show, reset};
}

} // namespace fplab
