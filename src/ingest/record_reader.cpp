#include "ingest/record_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace destock::ingest {
namespace {

size_t lines_in(std::string_view text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool blank(std::string_view text, char delimiter) {
  for (char c : text)
    if (c != ' ' && c != '\r' && c != '\t' && c != delimiter) return false;
  return true;
}

}  // namespace

// Drops what is used up and appends the next chunk.
Result<bool> RecordReader::fill() {
  if (ended_) return false;
  const auto more = more_(chunk_);
  if (!more) return more;
  if (!*more) {
    ended_ = true;
    return false;
  }
  if (cr_lines_) std::replace(chunk_.begin(), chunk_.end(), '\r', '\n');
  if (at_ == buffer_.size()) {
    buffer_.swap(chunk_);
  } else {
    buffer_.erase(0, at_);
    buffer_.append(chunk_);
  }
  at_ = 0;
  return true;
}

// Goes on through `text` from where it was left and says whether a quoted field is still open at its end.
bool RecordReader::QuoteScan::open_after(std::string_view text, char delimiter) {
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (open) {
      if (c != '"') continue;
      if (at + 1 < text.size() && text[at + 1] == '"')
        ++at;
      else
        open = false;
    } else if (c == '"' && field_start) {
      open = true;
    }
    field_start = c == delimiter;
  }
  return open;
}

namespace {

// A line that ends with a quote which is no empty field's second: "…5\" tall" ends, "…5\" goes on.
bool ends_a_record(std::string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text.size() >= 2 && text.ends_with('"');
}

}  // namespace

// Finds the end of the record that starts at at_ (position of its '\n', or the end of the text). A quote that nothing
// closes within kLongestRecord is no quote: the record then ends with its first line.
Result<bool> RecordReader::find_end(size_t& end) {
  size_t searched = 0;  // from at_; fill() moves at_
  std::optional<size_t> first_line;
  QuoteScan quotes;
  for (;;) {
    const void* found = std::memchr(buffer_.data() + at_ + searched, '\n', buffer_.size() - at_ - searched);
    if (!found) {
      if (buffer_.size() - at_ > kLongestRecord && !first_line) return false;
      searched = buffer_.size() - at_;
      const auto more = fill();
      if (!more) return more;
      if (*more) continue;
      end = first_line ? at_ + *first_line : buffer_.size();
      return true;
    }
    end = static_cast<size_t>(static_cast<const char*>(found) - buffer_.data());
    if (end - at_ > kLongestRecord && !first_line) return false;
    const std::string_view text(buffer_.data() + at_, end - at_);
    if (all_quoted_ && text.starts_with('"') && ends_a_record(text)) return true;
    const bool quoted = first_line || (delimiter_ != '\t' && std::memchr(text.data(), '"', text.size()) != nullptr);
    if (!quoted || !quotes.open_after(text, delimiter_)) return true;
    if (!first_line) first_line = end - at_;
    searched = end - at_ + 1;
    if (searched < kLongestRecord) continue;
    end = at_ + *first_line;
    return true;
  }
}

// Passes over the rest of an overlong line without keeping it.
Result<bool> RecordReader::skip_line() {
  for (;;) {
    const void* found = std::memchr(buffer_.data() + at_, '\n', buffer_.size() - at_);
    if (found) {
      at_ = static_cast<size_t>(static_cast<const char*>(found) - buffer_.data()) + 1;
      ++line_;
      return true;
    }
    at_ = buffer_.size();
    const auto more = fill();
    if (!more || !*more) return more;
  }
}

Result<bool> RecordReader::next(Record& record) {
  for (;;) {
    if (at_ >= buffer_.size()) {
      const auto more = fill();
      if (!more || !*more) return more;
    }
    size_t end = 0;
    const auto found = find_end(end);
    if (!found) return found;
    record.line = line_;
    record.too_long = !*found;
    record.fields.clear();
    if (record.too_long) {
      if (const auto skipped = skip_line(); !skipped) return skipped;
      return true;
    }
    std::string_view text(buffer_.data() + at_, end - at_);
    record.open_end = end == buffer_.size();
    const size_t taken = end - at_ + (end < buffer_.size() ? 1 : 0);
    line_ += 1 + static_cast<int64_t>(delimiter_ == '\t' ? 0 : lines_in(text));
    at_ += taken;
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (blank(text, delimiter_)) continue;
    if (all_quoted_ && text.starts_with('"') && ends_a_record(text))
      split_quoted(text, record.fields);
    else
      split(text, record.fields);
    return true;
  }
}

// Reads the quoted field at `at` (its opening quote) and returns the position after it, or npos if it is not quoted
// after all.
size_t RecordReader::quoted_field(std::string_view text, size_t at, std::string_view& field) {
  bool doubled = false;
  size_t i = at + 1;
  for (;; ++i) {
    i = text.find('"', i);
    if (i == std::string_view::npos) return i;
    if (i + 1 < text.size() && text[i + 1] == '"') {
      doubled = true;
      ++i;
      continue;
    }
    break;
  }
  if (i + 1 < text.size() && text[i + 1] != delimiter_) return std::string_view::npos;
  field = text.substr(at + 1, i - at - 1);
  if (doubled) field = undoubled(field);
  return i + 1;
}

std::string_view RecordReader::undoubled(std::string_view field) {
  if (unquoted_used_ == unquoted_.size()) unquoted_.emplace_back();
  std::string& plain = unquoted_[unquoted_used_++];
  plain.clear();
  for (size_t k = 0; k < field.size(); ++k) {
    plain += field[k];
    if (field[k] == '"' && k + 1 < field.size() && field[k + 1] == '"') ++k;
  }
  return plain;
}

// "…","…","…": what stands between a quote with a delimiter and a quote belongs to the field.
void RecordReader::split_quoted(std::string_view text, std::vector<std::string_view>& fields) {
  unquoted_used_ = 0;
  if (unquoted_.size() < 1024) unquoted_.reserve(1024);
  const char between[] = {'"', delimiter_, '"', '\0'};
  text = text.substr(1, text.size() - 2);
  for (;;) {
    const size_t end = text.find(between);
    std::string_view field = text.substr(0, end);
    if (field.find("\"\"") != std::string_view::npos && unquoted_used_ < 1024) field = undoubled(field);
    fields.push_back(field);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 3);
  }
}

void RecordReader::split(std::string_view text, std::vector<std::string_view>& fields) {
  unquoted_used_ = 0;
  if (unquoted_.size() < 1024) unquoted_.reserve(1024);  // views into its strings must not move
  size_t at = 0;
  for (;;) {
    if (at < text.size() && text[at] == '"' && unquoted_used_ < 1024) {
      std::string_view field;
      const size_t after = quoted_field(text, at, field);
      if (after != std::string_view::npos) {
        fields.push_back(field);
        if (after >= text.size()) return;
        at = after + 1;
        continue;
      }
    }
    const void* found = at < text.size() ? std::memchr(text.data() + at, delimiter_, text.size() - at) : nullptr;
    if (!found) {
      fields.push_back(text.substr(std::min(at, text.size())));
      return;
    }
    const size_t end = static_cast<size_t>(static_cast<const char*>(found) - text.data());
    fields.push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

namespace {

size_t count_of(std::string_view text, std::string_view part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

// A header, whose names hold no quotes: each delimiter stands between two.
bool is_quoted_header(std::string_view line, char delimiter) {
  for (size_t at = line.find(delimiter); at != std::string_view::npos; at = line.find(delimiter, at + 1)) {
    const bool before = at > 0 && line[at - 1] == '"';
    const bool after = at + 1 < line.size() && line[at + 1] == '"';
    if (before != after) return false;
  }
  return true;
}

}  // namespace

bool is_all_quoted(std::string_view head, char delimiter) {
  constexpr int kLines = 4;
  const char between[] = {'"', delimiter, '"', '\0'};
  std::optional<size_t> fields;
  int lines = 0;
  for (size_t begin = 0; begin < head.size() && lines < kLines;) {
    const size_t end = head.find('\n', begin);
    if (end == std::string_view::npos && lines > 1) break;  // may be cut
    std::string_view line = head.substr(begin, end - begin);
    begin = end == std::string_view::npos ? head.size() : end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!fields && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty()) continue;
    if (line.size() < 2 || !line.starts_with('"') || !line.ends_with('"')) return false;
    if (line.find(between) == std::string_view::npos) continue;  // a title, as transactions begin with
    if (!fields && !is_quoted_header(line, delimiter)) return false;
    if (fields && count_of(line, between) != *fields) return false;
    fields = count_of(line, between);
    ++lines;
  }
  return lines > 1;
}

char detect_delimiter(std::string_view head) {
  constexpr std::array<char, 4> kCandidates = {'\t', ',', ';', '|'};
  std::array<size_t, 4> in_first{};
  const std::string_view first = head.substr(0, head.find('\n'));
  bool quoted = false;
  for (char c : first) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (size_t k = 0; k < kCandidates.size(); ++k)
      if (c == kCandidates[k]) ++in_first[k];
  }
  size_t best = 0;
  for (size_t k = 1; k < kCandidates.size(); ++k)
    if (in_first[k] > in_first[best]) best = k;
  if (in_first[best] > 0) return kCandidates[best];
  // A title line stands before the header: look at the whole head.
  std::array<long, 4> overall{};
  for (size_t k = 0; k < kCandidates.size(); ++k) overall[k] = std::count(head.begin(), head.end(), kCandidates[k]);
  best = static_cast<size_t>(std::max_element(overall.begin(), overall.end()) - overall.begin());
  return overall[best] > 0 ? kCandidates[best] : '\t';
}

}  // namespace destock::ingest
