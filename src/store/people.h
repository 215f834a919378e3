#pragma once
// People, sessions, tokens, views and the audit log, on two connections of their own: who reads never waits for who
// writes. One object may be used from several threads: it reads one at a time, and writes one at a time.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/people.h"
#include "base/result.h"

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
  // What is given is changed, the rest stays as others left it meanwhile. kRefused where no active owner would be left,
  // or where an account is not there; kNotFound where nobody is.
  struct Change {
    std::optional<account::Role> role{};
    std::optional<bool> active{};
    std::optional<std::vector<int64_t>> accounts{};
  };
  Result<account::Person> change_person(int64_t id, const Change& change);
  // The password alone, where it still is `old_hash`: false where somebody changed it meanwhile.
  Result<bool> change_password(int64_t id, const std::string& old_hash, const std::string& new_hash);

  Result<void> add_invitation(const account::Invitation& invitation);
  // Takes it out: it serves once. Nothing where it is unknown or too old.
  Result<std::optional<account::Invitation>> take_invitation(const std::string& hash, int64_t now);

  Result<void> add_sign_in(const account::SignIn& sign_in);
  Result<std::optional<account::SignIn>> sign_in(const std::string& hash, int64_t now);
  Result<void> end_sign_in(const std::string& hash);
  // Sessions and invitations whose time is over.
  Result<void> forget_expired(int64_t now);
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
  struct Side;  // a connection and who may use it
  People(std::unique_ptr<Side> reading, std::unique_ptr<Side> writing);
  std::unique_ptr<Side> reading_, writing_;
};

}  // namespace destock::store
