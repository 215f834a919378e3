#pragma once
// What opening does where there is no database.

namespace destock::store {

enum class WhenMissing {
  kCreate,  // made, with its schema
  kRefuse,  // kNotFound: reading makes no database
};

}  // namespace destock::store
