// Sign-in, people, tokens, the log of changes, saved views.

#include "server/api.h"
#include "server/names.h"

namespace destock::server {
namespace {

using account::Role;
using app::Json;

Json identity_json(const Identity& who, const std::map<int64_t, std::string>& accounts) {
  Json list = Json::array();
  for (const auto& [id, name] : accounts)
    if (who.sees(id)) list.push_back({{"id", id}, {"name", name}});
  return {{"name", who.person.name}, {"role", account::role_id(who.role)}, {"csrf", who.csrf}, {"accounts", list}};
}

Json person_json(const account::Person& person) {
  return {{"id", person.id},
          {"name", person.name},
          {"role", account::role_id(person.role)},
          {"active", person.active},
          {"created_at", person.created_at},
          {"accounts", person.accounts}};
}

Result<Role> role_in(const Json& json) {
  const auto role = account::role_of(json.at("role").get<std::string>());
  if (role) return *role;
  return fail(ErrorKind::kBadUsage, {"no such role", "没有该角色"}, json.at("role").get<std::string>(),
              {"viewer, operator and owner are there", "可用：viewer、operator、owner"});
}

Response not_in(const NotIn& refused, Lang lang) {
  if (refused.status == 0) return problem(refused.error, lang);
  if (refused.status == 429) return too_many(refused.error.what, refused.error.next, refused.wait, lang);
  return problem(refused.status, "wrong_sign_in", refused.error.what, refused.error.next, lang);
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response done_or(const Result<void>& done, Lang lang) {
  return done ? no_content() : problem(done.error(), lang);
}

Response change_person(Gate& gate, Call& call) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  store::People::Change change;
  if (json->contains("role")) {
    const auto role = role_in(*json);
    if (!role) return problem(role.error(), call.lang);
    change.role = *role;
  }
  if (json->contains("active")) change.active = json->at("active").get<bool>();
  if (json->contains("accounts")) change.accounts = json->at("accounts").get<std::vector<int64_t>>();
  const auto person = gate.people().change_person(call.number("person").value_or(0), change);
  if (!person) return problem(person.error(), call.lang);
  call.audit_detail =
      person->name + ": " + std::string(account::role_id(person->role)) + (person->active ? "" : ", not active");
  return done_or(gate.forget(person->id, person->id == call.who->person.id ? call.who->session : std::string()),
                 call.lang);
}

Response list_audit(Gate& gate, Call& call) {
  constexpr int64_t kPage = 100;
  const std::string cursor = call.request.value("cursor");
  std::optional<int64_t> before;
  if (!cursor.empty() && cursor.size() < 18 && cursor.find_first_not_of("0123456789") == std::string::npos)
    before = std::stoll(cursor);
  const auto entries = gate.people().audit(before, kPage);
  if (!entries) return problem(entries.error(), call.lang);
  Json list = Json::array();
  for (const account::AuditEntry& entry : *entries)
    list.push_back({{"id", entry.id},
                    {"at", entry.at},
                    {"person", entry.person},
                    {"account", entry.account ? Json(*entry.account) : Json(nullptr)},
                    {"action", entry.action},
                    {"subject", entry.subject},
                    {"detail", entry.detail}});
  const bool more = static_cast<int64_t>(entries->size()) == kPage;
  return json_answer({{"entries", list}, {"next", more ? Json(std::to_string(entries->back().id)) : Json(nullptr)}});
}

Response list_tokens(Gate& gate, Call& call) {
  const bool all = call.who->role == Role::kOwner;
  const auto tokens = gate.people().tokens(all ? std::nullopt : std::optional<int64_t>(call.who->person.id));
  if (!tokens) return problem(tokens.error(), call.lang);
  Json list = Json::array();
  for (const account::ApiToken& token : *tokens)
    list.push_back({{"id", token.id},
                    {"person", token.person},
                    {"name", token.name},
                    {"role", account::role_id(token.role)},
                    {"created_at", token.created_at}});
  return json_answer({{"tokens", list}});
}

Response remove_token(Gate& gate, Call& call) {
  const auto tokens = gate.people().tokens(std::nullopt);
  if (!tokens) return problem(tokens.error(), call.lang);
  for (const account::ApiToken& token : *tokens) {
    if (token.id != call.number("token")) continue;
    if (token.person != call.who->person.id && call.who->role != Role::kOwner) break;
    if (const auto done = gate.people().remove_token(token.id); !done) return problem(done.error(), call.lang);
    return done_or(gate.forget(0), call.lang);
  }
  return problem({ErrorKind::kNotFound, {"no such token", "没有该令牌"}, {}, {}}, call.lang);
}

Response list_views(Gate& gate, Call& call) {
  const auto views = gate.people().views(call.account, call.who->person.id);
  if (!views) return problem(views.error(), call.lang);
  Json list = Json::array();
  for (const account::SavedView& view : *views)
    list.push_back({{"id", view.id}, {"screen", view.screen}, {"name", view.name}, {"query", view.query}});
  return json_answer({{"views", list}});
}

// An invitation to an account that is not there would be one to whichever is made next.
std::optional<Error> missing_account(Views& views, const std::vector<int64_t>& wanted) {
  auto store = views.store();
  if (!store) return store.error();
  const auto accounts = (*store)->accounts();
  if (!accounts) return accounts.error();
  for (const int64_t id : wanted)
    if (!accounts->contains(id))
      return Error{ErrorKind::kNotFound, {"no such account", "没有该账户"}, std::to_string(id), {}};
  return std::nullopt;
}

}  // namespace

void Api::add_session_routes() {
  const auto signed_in = [this](Call& call, const Entry<std::string>& cookie, const Identity& identity) {
    if (!cookie) return not_in(cookie.error(), call.lang);
    const auto device = gate_.device_cookie(identity);
    if (!device) return problem(device.error(), call.lang);
    call.who = identity;
    return with_store(call, [&](store::Store& store) {
      const auto accounts = store.accounts();
      if (!accounts) return problem(accounts.error(), call.lang);
      Response response = json_answer(identity_json(identity, *accounts));
      response.headers.emplace_back("Set-Cookie", *device);
      response.headers.emplace_back("Set-Cookie", *cookie);
      return response;
    });
  };
  routes_.push_back({"GET", "/session", std::nullopt, "getSession", [this](Call& call) {
                       if (!call.who) return json_answer({{"name", nullptr}});
                       return with_store(call, [&](store::Store& store) {
                         const auto accounts = store.accounts();
                         return accounts ? json_answer(identity_json(*call.who, *accounts))
                                         : problem(accounts.error(), call.lang);
                       });
                     }});
  routes_.push_back({"POST", "/session", std::nullopt, "signIn", [this, signed_in](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       Identity identity;
                       const auto cookie =
                           gate_.sign_in(json->at("name").get<std::string>(), json->at("password").get<std::string>(),
                                         caller_of(call.request), identity);
                       return signed_in(call, cookie, identity);
                     }});
  routes_.push_back({"POST", "/setup", std::nullopt, "acceptInvitation", [this, signed_in](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       Identity identity;
                       const auto cookie =
                           gate_.accept(json->at("token").get<std::string>(), json->at("name").get<std::string>(),
                                        json->at("password").get<std::string>(), caller_of(call.request), identity);
                       return signed_in(call, cookie, identity);
                     }});
  routes_.push_back({"DELETE", "/session", Role::kViewer, "signOut", [this](Call& call) {
                       const auto cookie = gate_.sign_out(*call.who);
                       if (!cookie) return problem(cookie.error(), call.lang);
                       Response response = no_content();
                       response.headers.emplace_back("Set-Cookie", *cookie);
                       return response;
                     }});
  routes_.push_back({"POST", "/password", Role::kViewer, "changePassword", [this](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       const auto done = gate_.change_password(*call.who, json->at("old").get<std::string>(),
                                                               json->at("new").get<std::string>());
                       return done ? no_content() : not_in(done.error(), call.lang);
                     }});
}

void Api::add_people_routes() {
  routes_.push_back({"GET", "/people", Role::kOwner, "listPeople", [this](Call& call) {
                       const auto people = gate_.people().people();
                       if (!people) return problem(people.error(), call.lang);
                       Json list = Json::array();
                       for (const account::Person& person : *people) list.push_back(person_json(person));
                       return json_answer({{"people", list}});
                     }});
  routes_.push_back({"POST", "/people", Role::kOwner, "invitePerson", [this](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       const auto role = role_in(*json);
                       if (!role) return problem(role.error(), call.lang);
                       const auto sees = json->at("accounts").get<std::vector<int64_t>>();
                       if (const auto missing = missing_account(views_, sees)) return problem(*missing, call.lang);
                       const auto token = gate_.invite(*role, sees);
                       if (!token) return problem(token.error(), call.lang);
                       call.audit_detail = account::role_id(*role);
                       return json_answer({{"path", "/setup#" + *token}}, 201);
                     }});
  routes_.push_back({"PATCH", "/people/{person}", Role::kOwner, "changePerson",
                     [this](Call& call) { return change_person(gate_, call); }});
  routes_.push_back(
      {"GET", "/tokens", Role::kViewer, "listTokens", [this](Call& call) { return list_tokens(gate_, call); }});
  routes_.push_back({"POST", "/tokens", Role::kViewer, "addToken", [this](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       const auto role = role_in(*json);
                       if (!role) return problem(role.error(), call.lang);
                       const std::string name = json->at("name").get<std::string>();
                       if (const auto fault = name_fault(name)) return problem(*fault, call.lang);
                       const auto secret = gate_.add_token(*call.who, name, *role);
                       if (!secret) return problem(secret.error(), call.lang);
                       call.audit_detail = name;
                       return json_answer({{"token", *secret}}, 201);
                     }});
  routes_.push_back({"DELETE", "/tokens/{token}", Role::kViewer, "removeToken",
                     [this](Call& call) { return remove_token(gate_, call); }});
  routes_.push_back(
      {"GET", "/audit", Role::kOwner, "listAudit", [this](Call& call) { return list_audit(gate_, call); }});
  routes_.push_back({"GET", "/accounts/{account}/views", Role::kViewer, "listViews",
                     [this](Call& call) { return list_views(gate_, call); }});
  routes_.push_back({"POST", "/accounts/{account}/views", Role::kViewer, "saveView",
                     [this](Call& call) {
                       const auto json = call.json();
                       if (!json) return problem(json.error(), call.lang);
                       const std::string name = json->at("name").get<std::string>();
                       if (const auto fault = name_fault(name)) return problem(*fault, call.lang);
                       const auto id = gate_.people().set_view(
                           call.account, {0, call.who->person.id, json->at("screen").get<std::string>(), name,
                                          json->at("query").get<std::string>()});
                       return id ? json_answer({{"id", *id}}, 201) : problem(id.error(), call.lang);
                     },
                     false});
  routes_.push_back({"DELETE", "/accounts/{account}/views/{view}", Role::kViewer, "removeView",
                     [this](Call& call) {
                       return done_or(gate_.people().remove_view(call.who->person.id, call.number("view").value_or(0)),
                                      call.lang);
                     },
                     false});
}

}  // namespace destock::server
