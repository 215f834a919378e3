#include "ingest/byte_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zlib.h>

#include "temp_dir.h"

namespace destock::ingest {
namespace {

Result<std::string> all_of(const std::string& path, uint64_t most_unpacked) {
  auto source = ByteSource::open(path, most_unpacked);
  if (!source) return tl::unexpected(source.error());
  std::string bytes;
  for (;;) {
    const auto more = source->read(bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return bytes;
  }
}

TEST(ByteSource, UnpacksAsMuchAsItMayAndNoMore) {
  const test::TempDir dir;
  const std::string path = dir.file("zeros.gz");
  const std::string zeros(3 << 20, '\0');
  const gzFile file = gzopen(path.c_str(), "wb");
  ASSERT_EQ(gzwrite(file, zeros.data(), static_cast<unsigned>(zeros.size())), static_cast<int>(zeros.size()));
  gzclose(file);
  const auto whole = all_of(path, zeros.size());
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size(), zeros.size());
  const auto refused = all_of(path, zeros.size() - 1);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.en.find("unpacks to more than 2 MB"), std::string::npos);
  EXPECT_FALSE(refused.error().what.zh.empty());
}

TEST(ByteSource, WaitsForNoPipe) {
  const test::TempDir dir;
  const std::string path = dir.file("pipe.csv");
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const auto refused = ByteSource::open(path);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
}

}  // namespace
}  // namespace destock::ingest
