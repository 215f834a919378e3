#include "market/demand_priors.h"

#include <cctype>

#include "market/read_demand_priors.h"

namespace destock::market {
namespace {

LogPrior read_prior(const FactTable& row) {
  LogPrior prior{row.number("median"), row.number("log_sd"), row.text("source"), row.confidence()};
  if (prior.median <= 0) row.tell("median", {"must be above 0", "须大于 0"});
  if (prior.log_sd <= 0) row.tell("log_sd", {"must be above 0", "须大于 0"});
  return prior;
}

}  // namespace

const LogPrior& DemandPriors::elasticity(std::string_view category) const {
  const LogPrior* general = &elasticities.front().elasticity;  // the loader refuses a file without one
  for (const OfCategory& row : elasticities) {
    if (row.category == category) return row.elasticity;
    if (row.category.empty()) general = &row.elasticity;
  }
  return *general;
}

const LogPrior* DemandPriors::event(std::string_view id) const {
  for (const OfEvent& row : events)
    if (row.event == id) return &row.uplift;
  return nullptr;
}

std::array<double, 12> DemandPriors::year_of(std::string_view category) const {
  std::string lower(category);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::array<double, 12> general{};
  double rows = 0;
  for (const YearCurve& curve : curves) {
    for (const std::string& word : curve.words)
      if (!lower.empty() && lower.find(word) != std::string::npos) return curve.months;
    if (!curve.general) continue;
    ++rows;
    for (size_t m = 0; m < general.size(); ++m) general[m] += curve.months[m];
  }
  for (double& month : general) month = rows > 0 ? month / rows : 1;
  return general;
}

const SeasonPrior* DemandPriors::season(std::string_view event) const {
  for (const SeasonPrior& row : seasons)
    if (row.event == event) return &row;
  return nullptr;
}

void read_season_priors(const FactTable& root, DemandPriors& priors) {
  for (const FactTable& row : root.tables("season")) {
    SeasonPrior prior{row.text("event"), static_cast<int>(row.whole("lead_weeks")), row.number("after"),
                      row.texts_or_empty("words")};
    if (prior.lead_weeks < 1 || prior.lead_weeks > 26) row.tell("lead_weeks", {"must be 1 to 26", "须为 1–26"});
    if (prior.after < 0 || prior.after > 1) row.tell("after", {"must be a share of 1", "须为 0–1 之间的比例"});
    priors.seasons.push_back(std::move(prior));
  }
  priors.season_not_with = root.table("guess").texts_or_empty("not_with");
  const FactTable rule = root.table("rule");
  const auto whole = [&](std::string_view key, int64_t most) {
    const int64_t value = rule.whole(key);
    if (value < 1 || value > most)
      rule.tell(key, {"must be 1 to " + std::to_string(most), "须为 1–" + std::to_string(most)});
    return static_cast<int>(value);
  };
  priors.season_rule = {whole("over_after_days", 180), whole("weeks_before", 26), whole("weeks_after", 40),
                        whole("years", 5)};
}

void read_year_curves(const FactTable& root, DemandPriors& priors) {
  for (const FactTable& row : root.tables("curve")) {
    YearCurve curve{
        row.text("kind"), {}, row.texts_or_empty("words"), row.flag_or("general", false), row.text("source")};
    const std::vector<double> months = row.numbers("months");
    if (months.size() != curve.months.size()) row.wrong("months", {"must be twelve", "须为十二个"});
    for (size_t m = 0; m < months.size(); ++m) {
      if (months[m] <= 0) row.tell("months", {"must be above 0", "须大于 0"});
      curve.months[m] = months[m];
    }
    priors.curves.push_back(std::move(curve));
  }
  const FactTable spread = root.table("spread");
  priors.year_spread = {spread.number("amplitude"), spread.number("own"),   spread.number("growth"),
                        spread.number("passing"),   spread.number("noise"), spread.number("group_share")};
}

void read_level_prior(const FactTable& root, DemandPriors& priors) {
  LevelPrior& levels = priors.levels;
  for (const FactTable& row : root.tables("span")) {
    levels.spans.push_back({static_cast<int>(row.whole("weeks")), row.number("recent"), row.number("year"),
                            row.number("same"), row.number("variance")});
    const LevelPrior::Span& span = levels.spans.back();
    if (span.weeks < 1 || (levels.spans.size() > 1 && span.weeks <= levels.spans[levels.spans.size() - 2].weeks))
      row.tell("weeks", {"must ascend", "须递增"});
    if (span.variance <= 0) row.tell("variance", {"must be above 0", "须大于 0"});
  }
  const FactTable listing = root.table("listing");
  const auto list = [&](std::string_view key, size_t count) {
    std::vector<double> values = listing.numbers(key);
    if (values.size() != count)
      listing.wrong(key,
                    {"must be " + std::to_string(count) + " figures", "须为 " + std::to_string(count) + " 个数值"});
    return values;
  };
  levels.pace = list("pace", 5);
  levels.moving = list("moving", 3);
  levels.young = list("young", 3);
  levels.young_level = list("young_level", 3);
  levels.silent_level = list("silent_level", 5);
  levels.silent_stops = list("silent_stops", 5);
  levels.own_season = listing.number("own_season");
  if (levels.own_season <= 0) listing.tell("own_season", {"must be above 0", "须大于 0"});
  levels.own_variance = listing.number("own_variance");
  if (levels.own_variance < 0) listing.tell("own_variance", {"must not be below 0", "不得小于 0"});
  levels.young_season = listing.number("young_season");
  if (levels.young_season < 0) listing.tell("young_season", {"must not be below 0", "不得小于 0"});
  levels.level_sd = listing.number("level_sd");
  levels.span_sd = listing.number("span_sd");
  levels.rows = listing.number("rows");
  levels.scatter_rows = listing.number("scatter_rows");
  levels.stops = listing.number("stops");
}

DemandPriors read_demand_priors(const FactTable& root) {
  DemandPriors priors;
  bool general = false;
  for (const FactTable& row : root.tables("elasticity")) {
    priors.elasticities.push_back({row.text_or("category", ""), read_prior(row)});
    general = general || priors.elasticities.back().category.empty();
  }
  if (!general) root.wrong("elasticity", {"needs a row with category = \"\"", "需要一行 category = \"\""});
  priors.promotion = read_prior(root.table("uplift"));
  const FactTable launch = root.table("launch");
  priors.launch = {launch.number("weeks"), launch.number("first_week_share"), launch.text("source")};
  if (priors.launch.weeks < 1) launch.tell("weeks", {"must be at least 1", "须不小于 1"});
  if (priors.launch.first_week_share <= 0 || priors.launch.first_week_share > 1)
    launch.tell("first_week_share", {"must be above 0 and at most 1", "须大于 0 且不超过 1"});
  for (const FactTable& row : root.tables("event")) priors.events.push_back({row.text("id"), read_prior(row)});
  return priors;
}

}  // namespace destock::market
