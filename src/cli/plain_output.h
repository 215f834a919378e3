#pragma once
// What goes to a terminal: text of reports and file names cannot steer it, whatever they hold.

#include <ostream>
#include <streambuf>
#include <string>

namespace destock::cli {

// Stands between a stream and where it writes, as long as it lives: plain_text() of all but line ends and tabs.
class PlainOutput : private std::streambuf {
public:
  explicit PlainOutput(std::ostream& stream);
  ~PlainOutput() override;
  PlainOutput(const PlainOutput&) = delete;
  PlainOutput& operator=(const PlainOutput&) = delete;

private:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize length) override;
  int sync() override;

  std::ostream& stream_;
  std::streambuf* const beneath_;
  std::string rest_;  // of a character that is not whole yet
};

}  // namespace destock::cli
