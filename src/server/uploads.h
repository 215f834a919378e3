#pragma once
// Files on their way in: each in a folder of its own, written part by part at its place, removed when the job that
// reads it has ended, whatever came of it. What a dead server was reading stays for its job to be run again, until the
// same file is sent again and read; what no job was asked to read goes after a day. Safe to use from any thread.

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace destock::server {

class Uploads {
public:
  // Sweeps now, and each hour until it goes.
  explicit Uploads(std::string folder);
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  static constexpr size_t kMostOpen = 200;                       // of a person, not read by a job yet
  static constexpr uint64_t kMostFileBytes = uint64_t{8} << 30;  // of one file

  struct Begun {
    std::string id, name;
  };
  bool full_for(const std::string& person);
  Result<Begun> begin(int64_t account, const std::string& person, const std::string& name);
  std::optional<std::filesystem::path> file(int64_t account, const std::string& id);
  // Writes a part that begins at `offset`, which is what has come so far, and gives the new size. kRefused: it begins
  // elsewhere.
  Result<uint64_t> add_part(int64_t account, const std::string& id, uint64_t offset, std::string_view part);
  // A file of our own making, as costs that were typed in.
  Result<std::filesystem::path> write(int64_t account, const std::string& name, std::string_view text);

  // Uploads that a job reads: removed when the last copy goes.
  using Hold = std::shared_ptr<void>;
  Hold hold(const std::vector<std::filesystem::path>& files);
  // From now on nothing is removed: the server ends, and interrupted jobs may be run again.
  void keep_all();

  void sweep();

private:
  std::filesystem::path folder_of(int64_t account, const std::string& id) const;
  std::shared_ptr<std::mutex> mutex_of(const std::string& id);
  void remove_left_behind(const std::filesystem::path& read);

  const std::string folder_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  bool keeps_all_ = false;
  std::map<std::string, std::string> person_of_;  // open uploads, by id
  std::map<std::string, std::shared_ptr<std::mutex>> writing_;
  std::set<std::string> held_;                      // by folder
  std::vector<std::filesystem::path> left_behind_;  // there before this server began
  std::thread sweeper_;
};

}  // namespace destock::server
