#include "account/people.h"

namespace destock::account {

std::string_view role_id(Role role) {
  switch (role) {
    case Role::kViewer: return "viewer";
    case Role::kOperator: return "operator";
    case Role::kOwner: return "owner";
  }
  return "";
}

std::optional<Role> role_of(std::string_view id) {
  for (Role role : {Role::kViewer, Role::kOperator, Role::kOwner})
    if (role_id(role) == id) return role;
  return std::nullopt;
}

}  // namespace destock::account
