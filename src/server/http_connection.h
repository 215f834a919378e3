#pragma once
// One connection: reads a request, has it answered, writes the answer, and so on. All of it happens on the connection's
// strand but for the handler, which runs on a thread that answers. Private to http_server.cpp, which is all that
// includes Asio.

#include <spdlog/spdlog.h>
#include <array>
#include <asio.hpp>
#include <asio/ssl.hpp>
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "server/http_head.h"
#include "server/http_seats.h"
#include "server/http_server.h"
#include "server/problem.h"

namespace destock::server {

// What connections share. Outlives them; the threads that answer end before.
struct HttpShared {
  Listen listen;
  Handler handler;
  BodyLimit body_limit;
  BodyBudget small_bodies{64u << 20};
  BodyBudget large_bodies{192u << 20};
  // Who changes something has threads of his own: who reads never waits behind those who wait to write.
  std::optional<asio::thread_pool> readers{std::in_place, 6};
  std::optional<asio::thread_pool> changers{std::in_place, 4};
  asio::thread_pool& threads_for(const Request& request) {
    return request.method == "GET" || request.method == "HEAD" ? *readers : *changers;
  }
};

inline constexpr auto kRequestTime = std::chrono::seconds(120);  // for a whole request, and between two
inline constexpr auto kProgressTime = std::chrono::seconds(60);  // an answer has to move on
inline constexpr auto kLingerTime = std::chrono::seconds(2);     // for a refused caller to read why
inline constexpr auto kBeatTime = std::chrono::seconds(20);      // of a stream without news
inline constexpr size_t kMostQueuedBytes = 1 << 20;              // of a stream whose listener does not read

// The head of an answer. What a name or value must not hold is left out.
std::string answer_head(const Response& response, const Head& head, bool keep);
Response refusal_of(int status, Lang lang);
// The client's address: the other end's, or what the proxy says of it. What anybody else writes in the header is no
// address of his.
std::string client_behind(const Request& request, const std::string& peer, const Listen& listen);

template <typename Socket>
class Connection : public std::enable_shared_from_this<Connection<Socket>> {
public:
  Connection(Socket socket, HttpShared& shared, Seats::Seat seat, std::string remote)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        shared_(shared),
        seat_(std::move(seat)),
        remote_(std::move(remote)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { give_back(); }

  auto executor() { return socket_.get_executor(); }

  void start() {
    deadline(kRequestTime);
    if constexpr (kPlain) {
      read_request();
    } else {
      socket_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](const asio::error_code& error) {
                                error ? self->end() : self->read_request();
                              });
    }
  }

private:
  using Self = std::shared_ptr<Connection>;

  // A stream of events over this connection, which what it waits for keeps alive: whoever holds the stream does not.
  class Stream : public EventStream {
  public:
    explicit Stream(const Self& connection) : connection_(connection) {}
    bool send(const std::string& event, const std::string& data) override {
      const Self connection = connection_.lock();
      if (!connection || connection->gone_) return false;
      asio::post(connection->executor(),
                 [connection, text = "event: " + event + "\ndata: " + data + "\n\n"] { connection->push(text); });
      return true;
    }
    void close() override {
      if (const Self connection = connection_.lock())
        asio::post(connection->executor(), [connection] { connection->close_stream(); });
    }

  private:
    std::weak_ptr<Connection> connection_;
  };

  static constexpr bool kPlain = std::is_same_v<Socket, asio::ip::tcp::socket>;
  asio::ip::tcp::socket& tcp() {
    if constexpr (kPlain)
      return socket_;
    else
      return socket_.next_layer();
  }

  // -- reading

  void read_request() {
    head_ = {};
    looked_at_ = 0;
    deadline(kRequestTime);
    read_head_lines();
  }

  void read_head_lines() {
    if (looked_at_ == 0 && data_.starts_with("\r\n")) data_.erase(0, 2);  // an old client's line end after a body
    if (!data_.empty() && (data_[0] < 'A' || data_[0] > 'Z') && data_ != "\r") return refuse(400);
    const HeadEnd found = find_head_end(data_, looked_at_);
    if (found.is == HeadEnd::Is::kBroken) return refuse(400);
    if (found.is == HeadEnd::Is::kHere) return take_head(found.at);
    if (data_.size() > kMostHeadBytes) return refuse(data_.find("\r\n") == std::string::npos ? 414 : 431);
    looked_at_ = data_.empty() ? 0 : data_.size() - 1;
    read_some([](Connection& self) { self.read_head_lines(); });
  }

  template <typename Next>
  void read_some(Next next) {
    socket_.async_read_some(asio::buffer(some_),
                            [self = this->shared_from_this(), next](const asio::error_code& error, size_t bytes) {
                              if (error) return self->end();
                              self->data_.append(self->some_.data(), bytes);
                              next(*self);
                            });
  }

  void take_head(size_t end) {
    auto head = read_head(std::string_view(data_).substr(0, end));
    data_.erase(0, end + 4);
    if (!head) return refuse(head.error());
    head_ = std::move(*head);
    head_.request.remote = client_behind(head_.request, remote_, shared_.listen);
    chunks_ = {};
    if (head_.length == 0 && !head_.chunked) return answer();
    if (!head_.chunked && head_.length <= kSmallBodyBytes) return begin_body(kSmallBodyBytes);
    // Who may send more is for others to say, who may have to look it up: not on the strand.
    asio::post(shared_.threads_for(head_.request), [self = this->shared_from_this()] {
      uint64_t most = kSmallBodyBytes;
      try {
        most = std::max(most, self->shared_.body_limit(self->head_.request));
      } catch (const std::exception& error) {
        spdlog::error("whose body it is cannot be said: {}", error.what());
      }
      asio::post(self->socket_.get_executor(), [self, most] { self->begin_body(most); });
    });
  }

  void begin_body(uint64_t most) {
    most_body_ = most;
    if (head_.length > most) return refuse(413);
    if (!head_.waits) return read_body();
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(kContinue),
                      [self = this->shared_from_this()](const asio::error_code& error, size_t) {
                        error ? self->end() : self->read_body();
                      });
  }

  void read_body() {
    std::string& body = head_.request.body;
    if (head_.chunked) {
      const Chunks::Is is = chunks_.take(data_, body);
      if (is == Chunks::Is::kBroken) return refuse(400);
      if (body.size() > most_body_) return refuse(413);
      if (!hold(body.size() + data_.size())) return refuse(503);
      if (is == Chunks::Is::kWhole) return answer();
      return read_some([](Connection& self) { self.read_body(); });
    }
    const size_t some = static_cast<size_t>(std::min<uint64_t>(head_.length - body.size(), data_.size()));
    body.append(data_, 0, some);
    data_.erase(0, some);
    if (body.size() == head_.length) return answer();
    read_into_body();
  }

  // Straight to where it belongs. Room is taken once and whole: growing step by step would leave holes behind.
  void read_into_body() {
    constexpr size_t kStep = 65'536;
    std::string& body = head_.request.body;
    const size_t before = body.size();
    const size_t step = static_cast<size_t>(std::min<uint64_t>(head_.length - before, kStep));
    if (!hold(head_.length)) return refuse(503);
    if (most_body_ > kSmallBodyBytes) deadline(kRequestTime);  // a part over a slow line: each step has its time
    body.reserve(head_.length);
    body.resize(before + step);
    socket_.async_read_some(asio::buffer(body.data() + before, step), [self = this->shared_from_this(), before](
                                                                          const asio::error_code& error, size_t bytes) {
      if (error) return self->end();
      self->head_.request.body.resize(before + bytes);
      self->head_.request.body.size() == self->head_.length ? self->answer() : self->read_into_body();
    });
  }

  BodyBudget& budget() { return most_body_ > kSmallBodyBytes ? shared_.large_bodies : shared_.small_bodies; }
  bool hold(uint64_t bytes) {
    if (bytes <= held_) return true;
    if (!budget().take(bytes - held_)) return false;
    held_ = bytes;
    return true;
  }
  void give_back() {
    if (held_ > 0) budget().give_back(held_);
    held_ = 0;
  }

  // -- answering

  void answer() {
    timer_.cancel();
    ++deadline_;
    asio::post(shared_.threads_for(head_.request), [self = this->shared_from_this()] {
      auto response = std::make_shared<Response>();
      try {
        *response = self->shared_.handler(self->head_.request);
      } catch (const std::exception& error) {
        spdlog::error("{} {}: {}", self->head_.request.method, self->head_.request.path, error.what());
        *response = refusal_of(500, lang_of(self->head_.request));
      }
      self->head_.request.body = {};
      asio::post(self->socket_.get_executor(), [self, response] {
        self->give_back();
        self->write_answer(response, self->head_.keep && !response->stream);
      });
    });
  }

  // An answer to what cannot be read or is too large; what the caller goes on to send belongs to no request of ours.
  void refuse(int status) {
    give_back();
    head_.request.body = {};
    write_answer(std::make_shared<Response>(refusal_of(status, lang_of(head_.request))), false);
  }

  void write_answer(const std::shared_ptr<Response>& response, bool keep) {
    keep_ = keep;
    response_ = response;
    out_ = answer_head(*response, head_, keep);
    const bool bare =
        head_.request.method == "HEAD" || response->status == 304 || response->status == 204 || response->stream;
    written_ = 0;
    body_bytes_ = bare ? 0 : response->body->size();
    write_some();
  }

  void write_some() {
    if (written_ == out_.size() + body_bytes_) return written();
    deadline(kProgressTime);
    const size_t of_body = written_ > out_.size() ? written_ - out_.size() : 0;
    std::array<asio::const_buffer, 2> buffers{
        asio::buffer(out_.data() + std::min(written_, out_.size()), out_.size() - std::min(written_, out_.size())),
        asio::buffer(response_->body->data() + of_body, body_bytes_ - of_body)};
    socket_.async_write_some(buffers, [self = this->shared_from_this()](const asio::error_code& error, size_t bytes) {
      if (error) return self->end();
      self->written_ += bytes;
      self->write_some();
    });
  }

  void written() {
    const auto response = std::move(response_);
    out_ = {};
    if (response->stream && head_.request.method != "HEAD") return begin_stream(response);
    if (!keep_) return linger();
    read_request();
  }

  // Says that nothing more comes, and takes what the other side still sends: closed at once, the answer could be lost.
  void linger() {
    deadline(kLingerTime);
    asio::error_code ignored;
    tcp().non_blocking(true, ignored);
    tcp().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    drop_input();
  }
  void drop_input() {
    tcp().async_wait(asio::ip::tcp::socket::wait_read,
                     [self = this->shared_from_this()](const asio::error_code& error) {
                       if (error) return self->end();
                       asio::error_code failed;
                       const size_t bytes = self->tcp().read_some(asio::buffer(self->some_), failed);
                       if (failed == asio::error::would_block || (!failed && bytes > 0)) return self->drop_input();
                       self->end();
                     });
  }

  // -- streams of events

  void begin_stream(const std::shared_ptr<Response>& response) {
    beat();
    notice_end();
    asio::post(*shared_.readers, [self = this->shared_from_this(), response] {
      try {
        response->stream(std::make_shared<Stream>(self));
      } catch (const std::exception& error) {
        spdlog::error("a stream of events: {}", error.what());
        asio::post(self->socket_.get_executor(), [self] { self->end(); });
      }
    });
  }

  // A listener sends nothing more; when it goes, this is how we hear of it.
  void notice_end() {
    socket_.async_read_some(asio::buffer(some_),
                            [self = this->shared_from_this()](const asio::error_code& error, size_t) {
                              error ? self->end() : self->notice_end();
                            });
  }

  // Each while a stream is open: a sign of life, which finds out who is gone.
  void beat() {
    const uint64_t mine = ++deadline_;
    timer_.expires_after(kBeatTime);
    timer_.async_wait([weak = this->weak_from_this(), mine](const asio::error_code& error) {
      const Self self = weak.lock();
      if (error || !self || self->deadline_ != mine || self->gone_) return;
      if (self->writing_) return self->end();  // nothing has moved for so long
      self->push(":\n\n");
      self->beat();
    });
  }

  void push(const std::string& text) {
    if (gone_ || closing_) return;
    if (queued_.size() + text.size() > kMostQueuedBytes) return end();
    queued_ += head_.chunks ? chunk_of(text) : text;
    write_queue();
  }
  static std::string chunk_of(const std::string& text) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
    return size.data() + text + "\r\n";
  }
  void close_stream() {
    if (gone_ || closing_) return;
    closing_ = true;
    if (head_.chunks) queued_ += "0\r\n\r\n";
    write_queue();
  }
  void write_queue() {
    if (writing_) return;
    if (queued_.empty()) {
      if (closing_) linger_stream();
      return;
    }
    writing_ = true;
    out_ = std::exchange(queued_, {});
    asio::async_write(socket_, asio::buffer(out_),
                      [self = this->shared_from_this()](const asio::error_code& error, size_t) {
                        self->writing_ = false;
                        error ? self->end() : self->write_queue();
                      });
  }
  // notice_end() is reading already: the other side's end ends it.
  void linger_stream() {
    gone_ = true;
    deadline(kLingerTime);
    asio::error_code ignored;
    tcp().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  }

  // -- ends

  template <typename Duration>
  void deadline(Duration time) {
    const uint64_t mine = ++deadline_;
    timer_.expires_after(time);
    timer_.async_wait([weak = this->weak_from_this(), mine](const asio::error_code& error) {
      const Self self = weak.lock();
      if (!error && self && self->deadline_ == mine) self->end();
    });
  }

  void end() {
    gone_ = true;
    ++deadline_;
    timer_.cancel();
    asio::error_code ignored;
    tcp().close(ignored);
  }

  Socket socket_;
  asio::steady_timer timer_;
  HttpShared& shared_;
  Seats::Seat seat_;
  const std::string remote_;
  std::array<char, 4'096> some_{};
  std::string data_;      // what has come and belongs to no request yet
  size_t looked_at_ = 0;  // of it, for the end of a head
  Head head_;
  Chunks chunks_;
  uint64_t most_body_ = kSmallBodyBytes;
  uint64_t held_ = 0;  // of the budget
  uint64_t deadline_ = 0;
  bool keep_ = false;
  std::shared_ptr<Response> response_;
  std::string out_;
  size_t written_ = 0;
  size_t body_bytes_ = 0;
  std::string queued_;  // of a stream
  bool writing_ = false;
  bool closing_ = false;
  std::atomic<bool> gone_ = false;
};

}  // namespace destock::server
