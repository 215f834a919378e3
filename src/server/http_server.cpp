#include "server/http_server.h"

#include <thread>

#include "server/http_connection.h"

namespace destock::server {
namespace {

constexpr unsigned kIoThreads = 2;
constexpr size_t kShares = 4;  // of all connections, one address may have one share
constexpr auto kAfterFailedAccept = std::chrono::milliseconds(100);

// Letters that would begin another line, or end the text.
std::string one_line(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return out;
}

const char* reason_of(int status) {
  switch (status) {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : "Error";
  }
}

asio::ssl::context tls_of(const Listen& listen) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                  asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
  tls.use_certificate_chain_file(listen.certificate);
  tls.use_private_key_file(listen.key, asio::ssl::context::pem);
  return tls;
}

class Server : public HttpServer {
public:
  Server(Handler handler, BodyLimit body_limit, std::optional<asio::ssl::context> tls)
      : tls_(std::move(tls)), acceptor_(asio::make_strand(io_)), retry_(acceptor_.get_executor()) {
    shared_.handler = std::move(handler);
    shared_.body_limit = std::move(body_limit);
  }
  ~Server() override { stop_all(); }

  void open(const Listen& listen) {
    shared_.listen = listen;
    const std::string address = listen.address == "localhost" ? "127.0.0.1" : listen.address;
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address), listen.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::ip::tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(asio::socket_base::max_listen_connections);
    port_ = acceptor_.local_endpoint().port();
    const size_t most = most_connections();
    seats_ = std::make_shared<Seats>(most, listen.behind_proxy ? most : std::max<size_t>(1, most / kShares));
    accept();
    for (unsigned i = 0; i < kIoThreads; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  uint16_t port() const override { return port_; }
  void stop() override { stop_all(); }

private:
  void stop_all() {
    if (threads_.empty()) return;
    asio::post(acceptor_.get_executor(), [this] {
      asio::error_code ignored;
      acceptor_.close(ignored);
    });
    shared_.readers->join();
    shared_.changers->join();
    io_.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    // What was posted too late to be answered holds connections, which need io_ to go.
    shared_.readers.reset();
    shared_.changers.reset();
    seats_->forget();
  }

  void accept() {
    acceptor_.async_accept(asio::any_io_executor(asio::make_strand(io_)),
                           [this](const asio::error_code& error, asio::ip::tcp::socket socket) {
                             if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
                             if (error) return accept_later(error);
                             take(std::move(socket));
                             seats_->when_free([this] { asio::post(acceptor_.get_executor(), [this] { accept(); }); });
                           });
  }

  // Out of descriptors, mostly: they come back, and so do we.
  void accept_later(const asio::error_code& why) {
    spdlog::warn("no further connection can be taken just now: {}", why.message());
    retry_.expires_after(kAfterFailedAccept);
    retry_.async_wait([this](const asio::error_code& error) {
      if (!error && acceptor_.is_open()) accept();
    });
  }

  void take(asio::ip::tcp::socket socket) {
    asio::error_code error;
    const auto remote = socket.remote_endpoint(error);
    if (error) return;  // gone already
    const std::string address = remote.address().to_string();
    auto seat = seats_->take(address);
    if (!seat) return;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    if (tls_)
      begin(asio::ssl::stream<asio::ip::tcp::socket>(std::move(socket), *tls_), std::move(seat), address);
    else
      begin(std::move(socket), std::move(seat), address);
  }

  template <typename Socket>
  void begin(Socket socket, Seats::Seat seat, const std::string& address) {
    auto connection = std::make_shared<Connection<Socket>>(std::move(socket), shared_, std::move(seat), address);
    asio::post(connection->executor(), [connection] { connection->start(); });
  }

  // In this order: what waits in io_ goes first, with the connections that it holds.
  std::optional<asio::ssl::context> tls_;
  HttpShared shared_;
  std::shared_ptr<Seats> seats_;
  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  uint16_t port_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace

std::string answer_head(const Response& response, const Head& head, bool keep) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + reason_of(response.status) + "\r\n";
  text += "Content-Type: " + one_line(response.type) + "\r\n";
  for (const auto& [name, value] : response.headers) text += one_line(name) + ": " + one_line(value) + "\r\n";
  if (response.stream)
    text += head.chunks && head.request.method != "HEAD" ? "Transfer-Encoding: chunked\r\n" : "";
  else if (response.status != 204 && response.status != 304)
    text += "Content-Length: " + std::to_string(response.body->size()) + "\r\n";
  text += keep ? (head.chunks ? "" : "Connection: keep-alive\r\n") : "Connection: close\r\n";
  return text + "\r\n";
}

std::string client_behind(const Request& request, const std::string& peer, const Listen& listen) {
  if (!listen.behind_proxy) return peer;
  asio::error_code error;
  const auto address = asio::ip::make_address(peer, error);
  const bool is_proxy = listen.proxy.empty() ? !error && address.is_loopback() : peer == listen.proxy;
  const std::string hops = request.header("x-forwarded-for");
  if (!is_proxy || hops.empty()) return peer;
  std::string last = hops.substr(hops.rfind(',') + 1);
  std::erase(last, ' ');
  const auto client = asio::ip::make_address(last, error);
  return error ? peer : client.to_string();
}

Response refusal_of(int status, Lang lang) {
  switch (status) {
    case 413:
      return problem(413, "too_large", {"the body is too large", "请求内容过大"},
                     {"without signing in 256 kB are taken; files go in parts of 8 MB to an upload",
                      "未登录时至多 256 kB；文件请按 8 MB 分段上传"},
                     lang);
    case 414: return problem(414, "too_long", {"the address is too long", "地址过长"}, {}, lang);
    case 431: return problem(431, "too_many_headers", {"the headers are too large", "请求头过大"}, {}, lang);
    case 500:
      return problem(500, "internal", {"an error of ours: nothing was changed", "程序内部错误：未做任何更改"},
                     {"the server's log has more", "详情见服务器日志"}, lang);
    case 501:
    case 505: return problem(status, "not_spoken", {"HTTP/1.1 is spoken here", "仅支持 HTTP/1.1"}, {}, lang);
    case 503: {
      Response busy = problem(503, "busy", {"too many files are on their way at once", "同时上传的内容过多"},
                              {"send this part again in a few seconds", "请数秒后重新发送此分段"}, lang);
      busy.headers.emplace_back("Retry-After", "5");
      return busy;
    }
    default: return problem(400, "bad_request", {"this is no HTTP request", "不是有效的 HTTP 请求"}, {}, lang);
  }
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const Listen& listen, Handler handler, BodyLimit body_limit) {
  std::optional<asio::ssl::context> tls;
  try {
    if (!listen.certificate.empty()) tls = tls_of(listen);
  } catch (const std::exception& error) {
    return fail(
        ErrorKind::kIo,
        {std::string("the certificate cannot be used: ") + error.what(), std::string("证书无法使用：") + error.what()},
        listen.certificate, {"both files are PEM: --tls-cert, --tls-key", "两个文件均为 PEM：--tls-cert、--tls-key"});
  }
  try {
    auto server = std::make_unique<Server>(std::move(handler), std::move(body_limit), std::move(tls));
    server->open(listen);
    return server;
  } catch (const std::exception& error) {
    return fail(ErrorKind::kIo,
                {std::string("cannot listen: ") + error.what(), std::string("无法监听：") + error.what()},
                listen.address + ":" + std::to_string(listen.port),
                {"another program may have the port: pass another --port", "端口可能被占用：请指定其他 --port"});
  }
}

}  // namespace destock::server
