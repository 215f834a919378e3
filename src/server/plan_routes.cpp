// Plans: made as jobs, compared, and what people decide of their lines.

#include "server/api.h"
#include "server/wishes.h"

namespace destock::server {
namespace {

using account::PlanChoice;
using account::Role;
using app::Json;

constexpr std::string_view kPinnedIds[] = {"no", "locked", "excluded"};

Json choice_json(const PlanChoice& choice) {
  return {{"marketplace", choice.marketplace},
          {"sku", choice.sku},
          {"approved", choice.approved},
          {"pinned", kPinnedIds[static_cast<size_t>(choice.pinned)]},
          {"wishes", choice.wishes.empty() ? Json(nullptr) : Json::parse(choice.wishes, nullptr, false)},
          {"person", choice.person},
          {"at", choice.at}};
}

Json choices_json(const std::vector<PlanChoice>& choices) {
  Json list = Json::array();
  for (const PlanChoice& choice : choices) list.push_back(choice_json(choice));
  return list;
}

Error no_plan() {
  return {ErrorKind::kNotFound, {"no such plan", "没有该方案"}, {}, {"make one under Plan", "请在“方案”中生成"}};
}

// The plan named in the path: a number, or "latest".
Result<account::PlanRecord> plan_of(const Call& call, store::Store& store, const AccountView& view) {
  const bool latest = call.named_or_empty("plan") == "latest";
  if (view.plan && (latest || call.number("plan") == view.plan->id)) return *view.plan;
  if (latest || !call.number("plan")) return tl::unexpected(no_plan());
  auto plan = store.plan(call.account, call.number("plan"));
  if (!plan) return tl::unexpected(plan.error());
  if (!*plan) return tl::unexpected(no_plan());
  return std::move(**plan);
}

Response get_plan(const Call& call, store::Store& store, const AccountView& view) {
  const auto plan = plan_of(call, store, view);
  if (!plan) return problem(plan.error(), call.lang);
  const auto choices = store.plan_choices(plan->id);
  if (!choices) return problem(choices.error(), call.lang);
  const auto totals = app::plan_totals(*plan, view.state.account.rates, view.state.health.figures.base_currency);
  Json json = app::plan_json(*plan, totals, view.state, call.lang);
  json["created_at"] = plan->created_at;
  json["current"] = plan->as_of == view.state.account.as_of;
  json["wishes"] = plan->wishes.empty() ? Json(nullptr) : Json::parse(plan->wishes, nullptr, false);
  json["choices"] = choices_json(*choices);
  json["channel_names"] = app::channel_names_json(view.context->facts, call.lang);
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
                    {"lines", plan.lines}});
  return json_answer({{"plans", list}});
}

PlanChoice& choice_of(std::vector<PlanChoice>& choices, const std::string& marketplace, const std::string& sku) {
  for (PlanChoice& choice : choices)
    if (choice.marketplace == marketplace && choice.sku == sku) return choice;
  PlanChoice made;
  made.marketplace = marketplace;
  made.sku = sku;
  choices.push_back(std::move(made));
  return choices.back();
}

// Changes what stands in `json`: approved, pinned, wishes (null takes them back).
std::optional<Error> change(PlanChoice& choice, const Json& json, Currency currency, const market::Facts& facts) {
  if (json.contains("approved")) choice.approved = json.at("approved").get<bool>();
  if (json.contains("pinned")) {
    const auto* found = std::find(std::begin(kPinnedIds), std::end(kPinnedIds), json.at("pinned").get<std::string>());
    if (found == std::end(kPinnedIds))
      return Error{ErrorKind::kBadUsage,
                   {"pinned is no, locked or excluded", "pinned 取值：no、locked、excluded"},
                   json.at("pinned").get<std::string>(),
                   {}};
    choice.pinned = static_cast<account::Pinned>(found - std::begin(kPinnedIds));
  }
  if (json.contains("wishes")) {
    const Json& wishes = json.at("wishes");
    if (!wishes.is_null())
      if (const auto read = read_wishes(wishes, currency, facts); !read) return read.error();
    choice.wishes = wishes.is_null() ? std::string() : wishes.dump();
  }
  if (choice.pinned == account::Pinned::kExcluded) choice.approved = false;
  return std::nullopt;
}

Response change_lines(Call& call, store::Store& store, const AccountView& view) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const auto plan = plan_of(call, store, view);
  if (!plan) return problem(plan.error(), call.lang);
  auto choices = store.plan_choices(plan->id);
  if (!choices) return problem(choices.error(), call.lang);
  std::vector<PlanChoice> changed;
  for (const Json& line : json->at("lines")) {
    const std::string marketplace = line.at("marketplace").get<std::string>();
    const std::string sku = line.at("sku").get<std::string>();
    const auto listing = view.listings.find({marketplace, sku});
    if (listing == view.listings.end())
      return problem({ErrorKind::kNotFound, {"no such SKU", "没有该 SKU"}, sku, {}}, call.lang);
    PlanChoice& choice = choice_of(*choices, marketplace, sku);
    const Currency currency = view.state.account.listings[listing->second].currency;
    if (const auto error = change(choice, json->at("change"), currency, view.context->facts))
      return problem(*error, call.lang);
    choice.person = call.who->person.name;
    choice.at = now_utc();
    changed.push_back(choice);
  }
  if (const auto done = store.set_plan_choices(plan->id, changed); !done) return problem(done.error(), call.lang);
  call.audit_detail = std::to_string(changed.size()) + " lines: " + json->at("change").dump();
  return json_answer({{"choices", choices_json(changed)}});
}

// What was decided of the newest plan goes over into the next.
Result<std::vector<PlanChoice>> carry_over(store::Store& store, const AccountView& view, app::PlanOptions& options,
                                           const market::Facts& facts) {
  if (!view.plan) return std::vector<PlanChoice>{};
  auto choices = store.plan_choices(view.plan->id);
  if (!choices) return choices;
  for (PlanChoice& choice : *choices) {
    const auto listing = view.listings.find({choice.marketplace, choice.sku});
    if (listing == view.listings.end()) continue;
    const std::pair key(choice.marketplace, choice.sku);
    const Currency currency = view.state.account.listings[listing->second].currency;
    if (!choice.wishes.empty())
      if (auto wishes = read_wishes(Json::parse(choice.wishes, nullptr, false), currency, facts))
        options.own_wishes.emplace(key, std::move(*wishes));
    if (choice.pinned == account::Pinned::kExcluded) options.excluded.insert(key);
    const bool kept = choice.pinned == account::Pinned::kLocked && view.plan->as_of == view.state.account.as_of;
    if (kept)
      for (const account::PlanLine& line : view.plan->lines)
        if (line.sku == choice.sku && line.marketplace == choice.marketplace) options.locked.push_back(line);
    // An approval is of a line as it was.
    if (!kept) choice.approved = false;
  }
  return choices;
}

Result<Json> run_plan(Views& views, int64_t account, const Json& asked, store::Store& store,
                      const std::atomic<bool>& stop, const Jobs::Tell& tell) {
  const auto view = views.get(account);
  if (!view) return tl::unexpected(view.error());
  const app::Context& context = *(*view)->context;
  const market::Playbook& playbook = context.facts.playbook;
  app::PlanOptions options;
  options.stop = &stop;
  options.policy = *clearance::policy_of(asked.value("policy", "optimal"));
  options.horizon_weeks = asked.value("horizon_weeks", playbook.plan.horizon_weeks);
  const Currency base = (*view)->state.health.figures.base_currency;
  const auto wishes = read_wishes(asked.value("wishes", Json::object()), base, context.facts);
  if (!wishes) return tl::unexpected(wishes.error());
  options.wishes = *wishes;
  auto choices = carry_over(store, **view, options, context.facts);
  if (!choices) return tl::unexpected(choices.error());
  app::Context now = context;
  now.now_utc = now_utc();
  account::PlanRecord plan =
      app::make_plan((*view)->state, options, now, [&](size_t done, size_t total) { tell("planning", done, total); });
  if (stop) return Json(nullptr);
  plan.wishes = asked.contains("wishes") ? asked.at("wishes").dump() : std::string();
  const auto id = store.add_plan(account, plan);
  if (!id) return tl::unexpected(id.error());
  if (const auto done = store.set_plan_choices(*id, *choices); !done) return tl::unexpected(done.error());
  (void)views.get(account);  // the next to look finds it made
  return Json{{"plan_id", *id}, {"lines", plan.lines.size()}};
}

Response make_plan(Call& call, Views& views, Jobs& jobs) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const int weeks = json->value("horizon_weeks", views.context().facts.playbook.plan.horizon_weeks);
  if (!clearance::policy_of(json->value("policy", "optimal")) || weeks < 1 || weeks > 104)
    return problem({ErrorKind::kBadUsage,
                    {"no such policy, or no 1 to 104 weeks", "策略不存在，或周数不在 1–104"},
                    {},
                    {"optimal, playbook, hold and liquidate are there", "可用：optimal、playbook、hold、liquidate"}},
                   call.lang);
  const auto wishes = read_wishes(json->value("wishes", Json::object()), currency_of("USD"), views.context().facts);
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
                       response.stream = [this, account = call.account, id,
                                          lang = call.lang](std::shared_ptr<EventStream> stream) {
                         jobs_.listen(account, id, lang, std::move(stream));
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
