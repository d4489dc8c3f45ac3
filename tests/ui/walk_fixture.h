#pragma once

#include "ui/export/export_dialog.h"
#include "ui/help/help_window.h"
#include "ui/kinds/poisson/handoff_model.h"
#include "ui/panels/csv_import_dialog.h"
#include "ui/search/command_search.h"
#include "ui/settings/settings_dialog.h"
#include "ui/views/equation_card.h"
#include "ui/views/plot_view.h"
#include "ui/views/view_table.h"
#include "ui/widgets/window_place.h"
#include "ui/window/main_window.h"
#include "ui/window/notes.h"
#include "ui/window/view_grid.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QFile>
#include <QListWidget>

#include <functional>

namespace fplab::test {

/// A window that is brought to the states which the walk through the screens looks at. Trained steps are counted, not
/// timed: the same seed and step, the same picture.
class Walk {
public:
    Walk()
        : m_window(freshWindow())
    {
        delete m_window->findChild<WindowPlace*>(); // sizes are those asked for, whatever the screen of the tests
        experiment().run.setPace({.kind = Pace::Kind::Max});
    }

    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] OpenExperiment& experiment() { return m_window->experiment(); }
    [[nodiscard]] PlotView* view(const char* id)
    {
        for (PlotView* view : m_window->findChild<ViewGrid*>()->views())
            if (view->id() == QLatin1String(id))
                return view;
        return nullptr;
    }

    void open(const char* card) { m_window->openCard(QLatin1String(card), false); }
    void openFormula(const char* formula)
    {
        open("formula");
        QVERIFY(experiment().editor.edit(QStringLiteral("target.formula"), QLatin1String(formula)).ok());
    }
    /// Paused at that step.
    void trainTo(std::int64_t step)
    {
        experiment().stepBy(step);
        QVERIFY(await([this, step] {
            return experiment().run.liveStep() == step && experiment().run.state() == RunState::Paused;
        }));
    }
    void finish()
    {
        experiment().run.resume();
        QVERIFY(awaitFinished());
    }
    /// Said to be running, though its next step is hours away.
    void holdRunning()
    {
        experiment().run.setPace({.kind = Pace::Kind::Steady, .stepsPerSecond = 1e-4});
        experiment().run.resume();
        QVERIFY(await([this] { return experiment().run.state() == RunState::Running; }));
    }
    [[nodiscard]] bool awaitFinished()
    {
        return await([this] { return experiment().run.state() == RunState::Finished; });
    }
    [[nodiscard]] QPushButton* runButton()
    {
        return m_window->findChild<QPushButton*>(QStringLiteral("transport.run"));
    }
    void diverge()
    {
        QVERIFY(experiment().editor.edit(QStringLiteral("optimizer.learning_rate"), QStringLiteral("10")).ok());
        experiment().run.resume();
        QVERIFY(await([this] { return experiment().run.state() == RunState::Diverged; }));
    }
    /// Nothing of the references and sweeps of an equation is under way.
    void awaitReferences()
    {
        QVERIFY(await([this] {
            const HandoffModel& handoff = handoffOf(experiment().lab());
            return !handoff.aloneIsComputed()
                && std::ranges::all_of(handoff.others(), [](const auto& other) { return other->done; });
        }));
    }

    void resize(QSize size, double scale, ThemeKind theme = ThemeKind::Light)
    {
        if (experiment().themes.theme().kind != theme || experiment().themes.theme().fontScale != scale) {
            Settings settings = m_window->settings().values();
            settings.theme = theme;
            settings.textScale = scale;
            m_window->settings().set(settings);
        }
        m_window->resize(size);
        settle();
    }
    /// What was asked of layouts and views has been done.
    void settle()
    {
        for (int round = 0; round < 3; ++round) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        for (PlotView* view : m_window->findChild<ViewGrid*>()->shown())
            if (view->isVisible()) {
                view->refreshNow();
                view->refreshNow(); // the room that tick labels take is known now
            }
        QCoreApplication::processEvents();
    }

    static bool await(const std::function<bool()>& done) { return QTest::qWaitFor(done, 60000); }

private:
    std::unique_ptr<MainWindow> m_window;
};

inline const QByteArray germanTable
    = QByteArrayLiteral("tag;temperatur;regen\n1,5;3,25;0\n2;4,5;1\n3;n/a;0\n4;5,5;2\n5;6;1\n6;6,5;0\n");

} // namespace fplab::test
