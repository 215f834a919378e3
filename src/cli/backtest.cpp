// destock backtest DIR [--runs 20] [--cases 2000]

#include <fmt/format.h>
#include <iostream>
#include <memory>

#include "app/backtest.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

struct BacktestFlags {
  std::string folder;
  app::BacktestOptions options;
};

Text gain_of(const Text& market, const simulate::Replayed& r) {
  return {fmt::format("{}: the plan brings {:+.1f} % (95 %: {:+.1f} to {:+.1f}), less in {:.0f} % of the cases",
                      market.en, 100 * r.gain, 100 * r.gain_low, 100 * r.gain_high, 100 * r.optimal_loses),
          fmt::format("{}：方案收入 {:+.1f}%（95%：{:+.1f} 至 {:+.1f}），{:.0f}% 的案例更低", market.zh, 100 * r.gain,
                      100 * r.gain_low, 100 * r.gain_high, 100 * r.optimal_loses)};
}

int run_backtest(const Session& session, const BacktestFlags& flags) {
  const auto context = session.context();
  if (!context) return session.code();
  Result<std::vector<app::Backtest>> backtests;
  {
    ProgressBar bar(session.lang());
    backtests = app::backtest(flags.folder, flags.options, context->facts.demand, context->threads,
                              [&](size_t done, size_t total) {
                                bar.show(session.say({"playing again", "正在重演"}), done, total);
                              });
  }
  if (!backtests) return session.failed(backtests.error());
  if (session.format() == Format::kJson) {
    session.print_json(app::backtest_json(*backtests, flags.options, session.lang()));
    return kDone;
  }
  session.print(app::backtest_table(*backtests));
  if (session.format() == Format::kCsv) return kDone;
  for (const app::Backtest& one : *backtests) {
    std::cout << "\n"
              << session.say(one.name) << ": " << one.before.cases << session.say({" cases", " 例"}) << "\n  "
              << session.say(gain_of({"as believed the day before", "按事前预期"}, one.before)) << "\n  "
              << session.say(gain_of({"as it sold out", "按实际售罄"}, one.after)) << "\n";
    for (const Text& limit : one.limits) std::cout << "  - " << session.say(limit) << "\n";
  }
  return kDone;
}

}  // namespace

void add_backtest(Commands& commands) {
  auto flags = std::make_shared<BacktestFlags>();
  const Flags command =
      commands.add("backtest", {"play clearances of other shops again: what the plan would have done, and its limits",
                                "重演其他商家的历史清仓：方案会怎么做，以及局限"});
  command.text("DIR", flags->folder, {"folder with the histories", "历史数据目录"}).required();
  command.number("--runs", flags->options.runs, {"runs of each case", "每例次数"}).within(1, 10'000).shows_default();
  command
      .number("--cases", flags->options.most_cases,
              {"of each set at most, spread evenly", "每个数据集最多案例数（均匀抽取）"})
      .within(1, 1'000'000)
      .shows_default();
  command.number("--seed", flags->options.seed, {"of the random numbers", "随机种子"}).shows_default();
  command.example({"Example: destock backtest retail --format json", "示例：destock backtest retail --format json"});
  command.runs([flags](const Session& session) { return run_backtest(session, *flags); });
}

}  // namespace destock::cli
