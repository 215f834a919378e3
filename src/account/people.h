#pragma once
// Who works with the dashboard: people with roles, their sessions and tokens, what they changed. Secrets are kept as
// hashes only: a password as argon2id, everything random as BLAKE2b-256.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace destock::account {

// What a person may do: look; import, plan and approve; manage people and settings. Each may what the one before may.
enum class Role { kViewer, kOperator, kOwner };
std::string_view role_id(Role role);
std::optional<Role> role_of(std::string_view id);

struct Person {
  int64_t id = 0;
  std::string name;
  Role role = Role::kViewer;
  std::string password;  // argon2id
  bool active = true;
  std::string created_at;         // ISO 8601, UTC
  std::vector<int64_t> accounts;  // that may be seen; an owner sees all
};

struct Invitation {
  std::string hash;
  Role role = Role::kViewer;
  std::vector<int64_t> accounts;
  int64_t expires = 0;  // seconds since 1970
};

struct SignIn {
  std::string hash;
  int64_t person = 0;
  std::string csrf;
  int64_t expires = 0;
};

struct ApiToken {
  int64_t id = 0;
  int64_t person = 0;
  std::string name;
  Role role = Role::kViewer;
  std::string hash;
  std::string created_at;
};

struct AuditEntry {
  int64_t id = 0;
  std::string at;  // ISO 8601, UTC
  std::string person;
  std::optional<int64_t> account;
  std::string action, subject, detail;
};

// A table's filters, order and columns under a name: the query of its address.
struct SavedView {
  int64_t id = 0;
  int64_t person = 0;
  std::string screen, name, query;
};

}  // namespace destock::account
