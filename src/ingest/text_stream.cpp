#include "ingest/text_stream.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace destock::ingest {
namespace {
constexpr size_t kQueued = 4;  // chunks that may wait: a few megabytes, whatever the file's size

// Eight bytes at a time: nearly all reports are ASCII from end to end.
bool all_ascii(std::string_view bytes) {
  size_t i = 0;
  uint64_t high = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    high |= word;
  }
  for (; i < bytes.size(); ++i) high |= static_cast<unsigned char>(bytes[i]);
  return (high & 0x8080808080808080ULL) == 0;
}

}  // namespace

struct TextStream::State {
  State(ByteSource source_, const Encoding& encoding, Progress progress_)
      : source(std::move(source_)), decoder(encoding), assumed(encoding.assumed), progress(std::move(progress_)) {}

  ByteSource source;
  Decoder decoder;
  bool assumed;       // UTF-8: to be seen to
  bool seen = false;  // characters beyond ASCII, in UTF-8
  std::string begun;  // a character's first bytes, at the end of a chunk
  std::string other;
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

  // Whether the bytes go on in UTF-8; what they end with may be the beginning of a character.
  bool goes_on(std::string_view raw) {
    constexpr size_t kAround = 65'536;
    if (begun.empty() && all_ascii(raw)) return true;
    const std::string joined = begun + std::string(raw);
    if (!is_utf8(joined, true)) {
      if (seen || is_mostly_utf8(joined)) {  // damaged here and there
        assumed = false;
        return true;
      }
      const auto found = std::find_if(joined.begin(), joined.end(), [](char c) { return (c & 0x80) != 0; });
      const auto at = static_cast<size_t>(found - joined.begin());
      other = joined.substr(joined.rfind('\n', at) + 1, kAround);
      return false;
    }
    seen = true;
    size_t tail = joined.size();
    while (tail > 0 && joined.size() - tail < 3 && (joined[tail - 1] & 0xC0) == 0x80) --tail;
    begun = tail > 0 && (joined[tail - 1] & 0xC0) == 0xC0 && !is_utf8(std::string_view(joined).substr(tail - 1), false)
                ? joined.substr(tail - 1)
                : std::string();
    return true;
  }

  void read_all() {
    std::string raw;
    for (;;) {
      raw.clear();
      const auto more = source.read(raw);
      if (!more) return end(more.error());
      if (assumed && !goes_on(raw)) return end(std::nullopt);
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

const std::string& TextStream::other_bytes() const {
  return state_->other;
}

std::string TextStream::hash() {
  return state_->source.hash();
}

}  // namespace destock::ingest
