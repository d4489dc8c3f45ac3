#include "ui/views/plot_view.h"

#include "ui/views/equation_card.h"
#include "ui/views/paint.h"
#include "ui/views/plot_accessible.h"
#include "ui/views/plot_view_p.h"
#include "ui/views/scales.h"
#include "ui/views/view_table.h"
#include "ui/widgets/popup.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace fplab {
namespace {

constexpr double slowFrameMs = 15;
constexpr int slowFrames = 3; ///< so many in a row switch antialiasing off while running
constexpr int announcePause = 2000; ///< ms between two descriptions for screen readers
constexpr double cardRadius = 9;

} // namespace

PlotView::PlotView(const Lab& lab, const RunCursor& shown, const QString& id, const QString& title, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(lab, shown, id, title, this))
{
    installPlotAccessibility();
    setObjectName(id + QStringLiteral("View"));
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 150);
    d->header->applyTheme(lab.themes.theme());
    d->plot->installEventFilter(this);
    new PaintItem(d->plot, QStringLiteral("overlay"), true, [this](QCPPainter& p) { drawCrosshair(p); });

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 5, 4);
    column->setSpacing(0);
    column->addWidget(d->header);
    column->addWidget(d->plot, 1);
    buildMenu();
    followModels();
}

void PlotView::buildMenu()
{
    auto* menu = new QMenu(this);
    d->header->moreButton().setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        qDeleteAll(menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)); // which clear() keeps
        menu->addAction(tr("Equation, with the numbers of now"), this, &PlotView::showEquation);
        menu->addAction(d->header->maximiseButton().toolTip(), this, &PlotView::maximiseRequested);
        menu->addSeparator();
        d->options.fillMenu(*menu);
        menu->addSeparator();
        menu->addAction(tr("Fit\tHome"), this, &PlotView::fit);
        menu->addAction(tr("Zoom before\tBackspace"), this, &PlotView::zoomBack)->setEnabled(d->zoom.hasHistory());
        menu->addAction(tr("As a table\tT"), this, &PlotView::showTable);
        menu->addAction(tr("Describe\tD"), this, &PlotView::describe);
        menu->addAction(tr("Copy picture and numbers\tCtrl+C"), this, &PlotView::copy);
        menu->addAction(tr("Copy the value at the crosshair\tCtrl+Shift+C"), this, &PlotView::copyValue)
            ->setEnabled(d->probe.has_value());
        menu->addAction(tr("Export...\tCtrl+E"), this, &PlotView::exportRequested);
    });
    connect(&d->options, &ViewOptions::changed, this, [this] {
        startOver();
        Q_EMIT viewStateChanged();
    });
    for (QAbstractButton* button : std::initializer_list<QAbstractButton*> {&d->header->actionButton(),
             &d->header->equationButton(), &d->header->maximiseButton(), &d->header->moreButton()})
        connect(button, &QAbstractButton::pressed, this, [this] { setActive(true); });
    connect(&d->header->actionButton(), &QPushButton::clicked, this, &PlotView::actionTriggered);
    connect(&d->header->equationButton(), &QToolButton::clicked, this, &PlotView::showEquation);
    connect(&d->header->maximiseButton(), &QToolButton::clicked, this, &PlotView::maximiseRequested);
}

QMenu& PlotView::menu()
{
    QMenu& menu = *d->header->moreButton().menu();
    Q_EMIT menu.aboutToShow();
    return menu;
}

void PlotView::followModels()
{
    d->frameTimer.setSingleShot(true);
    connect(&d->frameTimer, &QTimer::timeout, this, [this] {
        if (isVisible() && !visibleRegion().isEmpty())
            refreshNow();
    });
    d->announceTimer.setSingleShot(true);
    connect(&d->shown.run, &ShownRun::loaded, this, [this] {
        d->needsReset = true;
        d->outdated = true;
        setCrosshair(std::nullopt);
        QToolTip::hideText(); // it tells of the run before
        invalidate();
    });
    connect(&d->lab.editor, &ExperimentEditor::opened, this, [this] { d->zoom.forget(); });
    connect(&d->shown.run, &ShownRun::advanced, this, [this] {
        if (d->shown.run.history().revision() != d->revision)
            d->outdated = true;
        invalidate();
    });
    connect(&d->shown.run, &ShownRun::stateChanged, this, &PlotView::invalidate);
    connect(&d->shown.timeline, &TimelineModel::cursorMoved, this, &PlotView::invalidate);
    connect(&d->shown.analysis, &AnalysisModel::changed, this, [this] {
        d->outdated = true;
        analysisChanged();
        invalidate();
    });
    connect(&d->lab.themes, &ThemeManager::changed, this, [this] {
        d->themed = false;
        invalidate();
        update();
    });
}

PlotView::~PlotView() = default;

QString PlotView::id() const { return d->id; }
QString PlotView::title() const { return d->title; }

void PlotView::setTitle(const QString& title)
{
    if (title == d->title)
        return;
    d->title = title;
    d->header->setTitle(title);
    setAccessibleName(title);
}
QCustomPlot& PlotView::plot() const { return *d->plot; }
const Lab& PlotView::lab() const { return d->lab; }
const RunCursor& PlotView::shown() const { return d->shown; }
double PlotView::lastFrameMs() const { return d->frameMs; }
const Theme& PlotView::look() const { return d->frame.look; }
bool PlotView::exporting() const { return d->frame.exporting; }
bool PlotView::marksStep() const { return d->frame.markStep; }
bool PlotView::isActive() const { return d->active; }
QCPAxis* PlotView::xAxis() const { return d->plot->xAxis; }
QCPAxis* PlotView::yAxis() const { return d->plot->yAxis; }
void PlotView::setPlainHeader(bool plain) { d->header->setPlain(plain); }
void PlotView::setMaximised(bool maximised) { d->header->setMaximised(maximised); }

void PlotView::setActive(bool active)
{
    if (active == d->active)
        return;
    d->active = active;
    update();
    if (active)
        Q_EMIT activated();
}

TimelineModel& PlotView::timeline() const { return d->shown.timeline; }
std::int64_t PlotView::shownStep() const { return d->shown.timeline.step(); }
std::size_t PlotView::sampleCount() const
{
    const int output = d->shown.run.channelIndex(Role::Output);
    return output < 0 ? 0 : d->shown.run.channels()[static_cast<std::size_t>(output)].x.values.size();
}
QString PlotView::inputName() const
{
    const int output = d->shown.run.channelIndex(Role::Output);
    return output < 0 ? QStringLiteral("x")
                      : QString::fromStdString(d->shown.run.channels()[static_cast<std::size_t>(output)].x.label);
}
ViewTable PlotView::visibleTable() const
{
    return table().where([this](double key) { return d->zoom.showsX(key); });
}

int PlotView::pointCount(int) const { return 0; }
std::vector<int> PlotView::landmarks(int) const { return {}; }
PlotView::Probe PlotView::probe(int, int) const { return {}; }
void PlotView::activate(const Probe&) { }
void PlotView::analysisChanged() { }
void PlotView::click(QPointF) { }
bool PlotView::isChoosingClick() const { return d->choosing; }
QString PlotView::clickHint(QPointF) const { return {}; }
bool PlotView::grabsAt(QPointF) const { return false; }
void PlotView::drag(QPointF, QPointF) { }
void PlotView::dropped() { }
ViewOptions& PlotView::options() const { return d->options; }
QJsonObject PlotView::viewState() const { return d->options.state(); }
void PlotView::restoreViewState(const QJsonObject& state) { d->options.restore(state); }

// ---- frames

void PlotView::invalidate()
{
    d->dirty = true;
    if (isVisible() && !d->frameTimer.isActive())
        d->frameTimer.start(0);
}

void PlotView::refreshNow()
{
    QElapsedTimer clock;
    clock.start();
    d->dirty = false;
    const Theme& theme = d->lab.themes.theme();
    if (!d->themed) {
        d->header->applyTheme(theme);
        d->themed = true;
    }
    d->frame.style(theme);
    if (d->needsReset) {
        d->needsReset = false;
        reset();
    }
    const bool running = d->shown.run.state() == RunState::Running;
    if (!running && d->plain) {
        d->plain = false;
        d->slow = 0;
        d->plot->setNotAntialiasedElements(QCP::aeNone);
    }
    refresh(theme);
    d->header->note().setText(d->note.text, d->note.brief);
    d->header->setKey(d->note.key);
    d->outdated = false;
    d->revision = d->shown.run.history().revision();
    d->frame.layOut(d->plot->size());
    refreshCrosshair();
    d->plot->replot(QCustomPlot::rpQueuedRefresh);
    d->frameMs = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
    d->slow = d->frameMs > slowFrameMs ? d->slow + 1 : 0;
    if (running && !d->plain && d->slow >= slowFrames) {
        d->plain = true;
        d->plot->setNotAntialiasedElements(QCP::aeAll);
    }
    if (QAccessible::isActive() && !d->announceTimer.isActive()) {
        d->announceTimer.start(announcePause);
        if (const QString text = summary(); text != d->announced) {
            d->announced = text;
            QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
            QAccessible::updateAccessibility(&changed);
        }
    }
}

void PlotView::fit()
{
    d->zoom.fit();
    startOver();
}

void PlotView::startOver()
{
    d->needsReset = true;
    invalidate();
}

bool PlotView::isZoomed() const { return d->zoom.isZoomed(); }

void PlotView::zoomBack()
{
    if (d->zoom.back())
        invalidate();
}

void PlotView::setSubtitle(const QString& text, const std::optional<QString>& brief)
{
    d->note.text = text;
    d->note.brief = brief;
}

void PlotView::setKey(const QVector<KeyEntry>& key) { d->note.key = key; }
void PlotView::setAction(const QString& text, const QString& tip)
{
    d->header->setAction(text);
    d->header->actionButton().setToolTip(tip);
}
void PlotView::setEmptyText(const QString& text) { d->frame.empty = text; }
void PlotView::setHint(const QString& text) { d->frame.hint = text; }
void PlotView::setTag(const QString& text, const QString& brief)
{
    d->frame.tag = text;
    d->frame.briefTag = brief;
}
void PlotView::setStateNotes(bool hintToTrain, bool showStep)
{
    const ShownRun& run = d->shown.run;
    const QString step = formatStep(d->shown.timeline.step());
    setHint(hintToTrain && run.state() == RunState::Ready ? tr("Press Space to train") : QString());
    if (!d->shown.timeline.followsLive())
        setTag(showStep ? tr("step %1").arg(step) : QString(), showStep ? tr("step %1").arg(step) : QString());
    else if (run.state() == RunState::Diverged)
        setTag(tr("step %1: last finite state").arg(step), showStep ? tr("step %1").arg(step) : QString());
    else
        setTag({}, {});
}

void PlotView::setNotShown(qsizetype values) { d->frame.notShown = values; }

void PlotView::setAxisLabels(const QString& x, const QString& y)
{
    d->frame.xLabel = x;
    d->frame.yLabel = y;
}

void PlotView::setSideRoom(double left, double right)
{
    d->frame.roomLeft = left;
    d->frame.roomRight = right;
}

void PlotView::setTickers(const std::shared_ptr<Ticker>& x, const std::shared_ptr<Ticker>& y)
{
    d->frame.setTickers(x, y);
}

void PlotView::setAutoRange(double left, double right, double bottom, double top)
{
    d->zoom.setWhole({left, right}, {bottom, top});
}

void PlotView::setScales(const AxisScale& x, const AxisScale& y) { d->zoom.setScales(x, y); }

void PlotView::addPainter(Level level, bool clipToAxes, std::function<void(QCPPainter&)> function)
{
    const QString layer = level == Level::Under ? QStringLiteral("under")
        : level == Level::Curves                ? QStringLiteral("main")
                                                : QStringLiteral("over");
    new PaintItem(d->plot, layer, clipToAxes, [this, function = std::move(function)](QCPPainter& p) {
        const QRectF area = axisArea(); // a tile that has just been made may have no room yet
        if (d->frame.empty.isEmpty() && !d->outdated && area.width() >= 1 && area.height() >= 1)
            function(p);
    });
}

QPointF PlotView::toPixel(double x, double y) const { return {xAxis()->coordToPixel(x), yAxis()->coordToPixel(y)}; }

QVector<QPointF> PlotView::toPixels(const QVector<QPointF>& points) const
{
    QVector<QPointF> pixels(points.size());
    std::transform(points.begin(), points.end(), pixels.begin(), [this](QPointF p) { return toPixel(p); });
    return pixels;
}

QPointF PlotView::fromPixel(QPointF pixel) const
{
    return {xAxis()->pixelToCoord(pixel.x()), yAxis()->pixelToCoord(pixel.y())};
}

QRectF PlotView::axisArea() const { return d->plot->axisRect()->rect(); }

int PlotView::columns() const { return std::clamp(d->plot->axisRect()->width() / 2, 16, 250); }

void PlotView::paintEvent(QPaintEvent*)
{
    const Theme& theme = d->lab.themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.card);
    const double width = d->ring ? 2 : 1;
    painter.setPen(QPen(d->ring ? theme.accent : d->active ? mixed(theme.accent, theme.line, 0.4) : theme.line, width));
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), cardRadius, cardRadius);
}

void PlotView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (d->dirty)
        invalidate();
}

void PlotView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    setCrosshair(std::nullopt);
}

void PlotView::showTable()
{
    auto* dialog = new ViewTableDialog(d->title, table(), window());
    dialog->show();
}

void PlotView::showEquation()
{
    auto* card = new EquationCard(d->title, equation(), d->lab.themes.theme(), this);
    connect(card, &EquationCard::moreRequested, this, &PlotView::helpRequested);
    popUpBelow(*card, d->header->equationButton());
}

void PlotView::describe()
{
    Q_EMIT message(summary());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace fplab
