// destock fees --marketplace US --dims 10x6x3in --weight 1.2lb --price 24.99 --category "Home & Kitchen" --date
// 2026-03-01 destock fees --audit · destock explain --sku X

#include <algorithm>
#include <memory>

#include "app/json_fees.h"
#include "base/ascii.h"
#include "base/number.h"
#include "cli/amount.h"
#include "cli/command.h"

namespace destock::cli {
namespace {

struct FeesFlags {
  std::string marketplace = "US", dims, weight, price, category, date;
  std::vector<std::string> programmes;
  bool audit = false;
};

std::string lower(std::string text) {
  for (char& c : text) c = ascii_lower(c);
  return text;
}

struct Unit {
  const char* name;
  double factor;
};

// The unit at the end of a text, taken off it; nought where there is none.
double take_unit(std::string& text, std::initializer_list<Unit> units) {
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) continue;
    text.resize(text.size() - std::string_view(unit.name).size());
    return unit.factor;
  }
  return 0;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::optional<double> bare_real(std::string_view text) {
  return is_bare(trimmed(text)) ? parse_real(text, NumberStyle::kPoint) : std::nullopt;
}

// "10x6x3in", "25.4 x 15 x 7.6 cm", "25×15×8厘米": numbers of any sign. 30x20x8 is centimetres to one reader and inches
// to another.
std::optional<std::array<double, 3>> dims_of(std::string text) {
  text = lower(std::move(text));
  const double inch = take_unit(text, {{"cm", 1 / 2.54},
                                       {"mm", 1 / 25.4},
                                       {"in", 1},
                                       {"厘米", 1 / 2.54},
                                       {"公分", 1 / 2.54},
                                       {"毫米", 1 / 25.4},
                                       {"英寸", 1}});
  if (inch <= 0) return std::nullopt;
  for (const char* times : {"×", "＊", "*"}) replace_all(text, times, "x");
  std::array<double, 3> sides{};
  size_t at = 0;
  for (size_t i = 0; i < 3; ++i) {
    const size_t end = std::min(text.find('x', at), text.size());
    const auto side = bare_real(std::string_view(text).substr(at, end - at));
    if (!side || (i < 2 && end == text.size()) || (i == 2 && end != text.size())) return std::nullopt;
    sides[i] = *side * inch;
    at = end + 1;
  }
  return sides;
}

// "1.2lb", "14 oz", "540g", "0.5kg", "540克"
std::optional<double> pounds_of(std::string text) {
  text = lower(std::move(text));
  const double pound = take_unit(text, {{"kg", 2.20462262185},
                                        {"千克", 2.20462262185},
                                        {"公斤", 2.20462262185},
                                        {"lb", 1},
                                        {"磅", 1},
                                        {"oz", 1.0 / 16},
                                        {"盎司", 1.0 / 16},
                                        {"g", 0.00220462262185},
                                        {"克", 0.00220462262185}});
  const auto weight = pound > 0 ? bare_real(text) : std::nullopt;
  return weight ? std::optional(*weight * pound) : std::nullopt;
}

int not_above_nought(const Session& session, const std::string& option, const std::string& given) {
  return session.cannot_read(option, given, {"must be above 0", "须大于 0"});
}

int run_audit(const Session& session, app::Context& context) {
  auto opened = session.open(context);
  if (!opened) return session.code();
  const auto state = session.state(*opened, context);
  if (!state) return session.code();
  const auto audit = economics::audit_fees(state->account, context.facts);
  if (session.format() == Format::kJson)
    session.print_json(app::fee_audit_json(state->account, audit, session.lang()));
  else
    session.print(app::fee_audit_table(state->account, audit));
  const std::string fees = std::to_string(audit.checked_fees);
  const std::string storage = std::to_string(audit.checked_storage);
  session.note({fees + " fulfilment fees and " + storage + " storage charges could be compared",
                "已核对 " + fees + " 项配送费、" + storage + " 项仓储费"});
  return kDone;
}

// By its id or another name of its, however it is written: UK, uk, GB.
const market::Marketplace* marketplace_named(const market::Facts& facts, const std::string& name) {
  for (const auto& [id, marketplace] : facts.marketplaces) {
    const auto& names = marketplace.aliases;
    if (lower(id) == lower(name) ||
        std::any_of(names.begin(), names.end(), [&](const std::string& alias) { return lower(alias) == lower(name); }))
      return &marketplace;
  }
  return nullptr;
}

// Programmes asked for, and those that the account, where there is one, is in.
std::vector<std::string> programmes_of(const FeesFlags& flags, const market::Facts& facts,
                                       const std::string& marketplace) {
  std::vector<std::string> programmes;
  for (const std::string& programme : flags.programmes) programmes.push_back(lower(programme));
  const market::RateCard* card = facts.rate_card(marketplace);
  for (const std::string& own : facts.enrolled)
    if (card && card->programme(own) && std::find(programmes.begin(), programmes.end(), own) == programmes.end())
      programmes.push_back(own);
  return programmes;
}

int run_quote(const Session& session, const FeesFlags& flags, const app::Context& context) {
  const auto sides = dims_of(flags.dims);
  if (!sides)
    return session.cannot_read(
        "--dims", flags.dims,
        {"write them with their unit, as 10x6x3in or 25x15x8cm", "请带单位，写成 10x6x3in 或 25x15x8cm"});
  if (*std::min_element(sides->begin(), sides->end()) <= 0) return not_above_nought(session, "--dims", flags.dims);
  const auto weight = pounds_of(flags.weight);
  if (weight && *weight <= 0) return not_above_nought(session, "--weight", flags.weight);
  if (!weight)
    return session.cannot_read(
        "--weight", flags.weight,
        {"write it with its unit, as 1.2lb, 14oz, 540g or 0.5kg", "请带单位，写成 1.2lb、14oz、540g 或 0.5kg"});
  const market::Marketplace* marketplace = marketplace_named(context.facts, flags.marketplace);
  if (!marketplace)
    return session.cannot_read("--marketplace", flags.marketplace,
                               {"destock facts lists them", "destock facts 可列出全部"});
  const auto price = price_in(flags.price, marketplace->currency);
  if (!price || !price->is_plausible()) {
    const std::string currency(marketplace->currency.str());
    return session.cannot_read("--price", flags.price,
                               {"write it as 24.99, in " + currency, "请写成 24.99，币种为 " + currency});
  }
  if (price->units() <= 0) return not_above_nought(session, "--price", flags.price);
  Date day = context.today();
  if (!flags.date.empty()) {
    const auto given = parse_iso_date(flags.date);
    if (!given) return session.cannot_read("--date", flags.date, {"write it as 2026-03-01", "请写成 2026-03-01"});
    day = *given;
  }
  const auto quote = economics::fee_quote(context.facts, {marketplace->id,
                                                          {*sides, *weight},
                                                          *price,
                                                          flags.category,
                                                          day,
                                                          programmes_of(flags, context.facts, marketplace->id)});
  if (!quote) return session.failed(quote.error());
  if (session.format() == Format::kJson)
    session.print_json(app::fee_quote_json(*quote, session.lang()));
  else
    session.print(app::fee_quote_table(*quote));
  if (session.format() != Format::kJson) {
    session.warn(quote->unknown);
    session.warn(quote->notes);
  }
  return kDone;
}

int run_explain(const Session& session, const std::string& sku, const std::string& marketplace,
                const std::string& until) {
  const auto view = session.view();
  if (!view) return session.code();
  Date last = view->state.account.as_of + Days(90);
  if (!until.empty()) {
    const auto given = parse_iso_date(until);
    if (!given || *given < view->state.account.as_of)
      return session.cannot_read("--until", until,
                                 {"a day on or after " + iso(view->state.account.as_of),
                                  "不早于 " + iso(view->state.account.as_of) + " 的日期"});
    last = *given;
  }
  const auto& listings = view->state.account.listings;
  const auto found = std::find_if(listings.begin(), listings.end(), [&](const account::Listing& listing) {
    return listing.sku == sku && (marketplace.empty() || listing.marketplace == marketplace);
  });
  if (found == listings.end())
    return session.failed({ErrorKind::kNotFound,
                           {"no such SKU: " + sku, "没有该 SKU：" + sku},
                           {},
                           {"destock health --all lists them", "destock health --all 可列出全部"}});
  std::string others;
  for (const account::Listing& listing : listings)
    if (listing.sku == sku && &listing != &*found && marketplace.empty()) add_to_list(others, listing.marketplace);
  if (!others.empty())
    session.note({sku + " is listed in several marketplaces: this is " + found->marketplace +
                      "; pass --marketplace for " + others,
                  sku + " 在多个站点有售：以下为 " + found->marketplace + " 站；其他站点（" + others +
                      "）请用 --marketplace 指定"});
  const auto explanation =
      economics::explain(view->state.account, static_cast<size_t>(found - listings.begin()), view->context.facts, last);
  if (session.format() == Format::kJson)
    session.print_json(app::explanation_json(*found, explanation, session.lang()));
  else
    session.print(app::explanation_table(explanation, view->context.facts));
  return kDone;
}

}  // namespace

void add_fees(Commands& commands) {
  auto flags = std::make_shared<FeesFlags>();
  const Flags command = commands.add(
      "fees",
      {"size tier and every fee of a product, with the card and source that gave it; or the audit of your own fees",
       "产品的尺寸分段与各项费用及来源；或核对自己的费用"});
  command.text("--marketplace", flags->marketplace, {"US, CA, UK, …", "US、CA、UK 等"}).shows_default();
  const Flag dims = command.text("--dims", flags->dims,
                                 {"packaged sides, as 10x6x3in or 25x15x8cm", "含包装尺寸，如 10x6x3in 或 25x15x8cm"});
  const Flag weight = command.text("--weight", flags->weight,
                                   {"packaged weight, as 1.2lb, 14oz, 540g", "含包装重量，如 1.2lb、14oz、540g"});
  const Flag price = command.text("--price", flags->price, {"selling price, as 24.99", "售价，如 24.99"});
  dims.needs(weight).needs(price);
  command.text("--category", flags->category, {"category, as \"Home & Kitchen\"", "类目，如 “Home & Kitchen”"});
  command.text("--date", flags->date, {"the day whose card counts; default today", "采用该日的费率表；默认今天"});
  command.list("--programme", flags->programmes,
               {"a programme that the seller is in, as cep; may be given again", "卖家已加入的计划，如 cep；可重复"});
  command.toggle(
      "--audit", flags->audit,
      {"compare the account's previewed and charged fees with the card", "将账户的预览与实收费用与费率表核对"});
  command.example(
      {"destock fees --marketplace US --dims 10x6x3in --weight 1.2lb --price 24.99 --category \"Home & Kitchen\" "
       "--date "
       "2026-03-01",
       {}});
  command.require("--dims or --audit", [flags, dims] { return flags->audit || dims.given(); });
  command.runs([flags](const Session& session) {
    auto context = session.context();
    if (!context) return session.code();
    if (flags->audit) return run_audit(session, *context);
    if (session.has_account() && !session.open(*context)) return session.code();
    return run_quote(session, *flags, *context);
  });
}

void add_explain(Commands& commands) {
  auto sku = std::make_shared<std::string>();
  auto marketplace = std::make_shared<std::string>();
  auto until = std::make_shared<std::string>();
  const Flags command =
      commands.add("explain", {"the economics of a SKU, opened into its parts", "单个 SKU 的经济账，逐项展开"});
  command.text("--sku", *sku, {"SKU", "SKU"}).required();
  command.text("--marketplace", *marketplace, {"where the SKU is listed in several", "SKU 在多个站点时指定"});
  command.text("--until", *until, {"holding up to this day; default 90 days on", "不动至该日；默认 90 天后"});
  command.runs(
      [sku, marketplace, until](const Session& session) { return run_explain(session, *sku, *marketplace, *until); });
}

}  // namespace destock::cli
