#include "server/table_query.h"

#include <gmock/gmock.h>

namespace destock::server {
namespace {

using deliver::Kind;
using testing::ElementsAre;

deliver::Table stock() {
  deliver::Table table{"stock",
                       {"Stock", "库存"},
                       {{"sku", {"SKU", "SKU"}},
                        {"band", {"Band", "库存状态"}},
                        {"units", {"Units", "件数"}, Kind::kUnits},
                        {"cost", {"Cost", "成本"}, Kind::kMoney},
                        {"day", {"Day", "日期"}, Kind::kDay}},
                       {}};
  const auto usd = [](double amount) { return Money::from_double(amount, currency_of("USD")); };
  table.rows = {{std::string("HOSE-1"), Text{"excess", "冗余"}, int64_t{5}, usd(2), make_date(2026, 1, 5)},
                {std::string("mat-2"), Text{"healthy", "健康"}, int64_t{40}, std::monostate{}, make_date(2026, 2, 5)},
                {std::string("hose-3"), Text{"excess", "冗余"}, int64_t{12}, usd(9), make_date(2026, 3, 5)}};
  return table;
}

InBase in_dollars() {
  return {currency_of("USD"), [](Currency currency) -> std::optional<double> {
            if (currency.code() == "USD") return 1.0;
            if (currency.code() == "JPY") return 0.007;
            return std::nullopt;
          }};
}

Result<std::vector<uint32_t>> asked(const deliver::Table& table, const std::string& query) {
  Request request;
  request.query = parse_query(query);
  const auto read = read_table_query(table, request, in_dollars());
  if (!read) return tl::unexpected(read.error());
  return rows_of(table, *read);
}

TEST(TableQuery, FindsWordsInAnyCaseAndLanguage) {
  const auto table = stock();
  EXPECT_THAT(*asked(table, "q=hose"), ElementsAre(0, 2));
  EXPECT_THAT(*asked(table, "q=hose+excess"), ElementsAre(0, 2));
  EXPECT_THAT(*asked(table, "q=%E5%81%A5%E5%BA%B7"), ElementsAre(1));
  EXPECT_THAT(*asked(table, "q=nothing"), ElementsAre());
}

TEST(TableQuery, FiltersTextsFiguresAndDays) {
  const auto table = stock();
  EXPECT_THAT(*asked(table, "f.band=healthy,excess"), ElementsAre(0, 1, 2));
  EXPECT_THAT(*asked(table, "f.units=10.."), ElementsAre(1, 2));
  EXPECT_THAT(*asked(table, "f.units=..12"), ElementsAre(0, 2));
  EXPECT_THAT(*asked(table, "f.cost=0.."), ElementsAre(0, 2)) << "what is unknown passes no filter";
  EXPECT_THAT(*asked(table, "f.day=2026-02-01..2026-02-28"), ElementsAre(1));
}

TEST(TableQuery, SortsWithTheUnknownLast) {
  const auto table = stock();
  EXPECT_THAT(*asked(table, "sort=-cost"), ElementsAre(2, 0, 1));
  EXPECT_THAT(*asked(table, "sort=cost"), ElementsAre(0, 2, 1));
  EXPECT_THAT(*asked(table, "sort=band,-units"), ElementsAre(2, 0, 1));
}

TEST(TableQuery, AValueWithACommaIsOneValue) {
  deliver::Table table{"t", {"T", "表"}, {{"tag", {"Tag", "标签"}}}, {}};
  for (const char* tag : {"Q4,slow", "Q4", "slow", "a, b", "other"}) table.rows.push_back({std::string(tag)});
  EXPECT_THAT(*asked(table, "f.tag=Q4,slow"), ElementsAre(0));
  EXPECT_THAT(*asked(table, "f.tag=Q4,slow&f.tag=a,+b"), ElementsAre(0, 3));
  EXPECT_THAT(*asked(table, "f.tag=slow,Q4"), ElementsAre(1, 2)) << "no row has it whole: a list";
  EXPECT_THAT(*asked(table, "f.tag=Q4&f.tag=slow"), ElementsAre(1, 2));
  EXPECT_FALSE(asked(table, "f.tag=,"));
}

TEST(TableQuery, MoneyOfSeveralCurrenciesIsComparedInOne) {
  deliver::Table table{"t", {"T", "表"}, {{"cost", {"Cost", "成本"}, Kind::kMoney}}, {}};
  for (const auto& [amount, currency] :
       {std::pair{"2", "USD"}, {"900", "JPY"}, {"5", "XYZ"}, {"20", "USD"}, {"1000", "JPY"}})
    table.rows.push_back({Money::of(amount, currency)});
  EXPECT_THAT(*asked(table, "sort=-cost"), ElementsAre(3, 4, 1, 0, 2)) << "what has no rate comes last";
  EXPECT_THAT(*asked(table, "sort=cost"), ElementsAre(0, 1, 4, 3, 2));
  EXPECT_THAT(*asked(table, "f.cost=3..10"), ElementsAre(1, 4));
  Request request;
  request.query = parse_query("sort=cost");
  const auto query = *read_table_query(table, request, in_dollars());
  const auto page = page_json(table, query, rows_of(table, query), Lang::kEn);
  EXPECT_EQ(page["base_currency"], "USD");
  EXPECT_EQ(page["without_rate"].dump(), R"(["XYZ"])");
}

TEST(TableQuery, FacetsSayWhatTheyLeaveOut) {
  deliver::Table table{"t", {"T", "表"}, {{"owner", {"Owner", "负责人"}}}, {}};
  for (int i = 0; i < 450; ++i) table.rows.push_back({"o" + std::to_string(1000 + i % 300)});
  Request request;
  request.query = parse_query("facets=owner");
  const auto query = *read_table_query(table, request, in_dollars());
  const auto page = page_json(table, query, rows_of(table, query), Lang::kEn);
  EXPECT_EQ(page["facets"]["owner"].size(), 200u);
  EXPECT_EQ(page["more_facets"]["owner"], 100);
  EXPECT_EQ(page["facets"]["owner"][0]["rows"], 2) << "those with the most rows are told";
}

TEST(TableQuery, RefusesWhatItCannotRead) {
  const auto table = stock();
  for (const char* query : {"sort=nonsense", "f.nonsense=1", "f.units=many", "f.day=5..", "limit=-1", "limit=nan",
                            "limit=inf", "f.units=nan..nan", "columns=a"}) {
    const auto rows = asked(table, query);
    ASSERT_FALSE(rows) << query;
    EXPECT_EQ(rows.error().kind, ErrorKind::kBadUsage);
  }
}

TEST(TableQuery, PagesAndCountsFacets) {
  const auto table = stock();
  Request request;
  request.query = parse_query("limit=2&facets=band&columns=sku,cost");
  const auto query = *read_table_query(table, request, in_dollars());
  const auto page = page_json(table, query, rows_of(table, query), Lang::kZh);
  EXPECT_EQ(page["total"], 3);
  EXPECT_EQ(page["next"], "2");
  EXPECT_EQ(page["rows"].size(), 2u);
  EXPECT_EQ(page["rows"][0]["cost"]["amount"], "2.00");
  EXPECT_TRUE(page["rows"][1]["cost"].is_null());
  EXPECT_EQ(page["facets"]["band"][0]["value"], "excess");
  EXPECT_EQ(page["facets"]["band"][0]["label"], "冗余");
  EXPECT_EQ(page["facets"]["band"][0]["rows"], 2);
}

TEST(Http, DecodesWhatIsAnEscapeAndKeepsTheRest) {
  EXPECT_EQ(decoded("a%20b+c%zz%", true), "a b c%zz%");
  EXPECT_EQ(decoded("a+b", false), "a+b");
  const auto query = parse_query("&a=1&&b&c=%26=");
  ASSERT_EQ(query.size(), 3u);
  EXPECT_EQ(query[1].second, "");
  EXPECT_EQ(query[2].second, "&=");
}

}  // namespace
}  // namespace destock::server
