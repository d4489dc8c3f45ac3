#pragma once

#include "core/base/result.h"

#include <string>
#include <utility>

namespace fplab {

/// What is wrong with a config, at a JSON path of the experiment file.
[[nodiscard]] inline Diagnostic problem(std::string path, std::string what)
{
    return {.what = std::move(what), .path = std::move(path)};
}

} // namespace fplab
