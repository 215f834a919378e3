#include "market/facts.h"

#include <algorithm>
#include <iterator>

#include "market/read_channel.h"
#include "market/read_demand_priors.h"
#include "market/read_playbook.h"
#include "market/read_promotions.h"
#include "market/read_rate_card.h"
#include "market/toml_file.h"

namespace destock::market {
namespace {

namespace fs = std::filesystem;

Currency read_currency(const FactTable& root, std::string_view key) {
  const auto currency = Currency::parse(root.text(key));
  if (!currency) root.wrong(key, "must be a currency of three letters");
  return *currency;
}

PriceEnding read_ending(const FactTable& root) {
  const auto ending = price_ending_of(root.text("price_ending"));
  if (!ending) root.wrong("price_ending", "must be x.x9, x.99, x8 or none");
  return *ending;
}

Marketplace read_marketplace(const FactTable& root) {
  Marketplace marketplace{root.text("id"),
                          root.both_languages("name"),
                          read_currency(root, "currency"),
                          root.text("time_zone"),
                          root.texts_or_empty("sales_channels"),
                          root.texts_or_empty("aliases"),
                          root.texts_or_empty("centre_countries"),
                          root.text_or("network", ""),
                          root.text("storage_unit") == "m3",
                          root.number("tax_in_price"),
                          read_ending(root)};
  return marketplace;
}

Calendar read_calendar(const FactTable& root) {
  Calendar calendar{root.text("marketplace"), {}};
  for (const FactTable& row : root.tables("event")) {
    Event event{row.text("id"),
                row.both_languages("name"),
                row.day("first_day"),
                row.day("last_day"),
                row.day_if("stock_in_by"),
                row.day_if("deals_close"),
                row.text("source"),
                row.confidence()};
    if (event.last_day < event.first_day) row.wrong("last_day", "is before first_day");
    calendar.events.push_back(std::move(event));
  }
  return calendar;
}

std::vector<ShippedRate> read_shipped_rates(const FactTable& root) {
  std::vector<ShippedRate> rates;
  for (const FactTable& row : root.tables("rate")) {
    ShippedRate rate{{}, read_currency(row, "from"), read_currency(row, "to"), row.number("rate")};
    if (rate.rate <= 0) row.wrong("rate", "must be above nothing");
    row.read_source(rate);
    rates.push_back(std::move(rate));
  }
  return rates;
}

ReportChecks read_checks(const FactTable& root) {
  return {root.number("rows_share_low"),
          root.number("rows_share_high"),
          root.number("units_share_low"),
          root.number("units_share_high"),
          root.whole("min_rows"),
          root.number("best_sellers_missing"),
          root.whole("best_sellers"),
          root.whole("most_units"),
          root.whole("month_units"),
          root.whole("hole_days"),
          root.number("planning_covers_selling")};
}

std::vector<ColumnNames> read_column_names(const FactTable& root) {
  std::vector<ColumnNames> columns;
  for (const FactTable& row : root.tables("column"))
    columns.push_back({row.text("report"), row.text("column"), row.texts_or_empty("names")});
  return columns;
}

// "order-id + payments-date": names that must stand together.
std::vector<std::string> parts_of(std::string_view mark) {
  constexpr std::string_view kAnd = " + ";
  std::vector<std::string> parts;
  for (size_t at = 0;;) {
    const size_t end = mark.find(kAnd, at);
    parts.emplace_back(mark.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + kAnd.size();
  }
}

std::vector<UnreadReport> read_unread_reports(const FactTable& root) {
  std::vector<UnreadReport> reports;
  for (const FactTable& row : root.tables("report")) {
    UnreadReport report{row.text("id"), row.both_languages("name"), {}, row.both_languages("says")};
    for (const std::string& mark : row.texts_or_empty("marks")) report.marks.push_back(parts_of(mark));
    if (report.marks.empty()) row.wrong("marks", "nothing tells it from others");
    reports.push_back(std::move(report));
  }
  return reports;
}

// What the program asks of cells and of names of files; the file must say each once.
constexpr std::string_view kMeanings[] = {"order_cancelled",
                                          "order_pending",
                                          "order_sold",
                                          "yes",
                                          "sellable",
                                          "unsellable",
                                          "cubic_foot",
                                          "cubic_metre",
                                          "cubic_decimetre",
                                          "cubic_centimetre",
                                          "cubic_inch",
                                          "inch",
                                          "foot",
                                          "metre",
                                          "centimetre",
                                          "millimetre",
                                          "pound",
                                          "ounce",
                                          "kilogram",
                                          "gram",
                                          "week",
                                          "month",
                                          "every_store",
                                          "report_ending",
                                          "other_ending",
                                          "figure",
                                          "currency_column",
                                          "telling_column",
                                          "own_cost_column",
                                          "rate_sign",
                                          "one_unit",
                                          "several_units",
                                          "dozen",
                                          "no_unit",
                                          "hundredth",
                                          "pieces",
                                          "japanese_cost_column",
                                          "old_column",
                                          "transaction_order",
                                          "total_row",
                                          "no_data",
                                          "language_german",
                                          "language_french",
                                          "language_italian",
                                          "language_spanish",
                                          "language_dutch",
                                          "language_polish",
                                          "language_swedish",
                                          "language_turkish",
                                          "language_portuguese"};

std::vector<CellWords> read_cell_words(const FactTable& root) {
  std::vector<CellWords> words;
  for (const FactTable& row : root.tables("words")) {
    CellWords one{row.text("means"), row.texts_or_empty("are")};
    if (std::find(std::begin(kMeanings), std::end(kMeanings), one.means) == std::end(kMeanings))
      row.wrong("means", "the program asks for no such meaning");
    if (std::any_of(words.begin(), words.end(), [&](const CellWords& other) { return other.means == one.means; }))
      row.wrong("means", "stands twice");
    if (one.words.empty()) row.wrong("are", "no words");
    words.push_back(std::move(one));
  }
  for (const std::string_view meaning : kMeanings)
    if (std::none_of(words.begin(), words.end(), [&](const CellWords& one) { return one.means == meaning; }))
      root.wrong("words", "there are none for " + std::string(meaning));
  return words;
}

// The files of a folder of facts; a file of the user's own, of the same name, stands in for the shipped one, and may
// add one.
Result<std::vector<fs::path>> toml_files(const fs::path& dir, const fs::path& own) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".toml") files.push_back(it->path());
  if (error)
    return fail(ErrorKind::kNotFound,
                {"the facts folder cannot be read: " + error.message(), "无法读取数据目录：" + error.message()},
                dir.string(),
                {"set DESTOCK_DATA to the folder that holds ratecards/ and playbooks/",
                 "请将 DESTOCK_DATA 设为包含 ratecards/ 与 playbooks/ 的目录"});
  if (!own.empty()) {
    for (fs::directory_iterator it(own, error), end; !error && it != end; it.increment(error)) {
      if (it->path().extension() != ".toml") continue;
      const auto same = std::find_if(files.begin(), files.end(),
                                     [&](const fs::path& file) { return file.filename() == it->path().filename(); });
      if (same != files.end())
        *same = it->path();
      else
        files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end(),
            [](const fs::path& a, const fs::path& b) { return a.filename() < b.filename(); });
  return files;
}

Result<void> read_all(const FactFolders& folders, const char* name, const std::function<void(const FactTable&)>& read) {
  auto files = toml_files(folders.shipped / name, folders.own.empty() ? fs::path() : folders.own / name);
  if (!files) return tl::unexpected(files.error());
  for (const fs::path& file : *files)
    if (auto done = read_fact_file(file, read); !done) return done;
  return {};
}

// What is believed of demand: four files.
Result<void> load_demand(const FactFolders& folders, Facts& facts) {
  using Read = void (*)(const FactTable&, DemandPriors&);
  static constexpr std::pair<const char*, Read> kFiles[] = {
      {"demand/priors.toml", [](const FactTable& root, DemandPriors& priors) { priors = read_demand_priors(root); }},
      {"demand/seasons.toml", read_season_priors},
      {"demand/curves.toml", read_year_curves},
      {"demand/levels.toml", read_level_prior}};
  for (const auto& [name, read] : kFiles) {
    const auto done =
        read_fact_file(folders.file(name), [&, of = read](const FactTable& root) { of(root, facts.demand); });
    if (!done) return done;
  }
  return {};
}

}  // namespace

const RateCard* Facts::rate_card(std::string_view marketplace) const {
  const auto found = rate_cards.find(marketplace);
  return found == rate_cards.end() ? nullptr : &found->second;
}

const RateCard* Facts::public_card(std::string_view marketplace) const {
  if (public_cards.empty()) return rate_card(marketplace);
  const auto found = public_cards.find(marketplace);
  return found == public_cards.end() ? nullptr : &found->second;
}

const Calendar* Facts::calendar(std::string_view marketplace) const {
  const auto found = calendars.find(marketplace);
  return found == calendars.end() ? nullptr : &found->second;
}

void Facts::ship_rates(ExchangeRates& rates) const {
  for (const ShippedRate& rate : shipped_rates) rates.add_shipped(rate.effective_from, rate.from, rate.to, rate.rate);
}

const Channel* Facts::channel(std::string_view id) const {
  const auto found = channels.find(id);
  return found == channels.end() ? nullptr : &found->second;
}

fs::path FactFolders::file(const char* name) const {
  std::error_code error;
  return !own.empty() && fs::exists(own / name, error) ? own / name : shipped / name;
}

Result<Facts> load_facts(const FactFolders& folders) {
  Facts facts;
  const auto loaded =
      read_all(folders, "marketplaces",
               [&](const FactTable& root) {
                 Marketplace marketplace = read_marketplace(root);
                 std::string id = marketplace.id;
                 facts.marketplaces.emplace(std::move(id), std::move(marketplace));
               })
          .and_then([&] {
            return read_all(folders, "ratecards", [&](const FactTable& root) {
              RateCard card = read_rate_card(root);
              std::string id = card.marketplace;
              facts.rate_cards.emplace(std::move(id), std::move(card));
            });
          })
          .and_then([&] {
            return read_all(folders, "channels", [&](const FactTable& root) {
              Channel channel = read_channel(root);
              std::string id = channel.id;
              facts.channels.emplace(std::move(id), std::move(channel));
            });
          })
          .and_then([&] {
            return read_all(folders, "calendars", [&](const FactTable& root) {
              Calendar calendar = read_calendar(root);
              std::string id = calendar.marketplace;
              facts.calendars.emplace(std::move(id), std::move(calendar));
            });
          })
          .and_then([&] { return load_playbook(folders.file("playbooks/default.toml"), facts); })
          .and_then([&] {
            return read_fact_file(folders.file("words/playbook.toml"),
                                  [&](const FactTable& root) { facts.rule_words = read_rule_words(root); });
          })
          .and_then([&] {
            return read_fact_file(folders.file("checks/reports.toml"),
                                  [&](const FactTable& root) { facts.checks = read_checks(root); });
          })
          .and_then([&] {
            return read_fact_file(folders.file("reports/columns.toml"),
                                  [&](const FactTable& root) { facts.report_names.columns = read_column_names(root); });
          })
          .and_then([&] {
            return read_fact_file(folders.file("reports/unread.toml"), [&](const FactTable& root) {
              facts.report_names.unread = read_unread_reports(root);
            });
          })
          .and_then([&] {
            return read_fact_file(folders.file("reports/words.toml"),
                                  [&](const FactTable& root) { facts.report_names.words = read_cell_words(root); });
          })
          .and_then([&] {
            return read_fact_file(folders.file("promotions/rules.toml"),
                                  [&](const FactTable& root) { facts.promotions = read_promotions(root); });
          })
          .and_then([&] { return load_demand(folders, facts); })
          .and_then([&] {
            return read_fact_file(folders.file("rates/shipped.toml"),
                                  [&](const FactTable& root) { facts.shipped_rates = read_shipped_rates(root); });
          });
  if (!loaded) return tl::unexpected(loaded.error());
  return facts;
}

namespace {

// What a card says that is not wrong, and yet may not be meant.
void look_again(const RateCard& card, const Facts& facts, Linted& found) {
  const auto warn = [&](const std::string& en, const std::string& zh) { found.warnings.push_back({en, zh}); };
  const auto open = [&](const auto& rows, const char* name, const char* zh) {
    for (const auto& row : rows)
      if (row.confidence == Confidence::kSingle && row.source.size() < 4)
        warn(std::string(name) + ": its source says little: " + row.source,
             std::string(zh) + "：来源过于简略：" + row.source);
    found.rows += rows.size();
  };
  open(card.storage, "storage", "仓储费");
  open(card.aged, "aged_surcharge", "超龄附加费");
  open(card.referral, "referral", "佣金");
  open(card.removal, "removal", "移除费");
  open(card.liquidation, "liquidation", "批量清货");
  open(card.size_tiers, "size_tiers", "尺寸分段");
  open(card.fulfilment, "fulfilment", "配送费");
  open(card.surcharges, "surcharge", "附加费");
  open(card.overmax, "overmax", "超大件处理费");
  open(card.low_inventory, "low_inventory", "低库存费");
  open(card.utilisation, "utilisation", "利用率附加费");
  for (const FulfilmentTable& table : card.fulfilment)
    for (const FulfilmentTier& tier : table.tiers) {
      const bool known = std::any_of(card.size_tiers.begin(), card.size_tiers.end(), [&](const SizeTiers& tiers) {
        return std::any_of(tiers.tiers.begin(), tiers.tiers.end(),
                           [&](const SizeTier& one) { return one.id == tier.tier; });
      });
      if (!known && !card.size_tiers.empty())
        warn("fulfilment of " + tier.tier + ": no size tier has that id", "配送费 " + tier.tier + "：没有该尺寸分段");
    }
  const RateCard* shipped = facts.public_card(card.marketplace);
  if (!facts.marketplaces.contains(card.marketplace))
    warn("no such marketplace: " + card.marketplace, "没有该站点：" + card.marketplace);
  else if (shipped && shipped->fulfilment.size() > card.fulfilment.size())
    warn("the shipped card has more fulfilment tables: a file of one's own stands in for the whole card",
         "自带费率表的配送费表更多：自有文件会整体替换该费率表");
}

}  // namespace

Result<Linted> lint_fact_file(const fs::path& file, const Facts& facts) {
  Linted found;
  const auto done = read_fact_file(file, [&](const FactTable& root) {
    if (root.has("size_tiers") || root.has("fulfilment") || root.has("referral") || root.has("storage")) {
      found.kind = "rate card";
      const RateCard card = read_rate_card(root);
      const auto named = facts.marketplaces.find(card.marketplace);
      if (named != facts.marketplaces.end() && named->second.currency.str() != root.text("currency"))
        root.wrong("currency", "is not the one of " + card.marketplace + ", " + named->second.currency.str());
      look_again(card, facts, found);
    } else if (root.has("event")) {
      found.kind = "calendar";
      found.rows = read_calendar(root).events.size();
    } else if (root.has("stock_to_sales")) {
      found.kind = "playbook";
      static_cast<void>(read_playbook(root));
      found.rows = 1;
    } else if (root.has("kind")) {
      found.kind = "channel";
      found.rows = read_channel(root).fees.size();
    } else if (root.has("time_zone")) {
      found.kind = "marketplace";
      static_cast<void>(read_marketplace(root));
      found.rows = 1;
    } else {
      root.wrong("marketplace", "this is no rate card, calendar, channel, marketplace or playbook");
    }
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

Result<void> load_playbook(const fs::path& file, Facts& facts) {
  return read_fact_file(file, [&](const FactTable& root) {
    facts.playbook = read_playbook(root);
    facts.playbook_text = root.written();
  });
}

}  // namespace destock::market
