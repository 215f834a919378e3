#include "account/plan_record.h"

namespace destock::account {

std::string content_of(const PlanLine& line) {
  // store/migrations/0004 builds the same text of plans that were stored before.
  std::string content;
  for (const PlanAction& action : line.actions) {
    if (!action.expected_cash) continue;
    content += content.empty() ? "" : "\n";
    content += action.channel + " " + std::to_string(day_number(action.start)) + " " +
               std::to_string(day_number(action.end)) + " " +
               (action.price ? std::to_string(action.price->units()) : std::string()) + " " +
               std::to_string(static_cast<int64_t>(action.units_out * 100));
  }
  return content.empty() ? "keep" : content;
}

Standing standing_of(const PlanChoice& choice, const PlanLine* line) {
  const std::string content = line ? content_of(*line) : std::string();
  const bool locked = choice.pinned == Pinned::kLocked;
  const bool approval_holds = choice.approved && line && content == choice.approved_line;
  const bool lock_holds = locked && line && content == choice.locked_line;
  return {approval_holds, (choice.approved && line && !approval_holds) || (locked && !lock_holds)};
}

std::map<LineKey, const PlanLine*> lines_by_key(const PlanRecord& plan) {
  std::map<LineKey, const PlanLine*> lines;
  for (const PlanLine& line : plan.lines) lines.emplace(LineKey(line.marketplace, line.sku), &line);
  return lines;
}

}  // namespace destock::account
