// This week, decisions, files, what came of it.

#include <cmath>

#include "app/demand_edits.h"
#include "app/json_desk.h"
#include "app/json_parts.h"
#include "app/settings.h"
#include "app/trials.h"
#include "server/api.h"

namespace destock::server {
namespace {

using account::DeskEventKind;
using account::Role;
using app::Json;

Error bad_field(const char* field, const Text& next) {
  return {ErrorKind::kBadUsage, {std::string("cannot read ") + field, std::string("无法识别 ") + field}, field, next};
}

Result<std::optional<Date>> day_in(const std::string& text, const char* field) {
  if (text.empty()) return std::optional<Date>();
  const auto day = parse_iso_date(text);
  if (!day) return tl::unexpected(bad_field(field, {"a day as 2026-01-05", "日期如 2026-01-05"}));
  return day;
}

// Of the address (text values) or of a body's object.
template <typename ValueOf>
Result<app::TodoFilter> filter_of(const ValueOf& value) {
  app::TodoFilter filter;
  filter.owner = value("owner");
  filter.channel = value("channel");
  filter.marketplace = value("marketplace");
  filter.all = value("every") == "1";
  filter.words = value("q");
  const std::string state = value("state");
  for (size_t i = 0; i < std::size(desk::kStateIds); ++i)
    if (state == desk::kStateIds[i]) filter.state = static_cast<desk::State>(i);
  if (!state.empty() && !filter.state)
    return tl::unexpected(
        bad_field("state", {"proposed, approved, put_off, …", "可用：proposed、approved、put_off 等"}));
  const auto week = day_in(value("week"), "week");
  if (!week) return tl::unexpected(week.error());
  filter.week = *week;
  const std::string kind = value("kind");
  for (size_t i = 0; i < std::size(app::kTodoKindIds); ++i)
    if (kind == app::kTodoKindIds[i]) filter.kind = static_cast<app::TodoKind>(i);
  if (!kind.empty() && !filter.kind)
    return tl::unexpected(bad_field("kind", {"file, clicks or message", "可用：file、clicks、message"}));
  if (const std::string gain = value("gain_above"); !gain.empty()) {
    char* end = nullptr;
    filter.gain_above = std::strtod(gain.c_str(), &end);
    if (*end) return tl::unexpected(bad_field("gain_above", {"a number", "数值"}));
  }
  return filter;
}

Result<app::TodoFilter> filter_of_address(const Call& call) {
  return filter_of([&](const char* name) { return call.request.value(name); });
}

Result<app::TodoFilter> filter_of_body(const Json& json) {
  auto filter = filter_of([&](const char* name) {
    if (!json.contains("filter") || !json.at("filter").contains(name)) return std::string();
    const Json& value = json.at("filter").at(name);
    return value.is_string()    ? value.get<std::string>()
           : value.is_boolean() ? (value.get<bool>() ? "1" : "")
                                : value.dump();
  });
  if (filter && json.contains("ids"))
    for (const Json& id : json.at("ids")) filter->ids.push_back(id.get<std::string>());
  return filter;
}

// The account's own context: its settings name channels and rules.
Result<app::Context> context_of(Views& views, store::Store& store, int64_t account) {
  const auto settings = store.settings(account);
  if (!settings) return tl::unexpected(settings.error());
  return app::with_settings(views.context(), *settings);
}

Response get_todo(const Call& call, Views& views, store::Store& store) {
  const auto context = context_of(views, store, call.account);
  if (!context) return problem(context.error(), call.lang);
  const auto filter = filter_of_address(call);
  if (!filter) return problem(filter.error(), call.lang);
  const auto list = app::todo(store, call.account, *context, *filter);
  if (!list) return problem(list.error(), call.lang);
  const std::string asked = call.request.value("limit");
  const size_t most = asked.empty() ? list->items.size() : static_cast<size_t>(std::max(0, std::atoi(asked.c_str())));
  Json json = app::todo_json(*list, call.lang, most);
  const auto due = app::reviews_due(store, call.account, *context);
  if (!due) return problem(due.error(), call.lang);
  json["reviews"] = app::log_json(*due, call.lang)["decisions"];
  return json_answer(json);
}

// {"ids": [...]} or {"all": true, "filter": {...}}, with {"decision": "approved", "why", "until", "review_on",
// "check"}.
Response decide(Call& call, Views& views, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (const auto keys =
          app::check_keys(*json, {"ids", "all", "filter", "decision", "why", "until", "review_on", "check"});
      !keys)
    return problem(keys.error(), call.lang);
  auto filter = filter_of_body(*json);
  if (!filter) return problem(filter.error(), call.lang);
  if (filter->ids.empty() && !json->value("all", false))
    return problem(bad_field("ids", {"name some, or say all", "请给出任务编号，或设 all"}), call.lang);
  const auto kind = account::desk_event_of(json->value("decision", std::string()));
  const bool of_action = kind && (*kind <= DeskEventKind::kNotDone || *kind == DeskEventKind::kNote);
  if (!of_action || *kind == DeskEventKind::kWritten)
    return problem(
        bad_field(
            "decision",
            {"approved, withdrawn, put_off, left_out, taken_in, checked, unchecked, confirmed, done, not_done or note",
             "可用：approved、withdrawn、put_off、left_out、taken_in、checked、unchecked、confirmed、done、not_"
             "done、note"}),
        call.lang);
  const auto until = day_in(json->value("until", std::string()), "until");
  if (!until) return problem(until.error(), call.lang);
  const auto review = day_in(json->value("review_on", std::string()), "review_on");
  if (!review) return problem(review.error(), call.lang);
  app::ActionDecision decision{*kind, *filter, json->value("why", std::string()), *until, *review, {}};
  if (json->contains("check")) decision.check = json->at("check").get<int>();
  const auto context = context_of(views, store, call.account);
  if (!context) return problem(context.error(), call.lang);
  const auto decided = app::decide_actions(store, call.account, *context, decision, call.who->person.name);
  if (!decided) return problem(decided.error(), call.lang);
  constexpr size_t kNamed = 5;
  call.audit_detail = json->value("decision", std::string()) + ": " + std::to_string(decided->done.size()) + " actions";
  for (size_t i = 0; i < decided->done.size() && i < kNamed; ++i)
    call.audit_detail += (i ? ", " : " ") + decided->done[i];
  return json_answer(app::decided_json(*decided, call.lang));
}

// {"channel", "skus", "marketplace", "off", "tiers": [{"from_units", "off"}], "from", "weeks", "why"}
Response put_in_trials(Call& call, Views& views, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (const auto keys =
          app::check_keys(*json, {"channel", "skus", "marketplace", "off", "tiers", "from", "weeks", "why"});
      !keys)
    return problem(keys.error(), call.lang);
  const auto from = day_in(json->value("from", std::string()), "from");
  if (!from) return problem(from.error(), call.lang);
  app::Trial trial;
  trial.channel = json->value("channel", std::string());
  trial.skus = json->value("skus", std::vector<std::string>());
  trial.marketplace = json->value("marketplace", std::string());
  trial.off = json->value("off", 0.0);
  trial.from = *from;
  if (json->contains("weeks")) trial.weeks = json->at("weeks").get<int>();
  trial.why = json->value("why", std::string());
  if (json->contains("tiers")) {
    trial.tiers.emplace();
    for (const Json& one : json->at("tiers"))
      trial.tiers->push_back(
          {one.at("from_units").get<int>(), static_cast<int>(std::lround(one.at("off").get<double>() * 100))});
    if (!account::are_tiers(*trial.tiers))
      return problem(bad_field("tiers", {"units from 2 and discounts of 1 to 99 %, both rising",
                                         "数量自 2 起，折扣 1% 至 99%，两者递增"}),
                     call.lang);
  }
  const auto context = context_of(views, store, call.account);
  if (!context) return problem(context.error(), call.lang);
  const auto made = app::put_in_trials(store, call.account, *context, trial, call.who->person.name);
  if (!made) return problem(made.error(), call.lang);
  call.audit_detail = trial.channel + ": " + std::to_string(made->ids.size()) + " actions put in";
  return json_answer(app::trials_json(*made, call.lang), 201);
}

// {"kind": "forecast_set" | "spike_left_out" | "spike_again", "from", "to", "units_a_week" or "times", "why"}
Response decide_demand(Call& call, Views& views, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (const auto keys = app::check_keys(*json, {"kind", "from", "to", "units_a_week", "times", "why"}); !keys)
    return problem(keys.error(), call.lang);
  const auto kind = account::desk_event_of(json->value("kind", std::string()));
  if (!kind || *kind < DeskEventKind::kForecastSet || *kind > DeskEventKind::kSpikeAgain)
    return problem(bad_field("kind", {"forecast_set, spike_left_out or spike_again",
                                      "可用：forecast_set、spike_left_out、spike_again"}),
                   call.lang);
  const auto from = day_in(json->value("from", std::string()), "from");
  if (!from) return problem(from.error(), call.lang);
  const auto to = day_in(json->value("to", std::string()), "to");
  if (!to) return problem(to.error(), call.lang);
  if (!*from || !*to)
    return problem(bad_field(*from ? "to" : "from", {"a day as 2026-01-05", "日期如 2026-01-05"}), call.lang);
  const auto figure = [&](const char* name) {
    return json->contains(name) && !json->at(name).is_null() ? std::optional<double>(json->at(name).get<double>())
                                                             : std::nullopt;
  };
  const app::DemandDecision decision{call.named_or_empty("sku"),
                                     call.named_or_empty("marketplace"),
                                     *kind,
                                     **from,
                                     **to,
                                     figure("units_a_week"),
                                     figure("times"),
                                     json->value("why", std::string())};
  const auto context = context_of(views, store, call.account);
  if (!context) return problem(context.error(), call.lang);
  const auto done = app::decide_demand(store, call.account, *context, decision, call.who->person.name);
  if (!done) return problem(done.error(), call.lang);
  call.audit_detail = decision.sku + " " + std::string(account::desk_event_id(*kind));
  return json_answer({{"decided", done->size()}}, 201);
}

Response get_decisions(const Call& call, Views& views, store::Store& store) {
  const auto rows = app::decisions(store, call.account, views.context(), call.request.value("sku"));
  return rows ? json_answer(app::log_json(*rows, call.lang)) : problem(rows.error(), call.lang);
}

Response take_back(Call& call, Views& views, store::Store& store) {
  if (!call.number("decision") && call.named_or_empty("decision") != "newest")
    return problem(bad_field("decision", {"its number, or newest", "决策编号或 newest"}), call.lang);
  const auto undone = app::undo(store, call.account, views.context(), call.number("decision"), call.who->person.name);
  if (!undone) return problem(undone.error(), call.lang);
  const account::DeskEvent& event = undone->event;
  call.audit_detail = "#" + std::to_string(event.id) + " " + (event.action.empty() ? event.sku : event.action);
  return json_answer({{"undone", event.id}, {"count", undone->count}});
}

Response write_files(Call& call, Views& views, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  if (const auto keys = app::check_keys(*json, {"filter", "dry_run", "seller", "product_type", "templates"}); !keys)
    return problem(keys.error(), call.lang);
  const auto filter = filter_of_body(*json);
  if (!filter) return problem(filter.error(), call.lang);
  const auto context = context_of(views, store, call.account);
  if (!context) return problem(context.error(), call.lang);
  app::CarryOutRequest request;
  request.which = *filter;
  request.dry_run = json->value("dry_run", false);
  request.lang = call.lang;
  request.seller = json->value("seller", std::string());
  request.product_type = json->value("product_type", request.product_type);
  for (const Json& one : json->value("templates", Json::array())) {
    auto bytes = app::base64_bytes(one.at("content").get<std::string>());
    if (!bytes) return problem(bad_field("templates", {"the file in base64", "base64 编码的文件"}), call.lang);
    request.templates.push_back({one.at("name").get<std::string>(), std::move(*bytes)});
  }
  const auto done = app::carry_out(store, call.account, *context, request, call.who->person.name);
  if (!done) return problem(done.error(), call.lang);
  call.audit_detail = std::to_string(done->files.size()) + (request.dry_run ? " files looked at" : " files written");
  return json_answer(app::carried_out_json(*done, call.lang));
}

Response list_files(const Call& call, store::Store& store) {
  const auto files = store.written_files(call.account);
  if (!files) return problem(files.error(), call.lang);
  Json list = Json::array();
  for (const account::WrittenFile& file : *files) list.push_back(app::written_file_json(file));
  return json_answer({{"files", list}});
}

const char* type_of(const std::string& name) {
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".json")) return "application/json";
  if (name.ends_with(".ics")) return "text/calendar; charset=utf-8";
  if (name.ends_with(".xlsx")) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return "text/plain; charset=utf-8";
}

Response get_file(const Call& call, store::Store& store) {
  const auto file = app::written_bytes(store, call.account, call.number("file").value_or(0));
  if (!file) return problem(file.error(), call.lang);
  Response response;
  response.type = type_of(file->name);
  response.set_body(file->content);
  const std::string name = file->name.substr(file->name.rfind('/') + 1);
  // A page of our own making is still only looked at once it is saved: it never runs beside the dashboard.
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

Response take_report(Call& call, Views& views, store::Store& store) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const auto done = app::take_processing_report(store, call.account, views.context(),
                                                json->value("text", std::string()), call.who->person.name);
  if (!done) return problem(done.error(), call.lang);
  Json refused = Json::array();
  for (const auto& [id, words] : done->refused) refused.push_back({{"id", id}, {"why", words}});
  call.audit_detail = std::to_string(done->refused.size()) + " actions refused";
  return json_answer({{"refused", refused}, {"unmatched", done->unmatched}, {"warnings", done->warnings}});
}

Response get_track(const Call& call, store::Store& store, const AccountView& view) {
  const std::string asked = call.request.value("weeks");
  const int weeks = asked.empty() ? 8 : std::atoi(asked.c_str());
  if (weeks < 1 || weeks > 104) return problem(bad_field("weeks", {"1 to 104", "1 至 104"}), call.lang);
  const auto track = app::track(store, call.account, *view.context, view.state, weeks);
  if (!track) return problem(track.error(), call.lang);
  const std::string limit = call.request.value("limit");
  const size_t most = limit.empty() ? SIZE_MAX : static_cast<size_t>(std::max(0, std::atoi(limit.c_str())));
  return json_answer(app::track_json(*track, call.lang, most));
}

}  // namespace

void Api::add_desk_routes() {
  const auto stored = [this](auto work) {
    return [this, work](Call& call) {
      return with_store(call, [&](store::Store& store) { return work(call, views_, store); });
    };
  };
  const auto plain = [this](auto work) {
    return
        [this, work](Call& call) { return with_store(call, [&](store::Store& store) { return work(call, store); }); };
  };
  routes_.push_back({"GET", "/accounts/{account}/todo", Role::kViewer, "getTodo", stored(get_todo)});
  routes_.push_back({"POST", "/accounts/{account}/todo", Role::kOperator, "decideActions", stored(decide)});
  routes_.push_back({"POST", "/accounts/{account}/trials", Role::kOperator, "putInTrials", stored(put_in_trials)});
  routes_.push_back({"POST", "/accounts/{account}/skus/{marketplace}/{sku}/demand", Role::kOperator, "decideDemand",
                     stored(decide_demand)});
  routes_.push_back({"GET", "/accounts/{account}/decisions", Role::kViewer, "listDecisions", stored(get_decisions)});
  routes_.push_back(
      {"DELETE", "/accounts/{account}/decisions/{decision}", Role::kOperator, "undoDecision", stored(take_back)});
  routes_.push_back({"POST", "/accounts/{account}/files", Role::kOperator, "writeFiles", stored(write_files)});
  routes_.push_back({"GET", "/accounts/{account}/files", Role::kViewer, "listFiles", plain(list_files)});
  routes_.push_back({"GET", "/accounts/{account}/files/{file}", Role::kOperator, "getFile", plain(get_file)});
  routes_.push_back(
      {"POST", "/accounts/{account}/processing-reports", Role::kOperator, "takeProcessingReport", stored(take_report)});
  routes_.push_back({"GET", "/accounts/{account}/track", Role::kViewer, "getTrack", [this](Call& call) {
                       return with_view(call, [&](const AccountView& view) {
                         return with_store(call, [&](store::Store& store) { return get_track(call, store, view); });
                       });
                     }});
}

}  // namespace destock::server
