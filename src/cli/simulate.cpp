// destock simulate [--random 200] [--runs 20] [--seed 1] [--world …]

#include <iostream>
#include <memory>

#include "app/simulate.h"
#include "app/simulate_orders.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

struct SimulateFlags {
  size_t random = 0;
  bool grid = false;
  bool restock = false;
  app::SimulateOptions options;
};

std::optional<std::vector<simulate::World>> chosen_worlds(const Session& session,
                                                          const std::vector<std::string>& wanted) {
  std::vector<simulate::World> worlds;
  std::string known;
  for (const simulate::World& world : simulate::all_worlds()) {
    add_to_list(known, world.id);
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), world.id) != wanted.end()) worlds.push_back(world);
  }
  for (const std::string& id : wanted)
    if (std::none_of(worlds.begin(), worlds.end(), [&](const simulate::World& world) { return world.id == id; })) {
      session.failed({ErrorKind::kBadUsage, {"no such market: " + id, "没有该市场：" + id}, "--world", {known, known}});
      return std::nullopt;
    }
  return worlds;
}

template <typename Stakes>
struct Players {
  Stakes stakes;
  Currency currency;
  std::string of;
  unsigned threads;
};

// Made-up SKUs where so many are asked for, else the account's own; nothing where the session has failed.
template <typename MakeUp, typename OfAccount>
auto players_of(const Session& session, const SimulateFlags& flags, MakeUp make_up, OfAccount of_account)
    -> std::optional<Players<decltype(make_up())>> {
  using Found = Players<decltype(make_up())>;
  if (flags.random > 0) {
    const auto context = session.context();
    if (!context) return std::nullopt;
    return Found{make_up(), currency_of("USD"), "random", context->threads};
  }
  const auto view = session.view();
  if (!view) return std::nullopt;
  return Found{of_account(*view), view->state.health.figures.base_currency, session.options().account,
               view->context.threads};
}

// A year of orders, in the markets that differ where prices stay as they are.
int run_orders(const Session& session, const SimulateFlags& flags) {
  const auto players = players_of(
      session, flags, [&] { return app::random_order_stakes(flags.random, flags.options.seed); },
      [](const auto& view) { return app::order_stakes_of(view.state, view.context); });
  if (!players) return session.code();
  const auto& [stakes, currency, of, threads] = *players;
  if (stakes.empty())
    return session.failed(
        {ErrorKind::kNotFound,
         {"no listing has all that an order is valued by", "没有可评估补货价值的 SKU"},
         of,
         {"fill in the cost sheet, or --random 60 for made-up ones", "请填写成本表，或使用 --random 60 虚构 SKU"}});
  simulate::OrderYears years;
  {
    ProgressBar bar(session.lang());
    years = simulate::order_years(stakes, simulate::order_worlds(), flags.options.runs, flags.options.seed, threads,
                                  [&](size_t done) {
                                    bar.show(session.say({"playing", "正在模拟"}), done, players->stakes.size());
                                  });
  }
  if (session.format() == Format::kJson)
    session.print_json(app::order_years_json(years, of, currency, flags.options.seed, session.lang()));
  else
    session.print(app::order_years_table(years, currency));
  return kDone;
}

int run_simulate(const Session& session, const SimulateFlags& flags) {
  const auto worlds = flags.grid ? std::optional(simulate::world_grid()) : chosen_worlds(session, flags.options.worlds);
  if (!worlds) return session.code();
  const auto players = players_of(
      session, flags, [&] { return app::random_stakes(flags.random, flags.options.seed, flags.options.horizon_weeks); },
      [&](const auto& view) { return app::stakes_of(view.state, flags.options.horizon_weeks, view.context); });
  if (!players) return session.code();
  const auto& [stakes, currency, of, threads] = *players;
  if (flags.random <= 0 && stakes.empty())
    return session.failed({ErrorKind::kNotFound,
                           {"no listing is in excess or aged", "没有冗余或超龄的 SKU"},
                           of,
                           {"--random 200 plays made-up ones", "--random 200 可使用虚构 SKU"}});
  simulate::Simulation simulation;
  {
    ProgressBar bar(session.lang());
    simulation = simulate::simulate(stakes, *worlds, flags.options.runs, flags.options.seed, threads, [&](size_t done) {
      bar.show(session.say({"playing", "正在模拟"}), done, players->stakes.size());
    });
  }
  if (session.format() == Format::kJson) {
    session.print_json(app::simulation_json(simulation, of, currency, flags.options, session.lang()));
    return kDone;
  }
  session.print(app::simulation_table(simulation, currency));
  session.note(
      {std::to_string(simulation.skus) + " SKUs, " + std::to_string(simulation.runs) +
           " runs each, the same luck for all policies",
       std::to_string(simulation.skus) + " 个 SKU，各 " + std::to_string(simulation.runs) + " 次，各策略随机数相同"});
  return kDone;
}

}  // namespace

void add_simulate(Commands& commands) {
  auto flags = std::make_shared<SimulateFlags>();
  const Flags command =
      commands.add("simulate", {"play seven policies against markets that may differ from what is believed",
                                "在可能与预期不同的市场中对比七种策略"});
  command.number("--random", flags->random, {"made-up SKUs instead of the account's", "使用若干虚构 SKU 代替账户"})
      .within(1, 100'000);
  command.number("--runs", flags->options.runs, {"runs of each SKU in each market", "每个 SKU 每种市场的次数"})
      .within(2, 10'000)
      .shows_default();
  command.number("--seed", flags->options.seed, {"of the random numbers", "随机种子"}).shows_default();
  command.number("--horizon", flags->options.horizon_weeks, {"weeks", "周数"}).within(2, 104).shows_default();
  command.list("--world", flags->options.worlds,
               {"only these markets: as_believed, less_elastic, more_elastic, dispersed, half_uplift, "
                "falling, rising, all_worse, wandering",
                "仅这些市场：as_believed、less_elastic、more_elastic、dispersed、half_uplift、falling、"
                "rising、all_worse、wandering"});
  command.toggle("--grid", flags->grid,
                 {"every combination of the wrong beliefs: 36 markets", "所有错误预期的组合：36 种市场"});
  command.toggle("--restock", flags->restock,
                 {"a year of orders: by their value, by the playbook, by a service level of 95 %",
                  "一年补货：经济补货、规则补货与固定 95% 服务水平对比"});
  command.example({"Example: destock simulate --random 200 --runs 20 --format json",
                   "示例：destock simulate --random 200 --runs 20 --format json"});
  command.runs([flags](const Session& session) {
    return flags->restock ? run_orders(session, *flags) : run_simulate(session, *flags);
  });
}

}  // namespace destock::cli
