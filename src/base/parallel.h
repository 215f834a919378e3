#pragma once
// Threads that carry what goes wrong in them to the one who started them. An exception that leaves a bare std::thread
// ends the program; here all threads are joined, and the first exception is thrown again where the work was asked for.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace destock {

// Threads of one piece of work. run() and here() do not throw what their task throws: wait() does, once all have ended.
class TaskGroup {
public:
  TaskGroup() = default;
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;
  ~TaskGroup() { join(); }

  // In a thread of its own.
  template <typename Task>
  void run(Task task) {
    threads_.emplace_back([this, task = std::move(task)] { guarded(task); });
  }
  // In the caller's thread.
  template <typename Task>
  void here(const Task& task) {
    guarded(task);
  }
  // Something was thrown: what is left need not be begun.
  bool failed() const { return failed_; }
  // Joins all, then throws the first exception again.
  void wait() {
    join();
    if (first_) std::rethrow_exception(std::exchange(first_, nullptr));
  }

private:
  template <typename Task>
  void guarded(const Task& task) {
    try {
      task();
    } catch (...) {  // tidy: allow catch-all, it is thrown again by wait()
      const std::scoped_lock lock(mutex_);
      if (!first_) first_ = std::current_exception();
      failed_ = true;
    }
  }
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::exception_ptr first_;
  std::atomic<bool> failed_ = false;
};

// part(begin, end) for parts of [0, count) of at least `least` pieces, a thread each; the caller's thread takes the
// first. What comes out must not depend on how many threads there are.
template <typename Part>
void in_parts(size_t count, unsigned threads, size_t least, Part part) {
  const size_t workers = std::max<size_t>(1, std::min<size_t>(threads, count / least));
  const auto run = [&](size_t worker) { part(worker * count / workers, (worker + 1) * count / workers); };
  TaskGroup group;
  for (size_t worker = 1; worker < workers; ++worker) group.run([&run, worker] { run(worker); });
  group.here([&] { run(0); });
  group.wait();
}

// each(i) for every i of [0, count), in parts as above; progress(done), one caller at a time, where there is one.
template <typename Each>
void each_in_parts(size_t count, unsigned threads, const std::function<void(size_t)>& progress, Each each) {
  std::mutex telling;
  size_t done = 0;
  in_parts(count, threads, 1, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      each(i);
      const std::scoped_lock lock(telling);
      ++done;
      if (progress) progress(done);
    }
  });
}

// each(worker, i) for every i of [0, count), the next one taken by whichever of `workers` threads is free; the caller's
// thread is worker 0. After the first exception no further piece is begun.
template <typename Each>
void share_out(size_t count, size_t workers, Each each) {
  std::atomic<size_t> next = 0;
  TaskGroup group;
  const auto work = [&](size_t worker) {
    for (size_t i = next++; i < count && !group.failed(); i = next++) each(worker, i);
  };
  for (size_t worker = 1; worker < std::min(workers, count); ++worker) group.run([&work, worker] { work(worker); });
  group.here([&] { work(0); });
  group.wait();
}

}  // namespace destock
