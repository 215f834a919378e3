#pragma once
// What files are, as a hash of their bytes: so that what rests on them is known to be the same.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace destock::app {

// Of files, and of all files of folders; what is not there counts as such.
std::string mark_of(const std::vector<std::filesystem::path>& files_and_folders);
// Of what is in memory.
std::string mark_of_bytes(std::string_view bytes);
// Of the program that runs: another build may reckon otherwise. Read once.
const std::string& program_mark();

}  // namespace destock::app
