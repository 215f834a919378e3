#include "server/jobs.h"

#include <spdlog/spdlog.h>
#include <chrono>

#include "server/gate.h"

namespace destock::server {
namespace {

constexpr int64_t kMostListed = 20;
constexpr auto kBetweenSteps = std::chrono::milliseconds(100);
constexpr std::chrono::seconds kJobPatience{30};  // nobody holds a connection meanwhile

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

Error no_such_job(int64_t id) {
  return {ErrorKind::kNotFound, {"no such job", "没有该任务"}, std::to_string(id), {}};
}

}  // namespace

Jobs::Jobs(Views& views) : views_(views) {
  if (auto store = views_.store()) {
    (void)(*store)->interrupt_jobs(now_utc());
  }
  worker_ = std::thread([this] { run(); });
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
  if (worker_.joinable()) worker_.join();
  const std::scoped_lock one(mutex_);
  queue_.clear();
  open_.clear();
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
  queue_.emplace_back(std::move(job), std::move(work));
  wake_.notify_all();
  return id;
}

void Jobs::run() {
  while (true) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    if (ending_) return;
    auto [job, work] = std::move(queue_.front());
    queue_.pop_front();
    job->record.state = account::JobState::kRunning;
    lock.unlock();
    auto store = views_.store();
    Result<app::Json> result = store ? Result<app::Json>() : tl::unexpected(store.error());
    if (store && !job->stop) {
      (*store)->set_patience(kJobPatience);
      (void)(*store)->set_job(job->record);
      auto last = std::chrono::steady_clock::now() - kBetweenSteps;
      const Job* const at = job.get();
      // What a job throws is a broken invariant of ours: the job fails, the server goes on.
      try {
        result = work(**store, at->stop, [&, job = job](const std::string& step, uint64_t done, uint64_t total) {
          const auto now = std::chrono::steady_clock::now();
          if (now - last < kBetweenSteps && done < total) return;
          last = now;
          const std::scoped_lock one(mutex_);
          job->step = step;
          job->done = done;
          job->total = total;
          tell(*job, false);
        });
      } catch (const AmountTooLarge& error) {
        spdlog::error("job {}: {}", at->record.id, error.what());
        result = tl::unexpected(too_large());
      } catch (const std::exception& error) {
        spdlog::error("job {}: {}", at->record.id, error.what());
        result = fail(ErrorKind::kIo, {"an error of ours: nothing was changed", "程序内部错误：未做任何更改"}, {},
                      {"the server's log has more", "详情见服务器日志"});
      }
    }
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
  }
}

void Jobs::tell(Job& job, bool ended) {
  std::string lines[2];  // by language, made where somebody listens in it
  std::erase_if(job.listeners, [&](const Job::Listener& listener) {
    std::string& line = lines[static_cast<size_t>(listener.lang)];
    if (line.empty()) line = line_of(job_json(job.record, listener.lang, job.step, job.done, job.total));
    return !listener.stream->send(ended ? "ended" : "progress", line);
  });
  if (!ended) return;
  for (const Job::Listener& listener : job.listeners) listener.stream->close();
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

void Jobs::listen(int64_t account, int64_t id, Lang lang, std::shared_ptr<EventStream> stream) {
  {
    const std::scoped_lock one(mutex_);
    if (ending_) return stream->close();
    if (const auto job = open_job(account, id)) {
      if (stream->send("progress", line_of(job_json(job->record, lang, job->step, job->done, job->total))))
        job->listeners.push_back({std::move(stream), lang});
      return;
    }
  }
  if (const auto ended = json(account, id, lang)) stream->send("ended", line_of(*ended));
  stream->close();
}

}  // namespace destock::server
