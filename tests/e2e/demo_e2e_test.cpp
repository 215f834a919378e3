// The demo: the whole way through once, on the sample account.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "program.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(Demo, RunsTheMainJobAndTwiceIsOnce) {
  TempDir dir;
  const Ran first = destock({"demo", dir.file("demo"), "--format", "json"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  const json result = json::parse(first.out);
  EXPECT_GE(result["health"]["skus"].get<int>(), 400);
  EXPECT_GT(result["health"]["bands"]["dead"].get<int>(), 0);
  EXPECT_GT(result["plan"]["lines"].size(), 50u);
  int refused = 0;
  for (const auto& file : result["import"]["files"]) {
    EXPECT_EQ(file["status"], "imported") << file.dump();
    refused += file["rows_refused"].get<int>();
  }
  EXPECT_GT(refused, 0);  // a few ugly rows
  EXPECT_LT(refused, 20);
  const Ran second = destock({"demo", dir.file("demo")});
  EXPECT_EQ(second.exit_code, 0);
  EXPECT_THAT(second.out, HasSubstr("already there"));
  const Ran chinese = destock({"demo", dir.file("demo"), "--lang", "zh"});
  EXPECT_THAT(chinese.out, HasSubstr("冗余占比"));
}

TEST(Demo, TheWorkbookHasItsSheetsAndTheSnapshotInItsName) {
  TempDir dir;
  ASSERT_EQ(destock({"demo", dir.file("demo")}).exit_code, 0);
  const std::string workbook = dir.file("demo/destock-sample-2026-01-05.xlsx");
  ASSERT_TRUE(std::filesystem::exists(workbook));
  EXPECT_FALSE(std::filesystem::exists(workbook + ".part"));
  const std::string soffice = "/usr/bin/soffice";
  if (!std::filesystem::exists(soffice))
    GTEST_SKIP() << "LibreOffice is not installed: the workbook is not opened in it";
  const Ran ran = run_command({soffice, "--headless", "-env:UserInstallation=file://" + dir.file("profile"),
                               "--convert-to", "pdf", "--outdir", dir.path(), workbook});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_GT(std::filesystem::file_size(dir.file("destock-sample-2026-01-05.pdf")), 10'000u);
}

}  // namespace
}  // namespace destock::test
