#include "market/facts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/ascii.h"
#include "market/look_again.h"
#include "market/read_categories.h"
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
  if (!currency) root.wrong(key, {"must be a currency of three letters", "须为三个字母的币种"});
  return *currency;
}

PriceEnding read_ending(const FactTable& root) {
  const auto ending = price_ending_of(root.text("price_ending"));
  if (!ending) root.wrong("price_ending", {"must be x.x9, x.99, x8 or none", "须为 x.x9、x.99、x8 或 none"});
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
                          root.share("tax_in_price"),
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
    if (event.last_day < event.first_day) row.tell("last_day", {"is before first_day", "早于 first_day"});
    calendar.events.push_back(std::move(event));
  }
  return calendar;
}

std::vector<ShippedRate> read_shipped_rates(const FactTable& root) {
  std::vector<ShippedRate> rates;
  for (const FactTable& row : root.tables("rate")) {
    ShippedRate rate{{}, read_currency(row, "from"), read_currency(row, "to"), row.number("rate")};
    if (rate.rate <= 0) row.tell("rate", {"must be above nothing", "须大于 0"});
    row.read_source(rate);
    rates.push_back(std::move(rate));
  }
  return rates;
}

ReportChecks read_checks(const FactTable& root) {
  return {root.number("rows_share_low"),   root.number("rows_share_high"),
          root.number("units_share_low"),  root.number("units_share_high"),
          root.whole("min_rows"),          root.number("best_sellers_missing"),
          root.whole("best_sellers"),      root.whole("most_units"),
          root.whole("month_units"),       root.number("orders_gone"),
          root.whole("hole_days"),         root.number("cost_times_price"),
          root.number("cost_least_share"), root.number("cost_usual_from"),
          root.number("cost_usual_to"),    root.number("planning_covers_selling")};
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
    if (report.marks.empty()) row.wrong("marks", {"nothing tells it from others", "缺少可识别的特征"});
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
                                          "network_europe",
                                          "network_north_america",
                                          "own_currency_column",
                                          "landed_cost_column",
                                          "landed_in_brackets",
                                          "purchase_order_done",
                                          "purchase_order_void",
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
      row.wrong("means", {"the program asks for no such meaning", "程序没有该含义"});
    if (std::any_of(words.begin(), words.end(), [&](const CellWords& other) { return other.means == one.means; }))
      row.tell("means", {"stands twice", "重复"});
    if (one.words.empty()) row.wrong("are", {"no words", "没有词语"});
    words.push_back(std::move(one));
  }
  for (const std::string_view meaning : kMeanings)
    if (std::none_of(words.begin(), words.end(), [&](const CellWords& one) { return one.means == meaning; }))
      root.wrong("words", {"there are none for " + std::string(meaning), "没有对应词语：" + std::string(meaning)});
  return words;
}

Result<std::vector<fs::path>> toml_files(const fs::path& dir) {
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
  std::sort(files.begin(), files.end());
  return files;
}

// Reads a file and says whose facts are in it.
using ReadOne = std::function<std::string(const FactTable&)>;

// The user's own files of a folder, by whose facts are in them: whatever it is called, a file stands in for the shipped
// one of the same store or channel.
Result<std::set<std::string>> read_own(const FactFolders& folders, const char* name, const ReadOne& read) {
  std::set<std::string> ids;
  std::error_code error;
  if (folders.own.empty() || !fs::is_directory(folders.own / name, error)) return ids;
  const auto files = toml_files(folders.own / name);
  if (!files) return tl::unexpected(files.error());
  for (const fs::path& file : *files) {
    std::string id;
    const auto done = read_fact_file(file, [&](const FactTable& root) { id = read(root); });
    if (!done) return tl::unexpected(done.error());
    const bool taken = fs::exists(folders.shipped / name / file.filename(), error);
    if (taken && ascii_lower(file.stem().string()) != ascii_lower(id))
      return fail(ErrorKind::kBadInput,
                  {"the file's name is that of another: it is of " + id, "文件名与内容不符：内容属于 " + id},
                  file.string(),
                  {"name it " + ascii_lower(id) + ".toml, or correct what it says it is of",
                   "请改名为 " + ascii_lower(id) + ".toml，或更正其所属"});
    if (!ids.insert(id).second)
      return fail(ErrorKind::kBadInput,
                  {"a second file of your own is of " + id + ": which one counts is not clear",
                   "自有文件中有两份属于 " + id + "：无法判断以哪份为准"},
                  file.string(), {"remove one of them", "请删除其中一份"});
  }
  return ids;
}

// The user's own, then the shipped ones that none of them stands in for.
Result<void> read_all(const FactFolders& folders, const char* name, const ReadOne& read) {
  const auto own = read_own(folders, name, read);
  if (!own) return tl::unexpected(own.error());
  const auto files = toml_files(folders.shipped / name);
  if (!files) return tl::unexpected(files.error());
  for (const fs::path& file : *files) {
    const bool stands_in = std::any_of(own->begin(), own->end(), [&](const std::string& id) {
      return ascii_lower(id) == ascii_lower(file.stem().string());
    });
    if (stands_in) continue;
    if (auto done = read_fact_file(file, [&](const FactTable& root) { read(root); }); !done) return done;
  }
  return {};
}

// A file of the user's own that nothing reads would change nothing, without a word.
Result<void> check_own_files(const FactFolders& folders) {
  static constexpr std::string_view kOfMany[] = {"marketplaces", "ratecards", "channels", "calendars"};
  std::error_code error;
  if (folders.own.empty()) return {};
  for (fs::recursive_directory_iterator it(folders.own, error), end; !error && it != end; it.increment(error)) {
    if (it.depth() >= 1) it.disable_recursion_pending();
    if (it->path().extension() != ".toml") continue;
    const fs::path at = fs::relative(it->path(), folders.own, error);
    const std::string folder = at.parent_path().string();
    if (std::find(std::begin(kOfMany), std::end(kOfMany), folder) != std::end(kOfMany) ||
        (!folder.empty() && fs::exists(folders.shipped / at, error)))
      continue;
    return fail(ErrorKind::kBadInput, {"nothing reads this file of your own facts", "该自有数据文件不会被读取"},
                it->path().string(),
                {"put it where data/ has its like: a rate card into ratecards/, a channel into channels/",
                 "请按 data/ 的结构放置：费率表放入 ratecards/，渠道放入 channels/"});
  }
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

// Rate cards, channels and calendars: a file for each store or channel.
Result<void> load_cards(const FactFolders& folders, const CategoryWords& words, Facts& facts) {
  return read_all(folders, "ratecards",
                  [&](const FactTable& root) {
                    RateCard card = read_rate_card(root);
                    take_category_words(words, card);
                    std::string id = card.marketplace;
                    if (!facts.marketplaces.contains(id))
                      root.wrong("marketplace", {"there is no such store: " + id, "没有该站点：" + id});
                    facts.rate_cards.emplace(id, std::move(card));
                    return id;
                  })
      .and_then([&] {
        return read_all(folders, "channels", [&](const FactTable& root) {
          Channel channel = read_channel(root);
          std::string id = channel.id;
          facts.channels.emplace(id, std::move(channel));
          return id;
        });
      })
      .and_then([&] {
        return read_all(folders, "calendars", [&](const FactTable& root) {
          Calendar calendar = read_calendar(root);
          std::string id = calendar.marketplace;
          facts.calendars.emplace(id, std::move(calendar));
          return id;
        });
      });
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

std::vector<std::string> Facts::programmes_of(std::string_view marketplace, std::string_view sku) const {
  std::vector<std::string> in;
  const std::string here = std::string(marketplace) + " " + std::string(sku);
  for (const std::string& programme : enrolled) {
    const auto out = not_enrolled.find(programme);
    if (out == not_enrolled.end() || (!out->second.contains(sku) && !out->second.contains(here)))
      in.push_back(programme);
  }
  return in;
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
  CategoryWords category_words;
  const auto loaded =
      check_own_files(folders)
          .and_then([&] {
            return read_fact_file(folders.file("words/categories.toml"),
                                  [&](const FactTable& root) { category_words = read_category_words(root); });
          })
          .and_then([&] {
            return read_all(folders, "marketplaces", [&](const FactTable& root) {
              Marketplace marketplace = read_marketplace(root);
              std::string id = marketplace.id;
              facts.marketplaces.emplace(id, std::move(marketplace));
              return id;
            });
          })
          .and_then([&] { return load_cards(folders, category_words, facts); })
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

Result<Linted> lint_fact_file(const fs::path& file, const Facts& facts) {
  Linted found;
  const auto done = read_fact_file(file, [&](const FactTable& root) {
    if (root.has("size_tiers") || root.has("fulfilment") || root.has("referral") || root.has("storage")) {
      found.kind = "rate card";
      const RateCard card = read_rate_card(root);
      const auto named = facts.marketplaces.find(card.marketplace);
      if (named == facts.marketplaces.end())
        root.wrong("marketplace", {"there is no such store: " + card.marketplace, "没有该站点：" + card.marketplace});
      if (named->second.currency.str() != root.text("currency"))
        root.tell("currency", {"is not the one of " + card.marketplace + ", " + named->second.currency.str(),
                               "与 " + card.marketplace + " 的币种 " + named->second.currency.str() + " 不符"});
      look_again(card, facts.public_card(card.marketplace), found);
      const std::string stem = ascii_lower(file.stem().string());
      for (const auto& [id, other] : facts.marketplaces)
        if (stem == ascii_lower(id) && id != card.marketplace)
          root.tell("marketplace", {"the file is named as that of " + id, "文件名属于 " + id});
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
      root.wrong("marketplace", {"this is no rate card, calendar, channel, marketplace or playbook",
                                 "不是费率表、日历、渠道、站点或清仓规则"});
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
