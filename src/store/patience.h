#pragma once
// How long a write waits for another program's.

#include <chrono>

namespace destock::store {

inline constexpr std::chrono::seconds kCommandPatience{30};  // a command or a job may take its time
inline constexpr std::chrono::seconds kRequestPatience{5};   // a request is answered within seconds

}  // namespace destock::store
