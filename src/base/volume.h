#pragma once
// Units of volume that reports and rate cards mix.

namespace destock {

inline constexpr double kCubicFeetPerCubicMetre = 35.3146667;
inline constexpr double kCubicCentimetresPerCubicFoot = 28'316.8466;

}  // namespace destock
