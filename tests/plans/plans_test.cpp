// Golden plans: tests/plans/<scenario>/reports is imported, diagnosed, planned and restocked; what an operator would
// read is compared with expected.txt. `./dev test --update` rewrites it: the diff is reviewed like code. about.txt says
// what to notice. The plan is the playbook's: its sums are done the same way on every machine.

#include <gtest/gtest.h>
#include <algorithm>

#include "program.h"
#include "source_dir.h"

namespace destock::test {
namespace {

namespace fs = std::filesystem;

std::string said_of(const fs::path& scenario) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  const std::map<std::string, std::string> environment = {{"LC_ALL", "C"}, {"COLUMNS", "200"}};
  std::string text;
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", db});
    const Ran ran = destock(arguments, environment);
    text += "$ destock";
    for (const std::string& word : arguments)
      if (word != "--db" && word != db)
        text += " " + (word.find('/') == std::string::npos ? word : fs::path(word).filename().string());
    text += "\n" + ran.out + ran.err + "exit " + std::to_string(ran.exit_code) + "\n\n";
  };
  run({"import", (scenario / "reports").string()});
  run({"health", "--as-of", "2026-01-05", "--all"});
  run({"plan", "--policy", "playbook", "--as-of", "2026-01-05", "--all"});
  run({"plan", "--policy", "playbook", "--as-of", "2026-01-05", "--all", "--lang", "zh"});
  run({"restock", "--as-of", "2026-01-05", "--all"});
  return text;
}

TEST(Plans, AreAsTheyWere) {
  std::vector<fs::path> scenarios;
  for (const auto& entry : fs::directory_iterator(test::source_dir() / "tests/plans"))
    if (entry.is_directory()) scenarios.push_back(entry.path());
  std::sort(scenarios.begin(), scenarios.end());
  ASSERT_GE(scenarios.size(), 4u);
  for (const fs::path& scenario : scenarios) {
    const std::string said = said_of(scenario);
    if (std::getenv("DESTOCK_UPDATE")) std::ofstream(scenario / "expected.txt") << said;
    EXPECT_EQ(said, read_file((scenario / "expected.txt").string())) << scenario;
  }
}

}  // namespace
}  // namespace destock::test
