#pragma once

namespace fplab {

/// Has the compiler load a vector once for all its uses; it would read it from memory for each.
template <class P> inline void keepInRegister([[maybe_unused]] P& value)
{
#if defined(__GNUC__) && defined(__x86_64__)
    asm("" : "+v"(value));
#endif
}

} // namespace fplab
