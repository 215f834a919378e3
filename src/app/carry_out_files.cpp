#include "app/carry_out_files.h"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "app/json.h"
#include "deliver/template_fill.h"

namespace destock::app {
namespace {

using account::WrittenFile;
using market::CarriedBy;

std::string hex_sha256(const std::string& bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

std::string whole(double units) {
  return fmt::format("{}", std::llround(units));
}

// Everything that one run writes.
class Files {
public:
  Files(const Context& context, const FilesToMake& request)
      : context_(context), request_(request), address_(request.address) {
    for (const TodoItem* item : request.to_write) add(*item);
    for (const TodoItem* item : request.written) add_written(*item);
  }

  void add(const TodoItem& item) {
    by_marketplace_[item.action.marketplace].push_back(&item);
    add_dated(item);
  }
  void add_dated(const TodoItem& item) { dated_.emplace(item.action.id, &item); }
  void add_written(const TodoItem& item) {
    add_dated(item);
    if (item.how.by == CarriedBy::kPriceFile && item.life.written)
      in_price_files_[item.action.marketplace].push_back(&item);
  }

  Result<FilesMade> make() {
    for (const CarryOutRequest::Template& one : request_.templates) {
      const auto kind = deliver::template_kind(one.name, one.bytes);
      if (!kind) return tl::unexpected(kind.error());
      (*kind == deliver::TemplateKind::kListing ? listing_templates_ : discount_templates_).push_back(&one);
    }
    for (auto& [marketplace, items] : by_marketplace_) {
      std::sort(items.begin(), items.end(),
                [](const TodoItem* a, const TodoItem* b) { return a->action.id < b->action.id; });
      if (const auto done = of_marketplace(marketplace, items); !done) return tl::unexpected(done.error());
    }
    if (!request_.seller.empty()) feeds();
    calendar();
    // A template of a store that has no row to be filled in is no fault; one that fits none is.
    if (misfit_ && filled_ == 0) return tl::unexpected(*misfit_);
    return FilesMade{std::move(files_), std::move(notes_)};
  }

private:
  using Items = std::vector<const TodoItem*>;

  Result<void> of_marketplace(const std::string& marketplace, const Items& items) {
    Items prices, business, removals, coupons;
    std::map<std::string, Items> by_hand;  // by channel
    for (const TodoItem* item : items) {
      switch (item->how.by) {
        case CarriedBy::kPriceFile: prices.push_back(item); break;
        case CarriedBy::kBusinessPriceFile: business.push_back(item); break;
        case CarriedBy::kRemovalFile: removals.push_back(item); break;
        case CarriedBy::kCouponSheet: coupons.push_back(item); break;
        default: by_hand[item->action.channel].push_back(item);
      }
    }
    if (!fill_listing(marketplace, prices)) price_files(marketplace, prices);
    if (!fill_discounts(marketplace, by_hand["ped"])) return tl::unexpected(*misfit_);
    std::erase_if(by_hand, [](const auto& channel) { return channel.second.empty(); });
    business_price_files(marketplace, business);
    removal_files(marketplace, removals);
    if (const auto done = coupon_files(marketplace, coupons, by_hand); !done) return done;
    if (!by_hand.empty()) click_file(marketplace, by_hand);
    return {};
  }

  // One SKU once a file: of two steps of a week the later one is for the next.
  static std::map<std::string, const TodoItem*> first_steps(const Items& items) {
    std::map<std::string, const TodoItem*> first;
    for (const TodoItem* item : items) {
      const auto [place, added] = first.try_emplace(item->action.sku, item);
      if (!added && item->action.start < place->second->action.start) place->second = item;
    }
    return first;
  }

  // Into the first listing template that knows this store: a price with its days needs no one to take it back.
  bool fill_listing(const std::string& marketplace, const Items& items) {
    if (items.empty() || listing_templates_.empty()) return false;
    std::vector<deliver::TemplateRow> rows;
    std::vector<std::string> ids;
    for (const auto& [sku, item] : first_steps(items)) {
      rows.push_back({sku, *item->action.price, item->action.start, item->action.end, falls(*item)});
      ids.push_back(item->action.id);
    }
    for (const CarryOutRequest::Template* one : listing_templates_)
      if (put_filled("listing_template", marketplace, *one, rows, ids)) return true;
    return false;
  }

  // A discount has its days on the screen: one sheet for each.
  bool fill_discounts(const std::string& marketplace, Items& items) {
    if (items.empty() || discount_templates_.empty()) return true;
    std::map<std::pair<Date, Date>, Items> groups;
    for (const TodoItem* item : items) groups[{item->action.start, item->action.end}].push_back(item);
    for (const auto& [days, group] : groups) {
      std::vector<deliver::TemplateRow> rows;
      std::vector<std::string> ids;
      for (const TodoItem* item : group) {
        rows.push_back({item->action.sku, *item->action.price, days.first, days.second});
        ids.push_back(item->action.id);
      }
      const std::string from_to = iso(days.first) + "_" + iso(days.second);
      if (!put_filled("price_discount_" + from_to, marketplace, *discount_templates_.front(), rows, ids)) return false;
      notes_.push_back({files_.back().name + ": on the screen enter the name " + ids.front() + ", from " +
                            iso(days.first) + " to " + iso(days.second),
                        files_.back().name + "：页面上填写名称 " + ids.front() + "，日期 " + iso(days.first) + " 至 " +
                            iso(days.second)});
    }
    items.clear();
    return true;
  }

  bool put_filled(const std::string& kind, const std::string& marketplace, const CarryOutRequest::Template& one,
                  const std::vector<deliver::TemplateRow>& rows, const std::vector<std::string>& ids) {
    auto filled = deliver::fill_template(one.name, one.bytes, rows, marketplace_id(marketplace));
    if (!filled) {
      misfit_ = filled.error();
      return false;
    }
    ++filled_;
    const size_t dot = one.name.rfind('.');
    put(kind, marketplace, dot == std::string::npos ? "xlsx" : one.name.substr(dot + 1).c_str(),
        std::move(filled->bytes), ids);
    notes_.insert(notes_.end(), filled->notes.begin(), filled->notes.end());
    return true;
  }

  void price_files(const std::string& marketplace, const Items& items) {
    if (items.empty()) return;
    const auto first = first_steps(items);
    std::vector<deliver::PriceRow> rows;
    std::vector<std::string> ids;
    for (const auto& [sku, item] : first) {
      rows.push_back({sku, *item->action.price, falls(*item)});
      ids.push_back(item->action.id);
      in_price_files_[marketplace].push_back(item);
    }
    put("prices", marketplace, "txt", deliver::price_file(rows), ids);
  }

  void business_price_files(const std::string& marketplace, const Items& items) {
    if (items.empty()) return;
    std::vector<deliver::BusinessPriceRow> rows;
    std::vector<std::string> ids;
    for (const auto& [sku, item] : first_steps(items)) {
      rows.push_back({sku, *item->action.price, item->action.tiers});
      ids.push_back(item->action.id);
    }
    put("business_prices", marketplace, "txt", deliver::business_price_file(rows), ids);
  }

  // The same prices once more, in this week's files of before too: who uploads them by API needs no text file.
  void feeds() {
    for (auto& [marketplace, items] : in_price_files_) {
      std::sort(items.begin(), items.end(),
                [](const TodoItem* a, const TodoItem* b) { return a->action.sku < b->action.sku; });
      Json messages = Json::array();
      std::vector<std::string> ids;
      for (const TodoItem* item : items) {
        messages.push_back(message_of(*item, messages.size() + 1));
        ids.push_back(item->action.id);
      }
      const Json feed{{"header", {{"sellerId", request_.seller}, {"version", "2.0"}, {"issueLocale", "en_US"}}},
                      {"messages", std::move(messages)}};
      put("listings_feed", marketplace, "json", feed.dump(1) + "\n", ids);
    }
  }

  static bool falls(const TodoItem& item) { return !item.price_now || *item.action.price < *item.price_now; }

  Json message_of(const TodoItem& item, size_t number) const {
    const Money price = *item.action.price;
    const Json schedule = Json::array({{{"value_with_tax", Json::parse(price.decimal())}}});
    Json offer{{"marketplace_id", marketplace_id(item.action.marketplace)},
               {"currency", price.currency().str()},
               {"audience", "ALL"},
               {"our_price", Json::array({{{"schedule", schedule}}})}};
    if (falls(item)) offer["minimum_seller_allowed_price"] = Json::array({{{"schedule", schedule}}});
    return {{"messageId", number},
            {"sku", item.action.sku},
            {"operationType", "PATCH"},
            {"productType", request_.product_type},
            {"patches", Json::array({{{"op", "merge"},
                                      {"path", "/attributes/purchasable_offer"},
                                      {"value", Json::array({std::move(offer)})}}})}};
  }

  // Amazon's own id of a store stands among its other names.
  std::string marketplace_id(const std::string& marketplace) const {
    const auto found = context_.facts.marketplaces.find(marketplace);
    if (found == context_.facts.marketplaces.end()) return marketplace;
    for (const std::string& name : found->second.aliases) {
      const bool id = name.size() >= 12 && name.front() == 'A' &&
                      std::all_of(name.begin(), name.end(),
                                  [](unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
      if (id) return name;
    }
    return marketplace;
  }

  void removal_files(const std::string& marketplace, const Items& items) {
    if (items.empty()) return;
    const auto most = static_cast<size_t>(items.front()->how.most_rows);
    std::vector<deliver::RemovalRow> rows;
    std::vector<std::string> ids;
    for (const TodoItem* item : items) {
      const std::string& channel = item->action.channel;
      deliver::RemovalRow row{item->action.id, item->action.sku,
                              channel == "liquidation" ? deliver::Disposition::kLiquidations
                              : item->how.irreversible ? deliver::Disposition::kDisposal
                                                       : deliver::Disposition::kReturn,
                              std::llround(item->action.units_out), 0};
      put("removal_feed/" + item->action.id, marketplace, "txt", deliver::removal_feed(row, address_),
          {item->action.id});
      rows.push_back(std::move(row));
      ids.push_back(item->action.id);
    }
    for (size_t from = 0; from < rows.size(); from += most) {
      const size_t to = std::min(rows.size(), from + most);
      put(from == 0 ? "removals" : fmt::format("removals_part{}", from / most + 1), marketplace, "txt",
          deliver::removal_file({rows.begin() + static_cast<long>(from), rows.begin() + static_cast<long>(to)},
                                address_),
          {ids.begin() + static_cast<long>(from), ids.begin() + static_cast<long>(to)});
    }
  }

  // Lines of one discount and the same days are one coupon; too few of them, or of no known ASIN, are made by hand.
  Result<void> coupon_files(const std::string& marketplace, const Items& items, std::map<std::string, Items>& by_hand) {
    std::map<std::tuple<int, Date, Date>, Items> groups;
    for (const TodoItem* item : items) {
      const Date end = std::min(item->action.end, item->action.start + Days(item->how.sheet->most_days - 1));
      groups[{percent_of(*item), item->action.start, end}].push_back(item);
    }
    std::vector<deliver::CouponRow> rows;
    std::vector<std::string> ids;
    for (const auto& [key, group] : groups) {
      std::vector<deliver::CouponRow> coupons = coupons_of(key, group);
      if (coupons.empty()) {
        Items& hand = by_hand["coupon"];
        hand.insert(hand.end(), group.begin(), group.end());
        continue;
      }
      for (deliver::CouponRow& coupon : coupons) {
        ids.insert(ids.end(), coupon.actions.begin(), coupon.actions.end());
        rows.push_back(std::move(coupon));
      }
    }
    if (rows.empty()) return {};
    const auto sheet = deliver::coupon_sheet(rows);
    if (!sheet) return tl::unexpected(sheet.error());
    put("coupons", marketplace, "xlsx", *sheet, ids);
    return {};
  }

  static int percent_of(const TodoItem& item) {
    return static_cast<int>(std::lround(item.action.discount.value_or(0) * 100));
  }

  std::vector<deliver::CouponRow> coupons_of(const std::tuple<int, Date, Date>& key, const Items& group) const {
    std::map<std::string, const TodoItem*> by_asin;  // variations sell by their own ASIN; an ASIN once a coupon
    for (const TodoItem* item : group)
      if (!item->asin.empty()) by_asin.try_emplace(item->asin, item);
    const market::SheetRule& rule = *group.front()->how.sheet;
    if (by_asin.size() < static_cast<size_t>(rule.least_products) || by_asin.size() != group.size()) return {};
    const auto& [percent, start, end] = key;
    const auto most = static_cast<size_t>(rule.most_products);
    const size_t parts = (by_asin.size() + most - 1) / most;
    std::vector<deliver::CouponRow> coupons;
    size_t at = 0;
    for (const auto& [asin, item] : by_asin) {
      if (at % ((by_asin.size() + parts - 1) / parts) == 0) {
        coupons.push_back({item->action.id, {}, {}, percent, Money::zero(item->action.currency), start, end});
        coupons.back().name += fmt::format(" {}% off", percent);
      }
      deliver::CouponRow& coupon = coupons.back();
      coupon.asins.push_back(asin);
      coupon.actions.push_back(item->action.id);
      const double off = item->action.price ? item->action.price->to_double() * percent / (100.0 - percent) : 0;
      coupon.budget += Money::from_double(
          off * item->action.expected_units.value_or(0) * context_.facts.playbook.carry_out.coupon_budget_room,
          item->action.currency);
      ++at;
    }
    for (deliver::CouponRow& coupon : coupons)
      coupon.budget = Money::from_double(std::max(rule.least_budget, std::ceil(coupon.budget.to_double())),
                                         coupon.budget.currency());
    return coupons;
  }

  void click_file(const std::string& marketplace, const std::map<std::string, Items>& by_hand) {
    const Lang lang = request_.lang;
    const std::string site = listing_address(context_.facts, marketplace);
    const auto link = site.empty() ? std::nullopt : std::optional<std::string>(site);
    std::vector<deliver::ClickBlock> blocks;
    std::vector<std::string> ids;
    for (const auto& [channel, items] : by_hand) {
      deliver::ClickBlock block{items.front()->channel_name.in(lang), items.front()->how.screen.in(lang), {}};
      for (const TodoItem* item : items) {
        const account::ActionRecord& action = item->action;
        deliver::ClickRow row{action.id,
                              action.sku,
                              item->asin,
                              action.title,
                              action.owner,
                              action.price ? action.price->rounded().str() : std::string("–"),
                              iso(action.start) + " – " + iso(action.end),
                              iso(item->by),
                              action.units_out > 0    ? whole(action.units_out)
                              : action.expected_units ? whole(*action.expected_units)
                                                      : std::string("–"),
                              action.discount
                                  ? fmt::format("{:.0f}% ", *action.discount * 100) + Text{"off", "折扣"}.in(lang)
                                  : std::string(),
                              {}};
        for (size_t i = 0; i < action.checks.size(); ++i)
          if (!item->life.checked.contains(static_cast<int>(i))) row.checks.push_back(action.checks[i].in(lang));
        ids.push_back(action.id);
        block.rows.push_back(std::move(row));
      }
      blocks.push_back(std::move(block));
    }
    const Text heading{"To do by hand, week of " + iso(request_.week) + ", " + marketplace,
                       iso(request_.week) + " 当周手动操作清单，" + marketplace};
    put("clicks", marketplace, "html", deliver::click_page(heading.in(lang), blocks, link, lang), ids);
  }

  // All that is approved and not held back, whether it is written now or was before.
  void calendar() {
    std::vector<deliver::CalendarRow> rows;
    std::vector<std::string> ids;
    for (const auto& [key, item] : dated_) {
      const account::ActionRecord& action = item->action;
      const std::string what = item->channel_name.in(request_.lang) + " " + action.sku + " " + action.marketplace +
                               (action.price ? " " + action.price->rounded().str() : std::string());
      if (item->by < action.start)
        rows.push_back({action.id + "-by", Text{"Hand in: ", "提交："}.in(request_.lang) + what,
                        item->how.screen.in(request_.lang), item->by, item->by});
      rows.push_back({action.id, what, action.reason.in(request_.lang), action.start, action.end});
      ids.push_back(action.id);
    }
    if (rows.empty()) return;
    WrittenFile file = named("calendar", "", "ics");
    file.content = deliver::calendar_file(rows, request_.stamp);
    file.sha256 = hex_sha256(file.content);
    file.actions = std::move(ids);
    files_.push_back(std::move(file));
  }

  WrittenFile named(const std::string& kind, const std::string& marketplace, const char* ending) const {
    WrittenFile file;
    file.kind = kind;
    file.marketplace = marketplace;
    file.name = kind + (marketplace.empty() ? "" : "_" + marketplace) + "_" + iso(request_.week) + "." + ending;
    return file;
  }

  void put(const std::string& kind, const std::string& marketplace, const char* ending, std::string bytes,
           std::vector<std::string> actions) {
    WrittenFile file = named(kind, marketplace, ending);
    file.sha256 = hex_sha256(bytes);
    file.content = std::move(bytes);
    file.actions = std::move(actions);
    files_.push_back(std::move(file));
  }

  const Context& context_;
  const FilesToMake& request_;
  const std::optional<deliver::Address>& address_;
  std::map<std::string, Items> by_marketplace_;
  std::map<std::string, const TodoItem*> dated_;  // by id
  std::map<std::string, Items> in_price_files_;   // of before, by marketplace
  std::vector<WrittenFile> files_;
  std::vector<const CarryOutRequest::Template*> listing_templates_, discount_templates_;
  std::optional<Error> misfit_;  // why the last template could not be filled in
  size_t filled_ = 0;
  std::vector<Text> notes_;
};

}  // namespace

Result<FilesMade> make_files(const Context& context, const FilesToMake& files) {
  return Files(context, files).make();
}

}  // namespace destock::app
