#pragma once
// A zip archive of reports. Each file in it is read as a file of its own, under a path that leads through the
// archive's: "November/UK.zip/orders.txt". An archive within an archive is not opened.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace destock::ingest {

inline constexpr size_t kMostMembers = 1'000;

// Whether a file is a zip archive, and no workbook or document that is packed as one.
bool is_archive(const std::string& path);

struct ArchiveMember {
  std::string path;  // through the archive
  Text closed{};     // why it cannot be opened; empty: it can
};
// In the order of the archive, folders left out. kBadInput: damaged, empty, too many or too much in it.
Result<std::vector<ArchiveMember>> archive_members(const std::string& path);

// The archive that a path leads through, and what it names there; nothing: the path is a file's, or nothing's.
struct InArchive {
  std::string archive, name;
};
std::optional<InArchive> in_archive(const std::string& path);

// When a file was last written, in seconds since 1970: its own time, or the one that its archive gives.
std::optional<int64_t> written_at(const std::string& path);

// The bytes of a file in an archive, unpacked as they are asked for.
class MemberBytes {
public:
  static Result<MemberBytes> open(const std::string& path, const InArchive& place);
  MemberBytes(MemberBytes&&) noexcept;
  ~MemberBytes();
  MemberBytes(const MemberBytes&) = delete;
  MemberBytes& operator=(const MemberBytes&) = delete;
  MemberBytes& operator=(MemberBytes&&) = delete;

  // As many bytes as there are and have room; 0 at the end. kBadInput: damaged, or more than the archive said.
  Result<size_t> read(char* into, size_t room);
  uint64_t size() const;

private:
  struct State;
  explicit MemberBytes(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace destock::ingest
