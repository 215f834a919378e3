#pragma once
// Who may come in: passwords (argon2id), sessions in an HttpOnly cookie, CSRF tokens, API tokens, one-time links,
// throttling of failed log-ins. What is random is stored as its hash alone.

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/http.h"
#include "server/throttle.h"
#include "store/people.h"

namespace destock::server {

struct Identity {
  account::Person person;
  account::Role role = account::Role::kViewer;  // a token's may be less than its person's
  std::string session;                          // hash; empty: came with a token
  std::string csrf;
  bool sees(int64_t account) const;
};

// Why somebody may not come in: 401 what he said is wrong, 429 he has to wait, else as problem() has it (0).
struct NotIn {
  Error error;
  int status = 0;
  int64_t wait = 0;  // seconds
};
template <typename T>
using Entry = tl::expected<T, NotIn>;

// Who knocks, as far as the request tells.
struct Caller {
  std::string remote;
  std::string device{};  // what an earlier sign-in left with the browser
};
Caller caller_of(const Request& request);

class Gate {
public:
  Gate(store::People people, bool secure_cookie);

  // A link that makes the first owner; nothing where there is one already.
  Result<std::optional<std::string>> first_link();
  Result<std::string> invite(account::Role role, std::vector<int64_t> accounts);
  // Takes an invitation and signs in. The cookie's header is given back.
  Entry<std::string> accept(const std::string& token, const std::string& name, const std::string& password,
                            const Caller& caller, Identity& identity);
  Entry<std::string> sign_in(const std::string& name, const std::string& password, const Caller& caller,
                             Identity& identity);
  // A cookie by which this browser is known to have signed in: others' failures do not keep it waiting. It opens
  // nothing, and a new password ends it.
  Result<std::string> device_cookie(const Identity& identity);
  Result<std::string> sign_out(const Identity& identity);
  Entry<void> change_password(const Identity& identity, const std::string& old_password,
                              const std::string& new_password);
  Result<std::string> add_token(const Identity& identity, const std::string& name, account::Role role);

  std::optional<Identity> identify(const Request& request);
  // Ends a person's sessions, but one.
  Result<void> forget(int64_t person, const std::string& but = {});

  store::People& people() { return people_; }

private:
  Result<std::string> open_session(const account::Person& person, Identity& identity);
  store::People people_;
  bool secure_cookie_;
  std::mutex mutex_;
  std::map<std::string, Identity> known_;       // by the session's or token's hash
  std::map<std::string, int64_t> known_until_;  // in steady seconds: the clock may be set back
  uint64_t forgotten_ = 0;                      // how often what is known was cleared
  Throttle throttle_;
};

std::string now_utc();
int64_t now_seconds();

}  // namespace destock::server
