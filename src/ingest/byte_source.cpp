#include "ingest/byte_source.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/archive.h"

namespace destock::ingest {
namespace {

constexpr size_t kChunk = 1 << 20;

tl::unexpected<Error> io_failure(const std::string& path, int error) {
  const std::string reason = std::strerror(error);
  if (error == ENOENT)
    return fail(ErrorKind::kNotFound, {"no such file", "文件不存在"}, path, {"check the path", "请检查路径"});
  return fail(ErrorKind::kIo, {"the file cannot be read: " + reason, "无法读取文件：" + reason}, path,
              {"check that the file is readable by this user", "请确认当前用户有读取权限"});
}

tl::unexpected<Error> gzip_failure(const std::string& path, bool cut_off) {
  const Text what = cut_off ? Text{"the gzip file ends early: it is cut off", "gzip 文件不完整：提前结束"}
                            : Text{"the gzip file is damaged", "gzip 文件已损坏"};
  return fail(ErrorKind::kBadInput, what, path,
              {"download the report again; nothing of it was imported", "请重新下载报告；未导入任何内容"});
}

tl::unexpected<Error> unpacks_to_too_much(const std::string& path, uint64_t most) {
  const std::string limit = std::to_string(most >> 20) + " MB";
  return fail(ErrorKind::kBadInput, {"the gzip file unpacks to more than " + limit, "gzip 文件解压后超过 " + limit},
              path, {"download a shorter span of days", "请缩短下载的日期范围"});
}

}  // namespace

struct ByteSource::State {
  std::string path;
  int file = -1;
  uint64_t read = 0;
  uint64_t total = 0;
  uint64_t unpacked = 0;
  uint64_t most_unpacked = 0;
  crypto_generichash_state hash{};
  bool gzip = false;
  bool gzip_ended = false;
  z_stream zip{};
  std::vector<char> raw = std::vector<char>(kChunk);
  std::optional<MemberBytes> member{};  // in place of the file: one of an archive
  size_t held = 0;                      // bytes in `raw` that were read to see what they are

  ~State() {
    if (file >= 0) ::close(file);
    if (gzip) inflateEnd(&zip);
  }

  // The next raw bytes into `raw`; 0 at the end.
  Result<size_t> next_raw() {
    if (held > 0) return std::exchange(held, 0);
    const auto got = member ? member->read(raw.data(), raw.size()) : next_of_file();
    if (!got) return got;
    read += *got;
    crypto_generichash_update(&hash, reinterpret_cast<const unsigned char*>(raw.data()), *got);
    return got;
  }

  Result<size_t> next_of_file() {
    for (;;) {
      const ssize_t got = ::read(file, raw.data(), raw.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return io_failure(path, errno);
      return static_cast<size_t>(got);
    }
  }

  // Whether the first bytes are gzip's.
  Result<bool> begins_as_gzip() {
    std::array<unsigned char, 2> magic{};
    if (member) {
      const auto got = next_raw();
      if (!got) return tl::unexpected(got.error());
      held = *got;
      if (held >= magic.size()) std::memcpy(magic.data(), raw.data(), magic.size());
    } else if (::pread(file, magic.data(), magic.size(), 0) != static_cast<ssize_t>(magic.size())) {
      return false;
    }
    return magic[0] == 0x1F && magic[1] == 0x8B;
  }

  // Unpacks until `out` has grown by a chunk or the file has ended.
  Result<bool> inflate_some(std::string& out) {
    const size_t start = out.size();
    while (out.size() - start < kChunk) {
      if (zip.avail_in == 0) {
        const auto got = next_raw();
        if (!got) return tl::unexpected(got.error());
        if (*got == 0) {
          if (!gzip_ended) return gzip_failure(path, true);
          return out.size() > start;
        }
        zip.next_in = reinterpret_cast<Bytef*>(raw.data());
        zip.avail_in = static_cast<uInt>(*got);
      }
      if (gzip_ended) {  // another member follows, as `cat a.gz b.gz` makes
        if (inflateReset(&zip) != Z_OK) return gzip_failure(path, false);
        gzip_ended = false;
      }
      std::array<char, 65'536> buffer;
      zip.next_out = reinterpret_cast<Bytef*>(buffer.data());
      zip.avail_out = static_cast<uInt>(buffer.size());
      const int status = inflate(&zip, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END) return gzip_failure(path, false);
      out.append(buffer.data(), buffer.size() - zip.avail_out);
      unpacked += buffer.size() - zip.avail_out;
      if (unpacked > most_unpacked) return unpacks_to_too_much(path, most_unpacked);
      gzip_ended = status == Z_STREAM_END;
    }
    return true;
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::string& path, uint64_t most_unpacked) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->most_unpacked = most_unpacked;
  // Without waiting: a named pipe that nobody writes to would hold the program for ever.
  state->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const int error = errno;
  const auto place = state->file < 0 && error == ENOTDIR ? in_archive(path) : std::nullopt;
  if (place) {
    auto member = MemberBytes::open(path, *place);
    if (!member) return tl::unexpected(member.error());
    state->total = member->size();
    state->member.emplace(std::move(*member));
  } else if (state->file < 0) {
    return io_failure(path, error);
  } else {
    struct stat info {};
    if (::fstat(state->file, &info) != 0) return io_failure(path, errno);
    if (!S_ISREG(info.st_mode))
      return fail(ErrorKind::kBadInput, {"this is no file: a pipe or a device", "不是普通文件：管道或设备"}, path,
                  {"save the report as a file and import that", "请将报告保存为文件后再导入"});
    state->total = static_cast<uint64_t>(info.st_size);
  }
  crypto_generichash_init(&state->hash, nullptr, 0, 32);
  const auto gzip = state->begins_as_gzip();
  if (!gzip) return tl::unexpected(gzip.error());
  state->gzip = *gzip;
  if (state->gzip && inflateInit2(&state->zip, 16 + MAX_WBITS) != Z_OK) {
    state->gzip = false;
    return gzip_failure(path, false);
  }
  return ByteSource(std::move(state));
}

Result<bool> ByteSource::read(std::string& out) {
  if (state_->gzip) return state_->inflate_some(out);
  const auto got = state_->next_raw();
  if (!got) return tl::unexpected(got.error());
  out.append(state_->raw.data(), *got);
  return *got > 0;
}

uint64_t ByteSource::bytes_read() const {
  return state_->read;
}
uint64_t ByteSource::bytes_total() const {
  return state_->total;
}

std::string ByteSource::hash() {
  std::array<unsigned char, 32> digest{};
  crypto_generichash_state copy = state_->hash;
  crypto_generichash_final(&copy, digest.data(), digest.size());
  std::array<char, 65> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

}  // namespace destock::ingest
