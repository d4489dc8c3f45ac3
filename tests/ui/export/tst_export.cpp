#include "core/kinds/fit_curve/kind.h"
#include "support/fault_vfs.h"
#include "support/small_lab.h"

#include "ui/export/export_dialog.h"
#include "ui/export/export_file_list.h"
#include "ui/export/exporter.h"
#include "ui/views/qcp.h"
#include "ui/views/views.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <bit>
#include <cmath>
#include <map>

using namespace fplab;

class TstExport : public QObject {
    Q_OBJECT

    std::unique_ptr<SmallLab> m_lab, m_equation;
    std::vector<std::unique_ptr<PlotView>> m_views;

    Result<QByteArray> figure(PlotView& view, const ExportSettings& settings)
    {
        const SmallLab& lab = &view.timeline() == &m_equation->timeline ? *m_equation : *m_lab;
        return renderFigure(view, settings, lab.themes.theme(), lab.editor.runSpec());
    }

    [[nodiscard]] PlotView& view(const char* id) const
    {
        return **std::ranges::find_if(m_views, [id](const auto& view) { return view->id() == QLatin1String(id); });
    }

    struct PlacedImage {
        QRectF place; ///< on the page
        QImage picture;
    };
    /// The largest image of a drawing.
    static PlacedImage imageIn(const QByteArray& svg)
    {
        PlacedImage largest;
        for (QXmlStreamReader xml(svg); !xml.atEnd(); xml.readNext()) {
            if (!xml.isStartElement() || xml.name() != QLatin1String("image"))
                continue;
            const auto number
                = [&](const char* name) { return xml.attributes().value(QLatin1String(name)).toDouble(); };
            const QRectF place(number("x"), number("y"), number("width"), number("height"));
            const QByteArray data = xml.attributes().value(QLatin1String("xlink:href")).toLatin1();
            if (place.width() > largest.place.width())
                largest = {place, QImage::fromData(QByteArray::fromBase64(data.mid(data.indexOf(',') + 1)), "PNG")};
        }
        return largest;
    }

    /// Where a text of an SVG file begins.
    static QPointF placed(const QString& transform, const QXmlStreamAttributes& text)
    {
        const QStringList m = transform.mid(7).chopped(1).split(QLatin1Char(',')); // matrix(a,b,c,d,e,f)
        const QPointF at(text.value(QLatin1String("x")).toDouble(), text.value(QLatin1String("y")).toDouble());
        if (m.size() != 6)
            return at;
        return QTransform(
            m[0].toDouble(), m[1].toDouble(), m[2].toDouble(), m[3].toDouble(), m[4].toDouble(), m[5].toDouble())
            .map(at);
    }

private Q_SLOTS:
    void initTestCase()
    {
        loadFonts();
        m_lab = std::make_unique<SmallLab>();
        m_lab->load();
        m_lab->trainTo(150);
        m_equation = std::make_unique<SmallLab>();
        m_equation->load(SmallLab::equation());
        m_equation->compare();
        m_views = m_lab->views();
        for (auto& view : m_equation->views())
            m_views.push_back(std::move(view));
    }
    void cleanupTestCase()
    {
        m_views.clear();
        m_lab.reset();
        m_equation.reset();
    }

    void everyViewIsThere()
    {
        for (const char* id : {"error", "modes", "handoff", "alone_map"})
            QVERIFY2(
                std::ranges::any_of(m_views, [&](const auto& view) { return view->id() == QLatin1String(id); }), id);
    }

    void pngHasTheSizeAndSaysWhatItShows()
    {
        ExportSettings settings {.size = FigureSize::Custom, .widthMm = 80, .heightMm = 50, .dpi = 200};
        for (const auto& view : m_views) {
            const auto png = figure(*view, settings);
            QVERIFY(png.ok());
            const QImage image = QImage::fromData(*png, "PNG");
            QVERIFY(!image.isNull());
            QVERIFY(std::abs(image.width() - 80 / 25.4 * 200) <= 2);
            QVERIFY(std::abs(image.height() - 50 / 25.4 * 200) <= 2);
            QVERIFY(std::abs(image.dotsPerMeterX() - 200 / 0.0254) <= 2);
            QVERIFY(image.text(QStringLiteral("Description")).contains(QStringLiteral("seed 42")));
            QVERIFY(image.text(QStringLiteral("Experiment")).contains(QStringLiteral("\"learning_rate\"")));
            QCOMPARE(image.pixel(1, 1), 0xffffffffU); // print look: white ground
            int inked = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    inked += qGray(image.pixel(x, y)) < 200;
            QVERIFY2(inked > 500, qPrintable(view->id()));
        }
        settings.size = FigureSize::Slide;
        settings.look = FigureLook::Projector;
        QCOMPARE(QImage::fromData(*figure(*m_views[0], settings)).size(), QSize(1920, 1080));
    }

    void zoomedDrawingStaysInItsAxes() // Qt writes SVG without clipping
    {
        auto views = m_lab->views();
        for (auto& view : m_equation->views())
            views.push_back(std::move(view));
        for (const auto& owner : views) {
            PlotView* view = owner.get();
            view->resize(539, 272);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view));
            view->refreshNow();
            for (int i = 0; i < 4; ++i)
                QTest::keyClick(view, Qt::Key_Plus);
            view->plot().yAxis->scaleRange(0.4);
            ExportSettings settings;
            settings.format = FigureFormat::Svg;
            settings.caption = settings.legend = false;
            const auto svg = figure(*view, settings);
            QVERIFY(svg.ok());
            const QSize size = settings.layoutSize();
            static const QRegularExpression points(QStringLiteral("points=\"([^\"]*)\""));
            int seen = 0;
            for (auto match = points.globalMatch(QString::fromUtf8(*svg)); match.hasNext();)
                for (const QString& point : match.next().captured(1).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                    const double x = point.section(QLatin1Char(','), 0, 0).toDouble(),
                                 y = point.section(QLatin1Char(','), 1, 1).toDouble();
                    QVERIFY2(x >= 0 && x <= size.width() && y >= 0 && y <= size.height() - 20,
                        qPrintable(view->id() + QLatin1Char(' ') + point));
                    ++seen;
                }
            QVERIFY2(seen > (view->id() == QLatin1String("heatmap") ? 0 : 4) || view->id() == QLatin1String("modes"),
                qPrintable(view->id())); // bars are no lines
        }
    }

    void zoomedMapIsCut()
    {
        PlotView& map = view("heatmap");
        const ExportSettings settings {.format = FigureFormat::Svg, .legend = false, .caption = false};
        map.refreshNow();
        QTest::keyClick(&map, Qt::Key_Plus);
        const auto whole = imageIn(*figure(map, settings));
        QVERIFY(whole.picture.height() >= 3 * 40); // three rows
        map.plot().yAxis->setRange(0, 1); // the lower half of the second row, the upper half of the first
        const auto cut = imageIn(*figure(map, settings));
        map.fit();
        QVERIFY(std::abs(cut.place.top() - whole.place.top()) <= 1
            && std::abs(cut.place.height() - whole.place.height()) <= 1);
        QCOMPARE(cut.picture.width(), whole.picture.width());
        for (const int x : {0, cut.picture.width() / 2, cut.picture.width() - 1})
            for (const double y : {0.0, 0.25, 0.48, 0.52, 0.75, 0.99}) {
                const double row = y < 0.5 ? 1.5 : 2.5; // of three, from above
                QCOMPARE(cut.picture.pixel(x, static_cast<int>(y * cut.picture.height())),
                    whole.picture.pixel(x, static_cast<int>(row / 3 * whole.picture.height())));
            }
    }

    void svgIsXmlWithText()
    {
        static const QRegularExpression number(QStringLiteral("^[0-9.]+[kM]?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*$"));
        const ExportSettings settings {.format = FigureFormat::Svg, .title = true};
        for (const auto& view : m_views) {
            const auto svg = figure(*view, settings);
            QVERIFY(svg.ok());
            QXmlStreamReader xml(*svg);
            QString title, description;
            QStringList families;
            QStringList texts;
            QString transform;
            QSet<int> ticks; ///< of the y axis: their baselines
            while (!xml.atEnd()) {
                if (xml.readNext() != QXmlStreamReader::StartElement)
                    continue;
                if (xml.attributes().hasAttribute(QLatin1String("font-family")))
                    families.append(xml.attributes().value(QLatin1String("font-family")).toString());
                if (xml.name() == QLatin1String("title"))
                    title = xml.readElementText();
                else if (xml.name() == QLatin1String("desc"))
                    description = xml.readElementText();
                else if (xml.name() == QLatin1String("g"))
                    transform = xml.attributes().value(QLatin1String("transform")).toString();
                else if (xml.name() == QLatin1String("text")) {
                    const QPointF at = placed(transform, xml.attributes());
                    texts.append(xml.readElementText().trimmed());
                    if (at.x() < 0.15 * settings.layoutSize().width() && number.match(texts.back()).hasMatch())
                        ticks.insert(qRound(at.y()));
                }
            }
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
            QVERIFY2(texts.size() >= 4, qPrintable(view->id()));
            if (!view->id().contains(QLatin1String("map"))) // whose rows are named by the view, not by the axis
                QVERIFY2(ticks.size() >= 2, qPrintable(view->id()));
            QVERIFY(title.contains(view->title()));
            QVERIFY(description.contains(QStringLiteral("seed 42")));
            QVERIFY(families.contains(QStringLiteral("Noto Sans")));
        }
    }

    void pdfOfEveryView()
    {
        const ExportSettings settings {.format = FigureFormat::Pdf, .size = FigureSize::Column175};
        for (const auto& view : m_views) {
            const auto pdf = figure(*view, settings);
            QVERIFY(pdf.ok());
            QVERIFY(pdf->startsWith("%PDF-"));
            QVERIFY(pdf->trimmed().endsWith("%%EOF"));
            QVERIFY(!pdf->contains("DCTDecode")); // no lossy image inside
        }
    }

    void csvReadsBackBitForBit()
    {
        for (const auto& view : m_views) {
            const auto csv = figure(*view, {.what = ExportWhat::Data});
            QVERIFY(csv.ok());
            QVERIFY(csv->startsWith("# program: F-Principle Lab"));
            QVERIFY(csv->contains("\n# seed: 42\n"));
            QVERIFY(csv->contains("\n# precision: float\n"));
            QVERIFY(csv->contains("\n# optimizer.learning_rate: 0.01\n"));
            QVERIFY(csv->contains("\n# experiment: "));
            const ViewTable table = view->table();
            QVERIFY(table.rows.size() > 0);
            qsizetype row = -1;
            for (const QByteArray& line : csv->split('\n')) {
                if (line.isEmpty() || line.startsWith('#'))
                    continue;
                const QList<QByteArray> cells = line.split(',');
                QCOMPARE(cells.size(), table.columns.size());
                if (row >= 0)
                    for (qsizetype i = 0; i < cells.size(); ++i) {
                        const double wanted = table.rows[row][i];
                        if (std::isnan(wanted))
                            QVERIFY(cells[i].isEmpty());
                        else
                            QCOMPARE(std::bit_cast<quint64>(cells[i].toDouble()), std::bit_cast<quint64>(wanted));
                    }
                ++row;
            }
            QCOMPARE(row, table.rows.size());
        }
    }

    /// The playhead is of the screen; a figure marks the viewed step only where that is wanted.
    void thePlayheadStaysOnTheScreen()
    {
        PlotView& delta = view("delta");
        const auto picture = [&](bool mark) {
            return QImage::fromData(figure(delta, {.dpi = 96, .caption = false, .markStep = mark}).value());
        };
        m_lab->timeline.goLive();
        const QImage live = picture(false);
        QVERIFY(!live.isNull());
        m_lab->timeline.setStep(40);
        QCOMPARE(picture(false), live);
        const QImage at40 = picture(true);
        QVERIFY(at40 != live);
        m_lab->timeline.goLive();
        const QImage marked = picture(true);
        QVERIFY(marked != live && marked != at40);
    }

    void captionsSayWhatTheRunIs()
    {
        const QString formula = figureCaption(view("output"), m_lab->editor.runSpec());
        QVERIFY2(formula.contains(QStringLiteral("f(x) = sin(x)+sin(3*x)+sin(5*x)")), qPrintable(formula));
        const QString equation = figureCaption(view("error"), m_equation->editor.runSpec());
        for (const char* part : {"g(x) = sin(x)+4*sin(4*x)", "n = 200", "M = 150", "then Jacobi"})
            QVERIFY2(equation.contains(QLatin1String(part)), qPrintable(equation));

        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("messung.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("t,U\n");
        for (int i = 0; i < 80; ++i)
            file.write(QStringLiteral("%1,%2\n").arg(i * 0.1).arg(std::sin(0.1 * i)).toLatin1());
        file.close();
        ExperimentSpec spec = SmallLab::spec();
        specOf<FitCurveSpec>(spec.problem).data = DataSpec {.csv = file.fileName().toStdString(), .x = "t", .y = "U"};
        SmallLab lab;
        lab.load(spec);
        const auto views = lab.views();
        const QString samples = figureCaption(*views.front(), spec);
        QVERIFY2(samples.contains(QStringLiteral("samples 80 from messung.csv, columns t and U")), qPrintable(samples));
        const QByteArray csv = renderCsv(*views.front(), spec);
        QVERIFY(csv.contains("samples 80 from messung.csv, columns t and U;"));
        for (const QByteArray& text : {csv, samples.toUtf8()}) {
            QVERIFY(!text.contains("sin(x)"));
            QVERIFY(!text.contains("-3.14"));
        }
    }

    void visibleRowsCanBeWrittenAlone()
    {
        PlotView& loss = view("loss");
        loss.resize(500, 300);
        loss.show();
        QVERIFY(QTest::qWaitForWindowExposed(&loss));
        loss.refreshNow();
        const auto all = loss.table().rows.size();
        {
            const ExportDialog dialog(m_lab->lab, {&loss}, &loss);
            QVERIFY(!dialog.settings().visibleRows);
            QCOMPARE(dialog.findChild<QRadioButton*>(QStringLiteral("export.rows.all"))->accessibleName(),
                QStringLiteral("CSV rows: All %1").arg(all));
            QVERIFY(!dialog.findChild<QRadioButton*>(QStringLiteral("export.rows.visible"))->isEnabled());
        }
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&loss, Qt::Key_Plus);
        const auto visible = loss.visibleTable().rows.size();
        QVERIFY(visible > 0 && visible < all);
        ExportDialog dialog(m_lab->lab, {&loss}, &loss, nullptr, {.what = ExportWhat::Data});
        QVERIFY(dialog.settings().visibleRows); // as it is shown
        auto* part = dialog.findChild<QRadioButton*>(QStringLiteral("export.rows.visible"));
        QVERIFY(part->isChecked() && part->isEnabled());
        QCOMPARE(part->accessibleName(), QStringLiteral("CSV rows: Visible range: %1").arg(visible));
        const QByteArray csv = *figure(loss, dialog.settings());
        QVERIFY(csv.contains(QStringLiteral("\n# rows: %1 of %2, the visible range\n").arg(visible).arg(all).toUtf8()));
        qsizetype lines = 0;
        for (const QByteArray& line : csv.split('\n'))
            lines += !line.isEmpty() && !line.startsWith('#');
        QCOMPARE(lines, visible + 1);
        dialog.findChild<QRadioButton*>(QStringLiteral("export.rows.all"))->click();
        QVERIFY(!dialog.settings().visibleRows);
        loss.fit();
        loss.refreshNow();
    }

    void exportLeavesTheScreenAsItWas()
    {
        PlotView& view = *m_views[1];
        view.resize(500, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.refreshNow();
        const QImage before = view.grab().toImage();
        QVERIFY(figure(view, {.format = FigureFormat::Pdf, .look = FigureLook::Projector, .fontPt = 20}).ok());
        QCOMPARE(view.grab().toImage(), before);
    }

    void impossibleSizeIsRefused()
    {
        const auto tooLarge
            = figure(*m_views[0], {.size = FigureSize::Custom, .widthMm = 600, .heightMm = 600, .dpi = 1200});
        QVERIFY(!tooLarge.ok());
        QVERIFY(!tooLarge.error().advice.empty());
    }

    void fullDiskKeepsTheOldFile()
    {
        FaultVfs vfs;
        vfs.files["out/figure.png"] = "old";
        const auto write = [&] {
            return exportView(*m_views[0], {.dpi = 72}, m_lab->themes.theme(), m_lab->editor.runSpec(),
                QStringLiteral("out/figure.png"), vfs);
        };
        vfs.failAt(-1, {});
        FaultVfs clean;
        QVERIFY(exportView(*m_views[0], {.dpi = 72}, m_lab->themes.theme(), m_lab->editor.runSpec(),
            QStringLiteral("out/figure.png"), clean)
                    .ok());
        const int operations = clean.operations();
        QVERIFY(operations > 3);
        int failures = 0;
        for (int i = 0; i < operations; ++i) {
            vfs.failAt(i, {.error = ENOSPC, .persistent = true});
            if (const Status written = write(); !written) {
                ++failures;
                QVERIFY(!written.error().what.empty());
                QCOMPARE(vfs.files["out/figure.png"], std::string("old"));
                QCOMPARE(vfs.files.size(), std::size_t(1)); // no stump
            } else
                vfs.files = {{"out/figure.png", "old"}};
        }
        QVERIFY(failures > 0);
    }

    void dialogWritesWhatItSays()
    {
        QTemporaryDir folder;
        std::vector<PlotView*> shown;
        for (const auto& view : m_views)
            shown.push_back(view.get());
        ExportDialog dialog(m_lab->lab, shown, shown[2], nullptr,
            {.what = ExportWhat::Visible, .format = FigureFormat::Svg, .alsoCsv = true, .folder = folder.path()});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QVERIFY(dialog.width() <= 1000 && dialog.height() <= 580);
        QVERIFY(dialog.minimumSizeHint().width() <= 1000 && dialog.minimumSizeHint().height() <= 580);
        const QStringList targets = dialog.targets();
        QCOMPARE(targets.size(), static_cast<qsizetype>(shown.size()));
        const auto* list = dialog.findChild<QTableWidget*>(QStringLiteral("export.files"));
        QTRY_COMPARE(list->rowCount(), 2 * static_cast<int>(shown.size()));
        std::map<QString, QString> said; // sizes, by name
        for (int row = 0; row < list->rowCount(); ++row) {
            said[list->item(row, 0)->text()] = list->item(row, 1)->text();
            QCOMPARE(list->item(row, 2)->text(), QStringLiteral("new"));
        }
        const auto* facts = dialog.findChild<QLabel*>(QStringLiteral("export.facts"));
        QVERIFY2(facts->text().contains(folder.path())
                && facts->text().contains(QStringLiteral("%1 files").arg(list->rowCount())),
            qPrintable(facts->text()));
        QSignalSpy exported(&dialog, &ExportDialog::exported);
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->isDefault())
                button->click();
        QCOMPARE(exported.size(), 1);
        const QStringList files = exported.front().front().toStringList();
        QCOMPARE(files.size(), 2 * targets.size());
        for (const QString& path : targets) {
            QVERIFY2(QFileInfo(path).size() > 1000, qPrintable(path));
            QVERIFY(files.contains(path));
            QVERIFY(files.contains(QString(path).replace(QStringLiteral(".svg"), QStringLiteral(".csv"))));
        }
        const QStringList there = QDir(folder.path()).entryList(QDir::Files);
        QCOMPARE(there.size(), files.size());
        for (const QString& name : there)
            QCOMPARE(said[name], sizeText(QFileInfo(folder.filePath(name)).size()));
        QCOMPARE(dialog.settings().folder, folder.path());
    }

    void namesAreLegalAndKeepLetters()
    {
        ExperimentSpec spec = m_lab->editor.runSpec();
        const auto name = [&](const char* title) {
            spec.title = title;
            return QFileInfo(exportPath(view("delta"), QStringLiteral("/tmp"), {}, spec)).fileName();
        };
        const QString end = QStringLiteral("-delta-s%1.png").arg(view("delta").shownStep());
        QCOMPARE(name("Poisson: hand-off"), QStringLiteral("poisson-hand-off") + end);
        QCOMPARE(name("f(x) = sin(x)/2"), QStringLiteral("f-x-sin-x-2") + end);
        QCOMPARE(name("Größe हिन्दी 𠀀"), QStringLiteral("größe-हिन्दी-𠀀") + end);
        QCOMPARE(name("???"), QStringLiteral("figure") + end);
        QVERIFY(name(std::string(600, 'x').c_str()).size() <= 143);
    }

    void filesNeverShareAName()
    {
        const ExportSettings both {.alsoCsv = true};
        QCOMPARE(exportFiles(QStringLiteral("/a/b.v2.png"), both),
            (QStringList {QStringLiteral("/a/b.v2.png"), QStringLiteral("/a/b.v2.csv")}));
        QCOMPARE(exportFiles(QStringLiteral("/a/b.csv"), both),
            (QStringList {QStringLiteral("/a/b.csv"), QStringLiteral("/a/b.csv.csv")}));
        QCOMPARE(exportFiles(QStringLiteral("/a/b.png"), {}), QStringList {QStringLiteral("/a/b.png")});
        QCOMPARE(exportFiles(QStringLiteral("/a/b.csv"), {.what = ExportWhat::Data, .alsoCsv = true}),
            QStringList {QStringLiteral("/a/b.csv")});
    }

    void dialogWarnsOfNamesAndOldFiles()
    {
        const QTemporaryDir folder;
        QFile old(folder.filePath(QStringLiteral("a:b.png")));
        QVERIFY(old.open(QIODevice::WriteOnly));
        ExportDialog dialog(m_lab->lab, {m_views[0].get()}, nullptr, nullptr, {.folder = folder.path()});
        const auto* warning = dialog.findChild<QLabel*>(QStringLiteral("export.name_warning"));
        QVERIFY(warning->isHidden());
        auto* path = dialog.findChild<QLineEdit*>(QStringLiteral("export.path"));
        path->setText(old.fileName());
        QVERIFY(!warning->isHidden() && warning->text().contains(u':'));
        QCOMPARE(dialog.targets(), QStringList {old.fileName()}); // as it was typed
        const auto* list = dialog.findChild<QTableWidget*>(QStringLiteral("export.files"));
        QTRY_VERIFY(list->rowCount() == 1 && list->item(0, 2)->text().startsWith(QStringLiteral("replaces")));
    }

    void dialogShowsErrorsInPlace()
    {
        FaultVfs vfs;
        vfs.failAt(0, {.error = EACCES, .persistent = true});
        QTemporaryDir folder;
        ExportDialog dialog(m_lab->lab, {m_views[0].get()}, nullptr, nullptr, {.folder = folder.path()}, vfs);
        dialog.show();
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->isDefault())
                button->click();
        QVERIFY(dialog.isVisible());
        bool said = false;
        for (const auto* frame : dialog.findChildren<QFrame*>())
            said = said
                || (frame->property("errorBar").toBool() && frame->isVisible() && !frame->accessibleName().isEmpty());
        QVERIFY(said);
    }
};

QTEST_MAIN(TstExport)
#include "tst_export.moc"
