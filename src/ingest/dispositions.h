#pragma once
// Whether the stock of a row can be sold, by its disposition in whatever language.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "ingest/cell_words.h"

namespace destock::ingest {

class Dispositions {
public:
  explicit Dispositions(const account::ReportNames& names)
      : sellable_(names, "sellable"), unsellable_(names, "unsellable") {}

  // None given: it can be. A word that is not known: it cannot, which finish() says.
  bool sellable(std::string_view text) {
    if (text.empty()) return true;
    if (text != last_) {
      last_ = text;
      last_sellable_ = sellable_.is(text);
      last_known_ = last_sellable_ || unsellable_.is(text);
    }
    if (!last_known_) ++unknown_[last_];
    return last_sellable_;
  }

  void finish(std::vector<Text>& notes) const {
    for (const auto& [word, rows] : unknown_) {
      const std::string n = std::to_string(rows);
      notes.push_back({n + " rows of the disposition “" + word + "”, which is not known, count as not sellable",
                       n + " 行库存属性为“" + word + "”（无法识别），按不可售计入"});
    }
  }

private:
  CellWords sellable_, unsellable_;
  std::string last_;
  bool last_sellable_ = true, last_known_ = true;
  std::map<std::string, int64_t> unknown_;
};

}  // namespace destock::ingest
