#include "server/api.h"

#include <spdlog/spdlog.h>
#include <charconv>

#include "app/json_text.h"
#include "openapi.h"  // made by CMake from src/server/openapi.yaml

namespace destock::server {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (path.front() == '/') {
      path.remove_prefix(1);
      continue;
    }
    const std::string_view part = path.substr(0, path.find('/'));
    parts.push_back(part);
    path.remove_prefix(part.size());
  }
  return parts;
}

// What the path names, where it fits the route's.
std::optional<std::map<std::string, std::string>> match(const std::string& pattern,
                                                        const std::vector<std::string_view>& parts) {
  const auto wanted = parts_of(pattern);
  if (wanted.size() != parts.size()) return std::nullopt;
  std::map<std::string, std::string> named;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (wanted[i].front() == '{')
      named.emplace(wanted[i].substr(1, wanted[i].size() - 2), decoded(parts[i], false));
    else if (wanted[i] != parts[i])
      return std::nullopt;
  }
  return named;
}

bool changes(const std::string& method) {
  return method != "GET" && method != "HEAD";
}

// Another site's page cannot make the browser send one of ours, but a browser without SameSite might.
bool from_elsewhere(const Request& request) {
  const std::string origin = request.header("origin");
  if (origin.empty()) return false;
  const size_t slashes = origin.find("://");
  return slashes == std::string::npos || origin.substr(slashes + 3) != request.header("host");
}

bool for_sessions_alone(const std::string& operation) {
  return operation == "addToken" || operation == "removeToken" || operation == "changePassword" ||
         operation == "invitePerson" || operation == "changePerson";
}

}  // namespace

std::optional<int64_t> Call::number(const std::string& name) const {
  const std::string text = named_or_empty(name);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<app::Json> Call::json() const {
  auto json = app::parsed_json<app::Json>(request.body);
  if (json.is_object()) return json;
  return fail(ErrorKind::kBadUsage,
              {"the body is no JSON object, or nested deeper than 64", "请求内容不是 JSON 对象，或嵌套超过 64 层"}, {},
              {"see /api/v1/openapi.yaml", "参见 /api/v1/openapi.yaml"});
}

Response begin_job(const Call& call, Jobs& jobs, account::JobRecord record, Jobs::Work work) {
  const auto id = jobs.add(std::move(record), std::move(work));
  return id ? json_answer({{"job", *id}}, 202) : problem(id.error(), call.lang);
}

std::optional<Response> no_room_for_job(const Call& call, Jobs& jobs) {
  if (!jobs.full_for(call.who->person.name)) return std::nullopt;
  return too_many({"you have 20 jobs waiting already", "您已有 20 个任务在等待"},
                  {"wait until one has ended, or cancel one", "请等待任务完成或取消部分任务"}, 10, call.lang);
}

std::string_view openapi_yaml() {
  return kOpenApi;
}

Api::Api(Gate& gate, Views& views, Jobs& jobs, Uploads& uploads)
    : gate_(gate), views_(views), jobs_(jobs), uploads_(uploads) {
  routes_.push_back({"GET", "/openapi.yaml", std::nullopt, "openapi", [](Call&) {
                       Response response;
                       response.type = "application/yaml; charset=utf-8";
                       response.set_body(std::string(kOpenApi));
                       return response;
                     }});
  add_session_routes();
  add_people_routes();
  add_account_routes();
  add_plan_routes();
  add_desk_routes();
  add_import_routes();
  add_settings_routes();
}

namespace {

// The path is matched before it is decoded: a SKU may hold a slash.
std::vector<std::string_view> parts_after_prefix(const std::string& path) {
  return parts_of(std::string_view(path).substr(std::min(std::string_view(kApiPrefix).size(), path.size())));
}

}  // namespace

uint64_t Api::body_limit(const Request& head) {
  const auto parts = parts_after_prefix(head.path);
  for (const Route& route : routes_) {
    if (route.method != head.method || !route.role || !match(route.path, parts)) continue;
    const auto who = gate_.identify(head);
    if (!who || who->role < *route.role) return kSmallBodyBytes;
    return route.operation == "addPart" ? kMostBodyBytes : kMostJsonBytes;
  }
  return kSmallBodyBytes;
}

Response Api::answer(const Request& request) {
  const Lang lang = lang_of(request);
  const auto parts = parts_after_prefix(request.path);
  bool path_known = false;
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  for (const Route& route : routes_) {
    auto named = match(route.path, parts);
    if (!named) continue;
    path_known = true;
    if (route.method != method) continue;
    Call call{request, lang, std::move(*named), gate_.identify(request), 0, {}};
    return answer_route(route, call);
  }
  if (path_known)
    return problem(405, "method_not_allowed", {"this cannot be done here: " + method, "此处不支持 " + method}, {},
                   lang);
  return problem(404, "no_such_route", {"there is nothing here: " + request.path, "此处无内容：" + request.path},
                 {"see /api/v1/openapi.yaml", "参见 /api/v1/openapi.yaml"}, lang);
}

std::optional<Response> Api::refusal(const Route& route, Call& call) {
  const Lang lang = call.lang;
  if (changes(call.request.method) && from_elsewhere(call.request))
    return problem(403, "wrong_origin", {"the request comes from another site", "请求来自其他站点"}, {}, lang);
  if (!route.role) return std::nullopt;
  if (!call.who) return problem(401, "sign_in", {"sign in first", "请先登录"}, {}, lang);
  if (call.who->role < *route.role)
    return problem(403, "role", {"your role may not do this", "当前角色无此权限"},
                   {"an owner can change roles under Settings", "所有者可在“设置”中调整角色"}, lang);
  // What outlives a token, or ends what is stronger than it, is for people who have signed in.
  if (call.who->session.empty() && for_sessions_alone(route.operation))
    return problem(409, "session_only", {"a token may not do this", "令牌无权执行此操作"},
                   {"sign in with name and password", "请用用户名与密码登录"}, lang);
  if (changes(call.request.method) && !call.who->session.empty() &&
      call.request.header("x-csrf-token") != call.who->csrf)
    return problem(403, "csrf", {"the page is too old: load it again", "页面已过期：请刷新"}, {}, lang);
  if (!call.named.contains("account")) return std::nullopt;
  const auto id = call.number("account");
  // An account that may not be seen is as one that is not there.
  auto store = views_.store();
  if (!store) return problem(store.error(), lang);
  const auto accounts = (*store)->accounts();
  if (!accounts) return problem(accounts.error(), lang);
  if (!id || !accounts->contains(*id) || !call.who->sees(*id))
    return problem(404, "no_such_account", {"no such account", "没有该账户"}, {}, lang);
  call.account = *id;
  return std::nullopt;
}

std::function<bool()> Api::still_may(const Call& call) {
  Request head;
  for (const char* name : {"cookie", "authorization"})
    if (const std::string value = call.request.header(name); !value.empty()) head.headers[name] = value;
  return [this, head, account = call.account] {
    const auto who = gate_.identify(head);
    return who && who->sees(account);
  };
}

void Api::audit(const Route& route, const Call& call) {
  std::string subject;
  for (const auto& [name, value] : call.named)
    if (name != "account") add_to_list(subject, value, " ");
  const auto done = gate_.people().add_audit({0, now_utc(), call.who ? call.who->person.name : std::string("–"),
                                              call.account > 0 ? std::optional<int64_t>(call.account) : std::nullopt,
                                              route.operation, subject, call.audit_detail});
  if (!done) spdlog::error("the log of changes cannot be written: {}", done.error().message(Lang::kEn));
}

// Kept as it was sent, compressed or not.
Response Api::answer_of_view(const Route& route, Call& call) {
  const auto view = views_.get(call.account);
  if (!view) return problem(view.error(), call.lang);
  const bool zipped = call.request.header("accept-encoding").find("gzip") != std::string::npos;
  const std::string key = (*view)->revision + (call.lang == Lang::kZh ? " zh " : " en ") + (zipped ? "z " : "p ") +
                          call.request.path + "?" + call.request.raw_query;
  if (auto kept = answers_.find(key)) {
    const std::string known = call.request.header("if-none-match");
    for (const auto& [name, value] : kept->headers)
      if (name == "ETag" && known.find(value) != std::string::npos) {
        kept->status = 304;
        kept->set_body({});
      }
    return std::move(*kept);
  }
  // By this view and no later one: the answer is kept under its revision.
  call.view = *view;
  Response response = route.answer(call);
  // Finished for a caller that knows nothing yet, so that what is kept is whole.
  Request fresh;
  fresh.method = "GET";
  if (zipped) fresh.headers["accept-encoding"] = "gzip";
  finish(fresh, response);
  if (response.status == 200) answers_.keep(key, response);
  return response;
}

Response Api::answer_route(const Route& route, Call& call) {
  Response response;
  try {
    if (auto refused = refusal(route, call)) return std::move(*refused);
    response = route.of_view ? answer_of_view(route, call) : route.answer(call);
  } catch (const app::Json::exception&) {
    return problem(400, "bad_usage", {"a field is missing or of another kind", "缺少字段或字段类型不符"},
                   {"see /api/v1/openapi.yaml", "参见 /api/v1/openapi.yaml"}, call.lang);
  } catch (const AmountTooLarge& error) {
    spdlog::error("{} {}: {}", call.request.method, route.path, error.what());
    return problem(too_large(), call.lang);
  } catch (const std::exception& error) {
    // A broken invariant of ours: what was begun is rolled back.
    spdlog::error("{} {}: {}", call.request.method, route.path, error.what());
    return problem(500, "internal", {"an error of ours: nothing was changed", "程序内部错误：未做任何更改"},
                   {"the server's log has more", "详情见服务器日志"}, call.lang);
  }
  if (changes(call.request.method) && response.status < 300 && route.audited) audit(route, call);
  if (!route.of_view) finish(call.request, response);
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace destock::server
