#include "server/serve.h"

#include <arpa/inet.h>

#include <filesystem>

#include "server/api.h"
#include "server/static_files.h"
#include "store/keeping.h"

namespace destock::server {
namespace {

namespace fs = std::filesystem;

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

std::string web_folder() {
  if (const char* given = std::getenv("DESTOCK_WEB")) return given;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& candidate : {program.parent_path() / "web", program.parent_path().parent_path() / "web",
                                    program.parent_path().parent_path() / "share/destock/web"})
    // The built page, not its sources.
    if (fs::exists(candidate / "index.html", error) && !fs::exists(candidate / "package.json", error))
      return candidate.string();
  return {};
}

std::string beside(const std::string& database) {
  std::string path = database;
  if (path.starts_with("sqlite://")) path = path.substr(9);
  return path + ".uploads";
}

bool is_port(std::string_view text) {
  return text.empty() || (text.starts_with(':') && text.size() <= 6 &&
                          text.substr(1).find_first_not_of("0123456789") == std::string_view::npos);
}

// A page elsewhere whose name is made to point here must not be answered: this machine's own addresses, parsed whole.
bool host_is_ours(const std::string& host) {
  std::string_view rest = host;
  if (rest.starts_with("[::1]")) return is_port(rest.substr(5));
  const size_t colon = std::min(rest.find(':'), rest.size());
  if (!is_port(rest.substr(colon))) return false;
  const std::string name(rest.substr(0, colon));
  in_addr address{};
  return name == "localhost" ||
         (inet_pton(AF_INET, name.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127);
}

class ServiceOf : public Service {
public:
  ServiceOf(const ServeOptions& options, const app::Context& context, store::ServingRight right, store::People people)
      : options_(options),
        right_(std::move(right)),
        gate_(std::move(people), options.listen.behind_proxy || !options.listen.certificate.empty()),
        views_(options.database, context),
        uploads_(options.upload_folder.empty() ? beside(options.database) : options.upload_folder),
        jobs_(views_),
        api_(gate_, views_, jobs_, uploads_),
        files_(options.web_folder.empty() ? web_folder() : options.web_folder) {}
  ~ServiceOf() override {
    // In this order: a job tells its listeners through the HTTP server, and what it has not read stays.
    uploads_.keep_all();
    jobs_.end();
    if (http_) http_->stop();
  }

  Result<void> open() {
    auto link = gate_.first_link();
    if (!link) return tl::unexpected(link.error());
    link_ = std::move(*link);
    auto http = HttpServer::start(
        options_.listen, [this](const Request& request) { return answer(request); },
        [this](const Request& head) { return api_.body_limit(head); });
    if (!http) return tl::unexpected(http.error());
    http_ = std::move(*http);
    return {};
  }

  std::string address() const override {
    const std::string& host = options_.listen.address;
    return (options_.listen.certificate.empty() ? "http://" : "https://") +
           (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(http_->port());
  }
  const Text& notice() const override { return notice_; }
  void set_notice(const Text& notice) { notice_ = notice; }
  std::optional<std::string> first_link() const override {
    return link_ ? std::optional(address() + "/setup#" + *link_) : std::nullopt;
  }

private:
  Response answer(const Request& request) {
    const bool local = is_loopback(options_.listen.address) && !options_.listen.behind_proxy;
    Response response;
    if (local && !host_is_ours(request.header("host")))
      response =
          problem(421, "wrong_host", {"this server is for this machine", "此服务仅限本机访问"}, {}, lang_of(request));
    else if (request.path.starts_with(std::string(kApiPrefix) + "/"))
      response = api_.answer(request);
    else
      response = files_.answer(request);
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("X-Frame-Options", "DENY");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    if (!options_.listen.certificate.empty())
      response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    return response;
  }

  ServeOptions options_;
  store::ServingRight right_;
  Gate gate_;
  Views views_;
  Uploads uploads_;
  Jobs jobs_;
  Api api_;
  StaticFiles files_;
  std::optional<std::string> link_;
  Text notice_;
  std::unique_ptr<HttpServer> http_;
};

}  // namespace

Result<std::unique_ptr<Service>> Service::start(const ServeOptions& options, const app::Context& context) {
  const bool tls = !options.listen.certificate.empty() && !options.listen.key.empty();
  if (options.listen.certificate.empty() != options.listen.key.empty())
    return fail(ErrorKind::kBadUsage,
                {"a certificate needs its key, and a key its certificate", "证书与私钥须成对提供"}, {},
                {"pass --tls-cert and --tls-key", "请同时指定 --tls-cert 与 --tls-key"});
  if (!is_loopback(options.listen.address) && !tls && !options.listen.behind_proxy)
    return fail(ErrorKind::kRefused,
                {"others could read passwords and figures on the way", "他人可能在传输中读取密码与数据"},
                options.listen.address,
                {"pass --tls-cert and --tls-key, or --behind-proxy where another program does TLS",
                 "请指定 --tls-cert 与 --tls-key；若由其他程序负责 TLS，请加 --behind-proxy"});
  in6_addr address{};
  if (!options.listen.proxy.empty() && inet_pton(AF_INET, options.listen.proxy.c_str(), &address) != 1 &&
      inet_pton(AF_INET6, options.listen.proxy.c_str(), &address) != 1)
    return fail(ErrorKind::kBadUsage, {"not an address: " + options.listen.proxy, "不是地址：" + options.listen.proxy},
                "--behind-proxy", {"write it as 10.0.0.5", "请写成 10.0.0.5"});
  auto right = store::ServingRight::take(options.database);
  if (!right) return tl::unexpected(right.error());
  // Opened once alone: where a schema is changed, it is said where the copy lies.
  const auto first = store::Store::open(options.database);
  if (!first) return tl::unexpected(first.error());
  auto people = store::People::open(options.database);
  if (!people) return tl::unexpected(people.error());
  auto service = std::make_unique<ServiceOf>(options, context, std::move(*right), std::move(*people));
  service->set_notice(first->notice());
  if (const auto done = service->open(); !done) return tl::unexpected(done.error());
  return service;
}

}  // namespace destock::server
