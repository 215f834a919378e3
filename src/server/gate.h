#pragma once
// Who may come in: passwords (argon2id), sessions in an HttpOnly cookie, CSRF tokens, API tokens, one-time links,
// throttling of failed log-ins. What is random is stored as its hash alone.

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/http.h"
#include "store/people.h"

namespace destock::server {

struct Identity {
  account::Person person;
  account::Role role = account::Role::kViewer;  // a token's may be less than its person's
  std::string session;                          // hash; empty: came with a token
  std::string csrf;
  bool sees(int64_t account) const;
};

class Gate {
public:
  Gate(store::People people, bool secure_cookie);

  // A link that makes the first owner; nothing where there is one already.
  Result<std::optional<std::string>> first_link();
  Result<std::string> invite(account::Role role, std::vector<int64_t> accounts);
  // Takes an invitation and signs in. The cookie's header is given back.
  Result<std::string> accept(const std::string& token, const std::string& name, const std::string& password,
                             Identity& identity);
  Result<std::string> sign_in(const std::string& name, const std::string& password, const std::string& remote,
                              Identity& identity);
  Result<std::string> sign_out(const Identity& identity);
  Result<void> change_password(const Identity& identity, const std::string& old_password,
                               const std::string& new_password);
  Result<std::string> add_token(const Identity& identity, const std::string& name, account::Role role);

  std::optional<Identity> identify(const Request& request);
  // Ends a person's sessions, but one.
  Result<void> forget(int64_t person, const std::string& but = {});

  store::People& people() { return people_; }

private:
  struct Tries {
    int failed = 0;
    int64_t until = 0;
  };
  Result<std::string> open_session(const account::Person& person, Identity& identity);
  Result<void> check_throttle(const std::string& key);
  void count(const std::string& key, bool failed);

  store::People people_;
  bool secure_cookie_;
  std::mutex mutex_;
  std::map<std::string, Identity> known_;       // by the session's or token's hash
  std::map<std::string, int64_t> known_until_;  // in steady seconds: the clock may be set back
  uint64_t forgotten_ = 0;                      // how often what is known was cleared
  std::map<std::string, Tries> tries_;
};

std::string now_utc();
int64_t now_seconds();

}  // namespace destock::server
