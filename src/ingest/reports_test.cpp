// Every sample file beside its format: ok/ must be taken over whole, refused/ must say what its .expect says.
// A line of .expect is LINE|COLUMN|VALUE|words of the reason; a single text is part of the whole file's error.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "book.h"
#include "ingest/read_report.h"
#include "ingest/report_format.h"
#include "source_dir.h"
#include "temp_dir.h"

namespace destock::ingest {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, account::ReportKind> kFolders = {
    {"planning", account::ReportKind::kPlanning},
    {"manage_fba", account::ReportKind::kManageFba},
    {"reserved", account::ReportKind::kReserved},
    {"orders", account::ReportKind::kAllOrders},
    {"shipments", account::ReportKind::kShipments},
    {"ledger", account::ReportKind::kLedger},
    {"fee_preview", account::ReportKind::kFeePreview},
    {"storage_fees", account::ReportKind::kStorageFees},
    {"aged_surcharge", account::ReportKind::kAgedSurcharge},
    {"returns", account::ReportKind::kReturns},
    {"cost_sheet", account::ReportKind::kCostSheet},
    {"exchange_rates", account::ReportKind::kExchangeRates},
    {"purchase_orders", account::ReportKind::kPurchaseOrders},
    {"sku_pairs", account::ReportKind::kSkuPairs},
    {"removal_orders", account::ReportKind::kRemovalOrders},
    {"removal_shipments", account::ReportKind::kRemovalShipments},
    {"settlement", account::ReportKind::kSettlement},
    {"promotions", account::ReportKind::kPromotions},
    {"coupons", account::ReportKind::kCoupons},
    {"traffic", account::ReportKind::kTraffic},
    {"transactions", account::ReportKind::kTransactions},
    {"stranded", account::ReportKind::kStranded},
    {"ledger_detail", account::ReportKind::kLedgerDetail},
    {"received", account::ReportKind::kReceived},
    {"fba_promotions", account::ReportKind::kFbaPromotions}};

ReadOptions options() {
  ReadOptions options;
  options.book = test::small_book();
  options.names = test::small_names();
  options.today = make_date(2026, 1, 6);
  return options;
}

std::vector<fs::path> samples(const std::string& which) {
  std::vector<fs::path> files;
  for (const auto& [folder, kind] : kFolders)
    for (const auto& entry : fs::directory_iterator(test::source_dir() / "src/ingest" / folder / which))
      if (entry.path().extension() != ".expect") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Reports, EveryGoodSampleIsTakenOverWhole) {
  for (const fs::path& file : samples("ok")) {
    const auto report = read_report(file.string(), options(), nullptr);
    ASSERT_TRUE(report.has_value()) << file << ": " << report.error().message(Lang::kEn);
    EXPECT_EQ(report->kind, kFolders.at(file.parent_path().parent_path().filename())) << file;
    EXPECT_EQ(report->rows_refused, 0) << file << ": "
                                       << (report->refused.empty()
                                               ? ""
                                               : report->refused[0].column + " " + report->refused[0].reason.en);
    EXPECT_GT(report->rows_imported, 0) << file;
  }
}

TEST(Reports, EveryBadSampleIsRefusedWithItsReason) {
  for (const fs::path& file : samples("refused")) {
    const auto report = read_report(file.string(), options(), nullptr);
    std::istringstream expected(test::read_file(file.string() + ".expect"));
    std::string said;
    if (report) {
      EXPECT_GT(report->rows_refused, 0) << file;
      for (const auto& row : report->refused) {
        said += std::to_string(row.line) + "|" + row.column + "|" + row.value + "|" + row.reason.en + "\n";
        EXPECT_FALSE(row.reason.zh.empty() || row.fix.en.empty() || row.fix.zh.empty()) << file << " " << row.reason.en;
      }
    } else {
      said = report.error().message(Lang::kEn);
    }
    for (std::string line; std::getline(expected, line);) {
      size_t at = 0;  // the parts of a line stand in this order
      for (size_t begin = 0; begin <= line.size();) {
        const size_t end = std::min(line.find('|', begin), line.size());
        const std::string part = line.substr(begin, end - begin);
        at = said.find(part, at);
        ASSERT_NE(at, std::string::npos) << file << ": \"" << part << "\" is not in\n" << said;
        begin = end + 1;
      }
    }
  }
}

const account::PlanningRow& planning_of(const ReadReport& report) {
  return report.facts.planning.at(0);
}

TEST(Reports, EncodingsAndDelimitersGiveTheSameFacts) {
  const auto first =
      read_report((test::source_dir() / "src/ingest/planning/ok/utf8_bom_comma_crlf.csv").string(), options(), nullptr);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->facts.listings[0].title, "Yoga mat, édition bleue");
  EXPECT_EQ(planning_of(*first).available, 2800);
  for (const char* name : {"windows1252_comma.csv", "utf16le_tab.txt", "utf8_tab.txt.gz"}) {
    const auto other = read_report((test::source_dir() / "src/ingest/planning/ok" / name).string(), options(), nullptr);
    ASSERT_TRUE(other.has_value()) << name;
    EXPECT_EQ(other->facts.listings[0].title, first->facts.listings[0].title) << name;
    EXPECT_EQ(planning_of(*other).available, planning_of(*first).available) << name;
    EXPECT_EQ(planning_of(*other).ages, planning_of(*first).ages) << name;
    EXPECT_EQ(planning_of(*other).price, planning_of(*first).price) << name;
  }
}

ReadReport sample(const std::string& name) {
  auto report = read_report((test::source_dir() / "src/ingest" / name).string(), options(), nullptr);
  EXPECT_TRUE(report.has_value()) << name;
  return std::move(*report);
}

TEST(Reports, GermanNumbersAndDatesAreRead) {
  const ReadReport report = sample("planning/ok/de_semicolon_windows1252.csv");
  EXPECT_EQ(planning_of(report).snapshot, make_date(2026, 1, 5));
  EXPECT_EQ(planning_of(report).price, Money::of("29.99", "EUR"));
  EXPECT_EQ(planning_of(report).available, 2800);
  EXPECT_NEAR(*planning_of(report).volume_cuft, 0.0091 * 35.3147, 1e-4);
  EXPECT_EQ(report.facts.listings[0].title, "Yogamatte für draußen");
}

TEST(Reports, AsianEncodingsAreRead) {
  EXPECT_EQ(sample("planning/ok/jp_cp932_tab.txt").facts.listings[0].title,
            "ヨガマット 六ミリ 滑り止め付き 収納ケース付き");
  EXPECT_EQ(sample("planning/ok/zh_gb18030_tab.txt").facts.listings[0].title,
            "加厚瑜伽垫六毫米防滑 家用健身 收纳带 蓝色");
}

TEST(Reports, NewAndOldAgeBandsBothFit) {
  EXPECT_EQ(planning_of(sample("planning/ok/utf8_bom_comma_crlf.csv")).ages.back(),
            (account::AgeBand{366, std::nullopt, 100}));
  const ReadReport newer = sample("planning/ok/utf8_newer_ages.csv");
  EXPECT_EQ(planning_of(newer).ages.back(), (account::AgeBand{456, std::nullopt, 40}));
  EXPECT_EQ(planning_of(newer).fc_transfer, 12);
}

TEST(Reports, MissingNumbersStayMissing) {
  const ReadReport report = sample("planning/ok/missing_numbers.csv");
  EXPECT_FALSE(planning_of(report).units_t7.has_value());
  EXPECT_FALSE(planning_of(report).price.has_value());
  EXPECT_EQ(planning_of(report).ages.front().from_day, 91);  // the first band is not said: it is not 0
}

TEST(Reports, OrdersCountSoldUnitsByTheMarketplacesDay) {
  const ReadReport report = sample("orders/ok/utf8_tab.txt");
  // 06:30 UTC on the 4th is the 3rd in Los Angeles; cancelled and pending lines are no sales; Non-Amazon US draws US
  // stock.
  std::map<std::pair<std::string, int32_t>, int64_t> units;
  for (const account::SalesDay& day : report.facts.sales)
    units[{report.facts.listings[day.listing].marketplace, day.day}] += day.units;
  const auto third = static_cast<int32_t>(day_number(make_date(2026, 1, 3)));
  EXPECT_EQ((units[{"US", third}]), 2);
  EXPECT_EQ((units[{"US", third + 1}]), 1);
  EXPECT_EQ((units[{"CA", third + 1}]), 1);
  EXPECT_EQ(report.rows_imported, 5);
  for (const account::SalesDay& day : report.facts.sales)
    EXPECT_EQ(day.promo_units, report.facts.listings[day.listing].marketplace == "CA" ? 1 : 0);
}

TEST(Reports, MonthFirstDatesAreToldFromTheFile) {
  const ReadReport report = sample("orders/ok/excel_month_first.csv");
  EXPECT_EQ(report.facts.coverage.at(0).first_day, make_date(2022, 4, 12));
  EXPECT_EQ(report.facts.coverage.at(0).last_day, make_date(2022, 4, 30));
}

TEST(Reports, TheLedgerKeepsUnsellableApart) {
  const ReadReport report = sample("ledger/ok/utf8_comma_quoted.csv");
  ASSERT_EQ(report.facts.ledger.size(), 3u);
  EXPECT_FALSE(report.facts.ledger[0].sellable);
  EXPECT_EQ(report.facts.ledger[2].shipments, 12);  // −12 in the file
}

TEST(Reports, CostsCarryTheirCurrency) {
  const ReadReport chinese = sample("cost_sheet/ok/zh_gb18030.csv");
  EXPECT_EQ(chinese.facts.costs[0].unit_cost, Money::of("42.67", "CNY"));
  EXPECT_EQ(chinese.facts.costs[0].lead_time_days, 45);
  EXPECT_EQ(chinese.facts.costs[0].launch, make_date(2025, 3, 1));
  EXPECT_EQ(chinese.facts.costs[0].owner, "李娜");
  const ReadReport english = sample("cost_sheet/ok/en_title_line.csv");
  EXPECT_EQ(english.facts.costs[0].freight, Money::of("18.88", "CNY"));
  EXPECT_EQ(english.facts.costs[1].unit_cost, Money::of("5.10", "USD"));
  EXPECT_FALSE(english.facts.costs[1].freight.has_value());
}

TEST(Reports, OfSeveralPeriodsTheCostOfTodayCounts) {
  ReadOptions named = options();
  named.names.columns[{"cost_sheet", "sku"}] = {"Product Sku"};
  named.names.columns[{"cost_sheet", "unit-cost"}] = {"Total Cost Per Unit"};
  test::TempDir dir;
  const auto report = read_report(dir.write("cogs.csv",
                                            "Product Sku,Asin,Title,From Date,To Date,Total Cost Per Unit,Currency\n"
                                            "MAT-01,B1,Mat,2025-06-01,,5.20,USD\n"
                                            "MAT-01,B1,Mat,2023-01-01,2025-05-31,2.80,USD\n"
                                            "MAT-01,B1,Mat,2027-01-01,,9.90,USD\n"
                                            "MAT-02,B2,Mat,2023-01-01,,3.00,USD\n"),
                                  named, nullptr);
  ASSERT_TRUE(report.has_value()) << report.error().message(Lang::kEn);
  ASSERT_EQ(report->facts.costs.size(), 3u);
  EXPECT_EQ(report->facts.costs[0].unit_cost, Money::of("5.20", "USD"));
  EXPECT_EQ(report->facts.costs[0].from, std::nullopt);
  EXPECT_EQ(report->facts.costs[1].unit_cost, Money::of("9.90", "USD"));
  EXPECT_EQ(report->facts.costs[1].from, make_date(2027, 1, 1)) << "it waits for its day";
  EXPECT_EQ(report->facts.costs[2].unit_cost, Money::of("3.00", "USD"));
  EXPECT_THAT(report->notes,
              testing::Contains(testing::Field(&Text::en, testing::HasSubstr("1 rows are of other days"))));
}

TEST(Reports, SizesAreInInchesAndPounds) {
  const ReadReport report = sample("fee_preview/ok/uk_tab_2026-01-05.txt");
  EXPECT_NEAR(*report.facts.fee_preview[0].longest_in, 24.5, 0.02);
  EXPECT_NEAR(*report.facts.fee_preview[0].weight_lb, 2.6, 0.01);
  EXPECT_EQ(report.facts.fee_preview[0].fulfilment_fee, Money::of("7.17", "GBP"));
}

TEST(Reports, BuyersAreNowhereInTheFacts) {
  const ReadReport report = sample("shipments/ok/utf8_tab.txt");
  for (const account::ListingInfo& listing : report.facts.listings)
    for (const std::string& text : {listing.sku, listing.asin, listing.fnsku, listing.title})
      EXPECT_EQ(text.find("Jane"), std::string::npos);
}

TEST(Reports, ARemovalOrderIsAsItWasLastUpdated) {
  const ReadReport report = sample("removal_orders/ok/utf8_tab.txt");
  ASSERT_EQ(report.facts.removal_orders.size(), 2u);
  const account::RemovalOrderRow& ours = report.facts.removal_orders[0];
  EXPECT_EQ(ours.order_id, "DSK-2025W49-0007");
  EXPECT_EQ(ours.status, "Completed");
  EXPECT_EQ(ours.shipped, 120);
  EXPECT_EQ(ours.fee, Money::of("62.40", "USD"));
  EXPECT_EQ(report.facts.removal_orders[1].disposed, 4);
  EXPECT_EQ(report.facts.removal_orders[1].requested_on, make_date(2025, 12, 2));  // 02:00 UTC is the day before
  EXPECT_TRUE(report.facts.listings.empty());
  const ReadReport comma = sample("removal_orders/ok/semicolon_comma_numbers.csv");
  EXPECT_EQ(comma.facts.removal_orders[0].marketplace, "UK");
  EXPECT_EQ(comma.facts.removal_orders[0].fee, Money::of("12.40", "GBP"));
  EXPECT_FALSE(comma.facts.removal_orders[0].source.size());
}

TEST(Reports, ASettlementSaysWhatWasTakenOfASkuADay) {
  const ReadReport report = sample("settlement/ok/utf8_tab.txt");
  ASSERT_EQ(report.facts.settled_days.size(), 1u);
  const account::SettledDay& day = report.facts.settled_days[0];
  EXPECT_EQ(day.sku, "MAT-01");
  EXPECT_EQ(day.day, make_date(2025, 12, 3));
  EXPECT_EQ(day.units, 3);
  EXPECT_EQ(day.principal, 899'700);
  EXPECT_EQ(day.promotion, -29'000);
  EXPECT_EQ(day.tax, 72'000);
  EXPECT_EQ(day.referral, 130'600);
  EXPECT_EQ(day.fulfilment, 166'200);
  EXPECT_EQ(day.other_fees, 900);
  std::map<std::string, int64_t> money;
  for (const account::SettledAmount& amount : report.facts.settled_amounts)
    money[amount.transaction + " " + amount.description + " " + amount.merchant_order_id] += amount.amount.units();
  EXPECT_EQ(money["Liquidations Principal DSK-2025W49-0007"], 480'000);
  EXPECT_EQ(money["Liquidations LiquidationsBrokerageFee DSK-2025W49-0007"], -72'000);
  EXPECT_EQ(money["other-transaction RemovalComplete DSK-2025W49-0008"], -62'400);
  EXPECT_EQ(money["Order Principal "], 259'900 + 199'900);  // by the seller, and of another channel
  EXPECT_EQ(money["Refund Principal "], -299'900);
}

TEST(Reports, ASettlementOfEuropeHasCommasAndOneSummaryEach) {
  const ReadReport report = sample("settlement/ok/eu_commas_two_settlements.txt");
  ASSERT_EQ(report.facts.settled_days.size(), 2u);
  EXPECT_EQ(report.facts.settled_days[0].settlement, "700");
  EXPECT_EQ(report.facts.settled_days[0].fulfilment, 36'100);
  EXPECT_EQ(report.facts.settled_days[0].day, make_date(2025, 12, 3));
  EXPECT_EQ(report.facts.settled_days[1].marketplace, "UK");
  EXPECT_EQ(report.facts.settled_days[1].currency, currency_of("GBP"));
}

TEST(Reports, APromotionIsItsLastStateWithItsProducts) {
  const ReadReport report = sample("promotions/ok/two_states.json");
  ASSERT_EQ(report.facts.promotions.size(), 2u);
  const account::PromotionRow& deal = report.facts.promotions[0];
  EXPECT_EQ(deal.id, "16913551269");  // a number in the file
  EXPECT_EQ(deal.status, "APPROVED");
  EXPECT_EQ(deal.type, "BEST_DEAL");
  EXPECT_EQ(deal.name, "DSK-2025W49-0007 Garden lights");
  EXPECT_EQ(deal.first_day, make_date(2025, 11, 23));
  EXPECT_EQ(deal.last_day, make_date(2025, 11, 30));  // 07:59 UTC on the 1st
  EXPECT_EQ(deal.units, 121);
  EXPECT_EQ(deal.revenue, Money::of("3291.70", "USD"));
  ASSERT_EQ(deal.asins.size(), 2u);
  EXPECT_EQ(deal.asins[1].asin, "B08755Z2NE");
  EXPECT_EQ(deal.asins[1].units, 101);
  EXPECT_FALSE(deal.asins[1].views.has_value());
  EXPECT_EQ(report.facts.promotions[1].id, "amzn1.promo.a1b2");
  EXPECT_TRUE(report.facts.promotions[1].asins.empty());
}

TEST(Reports, ACouponSaysWhatItGaveAndCost) {
  const ReadReport report = sample("coupons/ok/two.json");
  ASSERT_EQ(report.facts.promotions.size(), 2u);
  const account::PromotionRow& coupon = report.facts.promotions[0];
  EXPECT_TRUE(coupon.coupon);
  EXPECT_EQ(coupon.discount_percent, 10);
  EXPECT_EQ(coupon.clips, 13);
  EXPECT_EQ(coupon.discount, Money::of("40.00", "USD"));
  EXPECT_EQ(coupon.budget_spent, Money::of("42.29", "USD"));
  EXPECT_FALSE(coupon.units.has_value());
  EXPECT_EQ(coupon.asins.size(), 2u);
  EXPECT_EQ(report.facts.promotions[1].discount_amount, Money::of("5.00", "GBP"));
  EXPECT_FALSE(report.facts.promotions[1].budget.has_value());
}

TEST(Reports, TrafficIsOfTheDaysThatItWasAskedFor) {
  const ReadReport report = sample("traffic/ok/by_sku.json");
  ASSERT_EQ(report.facts.traffic.size(), 2u);
  const account::TrafficRow& row = report.facts.traffic[0];
  EXPECT_EQ(row.sku, "MAT-01");
  EXPECT_EQ(row.asin, "B123456789");
  EXPECT_EQ(row.first_day, make_date(2025, 12, 7));  // weeks begin on Sunday
  EXPECT_EQ(row.last_day, make_date(2025, 12, 20));
  EXPECT_EQ(row.sessions, 18);
  EXPECT_DOUBLE_EQ(*row.buy_box, 0.9524);
  EXPECT_EQ(row.units, 1);
  EXPECT_EQ(row.revenue, Money::of("16.79", "USD"));
  const ReadReport csv = sample("traffic/ok/BusinessReport_2025-12-28.csv");
  ASSERT_EQ(csv.facts.traffic.size(), 2u);
  EXPECT_EQ(csv.facts.traffic[0].asin, "B0CHILD001");  // not its parent
  EXPECT_EQ(csv.facts.traffic[0].sessions, 1050);
  EXPECT_DOUBLE_EQ(*csv.facts.traffic[0].buy_box, 0.97);
  EXPECT_EQ(csv.facts.traffic[0].revenue, Money::of("1234.50", "USD"));
  EXPECT_EQ(csv.facts.traffic[0].last_day, make_date(2025, 12, 28));
  EXPECT_FALSE(csv.facts.traffic[0].first_day.has_value());
  EXPECT_FALSE(csv.facts.traffic[1].buy_box.has_value());
  EXPECT_TRUE(csv.facts.traffic[1].sku.empty());
}

TEST(Reports, TransactionsUnderTheirPreambleAreAsSettlementsAre) {
  const ReadReport german = sample("transactions/ok/de_commas.csv");
  ASSERT_EQ(german.facts.settled_days.size(), 1u);
  EXPECT_EQ(german.facts.settled_days[0].fulfilment, 36'100);
  EXPECT_EQ(german.facts.settled_days[0].referral, 45'000);
  EXPECT_EQ(german.facts.settled_days[0].tax, 47'900);
  const ReadReport report = sample("transactions/ok/us_preamble.csv");
  ASSERT_EQ(report.facts.settled_days.size(), 1u);  // shipping that a buyer paid is in the fees of the other line
  EXPECT_FALSE(report.facts.settled_days[0].whole);
  EXPECT_EQ(report.facts.settled_days[0].units, 2);
  EXPECT_EQ(report.facts.settled_days[0].fulfilment, 110'800);
  EXPECT_EQ(report.facts.settled_days[0].promotion, -20'000);
}

TEST(Reports, EventsOfTheLedgerAreSummedByDay) {
  const ReadReport detail = sample("ledger_detail/ok/utf8_tab.txt");
  ASSERT_EQ(detail.facts.stock_events.size(), 3u);
  EXPECT_EQ(detail.facts.stock_events[0].event, "Receipts");
  EXPECT_EQ(detail.facts.stock_events[0].units, 120);
  EXPECT_EQ(detail.facts.stock_events[1].units, -3);
  EXPECT_FALSE(detail.facts.stock_events[2].sellable);
  const ReadReport received = sample("received/ok/utf8_tab.txt");
  ASSERT_EQ(received.facts.stock_events.size(), 2u);
  EXPECT_EQ(received.facts.stock_events[0].units, 100);
  const ReadReport stranded = sample("stranded/ok/stranded_2026-01-05.txt");
  EXPECT_EQ(stranded.facts.stranded[0].removed_from, make_date(2026, 2, 3));
  EXPECT_EQ(stranded.facts.stranded[0].units, 60);
  EXPECT_FALSE(stranded.facts.stranded[1].units.has_value());
  const ReadReport uses = sample("fba_promotions/ok/utf8_tab.txt");
  EXPECT_EQ(uses.facts.promotion_uses[0].lines, 2);
  EXPECT_EQ(uses.facts.promotion_uses[0].discount, Money::of("-5.00", "USD"));
}

std::string error_of_content(const std::string& name, const std::string& content) {
  test::TempDir dir;
  const auto report = read_report(dir.write(name, content), options(), nullptr);
  return report ? "no error" : report.error().message(Lang::kEn);
}

TEST(Reports, FilesThatAreNoReportsSaySo) {
  using testing::HasSubstr;
  EXPECT_THAT(error_of_content("a.csv", ""), HasSubstr("the file is empty"));
  EXPECT_THAT(error_of_content("a.csv", "snapshot-date,sku,available,days-of-supply\n"),
              HasSubstr("a header and no rows"));
  EXPECT_THAT(error_of_content("a.csv", std::string("\x7F"
                                                    "ELF\0\1\2\3\4\5\6\7\0\0\0\0",
                                                    16)),
              HasSubstr("binary"));
  EXPECT_THAT(error_of_content("a.csv", "%PDF-1.4 and so on"), HasSubstr("PDF"));
  EXPECT_THAT(error_of_content("a.csv", "name,age\nAda,36\n"), HasSubstr("not a report that the program reads"));
  EXPECT_THAT(error_of_content("a.json", R"({"promotions": [{"promotionId": "1")"), HasSubstr("cut short"));
  EXPECT_THAT(error_of_content("a.json", R"({"promotions": []})"), HasSubstr("list is empty"));
  EXPECT_THAT(error_of_content("a.json", R"({"errors": [{"code": "Unauthorized"}]})"),
              HasSubstr("an error answer of Amazon"));
  EXPECT_THAT(error_of_content("a.json", R"({"people": [{"name": "Ada"}]})"),
              HasSubstr("not a report that the program reads"));
  EXPECT_THAT(error_of_content("a.xlsx", "PK\x03\x04 no archive"), HasSubstr("workbook cannot be read"));
  EXPECT_THAT(read_report("/no/such/file.csv", options(), nullptr).error().message(Lang::kEn),
              HasSubstr("no such file"));
}

TEST(Reports, ACutOffGzipIsRefused) {
  test::TempDir dir;
  const std::string whole = test::read_file((test::source_dir() / "src/ingest/planning/ok/utf8_tab.txt.gz").string());
  const auto report = read_report(dir.write("cut.txt.gz", whole.substr(0, whole.size() - 20)), options(), nullptr);
  ASSERT_FALSE(report.has_value());
  EXPECT_NE(report.error().message(Lang::kEn).find("cut off"), std::string::npos);
}

TEST(Reports, ALineOfManyMegabytesIsRefusedAlone) {
  test::TempDir dir;
  const std::string good = "2026-01-04T20:30:00+00:00\tShipped\tAmazon.com\tMAT-01\t1\n";
  const std::string content = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\n1\t" + good +
                              "2\t" + std::string(5 << 20, 'x') + "\n3\t" + good;
  const auto report = read_report(dir.write("long.txt", content), options(), nullptr);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->rows_imported, 2);
  ASSERT_EQ(report->rows_refused, 1);
  EXPECT_EQ(report->refused[0].line, 3);
}

TEST(Reports, TheHashIsOfTheBytes) {
  test::TempDir dir;
  const std::string content = test::read_file((test::source_dir() / "src/ingest/orders/ok/utf8_tab.txt").string());
  const auto a = read_report(dir.write("a.txt", content), options(), nullptr);
  const auto b = read_report(dir.write("b.txt", content), options(), nullptr);
  const auto c = read_report(dir.write("c.txt", content + "\n"), options(), nullptr);
  EXPECT_EQ(a->content_hash, b->content_hash);
  EXPECT_NE(a->content_hash, c->content_hash);
  EXPECT_EQ(*hash_of_file(dir.file("a.txt")), a->content_hash);
}

}  // namespace
}  // namespace destock::ingest
