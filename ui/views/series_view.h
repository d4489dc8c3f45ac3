#pragma once

#include "ui/views/line_series.h"
#include "ui/views/step_view.h"

namespace fplab {

/// One number of several runs over steps, a curve for each: two seeds, a network beside a solver. Knows the runs by
/// their cursors alone, whatever kinds they are of.
class SeriesView : public StepView {
    Q_OBJECT
public:
    struct Member {
        RunCursor cursor;
        QString label; ///< in the key
    };
    /// `role`: of a scalar channel; `members`: at least one, whose steps the axis and the playhead are of comes first.
    SeriesView(const Lab& lab, Role role, std::vector<Member> members, QWidget* parent = nullptr);

    /// Whether a run has what this view shows.
    [[nodiscard]] bool accepts(const RunDocument& run) const { return run.channelIndex(m_role) >= 0; }

    [[nodiscard]] QString summary() const override;
    [[nodiscard]] ViewTable table() const override;
    [[nodiscard]] QString equation() const override;

protected:
    void refresh(const Theme& theme) override;
    void reset() override;
    int curveCount() const override { return static_cast<int>(m_curves.size()); }
    int pointCount(int curve) const override;
    Probe probe(int curve, int index) const override;

private:
    struct Curve {
        Member member;
        std::shared_ptr<const RunDocument> run; ///< whose records the line is of
        std::uint64_t revision = 0;
        LineSeries line;
    };
    [[nodiscard]] double value(const RunDocument& run, std::size_t record) const;
    void extend(Curve& curve);

    const Role m_role;
    std::vector<Curve> m_curves;
    GrowingRange m_range;
    std::shared_ptr<Ticker> m_numbers;
};

} // namespace fplab
