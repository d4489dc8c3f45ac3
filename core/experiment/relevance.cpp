#include "core/experiment/relevance.h"

#include <algorithm>
#include <map>

namespace fplab {

std::optional<std::string> noEffect(const ExperimentSpec& spec, std::string_view path)
{
    const std::string reason = hintOf(spec, path).idle;
    return reason.empty() ? std::nullopt : std::optional(reason);
}

Status checkEffect(const ExperimentSpec& spec, std::string_view path)
{
    const std::string field(path.substr(0, path.find('[')));
    std::string reason = hintOf(spec, field).idle;
    bool whole = false;
    for (const FieldRef& below : fieldsOf(spec)) {
        if (!below.path.starts_with(field + '.'))
            continue;
        if (below.hint.idle.empty())
            return success();
        whole = true;
        reason = below.hint.idle;
    }
    if (reason.empty())
        return success();
    return Diagnostic {
        .what = (whole ? "nothing in it has an effect: " : "has no effect: ") + reason, .path = std::string(path)};
}

std::vector<Remark> noEffectRemarks(const ExperimentSpec& spec)
{
    const ExperimentSpec defaults = defaultsOf(spec);
    const auto fields = fieldsOf(spec), usual = fieldsOf(defaults);
    std::vector<Remark> remarks;
    struct Told {
        std::size_t remark = 0, fields = 0;
    };
    std::map<std::string_view, Told> told; // by reason
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Hint& hint = fields[i].hint;
        if (hint.idle.empty() || hint.idlePart || fields[i] == usual[i])
            continue;
        auto& [remark, count] = told.try_emplace(hint.idle, Told {remarks.size(), 0}).first->second;
        if (count++ == 0)
            remarks.push_back({"no_effect", std::string(hint.label), fields[i].path, {}});
        else
            remarks[remark].text += ", " + std::string(hint.label);
    }
    for (const auto& [reason, it] : told)
        remarks[it.remark].text
            += (it.fields > 1 ? " have no effect: " : " has no effect: ") + std::string(reason) + '.';
    return remarks;
}

} // namespace fplab
