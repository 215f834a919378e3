#include "server/problem.h"

#include <sodium.h>
#include <spdlog/spdlog.h>
#include <zlib.h>
#include <stdexcept>

namespace destock::server {
namespace {

constexpr size_t kWorthCompressing = 1'024;  // bytes

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kNotFound: return 404;
    case ErrorKind::kBadInput: return 422;
    case ErrorKind::kBadUsage: return 400;
    case ErrorKind::kRefused: return 409;
    case ErrorKind::kIo: return 503;
    case ErrorKind::kIncompatible: return 500;
  }
  return 500;
}

std::string hex(const std::vector<unsigned char>& bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace

Response json_answer(const app::Json& json, int status) {
  Response response;
  response.status = status;
  response.set_body(json.dump(-1, ' ', false, app::Json::error_handler_t::replace));
  return response;
}

Response problem(int status, const std::string& code, const Text& title, const Text& next, Lang lang) {
  Response response = json_answer({{"type", "about:blank"},
                                   {"status", status},
                                   {"code", code},
                                   {"title", title.in(lang)},
                                   {"next", next.empty() ? app::Json(nullptr) : app::Json(next.in(lang))}},
                                  status);
  response.type = "application/problem+json; charset=utf-8";
  return response;
}

Response problem(const Error& error, Lang lang) {
  Text title = error.what;
  const bool of_machine = error.kind == ErrorKind::kIo || error.kind == ErrorKind::kIncompatible;
  if (of_machine) spdlog::warn("{}", error.message(Lang::kEn));
  if (!error.where.empty() && !of_machine) {
    title.en += " (" + error.where + ")";
    title.zh += "（" + error.where + "）";
  }
  static constexpr const char* kCodes[] = {"not_found", "bad_input", "bad_usage", "refused", "io", "incompatible"};
  return problem(status_of(error.kind), kCodes[static_cast<size_t>(error.kind)], title, error.next, lang);
}

Response too_many(const Text& title, const Text& next, int64_t wait, Lang lang) {
  Response response = problem(429, "too_many", title, next, lang);
  response.headers.emplace_back("Retry-After", std::to_string(wait));
  return response;
}

Lang lang_of(const Request& request) {
  const std::string asked = request.value("lang");
  const std::string lang = asked.empty() ? request.header("accept-language") : asked;
  return lang.starts_with("zh") ? Lang::kZh : Lang::kEn;
}

std::string gzipped(std::string_view text, Effort effort) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  if (deflateInit2(&stream, static_cast<int>(effort), Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot start");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string hash_hex(std::string_view text) {
  std::vector<unsigned char> hash(crypto_generichash_BYTES);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  return hex(hash);
}

std::string random_hex(size_t bytes) {
  std::vector<unsigned char> random(bytes);
  randombytes_buf(random.data(), random.size());
  return hex(random);
}

void finish(const Request& request, Response& response) {
  if (response.stream || response.status != 200 || request.method == "HEAD") return;
  const std::string tag = "\"" + hash_hex(*response.body).substr(0, 32) + "\"";
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language");
  if (request.header("if-none-match").find(tag) != std::string::npos) {
    response.status = 304;
    response.set_body({});
    return;
  }
  const bool takes = request.header("accept-encoding").find("gzip") != std::string::npos;
  if (!takes || response.body->size() < kWorthCompressing || response.type.starts_with("image/") ||
      response.type.find("spreadsheet") != std::string::npos)
    return;
  response.set_body(gzipped(*response.body, Effort::kQuick));
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace destock::server
