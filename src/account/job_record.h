#pragma once
// Long work that the server does: an import, a plan. Kept so that a restart can say what was cut short.

#include <cstdint>
#include <string>
#include <string_view>

namespace destock::account {

enum class JobState { kQueued, kRunning, kDone, kFailed, kCancelled, kInterrupted };
inline constexpr std::string_view kJobStateIds[] = {"queued", "running", "done", "failed", "cancelled", "interrupted"};
inline std::string_view job_state_id(JobState state) {
  return kJobStateIds[static_cast<size_t>(state)];
}

struct JobRecord {
  int64_t id = 0;
  int64_t account = 0;
  std::string kind;  // "import", "plan"
  JobState state = JobState::kQueued;
  std::string person;
  std::string request;               // JSON: what was asked
  std::string result;                // JSON: what came of it, or a problem
  std::string created_at, ended_at;  // ISO 8601, UTC
};

}  // namespace destock::account
