#include "ingest/archive.h"

#include <sys/stat.h>
#include <zip.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "ingest/byte_source.h"
#include "ingest/encoding.h"

namespace destock::ingest {
namespace {

namespace fs = std::filesystem;

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, ZipCloser>;

Zip open_zip(const std::string& path) {
  int code = 0;
  return Zip(zip_open(path.c_str(), ZIP_RDONLY, &code));
}

tl::unexpected<Error> bad(const std::string& path, Text what, Text fix) {
  return fail(ErrorKind::kBadInput, std::move(what), path, std::move(fix));
}

tl::unexpected<Error> damaged(const std::string& path) {
  return bad(
      path, {"the zip archive is damaged or cut off", "zip 压缩包已损坏或不完整"},
      {"download it again, or unpack it and import the files that it holds", "请重新下载，或解压后导入其中的文件"});
}

bool is_regular(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

// What a workbook, a text or another program's document holds, whatever its name.
bool is_document(zip_t* archive) {
  constexpr const char* kMarks[] = {"[Content_Types].xml", "xl/workbook.xml", "mimetype", "META-INF/manifest.xml",
                                    "Index/Document.iwa"};
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](const char* mark) { return zip_name_locate(archive, mark, 0) >= 0; });
}

// A name as it was packed: UTF-8, or what the packer's machine spoke, which the archive does not say.
std::string decoded(std::string_view raw) {
  constexpr double kLikely = 0.3;
  if (is_utf8(raw, false)) return std::string(raw);
  std::string name;
  Decoder(likeliest_encoding(raw, {}, kLikely).value_or(Encoding{"windows-1252", 0})).decode(raw, true, name);
  return name;
}

// Without what leads out of the archive, signs that no name should have, and the other system's strokes.
std::string plain_name(std::string_view raw) {
  std::string name = decoded(raw), plain;
  std::replace(name.begin(), name.end(), '\\', '/');
  for (size_t begin = 0; begin <= name.size();) {
    const size_t end = std::min(name.find('/', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (!part.empty() && part != "." && part != ".." && !(begin == 0 && part.size() == 2 && part[1] == ':'))
      plain += (plain.empty() ? "" : "/") + part;
    begin = end + 1;
  }
  for (char& c : plain)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
  return plain;
}

struct Entry {
  std::string name;  // empty: a folder
  uint64_t size = 0;
  int64_t written = 0;
  bool locked = false, packed_oddly = false;
};

Entry entry_at(zip_t* archive, zip_uint64_t index) {
  zip_stat_t info;
  const char* const raw = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
  if (!raw || zip_stat_index(archive, index, 0, &info) != 0) return {};
  const std::string_view written(raw);
  if (written.empty() || written.back() == '/' || written.back() == '\\') return {};
  return {plain_name(written), (info.valid & ZIP_STAT_SIZE) != 0 ? info.size : 0,
          (info.valid & ZIP_STAT_MTIME) != 0 ? static_cast<int64_t>(info.mtime) : 0,
          (info.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && info.encryption_method != ZIP_EM_NONE,
          zip_compression_method_supported(static_cast<zip_int32_t>(info.comp_method), 0) == 0};
}

Text closed_by(const Entry& entry) {
  if (entry.locked) return {"it is locked with a password: unpack it and import what it holds", "已加密：请解压后导入"};
  if (entry.packed_oddly)
    return {"it is packed in a way that is not known here: unpack it and import what it holds",
            "压缩方式不受支持：请解压后导入"};
  return {};
}

// The first of a name; -1: none.
zip_int64_t index_of(zip_t* archive, const std::string& name, Entry& entry) {
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count && i < static_cast<zip_int64_t>(kMostMembers); ++i) {
    entry = entry_at(archive, static_cast<zip_uint64_t>(i));
    if (!entry.name.empty() && entry.name == name) return i;
  }
  return -1;
}

}  // namespace

bool is_archive(const std::string& path) {
  if (!is_regular(path)) return false;
  std::array<char, 4> magic{};
  std::ifstream in(path, std::ios::binary);
  if (!in.read(magic.data(), magic.size())) return false;
  const std::string_view start(magic.data(), magic.size());
  if (start != "PK\x03\x04" && start != "PK\x05\x06") return false;
  const Zip archive = open_zip(path);
  if (!archive) {  // cut off: only its name says what it was
    const std::string extension = fs::path(path).extension().string();
    return extension == ".zip" || extension == ".ZIP";
  }
  return !is_document(archive.get());
}

Result<std::vector<ArchiveMember>> archive_members(const std::string& path) {
  const Zip archive = open_zip(path);
  if (!archive) return damaged(path);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > static_cast<zip_int64_t>(kMostMembers))
    return bad(path, {"the archive holds more than 1,000 files", "压缩包内超过 1,000 个文件"},
               {"unpack it and import the reports that it holds", "请解压后导入其中的报告"});
  std::vector<ArchiveMember> members;
  std::set<std::string> names;
  uint64_t bytes = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    const Entry entry = entry_at(archive.get(), static_cast<zip_uint64_t>(i));
    if (entry.name.empty()) continue;
    bytes += std::min(entry.size, kMostUnpackedBytes + 1);
    Text closed = closed_by(entry);
    if (!names.insert(entry.name).second)
      closed = {"the archive holds another file of that name, which is read", "压缩包内有同名文件，已读取前一个"};
    members.push_back({path + "/" + entry.name, std::move(closed)});
  }
  if (bytes > kMostUnpackedBytes)
    return bad(path, {"the archive unpacks to more than 8 GB", "压缩包解压后超过 8 GB"},
               {"unpack it and import the reports that it holds", "请解压后导入其中的报告"});
  if (members.empty())
    return bad(path, {"the archive holds no file", "压缩包内没有文件"}, {"download it again", "请重新下载"});
  return members;
}

std::optional<InArchive> in_archive(const std::string& path) {
  for (size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    const std::string archive = path.substr(0, at);
    struct stat info {};
    if (::stat(archive.c_str(), &info) != 0) return std::nullopt;
    if (S_ISREG(info.st_mode)) return InArchive{archive, path.substr(at + 1)};
  }
  return std::nullopt;
}

std::optional<int64_t> written_at(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) return info.st_mtime;
  const auto place = in_archive(path);
  if (!place) return std::nullopt;
  const Zip archive = open_zip(place->archive);
  Entry entry;
  if (archive && index_of(archive.get(), place->name, entry) >= 0 && entry.written > 0) return entry.written;
  return ::stat(place->archive.c_str(), &info) == 0 ? std::optional<int64_t>(info.st_mtime) : std::nullopt;
}

struct MemberBytes::State {
  std::string path;
  std::shared_ptr<zip_t> archive;
  zip_file_t* file = nullptr;
  uint64_t size = 0, unpacked = 0;

  ~State() {
    if (file) zip_fclose(file);
  }
};

MemberBytes::MemberBytes(std::unique_ptr<State> state) : state_(std::move(state)) {}
MemberBytes::MemberBytes(MemberBytes&&) noexcept = default;
MemberBytes::~MemberBytes() = default;

Result<MemberBytes> MemberBytes::open(const std::string& path, const InArchive& place) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->archive = open_zip(place.archive);
  if (!state->archive) return damaged(path);
  Entry entry;
  const zip_int64_t index = index_of(state->archive.get(), place.name, entry);
  if (index < 0)
    return fail(ErrorKind::kNotFound, {"the archive holds no such file", "压缩包内没有该文件"}, path,
                {"check the path", "请检查路径"});
  if (Text closed = closed_by(entry); !closed.en.empty()) return bad(path, std::move(closed), {});
  state->size = entry.size;
  state->file = zip_fopen_index(state->archive.get(), static_cast<zip_uint64_t>(index), 0);
  if (!state->file) return damaged(path);
  return MemberBytes(std::move(state));
}

Result<size_t> MemberBytes::read(char* into, size_t room) {
  const zip_int64_t got = zip_fread(state_->file, into, room);
  if (got < 0) return damaged(state_->path);
  state_->unpacked += static_cast<uint64_t>(got);
  if (state_->unpacked > state_->size) return damaged(state_->path);  // or it would never end
  if (got == 0 && state_->unpacked != state_->size) return damaged(state_->path);
  return static_cast<size_t>(got);
}

uint64_t MemberBytes::size() const {
  return state_->size;
}

}  // namespace destock::ingest
