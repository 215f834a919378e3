#pragma once
// Long work, one job after another, each with progress that can be listened to, and a way to cancel it. What a dead
// server left unfinished is marked as interrupted at the next start.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "account/job_record.h"
#include "app/json.h"
#include "server/http.h"
#include "server/views.h"

namespace destock::server {

struct Job {
  account::JobRecord record;
  std::atomic<bool> stop = false;
  std::string step;  // what it is at: a file, "planning"
  uint64_t done = 0, total = 0;
  struct Listener {
    std::shared_ptr<EventStream> stream;
    Lang lang;
  };
  std::vector<Listener> listeners;
};

class Jobs {
public:
  // Does the work: tells its progress, looks at the job's `stop`, and gives the result; one with words for people in
  // both languages, as {"en": …, "zh": …}.
  using Tell = std::function<void(const std::string& step, uint64_t done, uint64_t total)>;
  using Work = std::function<Result<app::Json>(store::Store& store, const std::atomic<bool>& stop, const Tell& tell)>;

  explicit Jobs(Views& views);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  // Stops the job at hand and tells nobody any more. To be called while those who listen can still be answered: their
  // streams must not outlive the HTTP server.
  void end();
  Result<int64_t> add(account::JobRecord record, Work work);
  // Of this account; running ones with their progress.
  Result<app::Json> json(int64_t account, int64_t id, Lang lang);
  Result<app::Json> list(int64_t account, Lang lang);
  Result<void> cancel(int64_t account, int64_t id);
  // Sends what there is to tell now, and then every step; ends with the job.
  void listen(int64_t account, int64_t id, Lang lang, std::shared_ptr<EventStream> stream);

private:
  void run();
  void tell(Job& job, bool ended);
  std::shared_ptr<Job> open_job(int64_t account, int64_t id);

  Views& views_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::pair<std::shared_ptr<Job>, Work>> queue_;
  std::map<int64_t, std::shared_ptr<Job>> open_;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace destock::server
