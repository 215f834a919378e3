// Accounts: overview, health, tables, one SKU, what-if, the workbook, exchange rates.

#include <filesystem>
#include <fstream>

#include "app/export.h"
#include "app/fact_coverage.h"
#include "app/forecast_view.h"
#include "app/json_fees.h"
#include "app/line_opened.h"
#include "app/overview.h"
#include "app/restock_lines.h"
#include "app/settings.h"
#include "app/todo.h"
#include "app/together.h"
#include "app/wishes.h"
#include "economics/holding.h"
#include "economics/listing_ladder.h"
#include "server/api.h"
#include "server/names.h"
#include "server/table_query.h"

namespace destock::server {
namespace {

using account::Role;
using app::Json;

constexpr int kExplainDays = 365;

Response table_answer(Call& call, const AccountView& view, std::string name) {
  const bool csv = name.ends_with(".csv");
  if (csv) name.resize(name.size() - 4);
  const deliver::Table* table = view.table(name);
  if (!table) {
    if (name.starts_with("plan_"))
      return problem(
          {ErrorKind::kNotFound, {"there is no plan yet", "尚无方案"}, {}, {"make one under Plan", "请在“方案”中生成"}},
          call.lang);
    return problem({ErrorKind::kNotFound, {"no such table", "没有该表"}, name, {}}, call.lang);
  }
  const auto query = read_table_query(*table, call.request, in_base_of(view));
  if (!query) return problem(query.error(), call.lang);
  const auto rows = rows_of(*table, *query);
  if (!csv) {
    Json page = page_json(*table, *query, rows, call.lang);
    page["as_of"] = iso(view.state.account.as_of);
    return json_answer(page);
  }
  Response response;
  response.type = "text/csv; charset=utf-8";
  response.set_body(rows_csv(*table, *query, rows, call.lang));
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + name + "-" + iso(view.state.account.as_of) + ".csv\"");
  return response;
}

const size_t* listing_of(const Call& call, const AccountView& view) {
  const auto found = view.listings.find({call.named_or_empty("marketplace"), call.named_or_empty("sku")});
  return found == view.listings.end() ? nullptr : &found->second;
}

Response no_such_sku(const Call& call) {
  return problem({ErrorKind::kNotFound, {"no such SKU", "没有该 SKU"}, call.named_or_empty("sku"), {}}, call.lang);
}

const account::PlanLine* line_of(const AccountView& view, size_t listing) {
  if (!view.plan) return nullptr;
  const account::Listing& of = view.state.account.listings[listing];
  for (const account::PlanLine& line : view.plan->lines)
    if (line.sku == of.sku && line.marketplace == of.marketplace) return &line;
  return nullptr;
}

Json events_json(const AccountView& view, const std::string& marketplace, Lang lang) {
  Json list = Json::array();
  for (const market::Event& event : app::events_around(view.context->facts, view.ground->forecast(), marketplace))
    list.push_back(
        {{"id", event.id}, {"name", event.name.in(lang)}, {"from", iso(event.first_day)}, {"to", iso(event.last_day)}});
  return list;
}

Json stockouts_json(const account::Account& account, size_t listing) {
  Json list = Json::array();
  for (int32_t day : account.stockout_days.of(listing)) list.push_back(iso(date_of_day_number(day)));
  return list;
}

// Its ages, what each pays of the aged surcharge a month, and what it pays once a day older than the band.
Json cohorts_json(const account::Account& account, size_t listing, const market::Facts& facts) {
  const auto terms = economics::holding_terms(account, listing, facts, account.as_of);
  const Currency currency = account.listings[listing].currency;
  const auto of = [&](const account::AgeBand& band, int day) {
    const auto each = terms.aged_per_unit(terms.next_assessed(account.as_of), day);
    return each ? app::to_json(Money::fitting(*each * static_cast<double>(band.units), currency)) : Json(nullptr);
  };
  Json list = Json::array();
  for (const account::AgeBand& band : account.ages.of(listing))
    list.push_back({{"from_day", band.from_day},
                    {"to_day", band.to_day ? Json(*band.to_day) : Json(nullptr)},
                    {"units", band.units},
                    {"surcharge_a_month", of(band, band.from_day)},
                    {"surcharge_after", band.to_day ? of(band, *band.to_day + 1) : Json(nullptr)}});
  return list;
}

// One SKU, in the JSON of the CLI's commands.
Json sku_json(const AccountView& view, size_t listing, Lang lang) {
  const app::Context& context = *view.context;
  const account::Account& account = view.state.account;
  const account::Listing& of = account.listings[listing];
  const auto stages = economics::listing_ladder(account, listing, context.facts);
  const std::string site = app::listing_address(context.facts, of.marketplace);
  const account::PlanLine* line = line_of(view, listing);
  const auto explanation = economics::explain(account, listing, context.facts, account.as_of + Days(kExplainDays));
  clearance::Planner planner;
  Json plan = line ? app::plan_line_json(*line, lang) : Json(nullptr);
  if (line)
    add_factors(app::LineOpened(view.state, view.ground->forecast(), listing, *view.plan, context), *line, lang, plan);
  return {
      {"as_of", iso(account.as_of)},
      {"marketplace", of.marketplace},
      {"sku", of.sku},
      {"title", of.title},
      {"asin", of.asin.empty() ? Json(nullptr) : Json(of.asin)},
      {"link", site.empty() || of.asin.empty() ? Json(nullptr) : Json(site + of.asin)},
      {"health", app::diagnosis_json(account, view.state.health.diagnoses[listing], context.facts.playbook, lang)},
      {"cohorts", cohorts_json(account, listing, context.facts)},
      {"stockout_days", stockouts_json(account, listing)},
      {"events", events_json(view, of.marketplace, lang)},
      {"forecast",
       app::forecast_json(account, context.facts, view.ground->forecast(), {listing}, true, lang)["skus"][0]},
      {"ladder", stages ? app::ladder_json(*stages, lang)["stages"] : Json(nullptr)},
      {"ladder_missing", stages ? Json(nullptr) : Json(stages.error().what.in(lang))},
      {"plan_id", view.plan ? Json(view.plan->id) : Json(nullptr)},
      {"plan", std::move(plan)},
      {"restock", app::restock_line_json(
                      account, app::restock_of(view.state, listing, context, view.ground->forecast(), planner), lang)},
      {"explanation", app::explanation_json(of, explanation, lang)},
      {"channel_names", app::channel_names_json(context.facts, lang)}};
}

Response not_chosen(Call& call, const AccountView& view) {
  const size_t* listing = listing_of(call, view);
  if (!listing) return no_such_sku(call);
  const account::PlanLine* line = line_of(view, *listing);
  clearance::Planner planner;
  const auto channels = line ? app::LineOpened(view.state, view.ground->forecast(), *listing, *view.plan, *view.context)
                                   .not_chosen(*line, planner)
                             : std::vector<app::NotChosen>();
  return json_answer({{"channels", app::not_chosen_json(channels, call.lang)}});
}

Response what_if(Call& call, const AccountView& view) {
  const size_t* listing = listing_of(call, view);
  if (!listing) return no_such_sku(call);
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const app::Context& context = *view.context;
  app::Json asked = *json;
  asked.erase("horizon_weeks");  // of the plan, not of a line
  const auto wishes = app::read_wishes(asked, view.state.account.listings[*listing].currency, context.facts);
  if (!wishes) return problem(wishes.error(), call.lang);
  const Date first_day = app::plan_start(view.state.account.as_of, context.today());
  if (const auto reason = app::without_figure(view.state.account, *listing, context.facts, first_day)) {
    const Text name = app::without_figure_name(*reason);
    return problem({ErrorKind::kRefused,
                    {"no plan can be made of a SKU " + name.en, "该 SKU " + name.zh + "，无法制定方案"},
                    view.state.account.listings[*listing].sku,
                    {"import Fee Preview and FBA Inventory", "请导入费用预览与 FBA 库存报告"}},
                   call.lang);
  }
  clearance::Planner planner;
  const int most = context.facts.playbook.plan.horizon_weeks;
  const int weeks = json->contains("horizon_weeks") ? std::clamp(json->at("horizon_weeks").get<int>(), 1, most) : most;
  account::PlanLine line =
      app::plan_one(view.state, view.ground->forecast(), *listing, weeks, *wishes, context.facts, planner, first_day);
  return json_answer(app::plan_line_json(line, call.lang));
}

Response workbook(Call& call, const AccountView& view, store::Store& store) {
  std::string folder = (std::filesystem::temp_directory_path() / "destock-XXXXXX").string();
  if (!mkdtemp(folder.data()))
    return problem({ErrorKind::kIo, {"no room for the workbook", "无法写入工作簿"}, folder, {}}, call.lang);
  const auto path = app::export_workbook(store, call.account, view.state, *view.context, call.lang, folder);
  Response response;
  if (path) {
    std::ifstream file(*path, std::ios::binary);
    response.set_body(std::string(std::istreambuf_iterator<char>(file), {}));
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"destock-" + iso(view.state.account.as_of) + ".xlsx\"");
  } else {
    response = problem(path.error(), call.lang);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return response;
}

Response add_rate(Call& call, store::Store& store, const app::Context& context) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const auto from = Currency::parse(json->at("from").get<std::string>());
  const auto to = Currency::parse(json->at("to").get<std::string>());
  const double rate = json->at("rate").get<double>();
  const auto day =
      json->contains("day") ? parse_iso_date(json->at("day").get<std::string>()) : std::optional<Date>(context.today());
  if (!from || !to || *from == *to || !day || !is_rate(rate))
    return problem({ErrorKind::kBadUsage,
                    {"a rate needs two currencies, a day and a number between 0.000001 and 1,000,000",
                     "汇率需要两个币种、日期，以及 0.000001 与 1,000,000 之间的数"},
                    {},
                    {"one USD in CNY: from USD, to CNY, rate 7.2", "1 美元兑人民币：from USD、to CNY、rate 7.2"}},
                   call.lang);
  if (const auto fits = app::check_rate(context, *day, *from, *to, rate); !fits)
    return problem(fits.error(), call.lang);
  const auto done = store.add_rate(call.account, {*day, *from, *to, rate});
  call.audit_detail = from->str() + "→" + to->str() + " " + std::to_string(rate);
  return done ? json_answer({{"day", iso(*day)}}, 201) : problem(done.error(), call.lang);
}

Response list_rates(Call& call, store::Store& store) {
  const auto rates = store.rates(call.account);
  if (!rates) return problem(rates.error(), call.lang);
  Json list = Json::array();
  for (const account::ExchangeRateRow& rate : *rates)
    list.push_back({{"day", iso(rate.day)}, {"from", rate.from.str()}, {"to", rate.to.str()}, {"rate", rate.rate}});
  return json_answer({{"rates", list}});
}

Response add_account(Call& call, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const std::string name = json->at("name").get<std::string>();
  if (const auto fault = account_name_fault(name)) return problem(*fault, call.lang);
  call.audit_detail = name;
  const auto id = store.account(name);
  return id ? json_answer({{"id", *id}, {"name", name}}, 201) : problem(id.error(), call.lang);
}

Response rename_account(Call& call, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const std::string name = json->at("name").get<std::string>();
  if (const auto fault = account_name_fault(name)) return problem(*fault, call.lang);
  const auto done = store.rename_account(call.account, name);
  call.audit_detail = name;
  return done ? json_answer({{"id", call.account}, {"name", name}}) : problem(done.error(), call.lang);
}

// Those that one may see.
Response accounts_together(Call& call, Views& views) {
  std::optional<Currency> currency;
  if (const std::string asked = call.request.value("currency"); !asked.empty()) {
    currency = Currency::parse(asked);
    if (!currency)
      return problem({ErrorKind::kBadUsage, {"not a currency: " + asked, "不是币种：" + asked}, "currency", {}},
                     call.lang);
  }
  const auto store = views.store();
  if (!store) return problem(store.error(), call.lang);
  const auto names = (*store)->accounts();
  if (!names) return problem(names.error(), call.lang);
  std::vector<std::tuple<int64_t, std::string, std::shared_ptr<const AccountView>>> seen;
  std::vector<Currency> bases;
  for (const auto& [id, name] : *names) {
    if (!call.who->sees(id)) continue;
    auto view = views.get(id);
    if (!view && view.error().kind != ErrorKind::kNotFound) return problem(view.error(), call.lang);
    if (view) bases.push_back((*view)->state.health.figures.base_currency);
    seen.emplace_back(id, name, view ? *view : nullptr);
  }
  app::Together together{currency ? *currency : app::common_currency(bases), {}};
  for (const auto& [id, name, view] : seen)
    together.accounts.push_back(
        view ? app::sums_of(id, name, view->state, view->plan ? &*view->plan : nullptr, together.currency)
             : app::AccountSums{id, name});
  return json_answer(app::together_json(together, call.lang));
}

Response list_accounts(Call& call, store::Store& store) {
  const auto accounts = store.accounts();
  if (!accounts) return problem(accounts.error(), call.lang);
  Json list = Json::array();
  for (const auto& [id, name] : *accounts)
    if (call.who->sees(id)) list.push_back({{"id", id}, {"name", name}});
  return json_answer({{"accounts", list}});
}

}  // namespace

void Api::add_account_routes() {
  const auto with_view_of = [this](auto work) {
    return
        [this, work](Call& call) { return with_view(call, [&](const AccountView& view) { return work(call, view); }); };
  };
  routes_.push_back({"GET", "/accounts", Role::kViewer, "listAccounts", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) { return list_accounts(call, store); });
                     }});
  routes_.push_back({"POST", "/accounts", Role::kOwner, "addAccount", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) { return add_account(call, store); });
                     }});
  routes_.push_back({"GET", "/accounts/together", Role::kViewer, "getTogether",
                     [this](Call& call) { return accounts_together(call, views_); }});
  routes_.push_back({"PATCH", "/accounts/{account}", Role::kOwner, "renameAccount", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) { return rename_account(call, store); });
                     }});
  routes_.push_back({"GET", "/accounts/{account}/overview", Role::kViewer, "getOverview",
                     with_view_of([](Call& call, const AccountView& view) {
                       return json_answer(
                           app::overview_json(view.state, view.plan ? &*view.plan : nullptr, *view.context, call.lang));
                     }),
                     true, true});
  routes_.push_back({"GET", "/accounts/{account}/health", Role::kViewer, "getHealth",
                     with_view_of([](Call& call, const AccountView& view) {
                       return json_answer(app::health_json(view.state, view.context->facts.playbook, call.lang));
                     })});
  routes_.push_back({"GET", "/accounts/{account}/tables/{table}", Role::kViewer, "getTable",
                     with_view_of([](Call& call, const AccountView& view) {
                       return table_answer(call, view, call.named_or_empty("table"));
                     }),
                     true, true});
  routes_.push_back({"GET", "/accounts/{account}/skus/{marketplace}/{sku}", Role::kViewer, "getSku",
                     with_view_of([](Call& call, const AccountView& view) {
                       const size_t* listing = listing_of(call, view);
                       return listing ? json_answer(sku_json(view, *listing, call.lang)) : no_such_sku(call);
                     }),
                     true, true});
  routes_.push_back({"POST", "/accounts/{account}/skus/{marketplace}/{sku}/what-if", Role::kViewer, "whatIf",
                     with_view_of(what_if), false});
  routes_.push_back({"GET", "/accounts/{account}/skus/{marketplace}/{sku}/not-chosen", Role::kViewer, "getNotChosen",
                     with_view_of(not_chosen), true, true});
  routes_.push_back({"GET", "/accounts/{account}/restock", Role::kViewer, "getRestock",
                     with_view_of([](Call& call, const AccountView& view) {
                       return json_answer(app::restock_json(view.state, view.ground->restock_lines(), call.lang));
                     })});
  routes_.push_back({"GET", "/accounts/{account}/facts", Role::kViewer, "getFacts",
                     with_view_of([](Call& call, const AccountView& view) {
                       const Date day = view.state.account.as_of;
                       return json_answer(
                           app::facts_json(app::fact_coverage(view.context->facts, day), day, call.lang));
                     })});
  routes_.push_back({"GET", "/accounts/{account}/workbook", Role::kViewer, "getWorkbook",
                     with_view_of([this](Call& call, const AccountView& view) {
                       return with_store(call, [&](store::Store& store) { return workbook(call, view, store); });
                     })});
  routes_.push_back({"GET", "/accounts/{account}/rates", Role::kViewer, "listRates", [this](Call& call) {
                       return with_store(call, [&](store::Store& store) { return list_rates(call, store); });
                     }});
  routes_.push_back({"POST", "/accounts/{account}/rates", Role::kOperator, "addRate", [this](Call& call) {
                       return with_store(call,
                                         [&](store::Store& store) { return add_rate(call, store, views_.context()); });
                     }});
}

}  // namespace destock::server
