#include "desk/life.h"

namespace destock::desk {

using account::DeskEvent;
using account::DeskEventKind;

std::string_view state_id(State state) {
  return kStateIds[static_cast<size_t>(state)];
}

Text state_name(State state) {
  switch (state) {
    case State::kProposed: return {"proposed", "待批准"};
    case State::kApproved: return {"approved", "已批准"};
    case State::kPutOff: return {"put off", "已推迟"};
    case State::kLeftOut: return {"left out", "已排除"};
    case State::kWritten: return {"handed over", "已提交"};
    case State::kRefused: return {"refused by Amazon", "亚马逊未受理"};
    case State::kLive: return {"live", "已生效"};
    case State::kFinished: return {"finished", "已完成"};
    case State::kEnded: return {"ended early", "提前结束"};
    case State::kNeverSeen: return {"never seen", "未见生效"};
  }
  return {"", ""};
}

namespace {

// What a person decided, one event after another.
void decide(const DeskEvent& event, Life& life) {
  const bool handed_over = life.written || life.done;
  if (handed_over && event.kind != DeskEventKind::kChecked && event.kind != DeskEventKind::kUnchecked) return;
  switch (event.kind) {
    case DeskEventKind::kApproved:
      life.approved = true;
      life.until.reset();
      life.state = State::kApproved;
      life.approved_price = event.price;
      life.approved_units = event.units;
      break;
    case DeskEventKind::kWithdrawn:
      life.approved = life.confirmed = false;
      life.state = State::kProposed;
      break;
    case DeskEventKind::kPutOff:
      life.until = event.until;
      life.state = State::kPutOff;
      break;
    case DeskEventKind::kLeftOut:
      life.approved = life.confirmed = false;
      life.state = State::kLeftOut;
      break;
    case DeskEventKind::kTakenIn:
      life.until.reset();
      life.state = life.approved ? State::kApproved : State::kProposed;
      break;
    case DeskEventKind::kConfirmed: life.confirmed = true; break;
    case DeskEventKind::kChecked:
      if (event.check) life.checked.insert(*event.check);
      break;
    case DeskEventKind::kUnchecked:
      if (event.check) life.checked.erase(*event.check);
      break;
    default: break;
  }
}

// What was done with it, and what came of it.
void follow(const DeskEvent& event, Life& life) {
  switch (event.kind) {
    case DeskEventKind::kWritten:
      life.written = true;
      life.file = event.value;
      life.handed_over = parse_iso_date(std::string_view(event.at).substr(0, 10));
      life.refusal.clear();
      life.state = State::kWritten;
      break;
    case DeskEventKind::kDone:
      life.done = true;
      life.refusal.clear();
      life.handed_over = parse_iso_date(std::string_view(event.at).substr(0, 10));
      life.state = State::kWritten;
      break;
    case DeskEventKind::kNotDone:
      life.done = life.written = false;
      life.handed_over.reset();
      life.state = life.approved ? State::kApproved : State::kProposed;
      break;
    case DeskEventKind::kRefused:
      life.refusal = event.why;
      life.written = life.done = false;
      life.state = State::kRefused;
      break;
    case DeskEventKind::kSeen:
      if (!life.seen_on) life.seen_on = event.day;
      life.seen_price = event.price;
      life.seen_units = event.units;
      life.ended_on.reset();
      life.state = State::kLive;
      break;
    case DeskEventKind::kEnded:
      life.ended_on = event.day;
      life.state = State::kEnded;
      break;
    default: break;
  }
}

bool by_person(DeskEventKind kind) {
  return kind != DeskEventKind::kSeen && kind != DeskEventKind::kEnded && kind != DeskEventKind::kRefused;
}

}  // namespace

Life life_of(const account::ActionRecord& action, std::span<const DeskEvent> events, const Today& today) {
  Life life;
  for (const DeskEvent& event : events) {
    decide(event, life);
    follow(event, life);
    if (event.review_on) life.review_on = event.review_on;
    if (!by_person(event.kind)) continue;
    life.person = event.person;
    life.at = event.at;
    if (!event.why.empty()) life.why = event.why;
  }
  // What reports say of it outlasts what people decide after they have said it.
  if (life.seen_on && life.state != State::kEnded) life.state = State::kLive;
  if (life.state == State::kPutOff && life.until && *life.until <= today.day)
    life.state = life.approved ? State::kApproved : State::kProposed;
  if (life.state == State::kLive && action.end < today.day) life.state = State::kFinished;
  if (life.state == State::kWritten && today.reported && today.seen_within_days) {
    const Date from = std::max(action.start, life.handed_over.value_or(action.start));
    if (from + Days(*today.seen_within_days) < *today.reported) life.state = State::kNeverSeen;
  }
  return life;
}

std::set<int64_t> undone_of(std::span<const DeskEvent> events) {
  std::set<int64_t> undone;
  for (const DeskEvent& event : events)
    if (event.kind == DeskEventKind::kUndone) undone.insert(event.undoes);
  return undone;
}

std::map<std::string, std::vector<DeskEvent>> by_action(std::span<const DeskEvent> events) {
  const std::set<int64_t> undone = undone_of(events);
  std::map<std::string, std::vector<DeskEvent>> lists;
  for (const DeskEvent& event : events)
    if (!event.action.empty() && event.kind != DeskEventKind::kUndone && !undone.contains(event.id))
      lists[event.action].push_back(event);
  return lists;
}

std::optional<Text> does_not_fit(DeskEventKind kind, const Life& life) {
  const bool over = life.state == State::kFinished || life.state == State::kEnded;
  const bool out = life.state == State::kWritten || life.state == State::kLive || life.state == State::kNeverSeen;
  switch (kind) {
    case DeskEventKind::kApproved:
      if (life.state == State::kLeftOut)
        return Text{"it was left out by " + life.person + ": take it in first", life.person + " 已排除：请先取消排除"};
      if (life.state == State::kPutOff)
        return Text{"it was put off by " + life.person + ": take it in first", life.person + " 已推迟：请先取消推迟"};
      if (over) return Text{"its days are over", "已结束"};
      if (out) return Text{"it is carried out already", "已执行"};
      return std::nullopt;
    case DeskEventKind::kWithdrawn:
    case DeskEventKind::kPutOff:
    case DeskEventKind::kLeftOut:
      if (over || life.state == State::kLive) return Text{"it is live: end it at Amazon", "已生效，请在亚马逊后台结束"};
      if (out) return Text{"it is handed over already: say first that it was not done", "已提交，请先标记为未执行"};
      return std::nullopt;
    case DeskEventKind::kConfirmed:
      if (!life.approved) return Text{"it is not approved", "尚未批准"};
      return std::nullopt;
    case DeskEventKind::kDone:
      if (over) return Text{"its days are over", "已结束"};
      if (!life.approved) return Text{"it is not approved", "尚未批准"};
      return std::nullopt;
    case DeskEventKind::kNotDone:
      if (!life.done && !life.written) return Text{"nobody said that it was done", "尚未标记为已执行"};
      if (life.seen_on) return Text{"a report shows that it is live", "报表显示已生效"};
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace destock::desk
