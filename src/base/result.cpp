#include "base/result.h"

namespace destock {

std::string Error::message(Lang lang) const {
  std::string text = what.in(lang);
  if (!where.empty()) text += lang == Lang::kZh ? "（" + where + "）" : " (" + where + ")";
  if (!next.empty()) text += (lang == Lang::kZh ? "。" : ". ") + next.in(lang);
  return text;
}

}  // namespace destock
