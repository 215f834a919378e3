#include "server/http_server.h"

#include <spdlog/spdlog.h>
#include <asio.hpp>
#include <atomic>
#include <mutex>
#include <restinio/all.hpp>
#include <restinio/tls.hpp>
#include <thread>

namespace destock::server {
namespace {

constexpr unsigned kIoThreads = 2;
constexpr unsigned kWorkers = 6;
constexpr unsigned kChangers = 4;  // threads of their own: who reads never waits behind those who wait to write
constexpr size_t kMostUrlBytes = 8'192;
constexpr size_t kMostConnections = 10'000;

template <typename Traits>
class Stream : public EventStream {
public:
  explicit Stream(restinio::response_builder_t<restinio::chunked_output_t> builder) : builder_(std::move(builder)) {}
  bool send(const std::string& event, const std::string& data) override {
    const std::scoped_lock one(mutex_);
    if (*gone_) return false;
    builder_.append_chunk("event: " + event + "\ndata: " + data + "\n\n");
    builder_.flush([gone = gone_](const asio::error_code& error) {
      if (error) *gone = true;
    });
    return !*gone_;
  }
  void close() override {
    const std::scoped_lock one(mutex_);
    if (*gone_) return;
    *gone_ = true;
    builder_.done();
  }

private:
  std::mutex mutex_;
  restinio::response_builder_t<restinio::chunked_output_t> builder_;
  std::shared_ptr<std::atomic<bool>> gone_ = std::make_shared<std::atomic<bool>>(false);
};

Request request_of(const restinio::request_t& from) {
  Request request;
  const auto& header = from.header();
  request.method = header.method().c_str();
  const auto path = header.path();
  request.path.assign(path.data(), path.size());
  const auto query = header.query();
  request.raw_query.assign(query.data(), query.size());
  request.query = parse_query(request.raw_query);
  header.for_each_field([&](const restinio::http_header_field_t& field) {
    std::string name = field.name();
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    request.headers[name] = field.value();
  });
  request.body = from.body();
  request.remote = from.remote_endpoint().address().to_string();
  return request;
}

template <typename Builder>
void add_headers(Builder& builder, const Response& response) {
  builder.append_header(restinio::http_field::content_type, response.type);
  for (const auto& [name, value] : response.headers) builder.append_header(name, value);
}

template <typename Traits>
void answer(const restinio::request_handle_t& request, const Response& response) {
  const restinio::http_status_line_t status(restinio::http_status_code_t(static_cast<uint16_t>(response.status)),
                                            response.status < 400 ? "OK" : "Error");
  if (response.stream) {
    auto builder = request->create_response<restinio::chunked_output_t>(status);
    add_headers(builder, response);
    builder.flush();
    response.stream(std::make_shared<Stream<Traits>>(std::move(builder)));
    return;
  }
  auto builder = request->create_response(status);
  add_headers(builder, response);
  // A 304 has no body, and a HEAD tells the length alone.
  if (response.status != 304 && request->header().method() != restinio::http_method_head())
    builder.set_body(response.body);
  builder.done();
}

template <typename Base>
struct TraitsOf : Base {
  using logger_t = restinio::null_logger_t;
};

// asio drops what waits only when its context goes, which is after the server that RESTinio's connections count
// themselves down in: here it can be dropped before.
struct IoContext : asio::io_context {
  void drop_all() { shutdown(); }
};

template <typename Traits>
class Server : public HttpServer {
public:
  using Settings = restinio::server_settings_t<Traits>;

  Server(Settings&& settings, Handler handler)
      : handler_(std::move(handler)),
        http_(restinio::external_io_context(static_cast<asio::io_context&>(io_)), with_handler(std::move(settings))) {}
  ~Server() override { stop_all(); }
  void open() {
    http_.open_sync();
    for (unsigned i = 0; i < kIoThreads; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  uint16_t port() const override { return port_; }
  void stop() override { stop_all(); }

private:
  void stop_all() {
    if (threads_.empty()) return;
    http_.close_async([] {}, [](const std::exception_ptr&) {});
    workers_.join();
    changers_.join();
    io_.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    io_.drop_all();
  }

  Settings&& with_handler(Settings&& settings) {
    settings.request_handler([this](const restinio::request_handle_t& request) {
      const bool reads = request->header().method() == restinio::http_method_get() ||
                         request->header().method() == restinio::http_method_head();
      asio::post(reads ? workers_ : changers_, [this, request] {
        // A client that went away in the middle is no fault of ours.
        try {
          answer<Traits>(request, handler_(request_of(*request)));
        } catch (const std::exception& error) {
          spdlog::debug("an answer could not be sent: {}", error.what());
        }
      });
      return restinio::request_accepted();
    });
    settings.acceptor_post_bind_hook(
        [this](asio::ip::tcp::acceptor& acceptor) { port_ = acceptor.local_endpoint().port(); });
    return std::move(settings);
  }

  Handler handler_;
  asio::thread_pool workers_{kWorkers}, changers_{kChangers};
  std::atomic<uint16_t> port_ = 0;
  IoContext io_;
  restinio::http_server_t<Traits> http_;
  std::vector<std::thread> threads_;
};

template <typename Traits>
void configure(restinio::server_settings_t<Traits>& settings, const Listen& listen) {
  using namespace std::chrono_literals;
  settings.address(listen.address)
      .port(listen.port)
      .read_next_http_message_timelimit(120s)
      .write_http_response_timelimit(60s)
      .handle_request_timeout(15min)
      .max_parallel_connections(kMostConnections)
      .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                    .max_url_size(kMostUrlBytes)
                                    .max_field_name_size(256)
                                    .max_field_value_size(8'192)
                                    .max_field_count(100)
                                    .max_body_size(kMostBodyBytes));
}

template <typename Traits>
Result<std::unique_ptr<HttpServer>> open(restinio::server_settings_t<Traits>&& settings, const Listen& listen,
                                         Handler handler) {
  const std::string where = listen.address + ":" + std::to_string(listen.port);
  try {
    configure(settings, listen);
    auto server = std::make_unique<Server<Traits>>(std::move(settings), std::move(handler));
    server->open();
    return server;
  } catch (const std::exception& error) {
    return fail(ErrorKind::kIo,
                {std::string("cannot listen: ") + error.what(), std::string("无法监听：") + error.what()}, where,
                {"another program may have the port: pass another --port", "端口可能被占用：请指定其他 --port"});
  }
}

using Plain = TraitsOf<restinio::traits_t<restinio::asio_timer_manager_t, restinio::null_logger_t>>;
using Secure = TraitsOf<restinio::tls_traits_t<restinio::asio_timer_manager_t, restinio::null_logger_t>>;
struct PlainLimited : Plain {
  static constexpr bool use_connection_count_limiter = true;
};
struct SecureLimited : Secure {
  static constexpr bool use_connection_count_limiter = true;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const Listen& listen, Handler handler) {
  if (listen.certificate.empty())
    return open<PlainLimited>(restinio::server_settings_t<PlainLimited>{}, listen, std::move(handler));
  asio::ssl::context tls(asio::ssl::context::tls_server);
  try {
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                    asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.use_certificate_chain_file(listen.certificate);
    tls.use_private_key_file(listen.key, asio::ssl::context::pem);
  } catch (const std::exception& error) {
    return fail(
        ErrorKind::kIo,
        {std::string("the certificate cannot be used: ") + error.what(), std::string("证书无法使用：") + error.what()},
        listen.certificate, {"both files are PEM: --tls-cert, --tls-key", "两个文件均为 PEM：--tls-cert、--tls-key"});
  }
  restinio::server_settings_t<SecureLimited> settings;
  settings.tls_context(std::move(tls));
  return open<SecureLimited>(std::move(settings), listen, std::move(handler));
}

}  // namespace destock::server
