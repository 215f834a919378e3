#include "ingest/text_stream.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace destock::ingest {
namespace {
constexpr size_t kQueued = 4;  // chunks that may wait: a few megabytes, whatever the file's size
}

struct TextStream::State {
  State(ByteSource source_, const Encoding& encoding, Progress progress_)
      : source(std::move(source_)), decoder(encoding), progress(std::move(progress_)) {}

  ByteSource source;
  Decoder decoder;
  Progress progress;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> ready;
  std::deque<std::string> spare;  // emptied chunks, to be filled again
  std::optional<Error> error;
  std::exception_ptr thrown;  // out of memory, mostly: it is the reader's to deal with
  bool ended = false;
  bool abandoned = false;
  std::thread thread;

  std::string take_spare() {
    const std::lock_guard lock(mutex);
    if (spare.empty()) return {};
    std::string text = std::move(spare.front());
    spare.pop_front();
    text.clear();
    return text;
  }

  bool hand_over(std::string text) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready.size() < kQueued || abandoned; });
    if (abandoned) return false;
    if (!text.empty()) ready.push_back(std::move(text));
    changed.notify_all();
    return true;
  }

  void end(std::optional<Error> why) {
    const std::lock_guard lock(mutex);
    error = std::move(why);
    ended = true;
    changed.notify_all();
  }

  void run() {
    try {
      read_all();
    } catch (...) {  // tidy: allow catch-all, next() throws it again
      const std::lock_guard lock(mutex);
      thrown = std::current_exception();
      ended = true;
      changed.notify_all();
    }
  }

  void read_all() {
    std::string raw;
    for (;;) {
      raw.clear();
      const auto more = source.read(raw);
      if (!more) return end(more.error());
      std::string text = take_spare();
      decoder.decode(raw, !*more, text);
      if (progress && !progress(source.bytes_read(), source.bytes_total()))
        return end(Error{ErrorKind::kRefused, {"stopped", "已停止"}, {}, {}});
      if (!hand_over(std::move(text))) return;
      if (!*more) return end(std::nullopt);
    }
  }
};

TextStream::TextStream(ByteSource source, const Encoding& encoding, Progress progress)
    : state_(std::make_unique<State>(std::move(source), encoding, std::move(progress))) {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

TextStream::~TextStream() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->abandoned = true;
    state_->changed.notify_all();
  }
  state_->thread.join();
}

Result<bool> TextStream::next(std::string& chunk) {
  std::unique_lock lock(state_->mutex);
  if (chunk.capacity() > 0) state_->spare.push_back(std::move(chunk));
  chunk.clear();
  state_->changed.wait(lock, [&] { return !state_->ready.empty() || state_->ended; });
  if (!state_->ready.empty()) {
    chunk = std::move(state_->ready.front());
    state_->ready.pop_front();
    state_->changed.notify_all();
    return true;
  }
  if (state_->thrown) std::rethrow_exception(state_->thrown);
  if (state_->error) return tl::unexpected(*state_->error);
  return false;
}

std::string TextStream::hash() {
  return state_->source.hash();
}

}  // namespace destock::ingest
