#include "core/base/random.h"
#include "core/files/experiment_file.h"
#include "core/kinds/fit_curve/kind.h"
#include "ui/window_fixture.h"

#include <QApplication>
#include <QDialog>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <QWindow>

#include <numeric>

using namespace fplab;

namespace {

/// Somebody who clicks, types, drags and resizes without a plan, always in the same order for a seed.
class Monkey {
public:
    Monkey(MainWindow& window, std::uint64_t seed)
        : m_window(window)
        , m_random(seed)
    {
        keepGoing();
    }

    void act()
    {
        switch (m_random.below(16)) {
        case 0:
        case 1:
        case 2:
        case 3:
            click();
            break;
        case 4:
            drag();
            break;
        case 5:
            wheel();
            break;
        case 6:
        case 7:
        case 8:
            type();
            break;
        case 9:
        case 10:
        case 11:
            command();
            break;
        case 12:
            m_window.resize(1024 + static_cast<int>(m_random.below(600)), 600 + static_cast<int>(m_random.below(400)));
            break;
        case 13:
            m_window.experiment().editor.undoStack().undo();
            break;
        case 14:
            m_window.experiment().editor.undoStack().redo();
            break;
        default:
            QTest::qWait(static_cast<int>(m_random.below(4)));
            break;
        }
        QCoreApplication::processEvents();
        closeWhatBlocks();
        stayModest();
    }

private:
    /// Again and again, also from the event loops of dialogs that it opened itself.
    void keepGoing()
    {
        QTimer::singleShot(5, &m_keeper, [this] {
            keepGoing();
            closeWhatBlocks();
        });
    }
    /// Dialogs are rejected; of a menu an entry is taken now and then, but for the one that quits.
    void closeWhatBlocks()
    {
        for (int i = 0; QWidget* popup = QApplication::activePopupWidget(); ++i) {
            const auto* menu = qobject_cast<QMenu*>(popup);
            QAction* action = menu && i == 0 && !menu->actions().isEmpty()
                ? menu->actions().at(m_random.below(static_cast<std::uint32_t>(menu->actions().size())))
                : nullptr;
            const bool quits = action && action->shortcuts().contains(QKeySequence(Qt::CTRL | Qt::Key_Q));
            if (action && !quits && m_random.below(2) == 0) {
                qobject_cast<QMenu*>(popup)->setActiveAction(action);
                QTest::keyClick(popup, Qt::Key_Return);
            } else {
                popup->close();
            }
        }
        if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
            dialog->reject();
    }
    /// Takes back what would make every later event slow.
    void stayModest()
    {
        auto& editor = m_window.experiment().editor;
        const auto& fit = specOf<FitCurveSpec>(editor.spec().problem);
        double weights = 0;
        for (std::size_t i = 1; i < fit.network.hidden.size(); ++i)
            weights += static_cast<double>(fit.network.hidden[i - 1]) * fit.network.hidden[i];
        if (weights > 4e4 || fit.sampling.count > 1000 || fit.sampling.testCount > 2000)
            editor.undoStack().undo();
    }

    QPoint anywhere()
    {
        const QSize size = m_window.windowHandle()->size(); // a full screen is smaller than the window here
        return {static_cast<int>(m_random.below(static_cast<std::uint32_t>(size.width()))),
            static_cast<int>(m_random.below(static_cast<std::uint32_t>(size.height())))};
    }
    Qt::KeyboardModifiers modifiers()
    {
        const Qt::KeyboardModifiers choice[] {{}, {}, {}, Qt::ShiftModifier, Qt::ControlModifier};
        return choice[m_random.below(std::size(choice))];
    }
    void click()
    {
        const auto button = m_random.below(8) == 0 ? Qt::RightButton : Qt::LeftButton;
        if (m_random.below(6) == 0)
            QTest::mouseDClick(m_window.windowHandle(), button, modifiers(), anywhere());
        else
            QTest::mouseClick(m_window.windowHandle(), button, modifiers(), anywhere());
    }
    void drag()
    {
        QWindow* window = m_window.windowHandle();
        QTest::mousePress(window, Qt::LeftButton, {}, anywhere());
        for (auto moves = m_random.below(6); moves > 0; --moves)
            QTest::mouseMove(window, anywhere());
        QTest::mouseRelease(window, Qt::LeftButton, {}, anywhere());
    }
    void wheel()
    {
        const QPoint at = anywhere();
        QWidget* widget = m_window.childAt(at);
        if (!widget)
            return;
        QWheelEvent event(widget->mapFrom(&m_window, at), m_window.mapToGlobal(at), {},
            {0, m_random.below(2) == 0 ? 120 : -120}, Qt::NoButton, modifiers(), Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(widget, &event);
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_window.windowHandle(), static_cast<Qt::Key>(key), modifiers);
    }
    void type()
    {
        static constexpr char text[] = "0123456789.,-+*/^()=xeinsco \"[]{}k";
        for (auto count = 1 + m_random.below(3); count > 0; --count)
            QTest::keyClick(m_window.windowHandle(), text[m_random.below(sizeof text - 1)]);
        if (m_random.below(2) == 0)
            key(m_random.below(2) == 0 ? Qt::Key_Return : Qt::Key_Tab);
    }
    void command()
    {
        struct Key {
            int key;
            Qt::KeyboardModifiers modifiers;
        };
        static const Key keys[] {{Qt::Key_Space, {}}, {Qt::Key_N, {}}, {Qt::Key_N, Qt::ShiftModifier}, {Qt::Key_R, {}},
            {Qt::Key_R, Qt::ShiftModifier}, {Qt::Key_B, {}}, {Qt::Key_T, {}}, {Qt::Key_D, {}},
            {Qt::Key_F, Qt::ShiftModifier}, {Qt::Key_Left, {}}, {Qt::Key_Right, {}}, {Qt::Key_Up, {}},
            {Qt::Key_Down, {}}, {Qt::Key_Home, {}}, {Qt::Key_End, {}}, {Qt::Key_PageUp, {}}, {Qt::Key_PageDown, {}},
            {Qt::Key_Left, Qt::ControlModifier}, {Qt::Key_Right, Qt::ControlModifier},
            {Qt::Key_Return, Qt::ControlModifier}, {Qt::Key_L, Qt::ControlModifier}, {Qt::Key_Escape, {}},
            {Qt::Key_Backspace, {}}, {Qt::Key_Delete, {}}, {Qt::Key_Tab, {}}, {Qt::Key_Tab, Qt::ShiftModifier},
            {Qt::Key_Return, {}}, {Qt::Key_Z, Qt::ControlModifier}, {Qt::Key_Y, Qt::ControlModifier},
            {Qt::Key_E, Qt::ControlModifier}, {Qt::Key_F1, {}}, {Qt::Key_F5, {}}, {Qt::Key_F8, {}}, {Qt::Key_F11, {}},
            {Qt::Key_0, {}}, {Qt::Key_1, {}}, {Qt::Key_2, {}}, {Qt::Key_3, {}}, {Qt::Key_4, {}},
            {Qt::Key_1, Qt::ControlModifier}, {Qt::Key_Plus, Qt::ControlModifier}, {Qt::Key_Minus, Qt::ControlModifier},
            {Qt::Key_0, Qt::ControlModifier}, {Qt::Key_A, Qt::ControlModifier}, {Qt::Key_Menu, {}}};
        const Key& chosen = keys[m_random.below(std::size(keys))];
        key(chosen.key, chosen.modifiers);
        if (m_random.below(40) == 0)
            key(Qt::Key_N, Qt::ControlModifier); // to the gallery
    }

    MainWindow& m_window;
    Random m_random;
    QObject m_keeper; ///< ends keepGoing() with the monkey
};

} // namespace

/// Whatever is done to the window, it goes on, and undo leads back to where one came from.
class TstMonkey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::prepareWindows(); }
    void init() { QFile::remove(settingsPath()); }
    void survives_data()
    {
        QTest::addColumn<int>("seed");
        QTest::addColumn<int>("events");
        const bool deep = qEnvironmentVariableIntValue("FPLAB_DEEP") > 0;
        for (int seed = 1; seed <= (deep ? 5 : 2); ++seed)
            QTest::addRow("seed %d", seed) << seed << (deep ? 4000 : 600);
    }
    void survives()
    {
        QFETCH(int, seed);
        QFETCH(int, events);
        MainWindow window;
        window.resize(1366, 700);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto& editor = window.experiment().editor;
        editor.undoStack().setUndoLimit(0); // as far back as it takes
        std::string initial;
        connect(&editor, &ExperimentEditor::opened, this, [&] { initial = formatExperiment(editor.spec()); });
        window.openCard(QStringLiteral("three-sines"), true);
        {
            Monkey monkey(window, static_cast<std::uint64_t>(seed));
            for (int i = 0; i < events; ++i)
                monkey.act();
        }
        QVERIFY(window.isVisible());

        const auto final = formatExperiment(editor.spec());
        const int index = editor.undoStack().index();
        editor.undoStack().setIndex(0);
        QVERIFY2(formatExperiment(editor.spec()) == initial,
            (formatExperiment(editor.spec()) + "\ninstead of\n" + initial).c_str());
        editor.undoStack().setIndex(index);
        QVERIFY(formatExperiment(editor.spec()) == final);
        editor.undoStack().setIndex(0);

        // It still trains.
        OpenExperiment& experiment = window.experiment();
        QVERIFY(experiment.restart(false).ok());
        experiment.run.setPace({.kind = Pace::Kind::Max});
        experiment.stepBy(5);
        QVERIFY(QTest::qWaitFor([&] { return experiment.run.liveStep() == 5; }, 20000));
    }
};

QTEST_MAIN(TstMonkey)
#include "tst_monkey.moc"
