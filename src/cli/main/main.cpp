// The program: global options, the registry of commands, exit codes.

#include <sys/stat.h>

#include <cstring>
#include <iostream>
#include <optional>

#include "base/money.h"
#include "cli/command.h"
#include "cli/plain_output.h"

namespace {

using namespace destock;

// The language has to be known before the help is written.
Lang language_of(int argc, char** argv) {
  std::string lang = cli::language_of_environment();
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--lang") == 0 && i + 1 < argc) lang = argv[i + 1];
    if (std::strncmp(argv[i], "--lang=", 7) == 0) lang = argv[i] + 7;
  }
  return lang == "zh" ? Lang::kZh : Lang::kEn;
}

void add_global_options(const cli::Flags& all, cli::Options& options) {
  all.text("--db", options.db,
           {"database: sqlite:///path or a path; default DESTOCK_DB, else ./destock.db",
            "数据库：sqlite:///路径 或文件路径；默认 DESTOCK_DB，否则 ./destock.db"});
  all.text("--account", options.account, {"account name", "账户名称"}).shows_default();
  all.choice("--format", options.format, {"table", "json", "csv"}, {"table, json or csv", "table、json 或 csv"})
      .shows_default();
  all.choice("--lang", options.lang, {"en", "zh"}, {"en or zh; default from the locale", "en 或 zh；默认取系统语言"});
  all.text(
      "--as-of", options.as_of,
      {"the day to look from, YYYY-MM-DD; default the newest snapshot's", "基准日期 YYYY-MM-DD；默认最新快照日期"});
  all.text(
      "--facts", options.facts,
      {"a folder of your own facts: its files stand in for the shipped ones", "自己的数据目录：同名文件替代自带文件"});
  all.text("--playbook", options.playbook, {"a playbook file of your own", "自定义清仓规则文件"});
}

int run(int argc, char** argv) {
  cli::Commands commands(
      {"Destock: turns an Amazon seller's excess stock back into cash", "Destock 去库存：把亚马逊冗余库存变回现金"},
      "destock 0.1.0", language_of(argc, argv));
  cli::Options options;
  options.program = argv[0];
  add_global_options(commands.of_all(), options);
  for (auto add : {cli::add_import,   cli::add_imports, cli::add_health,    cli::add_ladder,   cli::add_decide,
                   cli::add_forecast, cli::add_plan,    cli::add_why,       cli::add_simulate, cli::add_backtest,
                   cli::add_restock,  cli::add_export,  cli::add_rate,      cli::add_fees,     cli::add_explain,
                   cli::add_facts,    cli::add_serve,   cli::add_settings,  cli::add_db,       cli::add_demo,
                   cli::add_todo,     cli::add_desk,    cli::add_carry_out, cli::add_track,    cli::add_accounts,
                   cli::add_openapi,  cli::add_try})
    add(commands);
  if (const auto code = commands.read(argc, argv)) return *code;
  // CSV goes to programs, as it is.
  const cli::PlainOutput errors(std::cerr);
  std::optional<cli::PlainOutput> output;
  if (options.format != "csv") output.emplace(std::cout);
  return commands.run(cli::Session(options));
}

}  // namespace

int main(int argc, char** argv) {
  // What is written is the seller's own: databases, copies, uploads, workbooks.
  umask(077);
  try {
    return run(argc, argv);
  } catch (const AmountTooLarge&) {
    std::cerr << "destock: " << too_large().message(language_of(argc, argv)) << "\n";
    return cli::kFailed;
  } catch (const std::exception& error) {
    // A broken invariant of ours: the transaction is gone with it, nothing was stored.
    std::cerr << "destock: internal error, nothing was changed: " << error.what() << "\n";
    return cli::kFailed;
  }
}
