// destock ladder --unit-cost 42.67CNY --freight 18.88CNY --fulfilment 9.11USD --referral 15% --fx 7.295

#include <iostream>
#include <memory>

#include "app/plan.h"
#include "cli/amount.h"
#include "cli/command.h"
#include "deliver/tables.h"
#include "economics/ladder.h"

namespace destock::cli {
namespace {

struct LadderFlags {
  std::string unit_cost, freight, fulfilment, referral, fx, minimum, ending, marketplace;
  bool all = false;
};

std::optional<market::PriceEnding> ending_of(const std::string& text) {
  if (text == "x.x9") return market::PriceEnding::kTenthNine;
  if (text == "x.99") return market::PriceEnding::kNinetyNine;
  if (text == "none") return market::PriceEnding::kNone;
  if (text == "x8") return market::PriceEnding::kWholeEnding8;
  return std::nullopt;
}

// The ladder of figures given by hand: no database.
int run_by_hand(const Session& session, const LadderFlags& flags, const app::Context& context) {
  const Text as_amount{"write an amount with its currency, as 42.67CNY", "请写成带币种的金额，如 42.67CNY"};
  const auto cost = amount_of(flags.unit_cost);
  if (!cost) return session.cannot_read("--unit-cost", flags.unit_cost, as_amount);
  const auto freight = amount_of(flags.freight);
  if (!freight) return session.cannot_read("--freight", flags.freight, as_amount);
  const auto fulfilment = amount_of(flags.fulfilment);
  if (!fulfilment) return session.cannot_read("--fulfilment", flags.fulfilment, as_amount);
  const auto referral = share_of(flags.referral);
  if (!referral) return session.cannot_read("--referral", flags.referral, {"write it as 15%", "请写成 15%"});
  if (freight->currency() != cost->currency())
    return session.cannot_read("--freight", flags.freight,
                               {"give it in the currency of --unit-cost", "请使用与 --unit-cost 相同的币种"});
  economics::LadderInput input{*cost,
                               *freight,
                               *fulfilment,
                               *referral,
                               {},
                               1,
                               0,
                               market::PriceEnding::kTenthNine,
                               context.facts.playbook.markdown.last_stage_cost_share};
  if (!flags.marketplace.empty()) {
    const auto found = context.facts.marketplaces.find(flags.marketplace);
    if (found == context.facts.marketplaces.end())
      return session.cannot_read(
          "--marketplace", flags.marketplace,
          {"US, CA, MX, UK, DE, FR, IT, ES, JP, IN are known", "可用：US、CA、MX、UK、DE、FR、IT、ES、JP、IN"});
    input.tax_in_price = found->second.tax_in_price;
    input.ending = found->second.price_ending;
  }
  if (cost->currency() != fulfilment->currency()) {
    const auto rate = share_of(flags.fx);
    if (!rate || *rate <= 0 || flags.fx.ends_with('%'))
      return session.cannot_read(
          "--fx", flags.fx,
          {"one " + fulfilment->currency().str() + " in " + cost->currency().str() + ", as 7.295",
           "1 " + fulfilment->currency().str() + " 合多少 " + cost->currency().str() + "，如 7.295"});
    input.rate = *rate;
  }
  if (!flags.minimum.empty()) {
    input.referral_minimum = amount_of(flags.minimum);
    if (!input.referral_minimum || input.referral_minimum->currency() != fulfilment->currency())
      return session.cannot_read("--referral-minimum", flags.minimum,
                                 {"give it in the currency of --fulfilment", "请使用与 --fulfilment 相同的币种"});
  }
  if (!flags.ending.empty()) {
    const auto ending = ending_of(flags.ending);
    if (!ending)
      return session.cannot_read("--ending", flags.ending, {"x.x9, x.99, x8 or none", "可用：x.x9、x.99、x8、none"});
    input.ending = *ending;
  }
  const auto stages = economics::price_ladder(input);
  if (!stages) return session.failed(stages.error());
  if (session.format() == Format::kJson)
    session.print_json(app::ladder_json(*stages, session.lang()));
  else
    session.print(deliver::stages_table(*stages));
  return kDone;
}

int run_of_account(const Session& session, const LadderFlags& flags, app::Context& context) {
  auto opened = session.open(context);
  if (!opened) return session.code();
  const auto state = session.state(*opened, context);
  if (!state) return session.code();
  const auto rows = app::ladder_rows(*state, context);
  if (session.format() == Format::kJson)
    session.print_json(app::ladder_rows_json(*state, rows, session.lang()));
  else
    session.print(deliver::ladder_table(state->account, rows), flags.all ? 0 : 25);
  return kDone;
}

}  // namespace

void add_ladder(Commands& commands) {
  auto flags = std::make_shared<LadderFlags>();
  const Flags command =
      commands.add("ladder", {"the three-stage prices: of figures given here, or of every excess SKU of the account",
                              "三阶段降价：按给定数字计算，或列出账户中所有冗余 SKU"});
  const Flag cost = command.text("--unit-cost", flags->unit_cost,
                                 {"purchase price of a unit, as 42.67CNY", "单件采购成本，如 42.67CNY"});
  const Flag freight = command.text("--freight", flags->freight,
                                    {"first-leg freight of a unit, as 18.88CNY", "单件头程运费，如 18.88CNY"});
  const Flag fulfilment = command.text("--fulfilment", flags->fulfilment,
                                       {"fulfilment fee of a unit, as 9.11USD", "单件配送费，如 9.11USD"});
  const Flag referral = command.text("--referral", flags->referral, {"referral rate, as 15%", "佣金比例，如 15%"});
  cost.needs(freight).needs(fulfilment).needs(referral);
  freight.needs(cost);
  fulfilment.needs(cost);
  referral.needs(cost);
  command
      .text("--fx", flags->fx,
            {"one unit of the selling currency in the cost's currency, as 7.295", "售价币种兑成本币种的汇率，如 7.295"})
      .needs(cost);
  command.text("--referral-minimum", flags->minimum, {"least referral fee, as 0.30USD", "最低佣金，如 0.30USD"})
      .needs(cost);
  command
      .text("--ending", flags->ending,
            {"how prices end: x.x9 (default), x.99, x8, none", "价格尾数：x.x9（默认）、x.99、x8、none"})
      .needs(cost);
  command
      .text("--marketplace", flags->marketplace,
            {"takes its tax in the price and its price ending", "采用该站点的含税规则与价格尾数"})
      .needs(cost);
  command.toggle("--all", flags->all, {"every row on the terminal", "显示全部行"});
  command.example(
      {"Example: destock ladder --unit-cost 42.67CNY --freight 18.88CNY --fulfilment 9.11USD --referral 15% --fx 7.295",
       "示例：destock ladder --unit-cost 42.67CNY --freight 18.88CNY --fulfilment 9.11USD --referral 15% --fx 7.295"});
  command.runs([flags](const Session& session) {
    auto context = session.context();
    if (!context) return session.code();
    return flags->unit_cost.empty() ? run_of_account(session, *flags, *context)
                                    : run_by_hand(session, *flags, *context);
  });
}

}  // namespace destock::cli
