#include "server/jobs.h"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/money.h"
#include "server/gate.h"

namespace destock::server {
namespace {

constexpr int64_t kMostListed = 20;
constexpr auto kBetweenSteps = std::chrono::milliseconds(100);

// A result is kept in both languages where its words are: {"en": …, "zh": …}.
app::Json result_in(app::Json result, Lang lang) {
  if (!result.is_object() || !result.contains("en") || !result.contains("zh")) return result;
  app::Json said = result.at(lang == Lang::kZh ? "zh" : "en");
  return said.is_string() ? app::Json{{"error", said}} : said;
}

app::Json job_json(const account::JobRecord& record, Lang lang, const std::string& step = {}, uint64_t done = 0,
                   uint64_t total = 0) {
  const auto parsed = [](const std::string& text) {
    return text.empty() ? app::Json(nullptr) : app::Json::parse(text, nullptr, false);
  };
  return {{"id", record.id},
          {"kind", record.kind},
          {"state", account::job_state_id(record.state)},
          {"person", record.person},
          {"created_at", record.created_at},
          {"ended_at", record.ended_at.empty() ? app::Json(nullptr) : app::Json(record.ended_at)},
          {"step", step},
          {"done", done},
          {"total", total},
          {"request", parsed(record.request)},
          {"result", result_in(parsed(record.result), lang)}};
}

std::string line_of(const app::Json& json) {
  return json.dump(-1, ' ', false, app::Json::error_handler_t::replace);
}

// So that a browser does not come back at once for more.
void end_of_news(EventStream& stream) {
  stream.send("idle", "{}");
  stream.close();
}

Error no_such_job(int64_t id) {
  return {ErrorKind::kNotFound, {"no such job", "没有该任务"}, std::to_string(id), {}};
}

}  // namespace

Jobs::Jobs(Views& views) : views_(views) {
  if (auto store = views_.store()) {
    (void)(*store)->interrupt_jobs(now_utc());
  }
  for (const bool imports_alone : {true, false}) workers_.emplace_back([this, imports_alone] { run(imports_alone); });
}

Jobs::~Jobs() {
  end();
}

void Jobs::end() {
  {
    const std::scoped_lock one(mutex_);
    ending_ = true;
    for (const auto& [id, job] : open_) job->stop = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  const std::scoped_lock one(mutex_);
  queue_.clear();
  open_.clear();
  account_listeners_.clear();
}

bool Jobs::full_for(const std::string& person) {
  const std::scoped_lock one(mutex_);
  return static_cast<size_t>(std::count_if(open_.begin(), open_.end(), [&](const auto& open) {
           return open.second->record.person == person;
         })) >= kMostOpen;
}

Result<int64_t> Jobs::add(account::JobRecord record, Work work) {
  auto store = views_.store();
  if (!store) return tl::unexpected(store.error());
  record.created_at = now_utc();
  const auto id = (*store)->add_job(record);
  if (!id) return id;
  auto job = std::make_shared<Job>();
  job->record = std::move(record);
  job->record.id = *id;
  const std::scoped_lock one(mutex_);
  open_.emplace(*id, job);
  tell(*job, false);
  queue_.push_back({std::move(job), std::move(work)});
  wake_.notify_all();
  return id;
}

std::optional<Jobs::Waiting> Jobs::next(bool imports_alone) {
  auto chosen = queue_.end();
  for (auto at = queue_.begin(); at != queue_.end(); ++at) {
    if (busy_.contains(at->job->record.account)) continue;
    if (at->job->record.kind == "import") {
      chosen = at;
      break;
    }
    if (!imports_alone && chosen == queue_.end()) chosen = at;
  }
  if (chosen == queue_.end()) return std::nullopt;
  Waiting found = std::move(*chosen);
  queue_.erase(chosen);
  busy_.insert(found.job->record.account);
  return found;
}

Result<app::Json> Jobs::done_by(const std::shared_ptr<Job>& job, const Work& work, store::Store& store) {
  auto last = std::chrono::steady_clock::now() - kBetweenSteps;
  const auto told = [&](const std::string& step, uint64_t done, uint64_t total) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last < kBetweenSteps && done < total) return;
    last = now;
    const std::scoped_lock one(mutex_);
    job->step = step;
    job->done = done;
    job->total = total;
    tell(*job, false);
  };
  // What a job throws is a broken invariant of ours: the job fails, the server goes on.
  try {
    return work(store, job->stop, told);
  } catch (const AmountTooLarge& error) {
    spdlog::error("job {}: {}", job->record.id, error.what());
    return tl::unexpected(too_large());
  } catch (const std::exception& error) {
    spdlog::error("job {}: {}", job->record.id, error.what());
    return fail(ErrorKind::kIo, {"an error of ours: nothing was changed", "程序内部错误：未做任何更改"}, {},
                {"the server's log has more", "详情见服务器日志"});
  }
}

void Jobs::run(bool imports_alone) {
  while (true) {
    std::unique_lock lock(mutex_);
    std::optional<Waiting> found;
    wake_.wait(lock, [&] { return ending_ || (found = next(imports_alone)).has_value(); });
    if (ending_) return;
    const auto job = found->job;
    job->record.state = account::JobState::kRunning;
    lock.unlock();
    auto store = views_.store();
    Result<app::Json> result = store ? Result<app::Json>() : tl::unexpected(store.error());
    if (store && !job->stop) {
      (*store)->set_patience(store::kCommandPatience);  // nobody holds a connection meanwhile
      (void)(*store)->set_job(job->record);
      result = done_by(job, found->work, **store);
    }
    found.reset();  // with what the work holds
    account::JobRecord ended = job->record;
    // Work that saw the stop gives null, or says what it left; what it finished before is done, and stored.
    const bool stopped = job->stop && (!result || result->is_null() || result->contains("stopped"));
    ended.result =
        result ? line_of(*result)
               : line_of({{"en", result.error().message(Lang::kEn)}, {"zh", result.error().message(Lang::kZh)}});
    ended.state = stopped  ? account::JobState::kCancelled
                  : result ? account::JobState::kDone
                           : account::JobState::kFailed;
    ended.ended_at = now_utc();
    lock.lock();
    const bool ending = ending_;
    lock.unlock();
    // Ending with the server: the next one says that it was interrupted. Written while nobody waits for the lists.
    if (store && (!ending || !stopped))
      if (const auto done = (*store)->set_job(ended); !done)
        spdlog::error("job {}: its end cannot be written: {}", ended.id, done.error().message(Lang::kEn));
    lock.lock();
    job->record = std::move(ended);
    tell(*job, true);
    open_.erase(job->record.id);
    busy_.erase(job->record.account);
    if (!has_open(job->record.account)) {
      const auto [first, last] = account_listeners_.equal_range(job->record.account);
      for (auto at = first; at != last; ++at) end_of_news(*at->second.stream);
      account_listeners_.erase(first, last);
    }
    wake_.notify_all();
  }
}

void Jobs::tell(Job& job, bool ended) {
  std::string lines[2];  // by language, made where somebody listens in it
  const auto hears = [&](const JobListener& listener) {
    if (!listener.still()) {
      listener.stream->close();
      return false;
    }
    std::string& line = lines[static_cast<size_t>(listener.lang)];
    if (line.empty()) line = line_of(job_json(job.record, listener.lang, job.step, job.done, job.total));
    return listener.stream->send(ended ? "ended" : "progress", line);
  };
  std::erase_if(job.listeners, [&](const JobListener& listener) { return !hears(listener); });
  const auto [first, last] = account_listeners_.equal_range(job.record.account);
  for (auto at = first; at != last;) at = hears(at->second) ? std::next(at) : account_listeners_.erase(at);
  if (!ended) return;
  for (const JobListener& listener : job.listeners) listener.stream->close();
  job.listeners.clear();
}

std::shared_ptr<Job> Jobs::open_job(int64_t account, int64_t id) {
  const auto found = open_.find(id);
  return found != open_.end() && found->second->record.account == account ? found->second : nullptr;
}

Result<app::Json> Jobs::json(int64_t account, int64_t id, Lang lang) {
  {
    const std::scoped_lock one(mutex_);
    if (const auto job = open_job(account, id)) return job_json(job->record, lang, job->step, job->done, job->total);
  }
  auto store = views_.store();
  if (!store) return tl::unexpected(store.error());
  const auto record = (*store)->job(id);
  if (!record) return tl::unexpected(record.error());
  if (!*record || (**record).account != account) return tl::unexpected(no_such_job(id));
  return job_json(**record, lang);
}

Result<app::Json> Jobs::list(int64_t account, Lang lang) {
  auto store = views_.store();
  if (!store) return tl::unexpected(store.error());
  const auto records = (*store)->jobs(account, kMostListed);
  if (!records) return tl::unexpected(records.error());
  app::Json list = app::Json::array();
  const std::scoped_lock one(mutex_);
  for (const account::JobRecord& record : *records) {
    const auto job = open_job(account, record.id);
    list.push_back(job ? job_json(job->record, lang, job->step, job->done, job->total) : job_json(record, lang));
  }
  return app::Json{{"jobs", list}};
}

Result<void> Jobs::cancel(int64_t account, int64_t id) {
  const std::scoped_lock one(mutex_);
  const auto job = open_job(account, id);
  if (!job) return tl::unexpected(no_such_job(id));
  job->stop = true;
  return {};
}

void Jobs::listen(int64_t account, int64_t id, JobListener listener) {
  {
    const std::scoped_lock one(mutex_);
    if (ending_) return listener.stream->close();
    if (const auto job = open_job(account, id)) {
      const std::string line = line_of(job_json(job->record, listener.lang, job->step, job->done, job->total));
      if (listener.stream->send("progress", line)) job->listeners.push_back(std::move(listener));
      return;
    }
  }
  if (const auto ended = json(account, id, listener.lang)) listener.stream->send("ended", line_of(*ended));
  listener.stream->close();
}

bool Jobs::has_open(int64_t account) const {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const auto& open) { return open.second->record.account == account; });
}

void Jobs::listen(int64_t account, JobListener listener) {
  const std::scoped_lock one(mutex_);
  if (ending_) return listener.stream->close();
  if (!has_open(account)) return end_of_news(*listener.stream);
  for (const auto& [id, job] : open_)
    if (job->record.account == account)
      listener.stream->send("progress",
                            line_of(job_json(job->record, listener.lang, job->step, job->done, job->total)));
  account_listeners_.emplace(account, std::move(listener));
}

}  // namespace destock::server
