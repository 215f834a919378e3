#include "cli/plain_output.h"

#include "base/plain_text.h"

namespace destock::cli {

PlainOutput::PlainOutput(std::ostream& stream) : stream_(stream), beneath_(stream.rdbuf(this)) {}

PlainOutput::~PlainOutput() {
  if (!rest_.empty()) {
    const std::string text = plain_text(rest_, "\n\t");
    beneath_->sputn(text.data(), static_cast<std::streamsize>(text.size()));
  }
  beneath_->pubsync();
  stream_.rdbuf(beneath_);
}

PlainOutput::int_type PlainOutput::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char one = traits_type::to_char_type(c);
  return xsputn(&one, 1) == 1 ? c : traits_type::eof();
}

std::streamsize PlainOutput::xsputn(const char* text, std::streamsize length) {
  rest_.append(text, static_cast<size_t>(length));
  const size_t whole = rest_.size() - cut_off_at_end(rest_);
  const std::string plain = plain_text(std::string_view(rest_).substr(0, whole), "\n\t");
  rest_.erase(0, whole);
  const auto size = static_cast<std::streamsize>(plain.size());
  return beneath_->sputn(plain.data(), size) == size ? length : 0;
}

int PlainOutput::sync() {
  return beneath_->pubsync();
}

}  // namespace destock::cli
