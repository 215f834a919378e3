#include "server/uploads.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/clock.h"
#include "server/problem.h"

namespace destock::server {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kAbandonedSeconds = 86'400;
constexpr auto kBetweenSweeps = std::chrono::hours(1);

// A name that stays inside the upload's folder.
std::string safe_name(const std::string& name) {
  std::string base = fs::path(name).filename().string();
  std::erase_if(base, [](char c) { return static_cast<unsigned char>(c) < 32 || c == '/' || c == '\\'; });
  if (base.empty() || base == "." || base == ".." || base.size() > 200) return {};
  return base;
}

bool is_upload_id(const std::string& id) {
  return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

tl::unexpected<Error> not_written(int error, const std::string& where) {
  if (error == ENOSPC || error == EDQUOT)
    return fail(ErrorKind::kIo, {"the disk is full", "磁盘已满"}, where, {"free some space", "请清理空间"});
  return fail(ErrorKind::kIo,
              {std::string("the upload cannot be written: ") + std::strerror(error),
               std::string("上传内容无法写入：") + std::strerror(error)},
              where);
}

tl::unexpected<Error> no_such_upload() {
  return fail(ErrorKind::kNotFound, {"no such upload", "没有该上传"}, {}, {"send the file again", "请重新上传"});
}

// An open file that is closed.
class File {
public:
  File(const fs::path& path, int flags) : file_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (file_ >= 0) ::close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return file_; }

private:
  int file_;
};

// The one file in an upload's folder; no name: none.
struct Sent {
  std::string name;
  uintmax_t bytes = 0;
  bool operator==(const Sent&) const = default;
};
Sent sent_in(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    return {entry.path().filename().string(), entry.file_size(error)};
  return {};
}

// 0, or what went wrong; then nothing of the part stays.
int write_at(int file, uint64_t offset, std::string_view part) {
  size_t done = 0;
  while (done < part.size()) {
    const ssize_t wrote = ::pwrite(file, part.data() + done, part.size() - done, static_cast<off_t>(offset + done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) {
      const int error = wrote < 0 ? errno : ENOSPC;
      if (::ftruncate(file, static_cast<off_t>(offset)) != 0) return errno;
      return error;
    }
    done += static_cast<size_t>(wrote);
  }
  return 0;
}

}  // namespace

Uploads::Uploads(std::string folder) : folder_(std::move(folder)) {
  sweep();
  std::error_code none;
  for (const auto& account : fs::directory_iterator(folder_, none))
    for (const auto& upload : fs::directory_iterator(account.path(), none))
      if (is_upload_id(upload.path().filename().string())) left_behind_.push_back(upload.path());
  sweeper_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kBetweenSweeps, [this] { return ending_; })) {
      lock.unlock();
      try {
        sweep();
      } catch (const std::exception& error) {
        spdlog::error("abandoned uploads cannot be removed: {}", error.what());
      }
      lock.lock();
    }
  });
}

Uploads::~Uploads() {
  {
    const std::scoped_lock one(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  sweeper_.join();
}

fs::path Uploads::folder_of(int64_t account, const std::string& id) const {
  return fs::path(folder_) / std::to_string(account) / id;
}

std::shared_ptr<std::mutex> Uploads::mutex_of(const std::string& id) {
  const std::scoped_lock one(mutex_);
  auto& mutex = writing_[id];
  if (!mutex) mutex = std::make_shared<std::mutex>();
  return mutex;
}

bool Uploads::full_for(const std::string& person) {
  const std::scoped_lock one(mutex_);
  return static_cast<size_t>(std::count_if(person_of_.begin(), person_of_.end(),
                                           [&](const auto& open) { return open.second == person; })) >= kMostOpen;
}

Result<Uploads::Begun> Uploads::begin(int64_t account, const std::string& person, const std::string& name) {
  const std::string safe = safe_name(name);
  if (safe.empty()) return fail(ErrorKind::kBadUsage, {"the file needs a name", "文件需要名称"});
  const auto written = write(account, safe, {});
  if (!written) return tl::unexpected(written.error());
  const std::string made = written->parent_path().filename().string();
  const std::scoped_lock one(mutex_);
  person_of_.emplace(made, person);
  return Begun{made, safe};
}

Result<fs::path> Uploads::write(int64_t account, const std::string& name, std::string_view text) {
  const fs::path folder = folder_of(account, random_hex(16));
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return not_written(error.value(), folder_);
  const File file(folder / name, O_WRONLY | O_CREAT | O_EXCL);
  if (file.number() < 0) return not_written(errno, folder_);
  if (const int failed = write_at(file.number(), 0, text); failed != 0) return not_written(failed, folder_);
  return folder / name;
}

std::optional<fs::path> Uploads::file(int64_t account, const std::string& id) {
  if (!is_upload_id(id)) return std::nullopt;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(account, id), error)) return entry.path();
  return std::nullopt;
}

Result<uint64_t> Uploads::add_part(int64_t account, const std::string& id, uint64_t offset, std::string_view part) {
  const auto path = file(account, id);
  if (!path) return no_such_upload();
  // Two parts of one upload at once: the second finds where the first has ended.
  const auto mutex = mutex_of(id);
  const std::scoped_lock writing(*mutex);
  const File file(*path, O_WRONLY);
  struct stat info {};
  if (file.number() < 0 || ::fstat(file.number(), &info) != 0) return no_such_upload();
  const auto size = static_cast<uint64_t>(info.st_size);
  if (offset != size)
    return fail(ErrorKind::kRefused,
                {"the next part begins at " + std::to_string(size), "下一部分应从 " + std::to_string(size) + " 开始"});
  if (const int failed = write_at(file.number(), offset, part); failed != 0) return not_written(failed, folder_);
  return size + part.size();
}

Uploads::Hold Uploads::hold(const std::vector<fs::path>& files) {
  std::vector<fs::path> folders;
  folders.reserve(files.size());
  for (const fs::path& file : files) folders.push_back(file.parent_path());
  {
    const std::scoped_lock one(mutex_);
    for (const fs::path& folder : folders) {
      held_.insert(folder.string());
      person_of_.erase(folder.filename().string());
      writing_.erase(folder.filename().string());
    }
  }
  return Hold(this, [this, folders](void*) {
    const std::scoped_lock one(mutex_);
    for (const fs::path& folder : folders) {
      held_.erase(folder.string());
      if (keeps_all_) continue;
      remove_left_behind(folder);
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  });
}

// What was here before this server began and has now been sent again: a file of the same name and size. Under the
// mutex.
void Uploads::remove_left_behind(const fs::path& read) {
  const Sent sent = sent_in(read);
  std::erase_if(left_behind_, [&](const fs::path& other) {
    const bool again = other.parent_path() == read.parent_path() && !held_.contains(other.string()) &&
                       !sent.name.empty() && sent_in(other) == sent;
    std::error_code ignored;
    if (again) fs::remove_all(other, ignored);
    return again;
  });
}

void Uploads::keep_all() {
  const std::scoped_lock one(mutex_);
  keeps_all_ = true;
}

void Uploads::sweep() {
  std::error_code error;
  const int64_t now = Clock().seconds();
  for (const auto& account : fs::directory_iterator(folder_, error)) {
    if (!account.is_directory(error)) continue;
    for (const auto& upload : fs::directory_iterator(account.path(), error)) {
      const std::string id = upload.path().filename().string();
      struct stat info {};
      if (!is_upload_id(id) || ::stat(upload.path().c_str(), &info) != 0) continue;
      const std::scoped_lock one(mutex_);
      if (held_.contains(upload.path().string()) || now - info.st_mtim.tv_sec < kAbandonedSeconds) continue;
      std::error_code failed;
      fs::remove_all(upload.path(), failed);
      person_of_.erase(id);
      writing_.erase(id);
      if (failed) spdlog::warn("an abandoned upload cannot be removed: {}", failed.message());
    }
  }
}

}  // namespace destock::server
