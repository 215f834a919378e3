// Plans: made as jobs, compared, and what people decide of their lines.

#include <set>
#include <tuple>

#include "app/account_plan.h"
#include "app/demand_edits.h"
#include "app/json_parts.h"
#include "app/limits.h"
#include "app/todo.h"
#include "app/wishes.h"
#include "deliver/tables.h"
#include "server/api.h"
#include "server/table_query.h"

namespace destock::server {
namespace {

using account::LineKey;
using account::PlanChoice;
using account::Role;
using app::Json;

constexpr std::string_view kPinnedIds[] = {"no", "locked", "excluded"};

using Lines = std::map<LineKey, const account::PlanLine*>;

const account::PlanLine* line_of(const Lines& lines, const PlanChoice& choice) {
  const auto found = lines.find({choice.marketplace, choice.sku});
  return found == lines.end() ? nullptr : found->second;
}

// A decision beside the plan's line of its SKU; null: it has none.
Json choice_json(const PlanChoice& choice, const account::PlanLine* line) {
  const account::Standing standing = account::standing_of(choice, line);
  return {{"marketplace", choice.marketplace},
          {"sku", choice.sku},
          {"approved", standing.approved},
          {"pinned", kPinnedIds[static_cast<size_t>(choice.pinned)]},
          {"needs_look", standing.needs_look},
          {"in_plan", line != nullptr},
          {"wishes", choice.wishes.empty() ? Json(nullptr) : Json::parse(choice.wishes, nullptr, false)},
          {"person", choice.person},
          {"at", choice.at}};
}

Json choices_json(const std::vector<PlanChoice>& choices, const Lines& lines) {
  Json list = Json::array();
  for (const PlanChoice& choice : choices) list.push_back(choice_json(choice, line_of(lines, choice)));
  return list;
}

Error no_plan() {
  return {ErrorKind::kNotFound, {"no such plan", "没有该方案"}, {}, {"make one under Plan", "请在“方案”中生成"}};
}

using Plan = std::shared_ptr<const account::PlanRecord>;

// The plan named in the path: a number, or "latest". It may be the view's own: not to be kept beyond the call.
Result<Plan> plan_of(const Call& call, store::Store& store, const AccountView& view) {
  const bool latest = call.named_or_empty("plan") == "latest";
  if (view.plan && (latest || call.number("plan") == view.plan->id)) return Plan(Plan(), &*view.plan);
  if (latest || !call.number("plan")) return tl::unexpected(no_plan());
  auto plan = store.plan(call.account, call.number("plan"));
  if (!plan) return tl::unexpected(plan.error());
  if (!*plan) return tl::unexpected(no_plan());
  return std::make_shared<const account::PlanRecord>(std::move(**plan));
}

Json counts_json(const account::PlanRecord& plan, const std::vector<PlanChoice>& choices, const Lines& lines) {
  size_t approved = 0, locked = 0, excluded = 0, to_look_at = 0;
  for (const PlanChoice& choice : choices) {
    const account::Standing standing = account::standing_of(choice, line_of(lines, choice));
    approved += standing.approved;
    to_look_at += standing.needs_look;
    locked += choice.pinned == account::Pinned::kLocked;
    excluded += choice.pinned == account::Pinned::kExcluded;
  }
  return {{"lines", plan.lines.size()},
          {"approved", approved},
          {"locked", locked},
          {"excluded", excluded},
          {"to_look_at", to_look_at}};
}

// Lines that are left out stand in no later plan: this is where they are found.
Json left_out_json(const std::vector<PlanChoice>& choices, const Lines& lines) {
  Json list = Json::array();
  for (const PlanChoice& choice : choices)
    if (choice.pinned == account::Pinned::kExcluded) list.push_back(choice_json(choice, line_of(lines, choice)));
  return list;
}

// Approved or locked lines that are another by now, and locked ones that are gone.
Json to_look_at_json(const std::vector<PlanChoice>& choices, const Lines& lines) {
  Json list = Json::array();
  for (const PlanChoice& choice : choices)
    if (const auto* line = line_of(lines, choice); account::standing_of(choice, line).needs_look)
      list.push_back(choice_json(choice, line));
  return list;
}

// Channels that the plan runs, by their names.
Json channels_used(const account::PlanRecord& plan) {
  std::set<std::string> used;
  for (const account::PlanLine& line : plan.lines)
    for (const account::PlanAction& action : line.actions)
      if (action.expected_cash) used.insert(action.channel);
  return used;
}

Response get_plan(const Call& call, store::Store& store, const AccountView& view) {
  const auto found = plan_of(call, store, view);
  if (!found) return problem(found.error(), call.lang);
  const account::PlanRecord& plan = **found;
  const auto choices = store.choices(call.account);
  if (!choices) return problem(choices.error(), call.lang);
  const Lines lines = account::lines_by_key(plan);
  const auto totals = app::plan_totals(plan, view.state.account.rates, view.state.health.figures.base_currency);
  const bool head = call.request.value("lines") == "none";
  Json json = head ? app::plan_head_json(plan, totals, view.state, call.lang)
                   : app::plan_json(plan, totals, view.state, call.lang);
  if (!head) json["choices"] = choices_json(*choices, lines);
  json["counts"] = counts_json(plan, *choices, lines);
  const auto approved = app::approved_actions(store, call.account, view.context->today());
  if (!approved) return problem(approved.error(), call.lang);
  json["counts"]["actions_approved"] = *approved;
  json["left_out"] = left_out_json(*choices, lines);
  json["to_look_at"] = to_look_at_json(*choices, lines);
  json["purpose"] = account::kPlanPurposeIds[static_cast<size_t>(plan.purpose)];
  json["created_at"] = plan.created_at;
  json["current"] = app::is_current(plan, view.state.account);
  json["wishes"] = plan.wishes.empty() ? Json(nullptr) : Json::parse(plan.wishes, nullptr, false);
  if (const auto by = parse_iso_date(call.request.value("by")))
    json["over_holding"] = app::over_holding_json(plan, totals, *by);
  json["notes"] = app::notes_json(plan, view.context->facts, call.lang);
  json["channel_names"] = app::channel_names_json(view.context->facts, call.lang);
  json["channels_used"] = channels_used(plan);
  return json_answer(json);
}

Response list_plans(const Call& call, store::Store& store) {
  const auto plans = store.plans(call.account);
  if (!plans) return problem(plans.error(), call.lang);
  Json list = Json::array();
  for (const account::PlanHead& plan : *plans)
    list.push_back({{"id", plan.id},
                    {"policy", plan.policy},
                    {"as_of", iso(plan.as_of)},
                    {"horizon_weeks", plan.horizon_weeks},
                    {"created_at", plan.created_at},
                    {"purpose", account::kPlanPurposeIds[static_cast<size_t>(plan.purpose)]},
                    {"lines", plan.lines}});
  return json_answer({{"plans", list}});
}

using Choices = std::map<LineKey, PlanChoice>;

Result<Choices> choices_of(store::Store& store, int64_t account) {
  auto list = store.choices(account);
  if (!list) return tl::unexpected(list.error());
  Choices choices;
  for (PlanChoice& choice : *list) choices.emplace(LineKey(choice.marketplace, choice.sku), std::move(choice));
  return choices;
}

// The lines that the address asks for, as the table of lines would show them: q, f.COLUMN, sort, limit, offset.
struct Asked {
  TableQuery query;
  std::vector<uint32_t> lines;
};
Result<Asked> lines_asked(const Call& call, const account::PlanRecord& plan, const AccountView& view) {
  const bool newest = view.plan && plan.id == view.plan->id;
  std::optional<deliver::Table> made;
  if (!newest) made = deliver::plan_lines_table(plan, view.context->facts);
  const deliver::Table& table = newest ? *view.table("plan_lines") : *made;
  auto query = read_table_query(table, call.request, in_base_of(view));
  if (!query) return tl::unexpected(query.error());
  std::vector<uint32_t> lines = rows_of(table, *query);
  return Asked{std::move(*query), std::move(lines)};
}

Response list_lines(const Call& call, store::Store& store, const AccountView& view) {
  const auto plan = plan_of(call, store, view);
  if (!plan) return problem(plan.error(), call.lang);
  const auto asked = lines_asked(call, **plan, view);
  if (!asked) return problem(asked.error(), call.lang);
  const auto choices = choices_of(store, call.account);
  if (!choices) return problem(choices.error(), call.lang);
  Json list = Json::array();
  const size_t end = std::min(asked->lines.size(), asked->query.offset + asked->query.limit);
  for (size_t i = asked->query.offset; i < end; ++i) {
    const account::PlanLine& line = (*plan)->lines[asked->lines[i]];
    Json json = app::plan_line_json(line, call.lang);
    const auto choice = choices->find({line.marketplace, line.sku});
    json["choice"] = choice == choices->end() ? Json(nullptr) : choice_json(choice->second, &line);
    list.push_back(std::move(json));
  }
  return json_answer({{"total", asked->lines.size()}, {"offset", asked->query.offset}, {"lines", list}});
}

// What stands in `json`: approved, pinned, wishes (null takes them back).
Result<account::ChoiceChange> change_of(const Json& json, Currency currency, const market::Facts& facts) {
  account::ChoiceChange change;
  if (const auto keys = app::check_keys(json, {"approved", "pinned", "wishes"}); !keys)
    return tl::unexpected(keys.error());
  if (json.empty())
    return fail(ErrorKind::kBadUsage,
                {"nothing to change: approved, pinned or wishes is needed",
                 "没有要更改的内容：请给出 approved、pinned 或 wishes"},
                "change");
  if (json.contains("approved")) change.approved = json.at("approved").get<bool>();
  if (json.contains("pinned")) {
    const auto* found = std::find(std::begin(kPinnedIds), std::end(kPinnedIds), json.at("pinned").get<std::string>());
    if (found == std::end(kPinnedIds))
      return fail(ErrorKind::kBadUsage, {"pinned is no, locked or excluded", "pinned 取值：no、locked、excluded"},
                  json.at("pinned").get<std::string>());
    change.pinned = static_cast<account::Pinned>(found - std::begin(kPinnedIds));
  }
  if (json.contains("wishes")) {
    const Json& wishes = json.at("wishes");
    if (!wishes.is_null())
      if (const auto read = app::read_wishes(wishes, currency, facts); !read) return tl::unexpected(read.error());
    change.wishes = wishes.is_null() ? std::string() : wishes.dump();
  }
  return change;
}

// The lines named, or with "all" those that the address asks for and that are not left out.
Result<std::vector<LineKey>> lines_to_change(const Call& call, const Json& json, const account::PlanRecord& plan,
                                             const AccountView& view, const Choices& choices) {
  std::vector<LineKey> keys;
  if (!json.value("all", false)) {
    for (const Json& line : json.at("lines")) {
      keys.emplace_back(line.at("marketplace").get<std::string>(), line.at("sku").get<std::string>());
      if (!view.listings.contains(keys.back()))
        return fail(ErrorKind::kNotFound, {"no such SKU", "没有该 SKU"}, keys.back().second);
    }
    return keys;
  }
  const auto asked = lines_asked(call, plan, view);
  if (!asked) return tl::unexpected(asked.error());
  for (uint32_t line : asked->lines) {
    LineKey key(plan.lines[line].marketplace, plan.lines[line].sku);
    const auto choice = choices.find(key);
    const bool left_out = choice != choices.end() && choice->second.pinned == account::Pinned::kExcluded;
    if (!left_out && view.listings.contains(key)) keys.push_back(std::move(key));
  }
  return keys;
}

// SKUs of a change, for the log: the first few by name.
std::string named(const std::vector<account::ChoiceChange>& changes) {
  constexpr size_t kNamed = 5;
  std::string text;
  for (size_t i = 0; i < changes.size() && i < kNamed; ++i)
    text += (i ? ", " : "") + changes[i].key.second + " " + changes[i].key.first;
  return text + (changes.size() > kNamed ? " and " + std::to_string(changes.size() - kNamed) + " more" : std::string());
}

Response change_lines(Call& call, store::Store& store, const AccountView& view) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const auto plan = plan_of(call, store, view);
  if (!plan) return problem(plan.error(), call.lang);
  const auto choices = choices_of(store, call.account);
  if (!choices) return problem(choices.error(), call.lang);
  const auto keys = lines_to_change(call, *json, **plan, view, *choices);
  if (!keys) return problem(keys.error(), call.lang);
  const Lines lines = account::lines_by_key(**plan);
  // What is approved is approved at today's price and stock: carry-out compares.
  const auto facts = app::desk_facts(store, call.account, *view.context);
  if (!facts) return problem(facts.error(), call.lang);
  std::map<LineKey, const store::Store::PriceSeen*> prices;
  for (const auto& seen : facts->prices) prices[{seen.marketplace, seen.sku}] = &seen;
  std::vector<account::ChoiceChange> changes;
  for (const LineKey& key : *keys) {
    const Currency currency = view.state.account.listings[view.listings.at(key)].currency;
    auto change = change_of(json->at("change"), currency, view.context->facts);
    if (!change) return problem(change.error(), call.lang);
    change->key = key;
    if (const auto seen = prices.find(key); seen != prices.end() && change->approved.value_or(false)) {
      change->price = seen->second->asked();
      if (seen->second->available) change->units = static_cast<double>(*seen->second->available);
    }
    if (const auto line = lines.find(key); line != lines.end()) change->line = account::content_of(*line->second);
    changes.push_back(std::move(*change));
  }
  if (const auto done = store.decide(call.account, changes, call.who->person.name, now_utc()); !done)
    return problem(done.error(), call.lang);
  call.audit_detail = std::to_string(changes.size()) + " lines (" + named(changes) +
                      "): " + json->at("change").dump(-1, ' ', false, Json::error_handler_t::replace);
  Json answer{{"changed", changes.size()}};
  if (json->value("all", false)) return json_answer(answer);
  const auto after = choices_of(store, call.account);
  if (!after) return problem(after.error(), call.lang);
  answer["choices"] = Json::array();
  for (const LineKey& key : *keys) {
    const PlanChoice& choice = after->at(key);
    answer["choices"].push_back(choice_json(choice, line_of(lines, choice)));
  }
  return json_answer(answer);
}

// null and {} take the wishes of the plan before back; where none are given they stay.
app::AccountPlanRequest request_of(const Json& asked) {
  app::AccountPlanRequest request;
  request.policy = *clearance::policy_of(asked.value("policy", "optimal"));
  if (asked.contains("horizon_weeks")) request.horizon_weeks = asked.at("horizon_weeks").get<int>();
  if (!asked.contains("wishes")) return request;
  request.wishes = Json::object();
  for (const auto& [name, value] : asked.at("wishes").items())
    if (!value.is_null()) (*request.wishes)[name] = value;
  return request;
}

Result<Json> run_plan(Views& views, int64_t account, const Json& asked, store::Store& store,
                      const std::atomic<bool>& stop, const Jobs::Tell& tell) {
  const auto view = views.get(account);
  if (!view) return tl::unexpected(view.error());
  const auto made = app::make_account_plan(store, account, (*view)->state, request_of(asked), *(*view)->context, &stop,
                                           [&](size_t done, size_t total) { tell("planning", done, total); });
  if (!made) return tl::unexpected(made.error());
  if (made->plan.id == 0) return Json(nullptr);
  views.warm(account);  // the next to look finds it made
  const auto said = [&](Lang lang) {
    return Json{
        {"plan_id", made->plan.id}, {"lines", made->plan.lines.size()}, {"notes", app::texts(made->notes, lang)}};
  };
  return Json{{"en", said(Lang::kEn)}, {"zh", said(Lang::kZh)}};
}

Response make_plan(Call& call, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (auto full = no_room_for_job(call, jobs)) return std::move(*full);
  if (const auto keys = app::check_keys(*json, {"policy", "horizon_weeks", "wishes"}); !keys)
    return problem(keys.error(), call.lang);
  const int weeks = json->value("horizon_weeks", views.context().facts.playbook.plan.horizon_weeks);
  if (!clearance::policy_of(json->value("policy", "optimal")) || weeks < 1 || weeks > 104)
    return problem({ErrorKind::kBadUsage,
                    {"no such policy, or no 1 to 104 weeks", "策略不存在，或周数不在 1–104"},
                    {},
                    {"optimal, playbook, hold and liquidate are there", "可用：optimal、playbook、hold、liquidate"}},
                   call.lang);
  Json asked = json->contains("wishes") && !json->at("wishes").is_null() ? json->at("wishes") : Json::object();
  if (const auto limits = app::read_limits(app::take_limits(asked)); !limits) return problem(limits.error(), call.lang);
  const auto wishes = app::read_wishes(asked, currency_of("USD"), views.context().facts);
  if (!wishes) return problem(wishes.error(), call.lang);
  account::JobRecord record;
  record.account = call.account;
  record.kind = "plan";
  record.person = call.who->person.name;
  record.request = json->dump();
  const auto id =
      jobs.add(std::move(record), [&views, account = call.account, asked = *json](
                                      store::Store& store, const std::atomic<bool>& stop, const Jobs::Tell& tell) {
        return run_plan(views, account, asked, store, stop, tell);
      });
  if (!id) return problem(id.error(), call.lang);
  call.audit_detail = json->dump();
  return json_answer({{"job", *id}}, 202);
}

}  // namespace

void Api::add_plan_routes() {
  const auto with_both = [this](auto work) {
    return [this, work](Call& call) {
      return with_view(call, [&](const AccountView& view) {
        return with_store(call, [&](store::Store& store) { return work(call, store, view); });
      });
    };
  };
  routes_.push_back({"GET", "/accounts/{account}/plans", Role::kViewer, "listPlans", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) { return list_plans(call, store); });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/plans", Role::kOperator, "makePlan",
                     [this](Call& call) { return make_plan(call, views_, jobs_); }});
  routes_.push_back({"GET", "/accounts/{account}/plans/{plan}", Role::kViewer, "getPlan", with_both(get_plan)});
  routes_.push_back(
      {"GET", "/accounts/{account}/plans/{plan}/lines", Role::kViewer, "listLines", with_both(list_lines)});
  routes_.push_back(
      {"PATCH", "/accounts/{account}/plans/{plan}/lines", Role::kOperator, "changeLines", with_both(change_lines)});
  routes_.push_back({"GET", "/accounts/{account}/jobs", Role::kViewer, "listJobs", [this](Call& call) {
                       const auto list = jobs_.list(call.account, call.lang);
                       return list ? json_answer(*list) : problem(list.error(), call.lang);
                     }});
  routes_.push_back({"GET", "/accounts/{account}/jobs/{job}", Role::kViewer, "getJob", [this](Call& call) {
                       const auto job = jobs_.json(call.account, call.number("job").value_or(0), call.lang);
                       return job ? json_answer(*job) : problem(job.error(), call.lang);
                     }});
  routes_.push_back({"GET", "/accounts/{account}/jobs/{job}/events", Role::kViewer, "listenToJob", [this](Call& call) {
                       const int64_t id = call.number("job").value_or(0);
                       const auto job = jobs_.json(call.account, id, call.lang);
                       if (!job) return problem(job.error(), call.lang);
                       Response response;
                       response.type = "text/event-stream";
                       response.stream = [this, account = call.account, id, lang = call.lang,
                                          still = still_may(call)](std::shared_ptr<EventStream> stream) {
                         jobs_.listen(account, id, {std::move(stream), lang, still});
                       };
                       return response;
                     }});
  routes_.push_back({"GET", "/accounts/{account}/events", Role::kViewer, "listenToAccount", [this](Call& call) {
                       Response response;
                       response.type = "text/event-stream";
                       response.stream = [this, account = call.account, lang = call.lang,
                                          still = still_may(call)](std::shared_ptr<EventStream> stream) {
                         jobs_.listen(account, {std::move(stream), lang, still});
                       };
                       return response;
                     }});
  routes_.push_back({"DELETE", "/accounts/{account}/jobs/{job}", Role::kOperator, "cancelJob", [this](Call& call) {
                       const auto done = jobs_.cancel(call.account, call.number("job").value_or(0));
                       if (!done) return problem(done.error(), call.lang);
                       Response response;
                       response.status = 204;
                       return response;
                     }});
}

}  // namespace destock::server
