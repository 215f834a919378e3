#pragma once
// A count of independent pieces of work in parts of the same size, a thread each. What comes out must not depend on how
// many there are.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace destock {

// part(begin, end) for parts of [0, count) of at least `least` pieces; the caller's thread takes the first.
template <typename Part>
void in_parts(size_t count, unsigned threads, size_t least, Part part) {
  const size_t workers = std::max<size_t>(1, std::min<size_t>(threads, count / least));
  const auto run = [&](size_t worker) { part(worker * count / workers, (worker + 1) * count / workers); };
  std::vector<std::thread> others;
  for (size_t worker = 1; worker < workers; ++worker) others.emplace_back(run, worker);
  run(0);
  for (std::thread& other : others) other.join();
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

}  // namespace destock
