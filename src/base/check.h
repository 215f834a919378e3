#pragma once
// DESTOCK_CHECK(x): an invariant of ours, held in every build. A broken one throws BrokenInvariant, which ends the use
// case and its transaction; it is never for what a user or a file can do wrong.

#include <stdexcept>
#include <string>

namespace destock {

class BrokenInvariant : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void broken(const char* condition, const char* file, int line) {
  throw BrokenInvariant(std::string(file) + ":" + std::to_string(line) + ": " + condition + " does not hold");
}

}  // namespace destock

#define DESTOCK_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::destock::broken(#condition, __FILE__, __LINE__))
