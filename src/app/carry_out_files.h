#pragma once
// The files of one run, grouped as Amazon takes them: prices, removal orders, coupons, what is done by hand, a
// calendar.

#include "app/carry_out.h"
#include "deliver/carry_files.h"

namespace destock::app {

struct FilesToMake {
  Lang lang = Lang::kEn;
  std::string product_type, seller;  // of the listings feed; no seller: none is made
  std::string stamp;                 // when the plan was made: of the calendar
  Date week;                         // its Monday: in every name
  std::optional<deliver::Address> address;
  std::vector<const TodoItem*> to_write;
  std::vector<const TodoItem*>
      written;  // in this week's files of before, or done by hand: of the calendar and the feed
  std::span<const CarryOutRequest::Template> templates{};
};

struct FilesMade {
  std::vector<account::WrittenFile> files;
  std::vector<Text> notes;
};

// The same items give the same bytes, in whatever order they come. Each with its sha256; nothing is written.
Result<FilesMade> make_files(const Context& context, const FilesToMake& files);

}  // namespace destock::app
