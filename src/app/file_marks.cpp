#include "app/file_marks.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace destock::app {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBytes = 16;

class Mark {
public:
  Mark() { crypto_generichash_init(&state_, nullptr, 0, kBytes); }
  void add(std::string_view text) {
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  void add_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<char, 1 << 16> part;
    uint64_t size = 0;
    while (file.read(part.data(), part.size()) || file.gcount() > 0) {
      add({part.data(), static_cast<size_t>(file.gcount())});
      size += static_cast<uint64_t>(file.gcount());
    }
    add("\n" + std::to_string(size) + "\n");
  }
  std::string hex() {
    std::array<unsigned char, kBytes> hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    std::string text(2 * kBytes + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
  }

private:
  crypto_generichash_state state_{};
};

}  // namespace

std::string mark_of(const std::vector<fs::path>& files_and_folders) {
  Mark mark;
  for (const fs::path& path : files_and_folders) {
    std::error_code error;
    std::vector<fs::path> files;
    if (fs::is_directory(path, error)) {
      for (const auto& entry : fs::recursive_directory_iterator(path, error))
        if (entry.is_regular_file(error)) files.push_back(entry.path());
      std::sort(files.begin(), files.end());
    } else {
      files.push_back(path);
    }
    for (const fs::path& file : files) {
      mark.add(file.lexically_relative(path).generic_string() + "\n");
      mark.add_file(file);
    }
  }
  return mark.hex();
}

std::string mark_of_bytes(std::string_view bytes) {
  Mark mark;
  mark.add(bytes);
  return mark.hex();
}

const std::string& program_mark() {
  static const std::string mark = mark_of({"/proc/self/exe"});
  return mark;
}

}  // namespace destock::app
