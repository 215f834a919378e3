#include "market/toml_reason.h"

#include <string>

namespace destock::market {
namespace {

struct Meaning {
  std::string_view said;  // a part of what the parser says
  const char* en;
  const char* zh;
};

// What went wrong; the first that is said counts.
constexpr Meaning kFaults[] = {
    {"end-of-file", "it ends here, and a quote, bracket or value is missing", "内容在此结束，缺少引号、括号或值"},
    {"EOF", "it ends here, and a quote, bracket or value is missing", "内容在此结束，缺少引号、括号或值"},
    {"redefine", "this key or table stands there already", "该键或表已存在，不能重复"},
    {"leading zero", "a number must not begin with 0", "数字不能以 0 开头"},
    {"could not determine value type", "it cannot be told what this value is: a text needs quotes",
     "无法判断该值的类型：文字须加引号"},
    {"value-terminator", "something follows the value: a text needs quotes, a list commas",
     "值之后有多余内容：文字须加引号，列表以逗号分隔"},
    {"comma", "a comma too many, or a value missing beside it", "逗号多余，或逗号旁缺少值"},
    {"unknown escape", "a stroke \\ in quotes means what follows: write it twice", "引号内的 \\ 有特殊含义：请写两个"},
    {"control character", "a sign that cannot be seen stands here", "此处有不可见字符"},
    {"invalid utf-8", "the file is not saved as UTF-8", "文件未以 UTF-8 保存"},
    {"expected value", "a value is missing after the =", "= 之后缺少值"},
    {"digit", "a number or a day is not whole here", "数字或日期不完整"},
    {"month between", "there is no such month", "月份不存在"},
    {"expected ']'", "a bracket ] is missing", "缺少方括号 ]"},
    {"expected '='", "a = is missing after the key", "键之后缺少 ="},
    {"expected keys", "here a key or a table must begin", "此处应为键或表的开头"},
    {"comment or whitespace", "something follows where the line must end", "行末有多余内容"},
};

// The sign at which it went wrong: saw 'x'.
std::string sign_in(std::string_view said) {
  constexpr std::string_view kSaw = "saw '";
  const size_t at = said.rfind(kSaw);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = said.substr(at + kSaw.size());
  return std::string(rest.substr(0, rest.rfind('\'')));
}

}  // namespace

Text toml_reason(std::string_view said) {
  Text reason{"it cannot be read as TOML", "不是有效的 TOML 格式"};
  for (const Meaning& fault : kFaults)
    if (said.find(fault.said) != std::string_view::npos) {
      reason = {fault.en, fault.zh};
      break;
    }
  if (const std::string sign = sign_in(said); !sign.empty() && sign.size() < 8 && sign.front() != '\\') {
    reason.en += " (at " + sign + ")";
    reason.zh += "（" + sign + " 处）";
  }
  return reason;
}

}  // namespace destock::market
