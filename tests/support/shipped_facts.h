#pragma once
// The facts of data/ as they are shipped, read once a test program.

#include <filesystem>

#include "market/facts.h"
#include "source_dir.h"

namespace destock::test {

inline const market::Facts& shipped_facts() {
  static const auto loaded = market::load_facts(test::source_dir() / "data");
  return *loaded;
}

}  // namespace destock::test
