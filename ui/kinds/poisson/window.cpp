#include "ui/kinds/poisson/window.h"

#include "core/kinds/poisson/expected_sweeps.h"
#include "ui/kinds/poisson/alone_map_view.h"
#include "ui/kinds/poisson/error_view.h"
#include "ui/kinds/poisson/handoff_view.h"
#include "ui/kinds/poisson/modes_view.h"
#include "ui/kinds/poisson/thumbnail.h"
#include "ui/views/view_kind.h"

#include <array>

namespace fplab {
namespace {

template <class View> PlotView* make(const Lab& lab, QWidget* parent) { return new View(lab, parent); }

bool hasError(std::span<const Channel> channels) { return findChannel(channels, Role::MaxError) != nullptr; }
bool hasModes(std::span<const Channel> channels) { return findChannel(channels, Role::ModeErrors) != nullptr; }

constexpr ViewCommand sweep {"run.sweep_handoff", QT_TRANSLATE_NOOP("ViewKind", "S&weep the hand-off step"),
    QT_TRANSLATE_NOOP("ViewKind", "Tries hand-off steps M; again: stops, or takes the best one"), Qt::Key_M};

constexpr std::array<ViewKind, 4> views {{
    {"modes", QT_TRANSLATE_NOOP("ViewKind", "Error by mode"), make<ModesView>, "poisson", hasModes},
    {"error", QT_TRANSLATE_NOOP("ViewKind", "Error against cost"), make<ErrorView>, "poisson", hasError},
    {"handoff", QT_TRANSLATE_NOOP("ViewKind", "Cost against the hand-off step"), make<HandoffView>, "poisson", hasError,
        &sweep},
    {"alone_map", QT_TRANSLATE_NOOP("ViewKind", "Map of the solver alone"), make<AloneMapView>, "delta", hasError},
}};

double expectedSteps(const ExperimentSpec& spec)
{
    const PdeSpec& pde = specOf<PoissonSpec>(spec.problem).pde;
    return hasNetwork(pde) ? static_cast<double>(stopRuleOf(spec).steps) : expectedSweeps(pde);
}

} // namespace

KindWindow poissonWindow()
{
    return {.id = poissonKind().id,
        .makeModel
        = [](RunController& run) -> std::unique_ptr<KindModel> { return std::make_unique<HandoffModel>(run); },
        .views = [] { return std::span<const ViewKind>(views); },
        .drawThumbnail = drawPoissonThumbnail,
        .expectedSteps = expectedSteps};
}

} // namespace fplab
