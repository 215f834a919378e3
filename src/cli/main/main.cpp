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

void add_global_options(CLI::App& app, cli::Options& options, const cli::Commands& commands) {
  app.add_option("--db", options.db,
                 commands.t("database: sqlite:///path or a path; default DESTOCK_DB, else ./destock.db",
                            "数据库：sqlite:///路径 或文件路径；默认 DESTOCK_DB，否则 ./destock.db"));
  app.add_option("--account", options.account, commands.t("account name", "账户名称"))->capture_default_str();
  app.add_option("--format", options.format, commands.t("table, json or csv", "table、json 或 csv"))
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  app.add_option("--lang", options.lang, commands.t("en or zh; default from the locale", "en 或 zh；默认取系统语言"))
      ->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--as-of", options.as_of,
                 commands.t("the day to look from, YYYY-MM-DD; default the newest snapshot's",
                            "基准日期 YYYY-MM-DD；默认最新快照日期"));
  app.add_option("--facts", options.facts,
                 commands.t("a folder of your own facts: its files stand in for the shipped ones",
                            "自己的数据目录：同名文件替代自带文件"));
  app.add_option("--playbook", options.playbook, commands.t("a playbook file of your own", "自定义清仓规则文件"));
}

int run(int argc, char** argv) {
  const Lang lang = language_of(argc, argv);
  CLI::App app(lang == Lang::kZh ? "Destock 去库存：把亚马逊冗余库存变回现金"
                                 : "Destock: turns an Amazon seller's excess stock back into cash",
               "destock");
  cli::Commands commands{app, lang, {}};
  cli::Options options;
  options.program = argv[0];
  app.set_version_flag("--version", "destock 0.1.0");
  app.require_subcommand(1);
  app.fallthrough();
  add_global_options(app, options, commands);
  for (auto add : {cli::add_import,   cli::add_imports, cli::add_health,   cli::add_ladder,   cli::add_decide,
                   cli::add_forecast, cli::add_plan,    cli::add_why,      cli::add_simulate, cli::add_backtest,
                   cli::add_restock,  cli::add_export,  cli::add_rate,     cli::add_fees,     cli::add_explain,
                   cli::add_facts,    cli::add_serve,   cli::add_settings, cli::add_db,       cli::add_demo})
    add(commands);
  for (CLI::App* command : app.get_subcommands({})) command->fallthrough();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? cli::kDone : cli::kWrongUsage;
  }
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
