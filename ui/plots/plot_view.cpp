#include "ui/plots/plot_view.h"

#include "ui/plots/equation_card.h"
#include "ui/plots/figure.h"
#include "ui/plots/paint.h"
#include "ui/plots/plot_accessible.h"
#include "ui/plots/plot_header.h"
#include "ui/plots/scales.h"
#include "ui/plots/view_options.h"
#include "ui/plots/view_table.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleHints>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fplab {
namespace {

    constexpr double slowFrameMs = 15;
    constexpr int slowFrames = 3; ///< so many in a row switch antialiasing off while running
    constexpr int announcePause = 2000; ///< ms between two descriptions for screen readers
    constexpr double cardRadius = 9;

} // namespace

struct PlotView::Private {
    Private(const Lab& theLab, const QString& theId, const QString& theTitle)
        : lab(theLab)
        , id(theId)
        , title(theTitle)
    {
    }

    const Lab lab;
    QString id, title;
    ViewOptions options;
    PlotHeader* header = nullptr;
    QCustomPlot* plot = nullptr;
    QTimer frameTimer, announceTimer;
    Theme look; ///< what is painted with now
    bool exporting = false;
    bool dirty = true, needsReset = true, themed = true;
    bool outdated = true; ///< what the view keeps no longer fits the models: nothing is painted or read before refresh()
    std::uint64_t revision = 0; ///< of the history, at the last refresh
    double frameMs = 0;
    int slow = 0;
    bool plain = false; ///< antialiasing is off because frames were slow

    QString empty, hint, tag, xLabel, yLabel, announced;
    qsizetype notShown = 0;
    double roomLeft = 0, roomRight = 0;
    std::shared_ptr<Ticker> xTicker, yTicker;

    QCPRange autoX {0, 1}, autoY {0, 1};
    bool userRange = false, clamping = false;

    std::optional<Probe> probe;
    bool byKeyboard = false; ///< the probe was set by keys and stays when the pointer leaves
    bool pressed = false, grabbed = false, moved = false, doubled = false;
    QPointF pressedAt;
    bool ring = false; ///< keyboard focus is shown

    void layOut(QSize size) const;
    void style(const Theme& theme);
    void clamp(QCPAxis* axis, const QCPRange& whole);
    void drawNotes(QCPPainter& p) const;
    void drawCrosshair(QCPPainter& p) const;
};

PlotView::PlotView(const Lab& lab, const QString& id, const QString& title, QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(lab, id, title))
{
    installPlotAccessibility();
    setObjectName(id + QStringLiteral("View"));
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 150);
    d->header = new PlotHeader(title, this);
    d->header->applyTheme(lab.themes.theme());
    d->plot = new QCustomPlot(this);
    d->plot->setFocusPolicy(Qt::NoFocus);
    d->plot->setMouseTracking(true);
    d->plot->installEventFilter(this);
    d->plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    d->plot->setNoAntialiasingOnDrag(true);
    d->plot->addLayer(QStringLiteral("under"), d->plot->layer(QStringLiteral("grid")), QCustomPlot::limBelow);
    d->plot->addLayer(QStringLiteral("over"), d->plot->layer(QStringLiteral("legend")), QCustomPlot::limAbove);
    d->plot->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
    d->plot->axisRect()->setAutoMargins(QCP::msNone);
    new PaintItem(d->plot, QStringLiteral("over"), false, [this](QCPPainter& p) { d->drawNotes(p); });
    new PaintItem(d->plot, QStringLiteral("overlay"), true, [this](QCPPainter& p) { d->drawCrosshair(p); });

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 5, 4);
    column->setSpacing(0);
    column->addWidget(d->header);
    column->addWidget(d->plot, 1);

    auto* menu = new QMenu(this);
    d->header->moreButton().setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        d->options.fillMenu(*menu);
        menu->addSeparator();
        menu->addAction(tr("Fit\tHome"), this, &PlotView::fit);
        menu->addAction(tr("As a table\tT"), this, &PlotView::showTable);
        menu->addAction(tr("Describe\tD"), this, &PlotView::describe);
        menu->addAction(tr("Copy picture and numbers\tCtrl+C"), this, &PlotView::copy);
        menu->addAction(tr("Export...\tCtrl+E"), this, &PlotView::exportRequested);
    });
    connect(&d->options, &ViewOptions::changed, this, [this] {
        fit();
        Q_EMIT viewStateChanged();
    });
    connect(&d->header->equationButton(), &QToolButton::clicked, this, &PlotView::showEquation);
    connect(&d->header->maximiseButton(), &QToolButton::clicked, this, &PlotView::maximiseRequested);

    for (QCPAxis* axis : {xAxis(), yAxis()})
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this, axis] { d->clamp(axis, axis == xAxis() ? d->autoX : d->autoY); });

    d->frameTimer.setSingleShot(true);
    connect(&d->frameTimer, &QTimer::timeout, this, [this] {
        if (isVisible() && !visibleRegion().isEmpty())
            refreshNow();
    });
    d->announceTimer.setSingleShot(true);
    connect(&lab.run, &RunController::loaded, this, [this] {
        d->needsReset = true;
        d->outdated = true;
        d->userRange = false;
        d->probe.reset();
        invalidate();
    });
    connect(&lab.run, &RunController::advanced, this, [this] {
        if (d->lab.run.history().revision() != d->revision)
            d->outdated = true;
        invalidate();
    });
    connect(&lab.run, &RunController::stateChanged, this, &PlotView::invalidate);
    connect(&lab.timeline, &TimelineModel::cursorMoved, this, &PlotView::invalidate);
    connect(&lab.analysis, &AnalysisModel::changed, this, [this] {
        d->outdated = true;
        analysisChanged();
        invalidate();
    });
    connect(&lab.themes, &ThemeManager::changed, this, [this] {
        d->themed = false;
        invalidate();
        update();
    });
}

PlotView::~PlotView() = default;

QString PlotView::id() const { return d->id; }
QString PlotView::title() const { return d->title; }
QCustomPlot& PlotView::plot() const { return *d->plot; }
const Lab& PlotView::lab() const { return d->lab; }
double PlotView::lastFrameMs() const { return d->frameMs; }
const Theme& PlotView::look() const { return d->look; }
bool PlotView::exporting() const { return d->exporting; }
QCPAxis* PlotView::xAxis() const { return d->plot->xAxis; }
QCPAxis* PlotView::yAxis() const { return d->plot->yAxis; }
void PlotView::setMaximised(bool maximised) { d->header->setMaximised(maximised); }
QString PlotView::crosshairText() const { return d->probe ? d->probe->text : QString(); }

std::int64_t PlotView::shownStep() const { return d->lab.timeline.step(); }

int PlotView::pointCount(int) const { return 0; }
PlotView::Probe PlotView::probe(int, int) const { return {}; }
void PlotView::activate(const Probe&) { }
void PlotView::analysisChanged() { }
void PlotView::click(QPointF) { }
bool PlotView::grabsAt(QPointF) const { return false; }
void PlotView::drag(QPointF) { }
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
    d->look = theme;
    if (!d->themed) {
        d->header->applyTheme(theme);
        d->themed = true;
    }
    d->style(theme);
    if (d->needsReset) {
        d->needsReset = false;
        reset();
    }
    const bool running = d->lab.run.state() == RunState::Running;
    if (!running && d->plain) {
        d->plain = false;
        d->slow = 0;
        d->plot->setNotAntialiasedElements(QCP::aeNone);
    }
    refresh(theme);
    d->outdated = false;
    d->revision = d->lab.run.history().revision();
    d->layOut(d->plot->size());
    if (d->probe) { // the value under the crosshair changes with the data
        const int curve = d->probe->curve, index = d->probe->index;
        if (curve < curveCount() && index < pointCount(curve))
            d->probe = probe(curve, index);
        else
            d->probe.reset();
        Q_EMIT readout(crosshairText());
    }
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
    d->userRange = false;
    d->needsReset = true;
    invalidate();
}

void PlotView::render(QCPPainter* painter, QSize size, const Theme& theme, const FigureText& text)
{
    const QCP::AntialiasedElements notAntialiased = d->plot->notAntialiasedElements();
    d->plot->setNotAntialiasedElements(QCP::aeNone);
    d->exporting = true;
    d->look = theme;
    d->style(theme);
    if (d->needsReset) {
        d->needsReset = false;
        reset();
    }
    refresh(theme);
    d->outdated = false;

    painter->save();
    painter->fillRect(QRect(QPoint(), size), theme.card);
    const QFont font = theme.plotFont();
    const QFontMetricsF metrics(font);
    const double edge = metrics.height() * 0.5;
    double top = edge * 0.6, bottom = 0;
    if (!text.title.isEmpty()) {
        QFont bold = font;
        bold.setBold(true);
        painter->setFont(bold);
        painter->setPen(theme.ink);
        painter->drawText(QRectF(edge, top, size.width() - 2 * edge, metrics.height() * 1.3),
            Qt::AlignLeft | Qt::AlignVCenter, QFontMetricsF(bold).elidedText(text.title, Qt::ElideRight, size.width() - 2 * edge));
        top += metrics.height() * 1.4;
    }
    if (const QVector<KeyEntry>& key = d->header->note().key(); text.legend && !key.isEmpty()) {
        drawKey(*painter, QRectF(edge, top, size.width() - 2 * edge, metrics.height() * 1.3), key, font, theme.ink);
        top += metrics.height() * 1.4;
    }
    if (!text.caption.isEmpty()) {
        QFont small = font;
        small.setPixelSize(std::max(8, qRound(font.pixelSize() * 0.75)));
        const QRectF room(edge, 0, size.width() - 2 * edge, size.height() * 0.4);
        const QRectF box = QFontMetricsF(small).boundingRect(room, Qt::TextWordWrap, text.caption);
        bottom = box.height() + edge;
        painter->setFont(small);
        painter->setPen(theme.muted);
        painter->drawText(QRectF(edge, size.height() - box.height() - edge * 0.6, room.width(), box.height() + 1),
            Qt::TextWordWrap, text.caption);
    }
    painter->translate(0, top);
    const QSize room(size.width(), std::max(60, static_cast<int>(size.height() - top - bottom)));
    d->layOut(room);
    d->plot->toPainter(painter, room.width(), room.height());
    painter->restore();

    d->exporting = false;
    d->plot->setNotAntialiasedElements(notAntialiased);
    refreshNow();
}

// ---- look

void PlotView::Private::style(const Theme& theme)
{
    plot->setBackground(theme.card);
    const QFont font = theme.plotFont();
    for (QCPAxis* axis : {plot->xAxis, plot->yAxis}) {
        axis->setTickLabelFont(font);
        axis->setLabelFont(font);
        axis->setTickLabelColor(theme.muted);
        axis->setLabelColor(theme.muted);
        axis->setBasePen(QPen(axis == plot->xAxis ? theme.muted : QColor(Qt::transparent), 1));
        axis->setTickPen(axis == plot->xAxis ? QPen(theme.muted, 1) : QPen(Qt::NoPen));
        axis->setTickLength(0, axis == plot->xAxis ? 3 : 0);
        axis->setSubTicks(false);
        axis->setTickLabelPadding(axis == plot->xAxis ? 3 : 6);
        axis->setLabelPadding(0);
        axis->grid()->setPen(QPen(theme.grid, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
}

void PlotView::Private::layOut(QSize size) const
{
    const QFontMetricsF metrics(look.plotFont());
    const bool yName = exporting && !yLabel.isEmpty(); // drawn by drawNotes(), in one place for all views
    const double line = metrics.height();
    const int left = qRound(metrics.horizontalAdvance(QStringLiteral("−00.0")) + 7 + roomLeft + (yName ? line : 0));
    const int right = qRound(metrics.horizontalAdvance(QStringLiteral("00")) * 0.8 + 4 + roomRight);
    const int bottom = qRound(line + 8 + line);
    plot->axisRect()->setMargins(QMargins(left, qRound(line * 0.7), right, bottom));
    plot->xAxis->setLabel(xLabel);
    plot->axisRect()->setVisible(empty.isEmpty());
    const QSize area = size - QSize(left + right, bottom + qRound(line * 0.7));
    if (xTicker)
        xTicker->setWanted(std::clamp(static_cast<int>(area.width() / (line * 3.2)), 2, 10));
    if (yTicker)
        yTicker->setWanted(std::clamp(static_cast<int>(area.height() / (line * 2.2)), 2, 8));
}

void PlotView::Private::drawNotes(QCPPainter& p) const
{
    const QFont font = look.plotFont();
    const QRectF area = plot->axisRect()->rect();
    if (!empty.isEmpty()) {
        p.setFont(font);
        p.setPen(look.muted);
        p.drawText(QRectF(plot->viewport()).adjusted(24, 0, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, empty);
        return;
    }
    if (exporting && !yLabel.isEmpty()) {
        const double line = QFontMetricsF(font).height();
        p.save();
        p.translate(line * 0.7, area.center().y());
        p.rotate(-90);
        p.setFont(font);
        p.setPen(look.muted);
        p.drawText(QRectF(-area.height() / 2 - 20, -line / 2, area.height() + 40, line), Qt::AlignCenter, yLabel);
        p.restore();
    }
    // In the row of the axis label, where no data are.
    const double y = plot->viewport().bottom() + 1;
    if (!tag.isEmpty())
        drawPill(p, {area.right(), y}, Qt::AlignRight | Qt::AlignBottom, tag, font, look.pending, look.pendingGround);
    else if (!hint.isEmpty() && !exporting)
        drawPill(p, {area.right(), y}, Qt::AlignRight | Qt::AlignBottom, hint, font, look.accent, look.accentGround);
    if (notShown > 0)
        drawPill(p, {area.left(), y}, Qt::AlignLeft | Qt::AlignBottom,
            notShown == 1 ? PlotView::tr("1 value not shown") : PlotView::tr("%1 values not shown").arg(notShown), font, look.error, look.errorGround);
}

void PlotView::Private::drawCrosshair(QCPPainter& p) const
{
    if (!probe || exporting || !empty.isEmpty())
        return;
    const QRectF area = plot->axisRect()->rect();
    const QPointF at(plot->xAxis->coordToPixel(probe->at.x()), plot->yAxis->coordToPixel(probe->at.y()));
    QColor line = look.muted;
    line.setAlphaF(0.55F);
    p.setPen(QPen(line, 1));
    p.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()));
    if (!std::isfinite(at.y()))
        return;
    p.setAntialiasing(true);
    p.setPen(QPen(look.accent, 2));
    p.setBrush(look.card);
    p.drawEllipse(at, 4.5, 4.5);
}

void PlotView::setSubtitle(const QString& text) { d->header->note().setText(text); }
void PlotView::setKey(const QVector<KeyEntry>& key) { d->header->note().setKey(key); }
void PlotView::setEmptyText(const QString& text) { d->empty = text; }
void PlotView::setHint(const QString& text) { d->hint = text; }
void PlotView::setTag(const QString& text) { d->tag = text; }
void PlotView::setStateNotes(bool hintToTrain, bool showStep)
{
    const RunController& run = d->lab.run;
    const QString step = formatStep(d->lab.timeline.step());
    setHint(hintToTrain && run.state() == RunState::Ready ? tr("Press Space to train") : QString());
    if (!d->lab.timeline.followsLive())
        setTag(showStep ? tr("step %1").arg(step) : QString());
    else if (run.state() == RunState::Diverged)
        setTag(tr("step %1: last finite state").arg(step));
    else
        setTag(QString());
}

void PlotView::setNotShown(qsizetype values) { d->notShown = values; }

void PlotView::setAxisLabels(const QString& x, const QString& y)
{
    d->xLabel = x;
    d->yLabel = y;
}

void PlotView::setTickers(const std::shared_ptr<Ticker>& x, const std::shared_ptr<Ticker>& y)
{
    if (x == d->xTicker && y == d->yTicker)
        return;
    d->xTicker = x;
    d->yTicker = y;
    // QCustomPlot wants QSharedPointer: one that keeps ours alive.
    const auto share = [](const std::shared_ptr<Ticker>& ticker) {
        return QSharedPointer<QCPAxisTicker>(ticker.get(), [ticker](QCPAxisTicker*) { });
    };
    xAxis()->setTicker(share(x));
    yAxis()->setTicker(share(y));
}

void PlotView::setSideRoom(double left, double right)
{
    d->roomLeft = left;
    d->roomRight = right;
}

void PlotView::setAutoRange(double left, double right, double bottom, double top)
{
    d->autoX = QCPRange(left, right);
    d->autoY = QCPRange(bottom, top);
    if (d->userRange)
        return;
    d->clamping = true;
    xAxis()->setRange(d->autoX);
    yAxis()->setRange(d->autoY);
    d->clamping = false;
}

/// Zooming ends where nothing can be seen any more.
void PlotView::Private::clamp(QCPAxis* axis, const QCPRange& whole)
{
    if (clamping || whole.size() <= 0)
        return;
    QCPRange range = axis->range();
    const double size = std::clamp(range.size(), whole.size() * 1e-5, whole.size() * 8);
    const double centre = std::clamp(range.center(), whole.lower - size / 2, whole.upper + size / 2);
    const QCPRange wanted(centre - size / 2, centre + size / 2);
    if (std::abs(wanted.lower - range.lower) + std::abs(wanted.upper - range.upper) < 1e-9 * size)
        return;
    clamping = true;
    axis->setRange(wanted);
    clamping = false;
}

void PlotView::addPainter(Level level, bool clipToAxes, std::function<void(QCPPainter&)> function)
{
    const QString layer = level == Level::Under ? QStringLiteral("under")
        : level == Level::Curves                ? QStringLiteral("main")
                                                : QStringLiteral("over");
    new PaintItem(d->plot, layer, clipToAxes, [this, function = std::move(function)](QCPPainter& p) {
        if (d->empty.isEmpty() && !d->outdated)
            function(p);
    });
}

QPointF PlotView::toPixel(double x, double y) const
{
    return {xAxis()->coordToPixel(x), yAxis()->coordToPixel(y)};
}

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

QRectF PlotView::axisArea() const
{
    return d->plot->axisRect()->rect();
}

int PlotView::columns() const
{
    return std::clamp(d->plot->axisRect()->width() / 2, 16, 250);
}

void PlotView::paintEvent(QPaintEvent*)
{
    const Theme& theme = d->lab.themes.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.card);
    const double width = d->ring ? 2 : 1;
    painter.setPen(QPen(d->ring ? theme.accent : theme.line, width));
    painter.drawRoundedRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2), cardRadius, cardRadius);
}

void PlotView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (d->dirty)
        invalidate();
}

// ---- what the user does

void PlotView::copy()
{
    const Theme& theme = d->lab.themes.theme();
    const FigureText text {.title = d->title, .legend = true, .caption = {}};
    const QSize size = d->plot->size().expandedTo({320, 200});
    auto* mime = new QMimeData;
    mime->setImageData(figureImage(*this, size, 2, theme, text));
    mime->setData(QStringLiteral("image/svg+xml"), figureSvg(*this, size, theme, text, d->title, summary()));
    mime->setText(tableText(table(), QLatin1Char('\t')));
    QApplication::clipboard()->setMimeData(mime);
    Q_EMIT message(tr("Copied \"%1\" as picture, drawing and numbers").arg(d->title));
}

void PlotView::showTable()
{
    auto* dialog = new ViewTableDialog(d->title, table(), window());
    dialog->show();
}

void PlotView::showEquation()
{
    auto* card = new EquationCard(d->title, equation(), d->lab.themes.theme(), this);
    card->popUp(d->header->equationButton());
}

void PlotView::describe()
{
    Q_EMIT message(summary());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

std::optional<PlotView::Probe> PlotView::probeAt(QPointF pixel) const
{
    const double x = fromPixel(pixel).x();
    std::optional<Probe> best;
    double bestDistance = 0;
    for (int curve = 0; curve < curveCount(); ++curve) {
        int low = 0, high = pointCount(curve); // first point with x >= the pointer's
        if (high == 0)
            continue;
        const int count = high;
        while (low < high) {
            const int middle = (low + high) / 2;
            if (probe(curve, middle).at.x() < x)
                low = middle + 1;
            else
                high = middle;
        }
        for (const int index : {low - 1, low}) {
            if (index < 0 || index >= count)
                continue;
            const Probe candidate = probe(curve, index);
            const QPointF at = toPixel(candidate.at);
            // Along x first: the sample under the pointer; then the curve that is nearest.
            const double distance = 8 * std::abs(at.x() - pixel.x())
                + (std::isfinite(at.y()) ? std::abs(at.y() - pixel.y()) : 1e4);
            if (!best || distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
    }
    return best;
}

bool PlotView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != d->plot)
        return QWidget::eventFilter(watched, event);
    if (d->outdated && (event->isSinglePointEvent() || event->type() == QEvent::Wheel))
        return true; // a frame is on its way
    const auto setProbe = [this](std::optional<Probe> probe) {
        if (!probe && !d->probe)
            return;
        d->probe = std::move(probe);
        d->plot->layer(QStringLiteral("overlay"))->replot();
        Q_EMIT readout(crosshairText());
    };
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        setFocus(Qt::MouseFocusReason);
        if (mouse->button() != Qt::LeftButton || !d->empty.isEmpty())
            return mouse->button() == Qt::LeftButton;
        d->pressed = true;
        d->moved = d->doubled = false;
        d->pressedAt = mouse->position();
        d->grabbed = grabsAt(d->pressedAt);
        return d->grabbed;
    }
    case QEvent::MouseMove: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        if (!d->empty.isEmpty())
            return true;
        if (!d->pressed) {
            d->plot->setCursor(grabsAt(mouse->position()) ? Qt::SizeVerCursor : Qt::ArrowCursor);
            d->byKeyboard = false;
            setProbe(axisArea().contains(mouse->position()) ? probeAt(mouse->position()) : std::nullopt);
            return false;
        }
        if ((mouse->position() - d->pressedAt).manhattanLength() > QApplication::startDragDistance() / 2.0)
            d->moved = true;
        if (!d->moved)
            return true;
        if (d->grabbed) {
            drag(mouse->position());
            return true;
        }
        d->userRange = true;
        return false;
    }
    case QEvent::MouseButtonRelease: {
        auto* mouse = static_cast<QMouseEvent*>(event);
        if (!d->pressed)
            return false;
        d->pressed = false;
        if (d->grabbed) {
            d->grabbed = false;
            dropped();
            return true;
        }
        if (!d->moved && !d->doubled)
            click(mouse->position());
        return false;
    }
    case QEvent::MouseButtonDblClick:
        d->doubled = true;
        fit();
        return true;
    case QEvent::Wheel:
        if (!d->empty.isEmpty())
            return true;
        d->userRange = true;
        return false;
    case QEvent::Leave:
        if (!d->byKeyboard)
            setProbe(std::nullopt);
        return false;
    default: return QWidget::eventFilter(watched, event);
    }
}

bool PlotView::event(QEvent* event)
{
    // While a plot has the focus its keys come before the window's single-key shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        static constexpr int ours[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Plus, Qt::Key_Minus,
            Qt::Key_Equal, Qt::Key_Home, Qt::Key_Return, Qt::Key_Enter, Qt::Key_T, Qt::Key_D, Qt::Key_F};
        const bool bare = !(key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
        if ((bare && std::ranges::find(ours, key->key()) != std::end(ours) && !(key->key() == Qt::Key_F && key->modifiers()))
            || key->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    const auto moveTo = [this](int curve, int index) {
        if (d->outdated || curveCount() == 0)
            return;
        curve = std::clamp(curve, 0, curveCount() - 1);
        if (pointCount(curve) == 0)
            return;
        d->probe = probe(curve, std::clamp(index, 0, pointCount(curve) - 1));
        d->byKeyboard = true;
        d->plot->layer(QStringLiteral("overlay"))->replot();
        Q_EMIT readout(crosshairText());
        QAccessibleEvent changed(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&changed);
    };
    const auto zoom = [this](double factor) {
        d->userRange = true;
        xAxis()->scaleRange(factor, d->probe ? d->probe->at.x() : xAxis()->range().center());
        d->plot->replot(QCustomPlot::rpQueuedRefresh);
    };
    if (event->matches(QKeySequence::Copy))
        return copy();
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int curve = d->probe ? d->probe->curve : 0, index = d->probe ? d->probe->index : -1;
    switch (event->key()) {
    case Qt::Key_Left: return moveTo(curve, d->probe ? index - 1 : pointCount(0) / 2);
    case Qt::Key_Right: return moveTo(curve, d->probe ? index + 1 : pointCount(0) / 2);
    case Qt::Key_Up:
    case Qt::Key_Down: return moveTo(curve + (event->key() == Qt::Key_Down ? 1 : -1), std::max(index, 0));
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoom(0.8);
    case Qt::Key_Minus: return zoom(1.25);
    case Qt::Key_Home: return fit();
    case Qt::Key_T: return showTable();
    case Qt::Key_D: return describe();
    case Qt::Key_F:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d->probe)
            activate(*d->probe);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

void PlotView::focusInEvent(QFocusEvent* event)
{
    d->ring = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason
        && event->reason() != Qt::PopupFocusReason;
    update();
}

void PlotView::focusOutEvent(QFocusEvent* event)
{
    if (event->reason() != Qt::PopupFocusReason) {
        d->ring = false;
        if (d->byKeyboard && d->probe) {
            d->probe.reset();
            d->plot->layer(QStringLiteral("overlay"))->replot();
            Q_EMIT readout(QString());
        }
    }
    update();
}

void PlotView::contextMenuEvent(QContextMenuEvent* event)
{
    d->header->moreButton().menu()->popup(event->globalPos());
}

} // namespace fplab
