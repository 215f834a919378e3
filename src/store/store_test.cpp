#include "store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/database.h"
#include "store/in_force.h"
#include "temp_dir.h"

namespace destock::store {
namespace {

using account::Coverage;
using account::ImportRecord;
using account::ReportFacts;
using account::ReportKind;
using testing::HasSubstr;

const Date kDay = make_date(2026, 1, 5);

ImportRecord record_of(ReportKind kind, const std::string& hash) {
  return {0,
          kind,
          hash + ".csv",
          hash,
          "2026-01-05T08:00:00Z",
          "UTF-8",
          1,
          1,
          0,
          {"sku", "available"},
          account::ImportStatus::kInForce,
          {{"a note", "说明"}},
          {}};
}

ReportFacts planning_facts(int64_t available, Date day = kDay) {
  ReportFacts facts;
  facts.listings.push_back({"US", "A", "B0A", "X0A", "Title, 标题"});
  account::PlanningRow row;
  row.snapshot = day;
  row.available = available;
  row.price = Money::of("29.99", "USD");
  row.ages = {{0, 90, available - 1}, {366, std::nullopt, 1}};
  row.sell_through = 0.25;
  facts.planning.push_back(row);
  facts.coverage.push_back({"US", day, day, {}, {}, 1, 1, available});
  return facts;
}

ReportFacts sales_facts(Date from, Date to, int64_t a_day, bool instants = false) {
  ReportFacts facts;
  facts.listings.push_back({"US", "A", "", "", ""});
  for (Date day = from; day <= to; day += Days(1))
    facts.sales.push_back({0, static_cast<int32_t>(day_number(day)), a_day, a_day * 10'000, a_day, 0, 0});
  Coverage coverage{"US", from, to, {}, {}, 1, 1, 0};
  if (instants) {
    coverage.first_instant = day_number(from) * 86'400 + 43'200;
    coverage.last_instant = day_number(to) * 86'400 + 43'199;
  }
  facts.coverage.push_back(coverage);
  return facts;
}

class StoreTest : public testing::Test {
protected:
  StoreTest() : store(*Store::open(dir.file("a.db"))), account(*store.account("default")) {}
  int64_t add(ReportKind kind, const std::string& hash, const ReportFacts& facts,
              std::vector<account::RefusedRow> refused = {}) {
    ImportRecord record = record_of(kind, hash);
    record.rows_refused = static_cast<int64_t>(refused.size());
    const auto id = store.add_import(account, record, facts, refused);
    EXPECT_TRUE(id.has_value()) << id.error().message(Lang::kEn);
    return id->id;
  }
  test::TempDir dir;
  Store store;
  int64_t account;
};

TEST_F(StoreTest, FactsComeBackAsTheyWent) {
  add(ReportKind::kPlanning, "h1", planning_facts(50));
  const auto facts = store.facts_in_force(account, kDay);
  ASSERT_TRUE(facts.has_value()) << facts.error().message(Lang::kEn);
  ASSERT_EQ(facts->planning.size(), 1u);
  EXPECT_EQ(facts->planning[0].available, 50);
  EXPECT_EQ(facts->planning[0].price, Money::of("29.99", "USD"));
  EXPECT_EQ(facts->planning[0].ages, (std::vector<account::AgeBand>{{0, 90, 49}, {366, std::nullopt, 1}}));
  EXPECT_FALSE(facts->planning[0].reserved.has_value());  // missing stays missing
  EXPECT_EQ(facts->planning[0].sell_through, 0.25);
  EXPECT_EQ(facts->listings[0].title, "Title, 标题");
}

TEST_F(StoreTest, ANewerSnapshotAddsAndOverwritesNothing) {
  add(ReportKind::kPlanning, "old", planning_facts(80, kDay - Days(7)));
  add(ReportKind::kPlanning, "new", planning_facts(50));
  EXPECT_EQ(store.facts_in_force(account, kDay)->planning[0].available, 50);
  EXPECT_EQ(store.facts_in_force(account, kDay - Days(1))->planning[0].available, 80);
}

TEST_F(StoreTest, WhatIsKnownIsNotAddedAgain) {
  const int64_t first = add(ReportKind::kPlanning, "h1", planning_facts(50));
  EXPECT_TRUE(store.known_import(account, "h1", "")->has_value());
  EXPECT_FALSE(store.known_import(account, "h2", "")->has_value());
  EXPECT_FALSE(store.known_import(account, "h1", "marketplace=UK;")->has_value());
  const auto again = store.add_import(account, record_of(ReportKind::kPlanning, "h1"), planning_facts(60), {});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->known);
  EXPECT_EQ(again->id, first);
  EXPECT_EQ(store.imports(account)->size(), 1u);
  EXPECT_EQ(store.facts_in_force(account, kDay)->planning.size(), 1u);
}

TEST_F(StoreTest, WhatIsDiscardedMayBeImportedAgain) {
  const int64_t first = add(ReportKind::kPlanning, "h1", planning_facts(50));
  ASSERT_TRUE(store.set_import_status(account, first, account::ImportStatus::kDiscarded));
  EXPECT_FALSE(store.known_import(account, "h1", "")->has_value());
  const int64_t second = add(ReportKind::kPlanning, "h1", planning_facts(50));
  EXPECT_NE(second, first);
  EXPECT_FALSE(store.set_import_status(account, first, account::ImportStatus::kInForce)) << "its like is in use";
}

TEST_F(StoreTest, EveryWriteRaisesTheRevision) {
  std::vector<std::string> states = {*store.state_of(account)};
  const auto changed = [&](const char* what) {
    states.push_back(*store.state_of(account));
    for (size_t i = 0; i + 1 < states.size(); ++i) EXPECT_NE(states[i], states.back()) << what;
  };
  ImportRecord waiting = record_of(ReportKind::kPlanning, "h1");
  waiting.status = account::ImportStatus::kSetAside;
  const auto id = store.add_import(account, waiting, planning_facts(50), {});
  changed("import");
  ASSERT_TRUE(store.set_import_status(account, id->id, account::ImportStatus::kDiscarded));
  changed("a set-aside import that is discarded");
  ASSERT_TRUE(store.add_rate(account, {kDay, currency_of("USD"), currency_of("CNY"), 7.2}));
  changed("rate");
  ASSERT_TRUE(store.set_base_currency(account, currency_of("CNY")));
  changed("base currency");
  ASSERT_TRUE(store.add_plan(account, {0, "optimal", kDay, kDay, 26, "2026-01-05T08:00:00Z", {}}));
  changed("plan");
  for (const char* value : {"on", "off", "on"}) {
    ASSERT_TRUE(store.change_settings(account, [&](Store::Settings now) -> Result<Store::Settings> {
      now.values["channel.woot"] = value;
      return now;
    }));
    changed("a setting, also one taken back");
  }
}

TEST_F(StoreTest, RatesOfDiscardedImportsAreNotListed) {
  ReportFacts facts;
  facts.rates.push_back({kDay, currency_of("USD"), currency_of("CNY"), 7.2});
  const int64_t id = add(ReportKind::kExchangeRates, "rates", facts);
  EXPECT_EQ(store.rates(account)->size(), 1u);
  ASSERT_TRUE(store.set_import_status(account, id, account::ImportStatus::kDiscarded));
  EXPECT_TRUE(store.rates(account)->empty());
}

account::ChoiceChange change_of(const std::string& sku, std::optional<bool> approved,
                                std::optional<account::Pinned> pinned) {
  account::ChoiceChange change{{"US", sku}, "keep"};
  change.approved = approved;
  change.pinned = pinned;
  return change;
}

TEST_F(StoreTest, ADecisionChangesWhatItSaysAlone) {
  auto other = Store::open(dir.file("a.db"));
  ASSERT_TRUE(other);
  const std::vector<account::ChoiceChange> approve = {change_of("A", true, {})};
  const std::vector<account::ChoiceChange> lock = {change_of("A", {}, account::Pinned::kLocked)};
  ASSERT_TRUE(store.decide(account, approve, "ann", "2026-01-05T08:00:00Z"));
  ASSERT_TRUE(other->decide(account, lock, "bob", "2026-01-05T08:00:01Z"));
  const auto choices = store.choices(account);
  ASSERT_EQ(choices->size(), 1u);
  EXPECT_TRUE(choices->front().approved);
  EXPECT_EQ(choices->front().pinned, account::Pinned::kLocked);
  EXPECT_EQ(choices->front().locked_line, "keep");
  EXPECT_EQ(choices->front().person, "bob");
  const std::vector<account::ChoiceChange> leave_out = {change_of("A", {}, account::Pinned::kExcluded)};
  ASSERT_TRUE(store.decide(account, leave_out, "ann", "2026-01-05T08:00:02Z"));
  EXPECT_FALSE(store.choices(account)->front().approved) << "what is left out is approved by nobody";
}

TEST_F(StoreTest, ATrialIsNeverTheNewestPlan) {
  account::PlanRecord plan{0, "optimal", kDay, kDay, 26, "2026-01-05T08:00:00Z", {}};
  const int64_t own = *store.add_plan(account, plan);
  plan.purpose = account::PlanPurpose::kTrial;
  const int64_t trial = *store.add_plan(account, plan);
  EXPECT_EQ((**store.plan(account, std::nullopt)).id, own);
  EXPECT_EQ((**store.plan(account, trial)).purpose, account::PlanPurpose::kTrial);
  EXPECT_EQ(store.plans(account)->size(), 2u);
}

TEST_F(StoreTest, AReportOfANewerProgramIsSaid) {
  ASSERT_TRUE(store.add_import(account, record_of(ReportKind::kPlanning, "h1"), planning_facts(50), {}));
  test::TempDir copies;
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(dir.file("a.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "UPDATE import SET report = 'advertising'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  const auto imports = store.imports(account);
  ASSERT_FALSE(imports);
  EXPECT_EQ(imports.error().kind, ErrorKind::kIncompatible);
  EXPECT_FALSE(store.facts_in_force(account, kDay));
}

TEST_F(StoreTest, WhatIsSetAsideIsNotInForce) {
  add(ReportKind::kPlanning, "good", planning_facts(80, kDay - Days(7)));
  const int64_t bad = add(ReportKind::kPlanning, "bad", planning_facts(5));
  ASSERT_TRUE(store.set_import_status(account, bad, account::ImportStatus::kSetAside).has_value());
  const auto facts = store.facts_in_force(account, kDay);
  EXPECT_EQ(facts->planning[0].available, 80);
  EXPECT_TRUE(facts->reports[0].newer_set_aside);
  ASSERT_TRUE(store.set_import_status(account, bad, account::ImportStatus::kInForce).has_value());
  EXPECT_EQ(store.facts_in_force(account, kDay)->planning[0].available, 5);
}

TEST_F(StoreTest, OverlappingOrderReportsAreNotCountedTwice) {
  add(ReportKind::kAllOrders, "january", sales_facts(make_date(2025, 12, 1), make_date(2025, 12, 31), 2));
  add(ReportKind::kAllOrders, "later", sales_facts(make_date(2025, 12, 15), make_date(2026, 1, 4), 3));
  std::map<int32_t, int64_t> units;
  const auto facts = store.facts_in_force(account, kDay);
  for (const auto& day : facts->sales) units[day.day] += day.units;
  EXPECT_EQ(units.size(), 35u);
  EXPECT_EQ(units[static_cast<int32_t>(day_number(make_date(2025, 12, 14)))], 2);
  EXPECT_EQ(units[static_cast<int32_t>(day_number(make_date(2025, 12, 20)))], 3);  // the newer report
}

TEST_F(StoreTest, ADayInTwoHalvesIsTheirSum) {
  ReportFacts morning = sales_facts(make_date(2026, 1, 1), make_date(2026, 1, 3), 2, true);
  ReportFacts evening = sales_facts(make_date(2026, 1, 3), make_date(2026, 1, 5), 5, true);
  add(ReportKind::kAllOrders, "first", morning);
  add(ReportKind::kAllOrders, "second", evening);
  int64_t third = 0;
  const auto facts = store.facts_in_force(account, kDay);
  for (const auto& day : facts->sales)
    if (day.day == day_number(make_date(2026, 1, 3))) third += day.units;
  EXPECT_EQ(third, 7);
}

TEST_F(StoreTest, OrdersAndShipmentsAreNeverAdded) {
  add(ReportKind::kShipments, "shipments", sales_facts(make_date(2025, 12, 1), make_date(2026, 1, 4), 4));
  add(ReportKind::kAllOrders, "orders", sales_facts(make_date(2025, 12, 20), make_date(2026, 1, 4), 3));
  const auto facts = store.facts_in_force(account, kDay);
  for (const auto& day : facts->sales) EXPECT_EQ(day.units, day.day < day_number(make_date(2025, 12, 20)) ? 4 : 3);
}

TEST_F(StoreTest, TheLedgersWeeksAreTheNewestDayOfEach) {
  ReportFacts facts;
  facts.listings.push_back({"US", "A", "B0A", "X0A", "A"});
  const auto row = [&](Date day, bool sellable, int64_t ending) {
    account::LedgerDay made{};
    made.listing = 0;
    made.day = day;
    made.sellable = sellable;
    made.ending = ending;
    facts.ledger.push_back(made);
  };
  row(kDay - Days(100), true, 900);  // too long ago
  row(kDay - Days(9), true, 80);
  row(kDay - Days(8), true, 70);
  row(kDay - Days(8), false, 3);
  row(kDay - Days(1), true, 50);
  facts.coverage.push_back({"US", kDay - Days(100), kDay, {}, {}, 1, 1, 0});
  add(ReportKind::kLedger, "ledger", facts);
  const auto back = store.facts_in_force(account, kDay);
  ASSERT_TRUE(back.has_value());
  std::vector<std::pair<int32_t, int64_t>> weeks;
  for (const account::StockWeek& week : back->stock_weeks) weeks.emplace_back(week.weeks_ago, week.units);
  EXPECT_EQ(weeks, (std::vector<std::pair<int32_t, int64_t>>{{0, 50}, {1, 70}}));
}

TEST_F(StoreTest, SettingsAreChangedAsTheyStand) {
  using Settings = Store::Settings;
  ASSERT_TRUE(store.change_settings(account, [](Settings) -> Result<Settings> {
    return Settings{{{"channel.woot", "off"}, {"ending.US", "x.99"}}, currency_of("CNY")};
  }));
  ASSERT_TRUE(store.change_settings(account, [](Settings now) -> Result<Settings> {
    EXPECT_EQ(now.values.size(), 2u);
    EXPECT_EQ(now.base_currency, currency_of("CNY"));
    now.values.erase("channel.woot");
    now.base_currency.reset();
    return now;
  }));
  EXPECT_EQ(*store.settings(account), (std::map<std::string, std::string>{{"ending.US", "x.99"}}));
  EXPECT_FALSE(store.base_currency(account)->has_value());
  EXPECT_FALSE(store.change_settings(account, [](Settings) -> Result<Settings> {
    return fail(ErrorKind::kBadUsage, {"does not fit", "不符"});
  }));
  EXPECT_EQ(store.settings(account)->size(), 1u) << "an error leaves them as they are";
}

TEST_F(StoreTest, NothingIsKnownOfTheFuture) {
  add(ReportKind::kAllOrders, "orders", sales_facts(make_date(2025, 12, 1), make_date(2026, 1, 4), 1));
  const auto facts = store.facts_in_force(account, make_date(2025, 12, 10));
  for (const auto& day : facts->sales) EXPECT_LE(day.day, day_number(make_date(2025, 12, 10)));
}

TEST_F(StoreTest, RefusedRowsAreKept) {
  const int64_t id =
      add(ReportKind::kPlanning, "h", planning_facts(5),
          {{7, "available", "-5", {"stock cannot be negative", "库存不能为负数"}, {"correct it", "请更正"}}});
  const auto rows = store.refused_rows(id, 10);
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ((*rows)[0].line, 7);
  EXPECT_EQ((*rows)[0].reason.zh, "库存不能为负数");
}

TEST_F(StoreTest, PlansComeBackAsTheyWent) {
  account::PlanRecord plan{0, "playbook", kDay, kDay, 26, "2026-01-05T08:00:00Z", {}};
  account::PlanLine line{"US",
                         "A",
                         "title",
                         "李娜",
                         "tag",
                         "excess",
                         600,
                         Money::of("-12.50", "USD"),
                         {},
                         Money::of("3", "USD"),
                         {},
                         {{1, Money::of("1", "USD")}},
                         {"why", "原因"},
                         {},
                         {},
                         account::NextBest{"hold", Money::of("3", "USD")},
                         {{"one", "一"}, {"two", "二"}}};
  line.half_out_by = kDay + Days(70);
  line.out_by_end = 0.75;
  line.net_recovery_p10 = Money::of("-20", "USD");
  line.turning_elasticity = -1.5;
  line.actions.push_back({0,
                          kDay,
                          kDay + Days(13),
                          "outlet",
                          Money::of("23.99", "USD"),
                          0.2,
                          {},
                          Money::of("100", "USD"),
                          0,
                          {"because", "因为"},
                          {{"check", "核对"}}});
  line.weeks.push_back({0, kDay, 600, 70, 0, Money::of("100", "USD"), {}});
  plan.lines.push_back(line);
  const auto id = store.add_plan(account, plan);
  ASSERT_TRUE(id.has_value()) << id.error().message(Lang::kEn);
  const auto back = store.plan(account, *id);
  ASSERT_TRUE(back->has_value());
  const account::PlanLine& read = (**back).lines.at(0);
  EXPECT_EQ(read.net_recovery, Money::of("-12.50", "USD"));
  EXPECT_FALSE(read.upper_bound.has_value());
  EXPECT_EQ(read.cost_of_delay.at(1), Money::of("1", "USD"));
  EXPECT_EQ(read.half_out_by, kDay + Days(70));
  EXPECT_FALSE(read.sure_out_by.has_value());
  EXPECT_EQ(read.out_by_end, 0.75);
  EXPECT_EQ(read.net_recovery_p10, Money::of("-20", "USD"));
  EXPECT_FALSE(read.net_recovery_p90.has_value());
  EXPECT_FALSE(read.elasticity.has_value());
  EXPECT_EQ(read.turning_elasticity, -1.5);
  EXPECT_EQ(read.next_best->channel, "hold");
  EXPECT_EQ(read.assumptions[1].zh, "二");
  EXPECT_FALSE(read.actions.at(0).expected_units.has_value());
  EXPECT_EQ(read.actions[0].checks[0].zh, "核对");
  EXPECT_FALSE(read.weeks.at(0).storage.has_value());
}

std::string opening(const std::string& url) {
  const auto store = Store::open(url);
  return store ? "opened" : store.error().message(Lang::kEn);
}

void run_sql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  sqlite3_close(db);
}

TEST(Database, OfANewerVersionIsRefused) {
  test::TempDir dir;
  ASSERT_EQ(opening(dir.file("a.db")), "opened");
  run_sql(dir.file("a.db"), "PRAGMA user_version = 999");
  EXPECT_THAT(opening(dir.file("a.db")),
              HasSubstr("the database has schema 999, this program knows up to " + std::to_string(schema_version())));
}

TEST(Database, OfAnotherProgramIsNotTouched) {
  test::TempDir dir;
  run_sql(dir.file("other.db"), "CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('x')");
  const std::string before = test::read_file(dir.file("other.db"));
  EXPECT_THAT(opening(dir.file("other.db")), HasSubstr("a database of another program"));
  EXPECT_EQ(test::read_file(dir.file("other.db")), before);
  dir.write("text.db", "this is a letter, not a database, and it is long enough");
  EXPECT_THAT(opening(dir.file("text.db")), HasSubstr("not a database"));
}

TEST(Database, UrlsAndPlacesThatCannotBe) {
  test::TempDir dir;
  EXPECT_EQ(opening("sqlite://" + dir.file("with a space.db")), "opened");
  EXPECT_THAT(opening(dir.file("no/such/folder/a.db")), HasSubstr("the folder of the database does not exist"));
  EXPECT_THAT(opening("postgresql://host/db"), HasSubstr("SQLite only"));
}

TEST(InForce, OrdersOfHalfADayHideNoWholeDayOfShipments) {
  const int64_t midday = (day_number(kDay) * 24 + 13) * 3600;
  const Covering shipments{1, ReportKind::kShipments, {"US", kDay - Days(10), kDay + Days(5), {}, {}, 0, 0, 0}};
  const Covering orders{2, ReportKind::kAllOrders, {"US", kDay, kDay + Days(9), midday, midday + 9 * 86'400, 0, 0, 0}};
  const auto by_day = imports_by_day({shipments, orders});
  const auto first = static_cast<int32_t>(day_number(kDay));
  EXPECT_EQ(by_day.at(first - 1), (std::vector<int64_t>{1}));
  EXPECT_EQ(by_day.at(first), (std::vector<int64_t>{1})) << "the afternoon alone is not the day";
  EXPECT_EQ(by_day.at(first + 1), (std::vector<int64_t>{2}));
  EXPECT_EQ(by_day.at(first + 9), (std::vector<int64_t>{2})) << "half a day is better than none";
}

TEST(InForce, TheNewestWholeCoverWins) {
  const Covering a{1, ReportKind::kAllOrders, {"US", kDay, kDay + Days(9), {}, {}, 0, 0, 0}};
  const Covering b{2, ReportKind::kAllOrders, {"US", kDay + Days(5), kDay + Days(20), {}, {}, 0, 0, 0}};
  const auto by_day = imports_by_day({a, b});
  const auto first = static_cast<int32_t>(day_number(kDay));
  EXPECT_EQ(by_day.at(first), (std::vector<int64_t>{1}));
  EXPECT_EQ(by_day.at(first + 7), (std::vector<int64_t>{2}));
  EXPECT_EQ(by_day.at(first + 20), (std::vector<int64_t>{2}));
}

}  // namespace
}  // namespace destock::store
