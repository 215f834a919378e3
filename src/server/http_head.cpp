#include "server/http_head.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"

namespace destock::server {
namespace {

bool is_token_char(char c) {
  if (is_ascii_letter(c) || is_digit(c)) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

// Tab, or what is visible; bytes of other alphabets too.
bool is_field_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view& text) {
  const size_t end = text.find("\r\n");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
  return line;
}

// GET /path?query HTTP/1.1; 0: it is well.
int read_request_line(std::string_view line, Head& head) {
  const size_t first = line.find(' ');
  const size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return line.size() > kMostTargetBytes ? 414 : 400;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method) || method.size() > 16) return 400;
  if (target.size() > kMostTargetBytes) return 414;
  if (target.empty() || target.front() != '/') return 400;
  if (!std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F; })) return 400;
  if (!version.starts_with("HTTP/")) return 400;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return 505;
  head.chunks = head.keep = version == "HTTP/1.1";
  head.request.method = method;
  const size_t question = target.find('?');
  head.request.path = target.substr(0, question);
  if (question != std::string_view::npos) {
    head.request.raw_query = target.substr(question + 1);
    head.request.query = parse_query(head.request.raw_query);
  }
  return 0;
}

std::optional<uint64_t> length_of(std::string_view text) {
  constexpr size_t kMostDigits = 15;
  uint64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size() || !all_digits(text) || text.size() > kMostDigits)
    return std::nullopt;
  return length;
}

bool has_word(const std::string& list, std::string_view word) {
  std::string_view rest = list;
  while (!rest.empty()) {
    const size_t comma = rest.find(',');
    if (ascii_lower(without_blanks(rest.substr(0, comma))) == word) return true;
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
  return false;
}

// Fields that say where a request ends or whom it is for may stand once.
bool once_only(const std::string& name) {
  return name == "host" || name == "content-length" || name == "transfer-encoding" || name == "authorization" ||
         name == "origin" || name == "x-csrf-token";
}

int read_fields(std::string_view text, Head& head) {
  auto& fields = head.request.headers;
  size_t count = 0;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (++count > kMostFields) return 431;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return 400;
    const std::string_view value = without_blanks(line.substr(colon + 1));
    if (!std::all_of(value.begin(), value.end(), is_field_char)) return 400;
    const std::string name = ascii_lower(line.substr(0, colon));
    const auto [held, fresh] = fields.try_emplace(name, value);
    if (fresh) continue;
    if (once_only(name)) return 400;
    held->second += (name == "cookie" ? "; " : ", ") + std::string(value);
  }
  return 0;
}

int read_framing(Head& head) {
  const auto& fields = head.request.headers;
  const auto length = fields.find("content-length");
  const auto coding = fields.find("transfer-encoding");
  if (coding != fields.end()) {
    if (length != fields.end() || !head.chunks) return 400;
    if (ascii_lower(coding->second) != "chunked") return 501;
    head.chunked = true;
  }
  if (length != fields.end()) {
    const auto bytes = length_of(length->second);
    if (!bytes) return 400;
    head.length = *bytes;
  }
  if (!fields.contains("host") && head.chunks) return 400;
  const std::string connection = head.request.header("connection");
  if (has_word(connection, "close")) head.keep = false;
  if (!head.chunks && has_word(connection, "keep-alive")) head.keep = true;
  head.waits = ascii_lower(head.request.header("expect")) == "100-continue";
  return 0;
}

}  // namespace

HeadEnd find_head_end(std::string_view data, size_t looked_at) {
  for (size_t i = looked_at; i < data.size(); ++i) {
    if (data[i] == '\r') {
      if (i + 1 < data.size() && data[i + 1] != '\n') return {HeadEnd::Is::kBroken, i};
      continue;
    }
    if (data[i] != '\n') continue;
    if (i == 0 || data[i - 1] != '\r') return {HeadEnd::Is::kBroken, i};
    if (i >= 3 && data[i - 2] == '\n') return {HeadEnd::Is::kHere, i - 3};
  }
  return {HeadEnd::Is::kNotYet, data.size()};
}

tl::expected<Head, int> read_head(std::string_view text) {
  Head head;
  const std::string_view line = take_line(text);
  if (const int status = read_request_line(line, head); status != 0) return tl::unexpected(status);
  if (const int status = read_fields(text, head); status != 0) return tl::unexpected(status);
  if (const int status = read_framing(head); status != 0) return tl::unexpected(status);
  return head;
}

Chunks::Is Chunks::take(std::string& data, std::string& body) {
  constexpr size_t kMostDigits = 8;
  while (true) {
    if (left_ > 0) {
      const size_t some = static_cast<size_t>(std::min<uint64_t>(left_, data.size()));
      body.append(data, 0, some);
      data.erase(0, some);
      left_ -= some;
      if (left_ > 0) return Is::kNotYet;
      ends_ = true;
    }
    if (ends_ || last_) {
      if (data.size() < 2) return Is::kNotYet;
      if (!data.starts_with("\r\n")) return Is::kBroken;
      data.erase(0, 2);
      if (last_) return Is::kWhole;
      ends_ = false;
    }
    const size_t end = data.find("\r\n");
    if (end == std::string::npos) return data.size() > kMostDigits + 1 ? Is::kBroken : Is::kNotYet;
    uint32_t size = 0;
    const auto [stopped, error] = std::from_chars(data.data(), data.data() + end, size, 16);
    if (end == 0 || end > kMostDigits || error != std::errc() || stopped != data.data() + end) return Is::kBroken;
    data.erase(0, end + 2);
    left_ = size;
    last_ = size == 0;
  }
}

}  // namespace destock::server
