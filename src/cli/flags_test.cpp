#include "cli/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/session.h"

namespace destock::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A small program: a command with every kind of flag, and one that holds others.
struct Program {
  explicit Program(Lang lang = Lang::kEn) : commands({"a program", "一个程序"}, "program 1", lang) {
    const Flags sell = commands.add("sell", {"sell something", "出售"});
    sell.text("WHAT", what, {"the thing", "商品"}).required();
    sell.list("--to", buyers);
    sell.number("--units", units, {"how many", "数量"}).within(1, 9).shows_default();
    const Flag price = sell.choice("--price", price_given, {"high", "low"}, {"which", "价格"});
    sell.toggle("--now", now, {"at once", "立即"}).needs(price);
    sell.toggle_or_text("--through", through, agent, {"an agent", "代理"});
    sell.example({"Example: sell stock", "示例：sell stock"});
    sell.require("--price or --to", [this, price] { return price.given() || !buyers.empty(); });
    sell.runs([](const Session&) { return 10; });
    const Flags list = commands.add("list", {"list something", "列表"});
    list.add("all", {"all of it", "全部"}).runs([](const Session&) { return 21; });
    list.runs([](const Session&) { return 20; });
    commands.add("db", {"keep it", "保存"}).add("check", {"whole?", "检查"}).runs([](const Session&) { return 30; });
  }

  // The command's own code, or that of the usage.
  int run(std::vector<const char*> line) {
    line.insert(line.begin(), "program");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const auto code = commands.read(static_cast<int>(line.size()), line.data());
    said = testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
    return code ? *code : commands.run(Session(Options{}));
  }

  Commands commands;
  std::string what, price_given, agent, said;
  std::vector<std::string> buyers;
  int units = 3;
  bool now = false, through = false;
};

TEST(Flags, WriteWhatWasGivenToItsVariables) {
  Program program;
  EXPECT_EQ(program.run({"sell", "stock", "--to", "a", "--to", "b", "--units", "4", "--price=low", "--now"}), 10);
  EXPECT_EQ(program.what, "stock");
  EXPECT_THAT(program.buyers, ElementsAre("a", "b"));
  EXPECT_EQ(program.units, 4);
  EXPECT_EQ(program.price_given, "low");
  EXPECT_TRUE(program.now);
  EXPECT_FALSE(program.through);
}

TEST(Flags, MayStandAloneWhereTheTextIsOptional) {
  Program alone;
  EXPECT_EQ(alone.run({"sell", "stock", "--to", "a", "--through"}), 10);
  EXPECT_TRUE(alone.through);
  EXPECT_EQ(alone.agent, "");
  Program with;
  EXPECT_EQ(with.run({"sell", "stock", "--to", "a", "--through=b"}), 10);
  EXPECT_TRUE(with.through);
  EXPECT_EQ(with.agent, "b");
}

TEST(Flags, RefuseWrongUsageWithItsOwnCode) {
  const std::vector<std::pair<std::vector<const char*>, std::string>> wrong = {
      {{}, "subcommand is required"},
      {{"sell", "--to", "a"}, "WHAT is required"},
      {{"sell", "stock"}, "--price or --to is required"},
      {{"sell", "stock", "--to", "a", "--units", "10"}, "not in range"},
      {{"sell", "stock", "--to", "a", "--units", "four"}, "--units"},
      {{"sell", "stock", "--price", "middling"}, "middling not in {high,low}"},
      {{"sell", "stock", "--to", "a", "--now"}, "--now requires --price"},
      {{"sell", "stock", "--for", "a"}, "--for"},
      {{"db"}, "subcommand is required"},
  };
  for (const auto& [line, says] : wrong) {
    Program program;
    EXPECT_EQ(program.run(line), kWrongUsage) << says;
    EXPECT_THAT(program.said, HasSubstr(says));
  }
}

TEST(Flags, ACommandMayRunWithAndWithoutOneUnderIt) {
  EXPECT_EQ(Program().run({"list"}), 20);
  EXPECT_EQ(Program().run({"list", "all"}), 21);
  EXPECT_EQ(Program().run({"db", "check"}), 30);
}

TEST(Flags, HelpIsInTheLanguageAndShowsDefaultsAndTheExample) {
  Program en, zh(Lang::kZh);
  EXPECT_EQ(en.run({"sell", "--help"}), kDone);
  EXPECT_THAT(en.said, HasSubstr("how many"));
  EXPECT_THAT(en.said, HasSubstr("=3"));
  EXPECT_THAT(en.said, HasSubstr("Example: sell stock"));
  EXPECT_EQ(zh.run({"sell", "--help"}), kDone);
  EXPECT_THAT(zh.said, HasSubstr("数量"));
  EXPECT_EQ(zh.run({"list", "--help"}), kDone);
  EXPECT_THAT(zh.said, testing::Not(HasSubstr("示例")));
  EXPECT_EQ(zh.run({"--version"}), kDone);
  EXPECT_EQ(zh.said, "program 1\n");
}

}  // namespace
}  // namespace destock::cli
