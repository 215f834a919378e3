// What is made anew of an account's view, and what stays, as things are decided, planned and imported.

#include "server/views.h"

#include <gtest/gtest.h>

#include "source_dir.h"
#include "store/store.h"
#include "temp_dir.h"

namespace destock::server {
namespace {

using account::DeskEvent;
using account::DeskEventKind;

app::Context shipped_context() {
  setenv("DESTOCK_DATA", (test::source_dir() / "data").c_str(), 1);
  return *app::make_context("");
}

class ViewsTest : public testing::Test {
protected:
  ViewsTest()
      : url(dir.file("a.db")),
        store(*store::Store::open(url)),
        account(*store.account("default")),
        context(shipped_context()),
        views(url, context) {
    account::ReportFacts facts;
    facts.listings.push_back({"US", "A", "B0A", "X0A", "Title"});
    account::PlanningRow row;
    row.snapshot = context.today();
    row.available = 50;
    row.price = Money::of("29.99", "USD");
    facts.planning.push_back(row);
    facts.coverage.push_back({"US", context.today(), context.today(), {}, {}, 1, 1, 50});
    account::ImportRecord record;
    record.report = account::ReportKind::kPlanning;
    record.content_hash = "one";
    record.imported_at = context.now_utc();
    EXPECT_TRUE(store.add_import(account, record, facts, {}).has_value());
  }

  std::shared_ptr<const AccountView> get() {
    auto view = views.get(account);
    EXPECT_TRUE(view.has_value()) << view.error().message(Lang::kEn);
    return *view;
  }
  void decide(DeskEventKind kind, const std::string& action = {}) {
    DeskEvent event;
    event.action = action;
    event.marketplace = "US";
    event.sku = "A";
    event.kind = kind;
    event.person = "somebody";
    event.at = context.now_utc();
    event.day = event.until = context.today();
    event.units = 3;
    const auto done = store.add_desk_events(account, [&](const auto&) { return std::vector{event}; });
    EXPECT_TRUE(done.has_value()) << done.error().message(Lang::kEn);
  }

  test::TempDir dir;
  std::string url;
  store::Store store;
  int64_t account;
  app::Context context;
  Views views;
};

TEST_F(ViewsTest, WhereNothingChangedTheViewStays) {
  const auto before = get();
  EXPECT_EQ(get(), before);
  ASSERT_NE(before->table("inventory"), nullptr);
  EXPECT_EQ(before->table("inventory")->rows.size(), 1u);
  EXPECT_NE(before->table("restock"), nullptr);
  EXPECT_EQ(before->table("plan_lines"), nullptr);
}

TEST_F(ViewsTest, ADecisionOnASkuChangesTheViewAndNothingThatItRestsOn) {
  for (DeskEventKind kind : {DeskEventKind::kExcluded, DeskEventKind::kLocked, DeskEventKind::kNote}) {
    const auto before = get();
    decide(kind);
    const auto after = get();
    EXPECT_NE(after->revision, before->revision);
    EXPECT_EQ(after->ground, before->ground);
  }
}

TEST_F(ViewsTest, APlanIsSeenOnTheSameGround) {
  const auto before = get();
  account::PlanRecord plan;
  plan.policy = "optimal";
  plan.as_of = plan.first_day = context.today();
  plan.horizon_weeks = 1;
  plan.created_at = context.now_utc();
  ASSERT_TRUE(store.add_plan(account, plan, {}).has_value());
  const auto after = get();
  EXPECT_FALSE(before->plan.has_value());
  EXPECT_TRUE(after->plan.has_value());
  EXPECT_NE(after->table("plan_lines"), nullptr);
  EXPECT_EQ(after->ground, before->ground);
}

TEST_F(ViewsTest, WhatIsKnownOfDemandARateAndASettingAreAnotherGround) {
  auto before = get();
  const auto is_new = [&] {
    const auto after = get();
    const bool changed = after->ground != before->ground;
    before = after;
    return changed;
  };
  decide(DeskEventKind::kForecastSet);
  EXPECT_TRUE(is_new());
  decide(DeskEventKind::kUndone);
  EXPECT_TRUE(is_new());
  ASSERT_TRUE(store.add_rate(account, {context.today(), currency_of("GBP"), currency_of("USD"), 1.3}).has_value());
  EXPECT_TRUE(is_new());
  ASSERT_TRUE(store
                  .change_settings(account,
                                   [](auto settings) -> Result<store::Store::Settings> {
                                     settings.values["plan.cost_of_capital_per_year"] = "0.2";
                                     return settings;
                                   })
                  .has_value());
  EXPECT_TRUE(is_new());
  ASSERT_TRUE(store.set_import_status(account, 1, account::ImportStatus::kInForce).has_value());
  EXPECT_TRUE(is_new());
}

TEST_F(ViewsTest, AViewOutlivesWhatReplacesIt) {
  const auto before = get();
  ASSERT_TRUE(store.set_base_currency(account, currency_of("EUR")).has_value());
  EXPECT_NE(get()->ground, before->ground);
  EXPECT_EQ(before->state.account.size(), 1u);
  EXPECT_EQ(before->context->facts.playbook.plan.horizon_weeks, context.facts.playbook.plan.horizon_weeks);
}

}  // namespace
}  // namespace destock::server
