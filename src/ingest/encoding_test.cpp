#include "ingest/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace destock::ingest {
namespace {

TEST(Encoding, ToldFromBytes) {
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBFsku", false).name, "UTF-8");
  EXPECT_EQ(detect_encoding("\xEF\xBB\xBFsku", false).mark_bytes, 3u);
  EXPECT_EQ(detect_encoding(std::string("\xFF\xFEs\0k\0", 6), false).name, "UTF-16LE");
  EXPECT_EQ(detect_encoding(std::string("s\0k\0u\0\t\0", 8), false).name, "UTF-16LE");
  EXPECT_EQ(detect_encoding("plain ascii", false).name, "UTF-8");
  EXPECT_EQ(detect_encoding("Caf\xE9 au lait, d\xE9j\xE0 vu", false).name, "windows-1252");
}

TEST(Encoding, ACharacterCutAtTheEndOfAChunkIsWhole) {
  Decoder decoder({"GB18030", 0});
  std::string out;
  const std::string text = "\xBF\xE2\xB4\xE6";  // 库存
  for (size_t i = 0; i < text.size(); ++i) decoder.decode(text.substr(i, 1), i + 1 == text.size(), out);
  EXPECT_EQ(out, "库存");
}

RC_GTEST_PROP(Encoding, AnyBytesBecomeValidUtf8, (const std::string& bytes)) {
  RC_ASSERT(is_utf8(valid_utf8(bytes), false));
}

}  // namespace
}  // namespace destock::ingest
