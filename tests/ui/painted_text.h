#pragma once

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QScreen>
#include <QVector>
#include <QWidget>

#include "ui/views/qcp.h"

namespace fplab::test {

/// A text as it was painted: where its ink is, and how much of that the painter's clip let through.
struct PaintedText {
    QString text;
    QRectF ink, visible; ///< pixels of the widget
};

/// Draws nothing and remembers every text: what a widget paints by itself can be measured like a label.
class TextRecorder : public QPaintDevice {
public:
    explicit TextRecorder(QSize size)
        : m_size(size)
        , m_engine(m_texts)
    {
    }
    [[nodiscard]] QPaintEngine* paintEngine() const override { return &m_engine; }
    [[nodiscard]] const QVector<PaintedText>& texts() const { return m_texts; }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return qRound(QGuiApplication::primaryScreen()->logicalDotsPerInch());
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return qRound(devicePixelRatioFScale());
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    class Engine : public QPaintEngine {
    public:
        explicit Engine(QVector<PaintedText>& texts)
            : QPaintEngine(AllFeatures)
            , m_texts(texts)
        {
        }
        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState&) override { }
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { }
        void drawPolygon(const QPointF*, int, PolygonDrawMode) override { }
        void drawPolygon(const QPoint*, int, PolygonDrawMode) override { }
        void drawPath(const QPainterPath&) override { }
        void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override { }
        [[nodiscard]] Type type() const override { return User; }
        void drawTextItem(const QPointF& at, const QTextItem& item) override
        {
            if (item.text().trimmed().isEmpty())
                return;
            const QTransform& transform = painter()->deviceTransform();
            QRectF box = QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(at);
            box.setLeft(std::max(box.left(), at.x())); // the tail of a J may stand out
            const QRectF ink = transform.mapRect(box);
            QRectF visible = ink;
            if (painter()->hasClipping())
                visible &= transform.mapRect(painter()->clipBoundingRect());
            m_texts.append({item.text(), ink, visible});
        }

    private:
        QVector<PaintedText>& m_texts;
    };

    QSize m_size;
    QVector<PaintedText> m_texts;
    mutable Engine m_engine;
};

/// The texts that a widget itself paints, without those of its children.
inline QVector<PaintedText> paintedTexts(QWidget& widget)
{
    TextRecorder recorder(widget.size());
    if (auto* plot = qobject_cast<QCustomPlot*>(&widget)) {
        QCPPainter painter(&recorder);
        plot->toPainter(&painter, plot->width(), plot->height());
    } else
        widget.render(&recorder, {}, {}, {});
    return recorder.texts();
}

} // namespace fplab::test
