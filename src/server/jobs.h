#pragma once
// Long work, each job with progress that can be listened to, and a way to cancel it. An account has one job at work at
// a time; imports go before plans, and have a thread of their own, so that no plan holds up another account's import.
// What a dead server left unfinished is marked as interrupted at the next start. Safe to use from any thread.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "account/job_record.h"
#include "app/json.h"
#include "server/http.h"
#include "server/views.h"

namespace destock::server {

// Somebody who is told of jobs, as long as he may know of them.
struct JobListener {
  std::shared_ptr<EventStream> stream;
  Lang lang = Lang::kEn;
  std::function<bool()> still;
};

struct Job {
  account::JobRecord record;
  std::atomic<bool> stop = false;
  std::string step;  // what it is at: a file, "planning"
  uint64_t done = 0, total = 0;
  std::vector<JobListener> listeners;
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
  // As many jobs of a person wait or work as one may have.
  bool full_for(const std::string& person);
  static constexpr size_t kMostOpen = 20;
  // Of this account; running ones with their progress.
  Result<app::Json> json(int64_t account, int64_t id, Lang lang);
  Result<app::Json> list(int64_t account, Lang lang);
  Result<void> cancel(int64_t account, int64_t id);
  // Sends what there is to tell now, and then every step; ends with the job.
  void listen(int64_t account, int64_t id, JobListener listener);
  // Every step of every open job of the account; ends, with "idle", when none is open any more.
  void listen(int64_t account, JobListener listener);

private:
  struct Waiting {
    std::shared_ptr<Job> job;
    Work work;
  };
  void run(bool imports_alone);
  std::optional<Waiting> next(bool imports_alone);
  Result<app::Json> done_by(const std::shared_ptr<Job>& job, const Work& work, store::Store& store);
  void tell(Job& job, bool ended);
  bool has_open(int64_t account) const;
  std::shared_ptr<Job> open_job(int64_t account, int64_t id);

  Views& views_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  std::map<int64_t, std::shared_ptr<Job>> open_;
  std::set<int64_t> busy_;                                 // accounts that have a job at work
  std::multimap<int64_t, JobListener> account_listeners_;  // by account
  bool ending_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace destock::server
