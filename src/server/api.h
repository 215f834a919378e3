#pragma once
// The API under /api/v1: its routes, who may call each, and what every answer has in common. src/server/openapi.yaml
// describes it.

#include <optional>
#include <string>
#include <vector>

#include "server/answer_cache.h"
#include "server/gate.h"
#include "server/http.h"
#include "server/http_server.h"
#include "server/jobs.h"
#include "server/problem.h"
#include "server/uploads.h"
#include "server/views.h"

namespace destock::server {

// A request with who asked and what its path names.
struct Call {
  const Request& request;
  Lang lang = Lang::kEn;
  std::map<std::string, std::string> named;  // of the path: {account}, {id}, …
  std::optional<Identity> who;
  int64_t account = 0;                        // of {account}
  std::string audit_detail;                   // for the log of changes
  std::shared_ptr<const AccountView> view{};  // that its answer is kept under, where it may be kept

  std::string named_or_empty(const std::string& name) const {
    const auto found = named.find(name);
    return found == named.end() ? std::string() : found->second;
  }
  std::optional<int64_t> number(const std::string& name) const;
  // The body as JSON; an error where it is none, or no object.
  Result<app::Json> json() const;
};

struct Route {
  std::string method, path;           // "/accounts/{account}/overview"
  std::optional<account::Role> role;  // at least; nothing: open to all
  std::string operation;              // its name in openapi.yaml and in the log of changes
  std::function<Response(Call&)> answer;
  bool audited = true;   // where it changes something
  bool of_view = false;  // the answer rests on the account's view and the address alone: it may be kept
};

inline constexpr uint64_t kMostJsonBytes = 4u << 20;  // of people who have signed in: lines of a plan by name
inline constexpr size_t kMostKeptBytes = size_t{64} << 20;

// Jobs that a route starts: 202 with the job's number.
Response begin_job(const Call& call, Jobs& jobs, account::JobRecord record, Jobs::Work work);
// 429 where the person has as many jobs waiting as one may.
std::optional<Response> no_room_for_job(const Call& call, Jobs& jobs);

class Api {
public:
  Api(Gate& gate, Views& views, Jobs& jobs, Uploads& uploads);
  // What a request may bring, by its head alone: more than the small body for those who may use its route.
  uint64_t body_limit(const Request& head);
  // Every path under /api/v1.
  Response answer(const Request& request);
  const std::vector<Route>& routes() const { return routes_; }

private:
  void add_session_routes();
  void add_people_routes();
  void add_account_routes();
  void add_plan_routes();
  void add_desk_routes();
  void add_import_routes();
  void add_settings_routes();
  Response answer_route(const Route& route, Call& call);
  std::optional<Response> refusal(const Route& route, Call& call);
  Response answer_of_view(const Route& route, Call& call);
  void audit(const Route& route, const Call& call);
  // Whether the caller may still see the account: asked again while a stream is open.
  std::function<bool()> still_may(const Call& call);
  // With a store, given back afterwards.
  template <typename Work>
  Response with_store(const Call& call, Work work) {
    auto store = views_.store();
    if (!store) return problem(store.error(), call.lang);
    Response response = work(**store);
    return response;
  }
  template <typename Work>
  Response with_view(const Call& call, Work work) {
    auto view = call.view;
    if (!view) {
      auto taken = views_.get(call.account);
      if (!taken) return problem(taken.error(), call.lang);
      view = std::move(*taken);
    }
    Response response = work(*view);
    response.headers.emplace_back("X-Revision", view->revision);
    return response;
  }

  Gate& gate_;
  Views& views_;
  Jobs& jobs_;
  Uploads& uploads_;
  std::vector<Route> routes_;
  AnswerCache answers_{kMostKeptBytes};
};

inline constexpr const char* kApiPrefix = "/api/v1";
// The contract: src/server/openapi.yaml.
std::string_view openapi_yaml();

}  // namespace destock::server
