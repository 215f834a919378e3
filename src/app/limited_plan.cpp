#include "app/limited_plan.h"

#include <cmath>
#include <set>

#include "app/json_parts.h"
#include "base/parallel.h"
#include "clearance/optimal_line.h"
#include "economics/holding.h"
#include "economics/sale_terms.h"
#include "portfolio/portfolio.h"

namespace destock::app {
namespace {

using portfolio::Row;
using portfolio::Stake;

constexpr double kBinding = 0.98;  // of a limit: as good as used up

// A listing's problem, with what the account counts of it.
struct Problem {
  size_t line = 0;
  double rate = 1;  // base currency for one of its own
  clearance::SkuCase sku;
  clearance::Outlook outlook;
  clearance::SkuDecision problem;
};

class Limited {
public:
  Limited(const LimitedPlan& plan, std::vector<std::optional<account::PlanLine>>& lines)
      : plan_(plan), lines_(lines), base_(plan.state.health.figures.base_currency) {}

  std::string keep() {
    for (size_t i = 0; i < plan_.listings.size(); ++i) add(i);
    std::vector<Stake> stakes;
    for (size_t k = 0; k < problems_.size(); ++k) stakes.push_back(stake_of(k));
    const std::set<std::string> places = marketplaces();
    const auto rows =
        rows_of(plan_.options.limits, plan_.first_day, plan_.options.horizon_weeks, {places.begin(), places.end()});
    portfolio::Options options;
    options.threads = plan_.context.threads;
    options.stop = plan_.options.stop;
    const portfolio::Portfolio found = portfolio::solve(stakes, rows, options);
    if (plan_.options.stop && *plan_.options.stop) return {};
    const Money without = total();
    std::vector<clearance::Planner> planners(std::max(1u, plan_.context.threads));
    share_out(problems_.size(), planners.size(), [&](size_t worker, size_t k) {
      if (!found.chosen[k].own) remake(k, found.chosen[k], planners[worker]);
    });
    return outcome(found, rows, without, total());
  }

private:
  const account::Listing& listing_of(size_t line) const { return plan_.state.account.listings[plan_.listings[line]]; }

  void add(size_t i) {
    if (!lines_[i]) return;
    const account::Listing& listing = listing_of(i);
    const auto rate =
        plan_.state.account.rates.convert(Money::from_double(1, listing.currency), base_, plan_.state.account.as_of);
    // Its money cannot be set against that of others: it keeps its own plan.
    if (!rate) {
      ++without_rate_;
      return;
    }
    Problem one{i,
                rate->to_double(),
                clearance::sku_case(plan_.state.account, need_of(plan_.state.health.diagnoses[plan_.listings[i]]),
                                    plan_.context.facts, plan_.options.horizon_weeks, plan_.first_day),
                {},
                {}};
    one.outlook = clearance::outlook_of(plan_.state.account, plan_.forecast, one.sku, plan_.context.facts);
    one.problem = clearance::sku_decision(one.sku, one.outlook, plan_.context.facts, plan_.wishes_of(listing));
    const auto landed =
        economics::landed_cost(plan_.state.account, plan_.listings[i], one.sku.currency, plan_.first_day);
    if (landed) one.problem.decision.landed = landed->total().to_double();
    problems_.push_back(std::move(one));
  }

  Stake stake_of(size_t k) const {
    const Problem& one = problems_[k];
    const account::Listing& listing = listing_of(one.line);
    Stake stake{&one.problem.decision,
                one.rate,
                one.sku.holding.volume_cuft.value_or(0),
                std::string(economics::size_class_of(plan_.state.account.fees[plan_.listings[one.line]])),
                listing.marketplace,
                {},
                {}};
    for (const clearance::Programme& programme : one.problem.decision.programmes) {
      const market::Channel* channel = plan_.context.facts.channel(programme.channel);
      stake.deals.push_back(channel && channel->kind == market::ChannelKind::kDeal);
      stake.by_clicks.push_back(channel && channel->carry_out.by == market::CarriedBy::kClicks);
    }
    return stake;
  }

  std::set<std::string> marketplaces() const {
    std::set<std::string> places;
    for (const Problem& one : problems_) places.insert(listing_of(one.line).marketplace);
    return places;
  }

  void remake(size_t k, const portfolio::Chosen& chosen, clearance::Planner& planner) {
    const Problem& one = problems_[k];
    const account::Listing& listing = listing_of(one.line);
    account::PlanLine line = clearance::optimal_line(one.sku, one.outlook, listing, plan_.context.facts,
                                                     plan_.wishes_of(listing), planner, &chosen.optimum);
    const Money less = lines_[one.line]->net_recovery - line.net_recovery;
    if (less.units() > 0) {
      const std::string amount = less.rounded().str();
      line.why.en += " Within the account's limits; alone it would bring " + amount + " more.";
      line.why.zh += "已受账户限制；单独计可多回款 " + amount + "。";
    }
    *lines_[one.line] = std::move(line);
  }

  // Of the lines as they stand: what a plan's own total says of them.
  Money total() const {
    Money sum = Money::zero(base_);
    for (const Problem& one : problems_)
      sum += *plan_.state.account.rates.convert(lines_[one.line]->net_recovery, base_, plan_.state.account.as_of);
    return sum;
  }

  Json money(double amount) const { return to_json(std::optional<Money>(Money::from_double(amount, base_))); }

  // Rows that bind; money of rows as money, the rest as numbers.
  Json row_json(const Row& row, double used, double price, double short_by) const {
    using portfolio::Scarce;
    const bool amounts = row.what == Scarce::kCash || row.what == Scarce::kFees || row.what == Scarce::kLoss;
    const auto figure = [&](double value) { return amounts ? money(value) : rounded(value, 100); };
    return {{"what", portfolio::kScarceIds[static_cast<size_t>(row.what)]},
            {"where", row.where},
            {"from", iso(plan_.first_day + Days(kWeekDays * row.from))},
            {"to", iso(plan_.first_day + Days(kWeekDays * (row.to + 1) - 1))},
            {"limit", figure(row.limit)},
            {"used", figure(used)},
            {"price", money(price)},
            {"short_by", short_by > 0 ? figure(short_by) : Json(nullptr)}};
  }

  std::string outcome(const portfolio::Portfolio& found, const std::vector<Row>& rows, const Money& without,
                      const Money& within) const {
    Json list = Json::array();
    bool met = true;
    for (size_t r = 0; r < rows.size(); ++r) {
      const double over = rows[r].at_least() ? rows[r].limit - found.used[r] : found.used[r] - rows[r].limit;
      const double missed = std::max(0.0, over) > 1e-6 * std::max(1.0, std::abs(rows[r].limit)) ? over : 0;
      met = met && missed == 0;
      const bool binds =
          found.price[r] > 0 || missed > 0 || rows[r].at_least() || found.used[r] >= kBinding * rows[r].limit;
      if (binds) list.push_back(row_json(rows[r], found.used[r], found.price[r], missed));
    }
    // Lines are left alone for a small gain, which the programme over all of them does not know: its bound is moved by
    // as much as the two differ without limits.
    const double bound = found.bound + std::max(0.0, without.to_double() - found.without_limits);
    const Money cost = within < without ? without - within : Money::zero(base_);
    const Json json = {{"without", to_json(std::optional<Money>(without))},
                       {"within", to_json(std::optional<Money>(within))},
                       {"bound", met ? money(std::max(bound, within.to_double())) : Json(nullptr)},
                       {"cost", to_json(std::optional<Money>(cost))},
                       {"met", met},
                       {"rounds", found.rounds},
                       {"without_rate", without_rate_},
                       {"rows", std::move(list)}};
    return json.dump();
  }

  const LimitedPlan& plan_;
  std::vector<std::optional<account::PlanLine>>& lines_;
  Currency base_;
  std::vector<Problem> problems_;
  int64_t without_rate_ = 0;  // SKUs
};

}  // namespace

std::string keep_within_limits(const LimitedPlan& plan, std::vector<std::optional<account::PlanLine>>& lines) {
  return Limited(plan, lines).keep();
}

}  // namespace destock::app
