#pragma once
// Whether these tests carry a sanitizer, under which planning takes fifty times as long: figures of many runs are
// measured in Release, and the same code runs here in small.

namespace destock::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
inline constexpr const char* kInRelease = "a figure of many runs: measured in Release";

}  // namespace destock::test
