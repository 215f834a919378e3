#include "account/import_record.h"

namespace destock::account {

std::string_view status_id(ImportStatus status) {
  switch (status) {
    case ImportStatus::kInForce: return "in_force";
    case ImportStatus::kSetAside: return "set_aside";
    case ImportStatus::kDiscarded: return "discarded";
  }
  return "";
}

ImportStatus import_status_of(std::string_view id) {
  if (id == "set_aside") return ImportStatus::kSetAside;
  if (id == "discarded") return ImportStatus::kDiscarded;
  return ImportStatus::kInForce;
}

}  // namespace destock::account
