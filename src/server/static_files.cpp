#include "server/static_files.h"

#include <filesystem>
#include <fstream>

#include "server/problem.h"

namespace destock::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNonce = "__NONCE__";

std::string type_of(const fs::path& path) {
  static const std::map<std::string, std::string> kTypes = {{".html", "text/html; charset=utf-8"},
                                                            {".js", "text/javascript; charset=utf-8"},
                                                            {".css", "text/css; charset=utf-8"},
                                                            {".svg", "image/svg+xml"},
                                                            {".png", "image/png"},
                                                            {".json", "application/json"}};
  const auto found = kTypes.find(path.extension().string());
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

constexpr const char* kNotBuilt =
    "<!doctype html><title>Destock</title><h1>The dashboard is not built</h1>"
    "<p>Run <code>./dev build</code>; the API answers under <code>/api/v1</code>.</p>"
    "<p>网页尚未构建：请运行 <code>./dev build</code>。</p>";

std::string replaced(std::string text, std::string_view from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder) : index_(kNotBuilt) {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const std::string name = "/" + fs::relative(entry.path(), folder).generic_string();
    if (name == "/index.html") {
      index_ = std::move(text);
      continue;
    }
    File file{type_of(entry.path()), nullptr, nullptr, "\"" + hash_hex(text).substr(0, 32) + "\"",
              name.starts_with("/assets/")};
    if (!file.type.starts_with("image/png"))
      file.compressed = std::make_shared<const std::string>(gzipped(text, Effort::kBest));
    file.plain = std::make_shared<const std::string>(std::move(text));
    files_.emplace(name, std::move(file));
  }
}

Response StaticFiles::answer(const Request& request) const {
  Response response;
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    return response;
  }
  const auto found = files_.find(request.path);
  if (found != files_.end()) {
    const File& file = found->second;
    response.type = file.type;
    response.headers.emplace_back("ETag", file.tag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control", file.forever ? "public, max-age=31536000, immutable" : "no-cache");
    if (request.header("if-none-match") == file.tag) {
      response.status = 304;
      return response;
    }
    const bool takes = file.compressed && request.header("accept-encoding").find("gzip") != std::string::npos;
    if (takes) response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = takes ? file.compressed : file.plain;
    return response;
  }
  if (request.path.starts_with("/assets/")) {
    response.status = 404;
    response.type = "text/plain";
    return response;
  }
  // Every other address is a screen's: the application finds it. Styles are let in by a nonce of this answer alone.
  const std::string nonce = random_hex(16);
  response.type = "text/html; charset=utf-8";
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
          "'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
          "form-action 'none'; frame-ancestors 'none'");
  response.set_body(replaced(index_, kNonce, nonce));
  return response;
}

}  // namespace destock::server
