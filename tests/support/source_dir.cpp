#include "source_dir.h"

namespace destock::test {

std::filesystem::path source_dir() {
  return DESTOCK_SOURCE_DIR;
}

}  // namespace destock::test
