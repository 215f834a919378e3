// Plans in and out of their tables.

#include "store/actions.h"
#include "store/bulk_insert.h"
#include "store/database.h"
#include "store/plan_money.h"
#include "store/store.h"
#include "store/texts.h"

namespace destock::store {
namespace {

long long insert_plan(soci::session& sql, int64_t account, const account::PlanRecord& plan) {
  const long long owner = account, as_of = day_number(plan.as_of), first = day_number(plan.first_day),
                  weeks = plan.horizon_weeks;
  const std::string purpose(account::kPlanPurposeIds[static_cast<size_t>(plan.purpose)]);
  const long long anew = plan.made_anew.value_or(0);
  soci::indicator counted = plan.made_anew ? soci::i_ok : soci::i_null;
  sql << "INSERT INTO plan (account_id, policy, as_of, first_day, horizon_weeks, created_at, wishes, purpose, limits, "
         "made_anew) VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)",
      soci::use(owner), soci::use(plan.policy), soci::use(as_of), soci::use(first), soci::use(weeks),
      soci::use(plan.created_at), soci::use(plan.wishes), soci::use(purpose), soci::use(plan.limits),
      soci::use(anew, counted);
  long long id = 0;
  sql << "SELECT last_insert_rowid()", soci::into(id);
  return id;
}

Value delay(const account::PlanLine& line, int weeks) {
  const auto found = line.cost_of_delay.find(weeks);
  return found == line.cost_of_delay.end() ? null() : value(found->second);
}

void insert_lines(soci::session& sql, int64_t id, const account::PlanRecord& plan) {
  BulkInsert lines(sql, "plan_line",
                   {{"plan_id", kInt},
                    {"line", kInt},
                    {"marketplace", kText},
                    {"sku", kText},
                    {"title", kText},
                    {"owner", kText},
                    {"tag", kText},
                    {"band", kText},
                    {"units", kReal},
                    {"currency", kText},
                    {"net_recovery", kInt},
                    {"upper_bound", kInt},
                    {"hold_net_recovery", kInt},
                    {"playbook_net_recovery", kInt},
                    {"delay_1", kInt},
                    {"delay_2", kInt},
                    {"delay_4", kInt},
                    {"delay_8", kInt},
                    {"why_en", kText},
                    {"why_zh", kText},
                    {"next_best_channel", kText},
                    {"next_best_net_recovery", kInt},
                    {"assumptions_en", kText},
                    {"assumptions_zh", kText},
                    {"half_out_by", kInt},
                    {"sure_out_by", kInt},
                    {"out_by_end", kReal},
                    {"elasticity", kReal},
                    {"turning_elasticity", kReal},
                    {"offered_channel", kText},
                    {"offered_first_day", kInt},
                    {"offered_last_day", kInt},
                    {"offered_price", kInt},
                    {"offered_net_recovery", kInt},
                    {"net_recovery_p10", kInt},
                    {"net_recovery_p90", kInt}});
  BulkInsert actions(sql, "plan_action",
                     {{"plan_id", kInt},
                      {"line", kInt},
                      {"position", kInt},
                      {"week", kInt},
                      {"first_day", kInt},
                      {"last_day", kInt},
                      {"channel", kText},
                      {"price", kInt},
                      {"discount", kReal},
                      {"expected_units", kReal},
                      {"expected_cash", kInt},
                      {"units_out", kReal},
                      {"reason_en", kText},
                      {"reason_zh", kText},
                      {"checks_en", kText},
                      {"checks_zh", kText}});
  BulkInsert weeks(sql, "plan_week",
                   {{"plan_id", kInt},
                    {"line", kInt},
                    {"week", kInt},
                    {"first_day", kInt},
                    {"units_start", kReal},
                    {"units_sold", kReal},
                    {"units_out", kReal},
                    {"cash", kInt},
                    {"storage", kInt}});
  int64_t number = 0;
  for (const account::PlanLine& line : plan.lines) {
    const auto assumptions = joined(line.assumptions);
    lines.add({value(id),
               value(number),
               value(line.marketplace),
               value(line.sku),
               value(line.title),
               value(line.owner),
               value(line.tag),
               value(line.band),
               value(line.units),
               value(line.net_recovery.currency().str()),
               value(line.net_recovery),
               value(line.upper_bound),
               value(line.hold_net_recovery),
               value(line.playbook_net_recovery),
               delay(line, 1),
               delay(line, 2),
               delay(line, 4),
               delay(line, 8),
               value(line.why.en),
               value(line.why.zh),
               line.next_best ? value(line.next_best->channel) : null(),
               line.next_best ? value(line.next_best->net_recovery) : null(),
               value(assumptions.first),
               value(assumptions.second),
               value(line.half_out_by),
               value(line.sure_out_by),
               value(line.out_by_end),
               value(line.elasticity),
               value(line.turning_elasticity),
               line.if_offered ? value(line.if_offered->channel) : null(),
               line.if_offered ? value(line.if_offered->start) : null(),
               line.if_offered ? value(line.if_offered->end) : null(),
               line.if_offered ? value(line.if_offered->price) : null(),
               line.if_offered ? value(line.if_offered->net_recovery) : null(),
               value(line.net_recovery_p10),
               value(line.net_recovery_p90)});
    int64_t position = 0;
    for (const account::PlanAction& action : line.actions) {
      const auto checks = joined(action.checks);
      actions.add({value(id), value(number), value(position++), value(int64_t{action.week}), value(action.start),
                   value(action.end), value(action.channel), value(action.price), value(action.discount),
                   value(action.expected_units), value(action.expected_cash), value(action.units_out),
                   value(action.reason.en), value(action.reason.zh), value(checks.first), value(checks.second)});
    }
    for (const account::PlanWeek& week : line.weeks)
      weeks.add({value(id), value(number), value(int64_t{week.week}), value(week.start), value(week.units_start),
                 value(week.units_sold), value(week.units_out), value(week.cash), value(week.storage)});
    ++number;
  }
  lines.finish();
  actions.finish();
  weeks.finish();
}

void insert_curves(soci::session& sql, int64_t id, const account::PlanRecord& plan) {
  BulkInsert rows(sql, "plan_curve",
                  {{"plan_id", kInt},
                   {"policy", kText},
                   {"currency", kText},
                   {"week", kInt},
                   {"first_day", kInt},
                   {"cash", kInt},
                   {"storage", kInt}});
  for (const account::PlanCurve& curve : plan.curves)
    for (const account::PlanCurve::Week& week : curve.weeks)
      rows.add({value(id), value(curve.policy), value(curve.currency.str()), value(int64_t{week.week}),
                value(week.start), value(week.cash), value(week.storage)});
  rows.finish();
}

std::optional<int64_t> whole(const soci::row& row, size_t column) {
  return row.get_indicator(column) == soci::i_null ? std::nullopt : std::optional<int64_t>(row.get<long long>(column));
}

std::optional<Money> money(const soci::row& row, size_t column, Currency currency) {
  const auto units = whole(row, column);
  return units ? std::optional<Money>(Money::from_units(*units, currency)) : std::nullopt;
}

std::optional<double> real(const soci::row& row, size_t column) {
  return row.get_indicator(column) == soci::i_null ? std::nullopt : std::optional<double>(row.get<double>(column));
}

std::optional<Date> day(const soci::row& row, size_t column) {
  const auto number = whole(row, column);
  return number ? std::optional<Date>(date_of_day_number(*number)) : std::nullopt;
}

void read_lines(soci::session& sql, account::PlanRecord& plan) {
  const long long id = plan.id;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT marketplace, sku, title, owner, tag, band, units, currency, net_recovery, upper_bound, "
                      "hold_net_recovery, playbook_net_recovery, delay_1, delay_2, delay_4, "
                      "delay_8, why_en, why_zh, next_best_channel, next_best_net_recovery, assumptions_en, "
                      "assumptions_zh, half_out_by, sure_out_by, out_by_end, elasticity, turning_elasticity, "
                      "offered_channel, offered_first_day, offered_last_day, offered_price, offered_net_recovery, "
                      "net_recovery_p10, net_recovery_p90 FROM plan_line WHERE plan_id = :id ORDER BY line",
       soci::use(id));
  for (const soci::row& row : rows) {
    const Currency currency = currency_of(row.get<std::string>(7));
    account::PlanLine line{row.get<std::string>(0),
                           row.get<std::string>(1),
                           row.get<std::string>(2),
                           row.get<std::string>(3),
                           row.get<std::string>(4),
                           row.get<std::string>(5),
                           row.get<double>(6),
                           *money(row, 8, currency),
                           money(row, 9, currency),
                           money(row, 10, currency),
                           money(row, 11, currency),
                           {},
                           {row.get<std::string>(16), row.get<std::string>(17)},
                           {},
                           {},
                           std::nullopt,
                           split(row.get<std::string>(20), row.get<std::string>(21)),
                           day(row, 22),
                           day(row, 23),
                           real(row, 24),
                           real(row, 25),
                           real(row, 26)};
    const std::pair<int, size_t> delays[] = {{1, 12}, {2, 13}, {4, 14}, {8, 15}};
    for (const auto& [weeks, column] : delays)
      if (const auto cost = money(row, column, currency)) line.cost_of_delay.emplace(weeks, *cost);
    if (const auto offered = money(row, 31, currency))
      line.if_offered = account::IfOffered{row.get<std::string>(27), *day(row, 28), *day(row, 29),
                                           *money(row, 30, currency), *offered};
    line.net_recovery_p10 = money(row, 32, currency);
    line.net_recovery_p90 = money(row, 33, currency);
    if (const auto next = money(row, 19, currency)) line.next_best = account::NextBest{row.get<std::string>(18), *next};
    plan.lines.push_back(std::move(line));
  }
}

void read_actions(soci::session& sql, account::PlanRecord& plan) {
  const long long id = plan.id;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT line, week, first_day, last_day, channel, price, discount, expected_units, "
                      "expected_cash, units_out, reason_en, reason_zh, checks_en, "
                      "checks_zh FROM plan_action WHERE plan_id = :id ORDER BY line, position",
       soci::use(id));
  for (const soci::row& row : rows) {
    account::PlanLine& line = plan.lines.at(static_cast<size_t>(row.get<long long>(0)));
    const Currency currency = line.net_recovery.currency();
    line.actions.push_back({static_cast<int>(row.get<long long>(1)),
                            date_of_day_number(row.get<long long>(2)),
                            date_of_day_number(row.get<long long>(3)),
                            row.get<std::string>(4),
                            money(row, 5, currency),
                            real(row, 6),
                            real(row, 7),
                            money(row, 8, currency),
                            row.get<double>(9),
                            {row.get<std::string>(10), row.get<std::string>(11)},
                            split(row.get<std::string>(12), row.get<std::string>(13))});
  }
  soci::rowset<soci::row> weeks =
      (sql.prepare << "SELECT line, week, first_day, units_start, units_sold, units_out, cash, storage FROM plan_week "
                      "WHERE plan_id = :id ORDER BY line, week",
       soci::use(id));
  for (const soci::row& row : weeks) {
    account::PlanLine& line = plan.lines.at(static_cast<size_t>(row.get<long long>(0)));
    const Currency currency = line.net_recovery.currency();
    line.weeks.push_back({static_cast<int>(row.get<long long>(1)), date_of_day_number(row.get<long long>(2)),
                          row.get<double>(3), row.get<double>(4), row.get<double>(5), *money(row, 6, currency),
                          money(row, 7, currency)});
  }
}

void read_curves(soci::session& sql, account::PlanRecord& plan) {
  const long long id = plan.id;
  soci::rowset<soci::row> rows = (sql.prepare << "SELECT policy, currency, week, first_day, cash, storage FROM "
                                                 "plan_curve WHERE plan_id = :id ORDER BY policy, currency, week",
                                  soci::use(id));
  for (const soci::row& row : rows) {
    const std::string policy = row.get<std::string>(0);
    const Currency currency = currency_of(row.get<std::string>(1));
    if (plan.curves.empty() || plan.curves.back().policy != policy || plan.curves.back().currency != currency)
      plan.curves.push_back({policy, currency, {}});
    plan.curves.back().weeks.push_back({static_cast<int>(row.get<long long>(2)),
                                        date_of_day_number(row.get<long long>(3)), *money(row, 4, currency),
                                        *money(row, 5, currency)});
  }
}

account::PlanPurpose purpose_of(const std::string& id) {
  return id == account::kPlanPurposeIds[0] ? account::PlanPurpose::kAccount : account::PlanPurpose::kTrial;
}

}  // namespace

Result<int64_t> Store::add_plan(int64_t account, const account::PlanRecord& plan, const RenewActions& renew) {
  return written(*sql_, *file_, [&]() -> int64_t {
    const long long id = insert_plan(*sql_, account, plan);
    if (renew) renew_actions(*sql_, account, id, renew);
    insert_lines(*sql_, id, plan);
    insert_curves(*sql_, id, plan);
    insert_plan_money(*sql_, id, plan);
    return id;
  });
}

Result<std::optional<account::PlanRecord>> Store::plan(int64_t account, std::optional<int64_t> id) {
  return guarded(file_->path(), [&]() -> std::optional<account::PlanRecord> {
    const std::string which = id ? " AND id = " + std::to_string(*id) : std::string(" AND purpose = 'account'");
    account::PlanRecord plan;
    long long number = 0, as_of = 0, first = 0, weeks = 0, anew = 0;
    soci::indicator counted = soci::i_null;
    std::string purpose;
    *sql_ << "SELECT id, policy, as_of, first_day, horizon_weeks, created_at, wishes, purpose, limits, made_anew FROM "
             "plan WHERE account_id = " +
                 std::to_string(account) + which + " ORDER BY id DESC LIMIT 1",
        soci::into(number), soci::into(plan.policy), soci::into(as_of), soci::into(first), soci::into(weeks),
        soci::into(plan.created_at), soci::into(plan.wishes), soci::into(purpose), soci::into(plan.limits),
        soci::into(anew, counted);
    if (!sql_->got_data()) return std::nullopt;
    plan.id = number;
    plan.as_of = date_of_day_number(as_of);
    plan.first_day = date_of_day_number(first);
    plan.horizon_weeks = static_cast<int>(weeks);
    plan.purpose = purpose_of(purpose);
    if (counted == soci::i_ok) plan.made_anew = anew;
    read_lines(*sql_, plan);
    read_actions(*sql_, plan);
    read_curves(*sql_, plan);
    read_plan_money(*sql_, plan);
    return plan;
  });
}

Result<std::vector<account::PlanHead>> Store::plans(int64_t account) {
  return guarded(file_->path(), [&] {
    std::vector<account::PlanHead> heads;
    const long long owner = account;
    soci::rowset<soci::row> rows =
        (sql_->prepare
             << "SELECT CAST(p.id AS TEXT), p.policy, p.as_of, p.horizon_weeks, p.created_at, CAST((SELECT "
                "count(*) FROM plan_line l WHERE l.plan_id = p.id) AS TEXT), p.purpose, p.first_day FROM plan p WHERE "
                "p.account_id = :account ORDER BY p.id DESC",
         soci::use(owner));
    for (const soci::row& row : rows)
      heads.push_back({std::stoll(row.get<std::string>(0)), row.get<std::string>(1),
                       date_of_day_number(row.get<long long>(2)), static_cast<int>(row.get<long long>(3)),
                       row.get<std::string>(4), std::stoll(row.get<std::string>(5)),
                       purpose_of(row.get<std::string>(6)), date_of_day_number(row.get<long long>(7))});
    return heads;
  });
}

}  // namespace destock::store
