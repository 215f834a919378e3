#include "server/names.h"

#include <algorithm>

#include "base/plain_text.h"

namespace destock::server {

std::optional<Error> name_fault(const std::string& name) {
  constexpr size_t kMostCharacters = 60;
  // Bytes that do not go on with a character.
  const auto characters = static_cast<size_t>(
      std::count_if(name.begin(), name.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  const bool blank = name.find_first_not_of(' ') == std::string::npos;
  if (!blank && characters <= kMostCharacters && plain_text(name) == name) return std::nullopt;
  return Error{ErrorKind::kBadUsage,
               {"a name is needed, of 60 visible characters at most", "请填写名称，最长 60 个可见字符"},
               {},
               {}};
}

std::optional<Error> account_name_fault(const std::string& name) {
  if (auto fault = name_fault(name)) return fault;
  if (name.find_first_of("/\\") == std::string::npos) return std::nullopt;
  return Error{ErrorKind::kBadUsage,
               {"an account's name is part of its workbook's: it is without / and \\",
                "账户名称用于工作簿文件名：不能含 / 或 \\"},
               name,
               {}};
}

}  // namespace destock::server
