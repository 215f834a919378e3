#include <algorithm>
#include <map>
#include <tuple>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/outcomes.h"

namespace destock::store {
namespace {

using Key = std::tuple<bool, std::string, std::string>;  // coupon or not, marketplace, id

account::PromotionRow promotion_in(Cells& c) {
  account::PromotionRow row;
  row.coupon = c.whole().value_or(0) != 0;
  for (auto* words : {&row.id, &row.marketplace, &row.name, &row.type, &row.status}) *words = c.text();
  row.starts_at = c.whole().value_or(0);
  row.ends_at = c.whole().value_or(0);
  row.first_day = c.day();
  row.last_day = c.day();
  for (auto* figure : {&row.updated_at, &row.units, &row.clips, &row.redemptions}) *figure = c.whole();
  row.discount_percent = c.real();
  c.currency();
  for (auto* amount : {&row.discount_amount, &row.revenue, &row.discount, &row.budget, &row.budget_spent})
    *amount = c.money();
  return row;
}

}  // namespace

void write_promotions(soci::session& sql, int64_t import, const account::ReportFacts& facts) {
  BulkInsert rows(sql, "promotion",
                  {{"import_id", kInt}, {"coupon", kInt},          {"promotion_id", kText}, {"marketplace", kText},
                   {"name", kText},     {"kind", kText},           {"status", kText},       {"starts_at", kInt},
                   {"ends_at", kInt},   {"first_day", kInt},       {"last_day", kInt},      {"updated_at", kInt},
                   {"units", kInt},     {"clips", kInt},           {"redemptions", kInt},   {"discount_percent", kReal},
                   {"currency", kText}, {"discount_amount", kInt}, {"revenue", kInt},       {"discount", kInt},
                   {"budget", kInt},    {"budget_spent", kInt}});
  BulkInsert asins(sql, "promotion_asin",
                   {{"import_id", kInt},
                    {"coupon", kInt},
                    {"promotion_id", kText},
                    {"marketplace", kText},
                    {"asin", kText},
                    {"units", kInt},
                    {"views", kInt},
                    {"currency", kText},
                    {"revenue", kInt}});
  for (const account::PromotionRow& row : facts.promotions) {
    rows.add({value(import),
              value(int64_t{row.coupon}),
              value(row.id),
              value(row.marketplace),
              value(row.name),
              value(row.type),
              value(row.status),
              value(row.starts_at),
              value(row.ends_at),
              value(row.first_day),
              value(row.last_day),
              value(row.updated_at),
              value(row.units),
              value(row.clips),
              value(row.redemptions),
              value(row.discount_percent),
              currency_of_any({&row.discount_amount, &row.revenue, &row.discount, &row.budget, &row.budget_spent}),
              value(row.discount_amount),
              value(row.revenue),
              value(row.discount),
              value(row.budget),
              value(row.budget_spent)});
    for (const account::PromotionAsin& product : row.asins)
      asins.add({value(import), value(int64_t{row.coupon}), value(row.id), value(row.marketplace), value(product.asin),
                 value(product.units), value(product.views), currency_of_any({&product.revenue}),
                 value(product.revenue)});
  }
  rows.finish();
  asins.finish();
}

std::vector<account::PromotionRow> read_promotions(soci::session& sql, int64_t account) {
  std::vector<account::PromotionRow> promotions;
  std::vector<int64_t> imports;  // of each
  std::map<Key, size_t> at;
  {
    soci::rowset<soci::row> rows =
        sql.prepare << rows_in_force(
            "t.import_id, t.coupon, t.promotion_id, t.marketplace, t.name, t.kind, t.status, t.starts_at, t.ends_at, "
            "t.first_day, t.last_day, t.updated_at, t.units, t.clips, t.redemptions, t.discount_percent, t.currency, "
            "t.discount_amount, t.revenue, t.discount, t.budget, t.budget_spent",
            "promotion", account);
    for (const soci::row& row : rows) {
      Cells c(row);
      const int64_t import = c.whole().value_or(0);
      account::PromotionRow one = promotion_in(c);
      const auto [held, fresh] = at.try_emplace({one.coupon, one.marketplace, one.id}, promotions.size());
      if (fresh) {
        promotions.push_back(std::move(one));
        imports.push_back(import);
      } else if (one.updated_at >= promotions[held->second].updated_at) {
        promotions[held->second] = std::move(one);
        imports[held->second] = import;
      }
    }
  }
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.import_id, t.coupon, t.marketplace, t.promotion_id, t.asin, t.units, t.views, t.currency, t.revenue",
          "promotion_asin", account);
  for (const soci::row& row : rows) {
    Cells c(row);
    const int64_t import = c.whole().value_or(0);
    const bool coupon = c.whole().value_or(0) != 0;
    std::string marketplace = c.text(), id = c.text();
    const auto held = at.find({coupon, std::move(marketplace), std::move(id)});
    if (held == at.end() || imports[held->second] != import) continue;
    account::PromotionAsin product{c.text(), c.whole(), c.whole()};
    c.currency();
    product.revenue = c.money();
    promotions[held->second].asins.push_back(std::move(product));
  }
  std::stable_sort(promotions.begin(), promotions.end(),
                   [](const auto& a, const auto& b) { return a.starts_at < b.starts_at; });
  return promotions;
}

}  // namespace destock::store
