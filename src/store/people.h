#pragma once
// People, sessions, tokens, views and the audit log, on a connection of their own. One object may be used from several
// threads: it works one at a time.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "account/people.h"
#include "base/result.h"

namespace soci {
class session;
}

namespace destock::store {

class People {
public:
  static Result<People> open(const std::string& url);
  People(People&&) noexcept;
  ~People();
  People(const People&) = delete;
  People& operator=(const People&) = delete;
  People& operator=(People&&) = delete;

  Result<std::vector<account::Person>> people();
  Result<std::optional<account::Person>> person(const std::string& name);
  // kRefused where the name is taken.
  Result<int64_t> add_person(const account::Person& person);
  Result<void> set_person(const account::Person& person);

  Result<void> add_invitation(const account::Invitation& invitation);
  // Takes it out: it serves once. Nothing where it is unknown or too old.
  Result<std::optional<account::Invitation>> take_invitation(const std::string& hash, int64_t now);

  Result<void> add_sign_in(const account::SignIn& sign_in);
  Result<std::optional<account::SignIn>> sign_in(const std::string& hash, int64_t now);
  Result<void> end_sign_in(const std::string& hash);
  // All of a person's, but the one with this hash.
  Result<void> end_sign_ins(int64_t person, const std::string& but);

  Result<int64_t> add_token(const account::ApiToken& token);
  Result<std::vector<account::ApiToken>> tokens(std::optional<int64_t> person);
  Result<std::optional<account::ApiToken>> token(const std::string& hash);
  Result<void> remove_token(int64_t id);

  Result<void> add_audit(const account::AuditEntry& entry);
  // Newest first; those before an entry's number where one is given.
  Result<std::vector<account::AuditEntry>> audit(std::optional<int64_t> before, int64_t most);

  Result<std::vector<account::SavedView>> views(int64_t account, int64_t person);
  Result<int64_t> set_view(int64_t account, const account::SavedView& view);
  Result<void> remove_view(int64_t person, int64_t id);

private:
  People(std::unique_ptr<soci::session> sql, std::string url);
  template <typename Work>
  auto locked(Work work);
  std::unique_ptr<soci::session> sql_;
  std::string url_;
  std::unique_ptr<std::mutex> mutex_;
};

}  // namespace destock::store
