#include "core/base/result.h"

namespace fplab {

std::string Diagnostic::where() const
{
    std::string out = path;
    const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
    if (line > 0)
        add("line " + std::to_string(line));
    if (column > 0)
        add("column " + std::to_string(column));
    return out;
}

std::string Diagnostic::text() const
{
    std::string out = file;
    if (const auto position = where(); !position.empty())
        out += (out.empty() ? "" : ", ") + position;
    if (!out.empty())
        out += ": ";
    out += what;
    for (const auto& sentence : {kept, advice}) {
        if (sentence.empty())
            continue;
        if (!out.ends_with('.') && !out.ends_with('?') && !out.ends_with('!'))
            out += '.';
        out += ' ' + sentence;
    }
    return out;
}

} // namespace fplab
