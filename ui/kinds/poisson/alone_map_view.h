#pragma once

#include "ui/views/heatmap_view.h"

namespace fplab {

/// The map of the solver alone, to be held beside that of a network: from high to low instead of from low to high.
class AloneMapView : public HeatmapView {
    Q_OBJECT
public:
    explicit AloneMapView(const Lab& lab, QWidget* parent = nullptr);

protected:
    void refresh(const Theme& theme) override;
};

} // namespace fplab
