#pragma once

#include <filesystem>

namespace destock::test {

// Where the project's own files lie: shipped facts, samples of reports. Compiled in one place, so that other objects do
// not depend on the folder they were built in.
std::filesystem::path source_dir();

}  // namespace destock::test
