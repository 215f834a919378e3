#include "app/decisions.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/wishes.h"

namespace destock::app {
namespace {

using account::DeskEvent;
using account::DeskEventKind;
using account::LineKey;

Error needs(const Text& what, const char* option) {
  return {ErrorKind::kBadUsage, what, option, {}};
}

std::optional<Error> lacks(const ActionDecision& decision, Date today) {
  if (decision.kind == DeskEventKind::kPutOff && !decision.until)
    return needs({"until which day is missing", "缺少推迟到的日期"}, "until");
  if (decision.kind == DeskEventKind::kPutOff && *decision.until <= today)
    return needs({"the day is not in the future: " + iso(*decision.until), "日期不在未来：" + iso(*decision.until)},
                 "until");
  if (decision.check && *decision.check < 0) return needs({"checks are counted from 1", "核对项自 1 起编号"}, "check");
  if (decision.kind == DeskEventKind::kPutOff && decision.why.empty())
    return needs({"a reason is missing", "缺少原因"}, "why");
  const bool checks = decision.kind == DeskEventKind::kChecked || decision.kind == DeskEventKind::kUnchecked;
  if (checks && !decision.check) return needs({"which check is missing", "缺少核对项编号"}, "check");
  return std::nullopt;
}

// Nothing to say where it stands so already.
bool already(const ActionDecision& decision, const TodoItem& item) {
  const desk::Life& life = item.life;
  switch (decision.kind) {
    // Anew where price or stock moved since: it is another thing that is approved.
    case DeskEventKind::kApproved:
      return life.state == desk::State::kApproved && life.approved_price == item.price_now &&
             life.approved_units ==
                 (item.units_now ? std::optional<double>(static_cast<double>(*item.units_now)) : std::nullopt);
    case DeskEventKind::kWithdrawn: return !life.approved;
    case DeskEventKind::kLeftOut: return life.state == desk::State::kLeftOut;
    case DeskEventKind::kTakenIn: return life.state != desk::State::kLeftOut && life.state != desk::State::kPutOff;
    case DeskEventKind::kConfirmed: return life.confirmed;
    case DeskEventKind::kDone: return life.done;
    case DeskEventKind::kChecked: return life.checked.contains(*decision.check);
    case DeskEventKind::kUnchecked: return !life.checked.contains(*decision.check);
    default: return false;
  }
}

DeskEvent event_of(const TodoItem& item, const ActionDecision& decision, const std::string& person,
                   const std::string& at) {
  DeskEvent event = account::event_of(item.action, decision.kind, person, at);
  event.why = decision.why;
  event.until = decision.until;
  event.review_on = decision.review_on;
  event.check = decision.check;
  if (decision.kind == DeskEventKind::kApproved) {
    event.price = item.price_now;
    if (item.units_now) event.units = static_cast<double>(*item.units_now);
    event.expected = item.action.expected_cash;
  }
  return event;
}

bool of_sku(DeskEventKind kind) {
  return kind >= DeskEventKind::kLineApproved && kind <= DeskEventKind::kNote;
}

// What takes a decision on a SKU back.
account::ChoiceChange back(const DeskEvent& event) {
  account::ChoiceChange change;
  change.key = {event.marketplace, event.sku};
  change.why = "undo " + std::to_string(event.id);
  switch (event.kind) {
    case DeskEventKind::kExcluded:
    case DeskEventKind::kIncluded:
    case DeskEventKind::kLocked:
    case DeskEventKind::kUnlocked:
      change.pinned = event.before == "locked"     ? account::Pinned::kLocked
                      : event.before == "excluded" ? account::Pinned::kExcluded
                                                   : account::Pinned::kNo;
      break;
    case DeskEventKind::kWishes: change.wishes = event.before; break;
    case DeskEventKind::kLineApproved: change.approved = false; break;
    default: break;
  }
  return change;
}

// What is decided of: an action, or one side of a SKU.
using Thing = std::tuple<std::string, std::string, std::string, int>;  // action, marketplace, SKU, side
Thing thing_of(const DeskEvent& event) {
  int side = 1;
  // What is known of demand adds up: each is a thing of its own.
  if (event.kind >= DeskEventKind::kForecastSet && event.kind <= DeskEventKind::kSpikeAgain)
    return {"#" + std::to_string(event.id), event.marketplace, event.sku, 0};
  if (!event.action.empty() || event.kind == DeskEventKind::kLineApproved ||
      event.kind == DeskEventKind::kLineWithdrawn)
    side = 0;
  else if (event.kind == DeskEventKind::kWishes || event.kind == DeskEventKind::kNote)
    side = static_cast<int>(event.kind);
  return {event.action, event.marketplace, event.sku, side};
}

Error cannot_undo(const Text& why, int64_t id) {
  return {ErrorKind::kRefused,
          why,
          "#" + std::to_string(id),
          {"destock decisions lists them", "destock decisions 可查看记录"}};
}

// What may be taken back of a log.
class Undoable {
public:
  explicit Undoable(const std::vector<DeskEvent>& events) : events_(events), undone_(desk::undone_of(events)) {
    for (const DeskEvent& event : events)
      if (open(event)) newest_[thing_of(event)] = event.id;
  }

  // That of the number, else the newest of the person.
  Result<DeskEvent> find(std::optional<int64_t> wanted, const std::string& person) const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
      if (wanted ? event->id != *wanted : !(open(*event) && event->person == person)) continue;
      if (const auto why = why_not(*event)) return tl::unexpected(cannot_undo(*why, event->id));
      return *event;
    }
    return fail(ErrorKind::kNotFound, {"there is no such decision", "没有该决定"},
                wanted ? "#" + std::to_string(*wanted) : person,
                {"destock decisions lists them", "destock decisions 可查看记录"});
  }

  std::optional<Text> why_not(const DeskEvent& event) const {
    if (!open(event)) return Text{"it was taken back already", "已撤回"};
    if (event.kind == DeskEventKind::kSeen || event.kind == DeskEventKind::kEnded)
      return Text{"a report says it", "来自报表，无法撤回"};
    if (event.kind == DeskEventKind::kWritten)
      return Text{"it stands in a file: say that it was not done instead (destock not-done)",
                  "已写入文件：请改为标记未执行（destock not-done）"};
    if (event.kind == DeskEventKind::kLineWithdrawn) return Text{"approve the line anew instead", "请重新批准该行"};
    const int64_t later = newest_.at(thing_of(event));
    if (later == event.id) return std::nullopt;
    return Text{"#" + std::to_string(later) + " was decided of the same after it",
                "之后又有决定 #" + std::to_string(later)};
  }

private:
  bool open(const DeskEvent& event) const {
    return event.kind != DeskEventKind::kUndone && !undone_.contains(event.id);
  }

  const std::vector<DeskEvent>& events_;
  std::set<int64_t> undone_;
  std::map<Thing, int64_t> newest_;  // open event
};

}  // namespace

Result<ActionsDecided> decide_actions(store::Store& store, int64_t account, const Context& context,
                                      const ActionDecision& asked, const std::string& person) {
  ActionDecision decision = asked;
  // What is put off or left out is due no more: it is found whatever its week.
  if (decision.kind == DeskEventKind::kTakenIn && decision.which.ids.empty()) decision.which.all = true;
  if (const auto error = lacks(decision, context.today())) return tl::unexpected(*error);
  const auto facts = desk_facts(store, account, context);
  if (!facts) return tl::unexpected(facts.error());
  // Numbers are given to an older database's plan before the transaction.
  if (const auto desk = numbered_desk(store, account, context, *facts); !desk) return tl::unexpected(desk.error());
  ActionsDecided decided;
  const std::string at = context.now_utc();
  const auto done =
      store.add_desk_events(account, [&](const store::Store::Desk& desk) -> Result<std::vector<DeskEvent>> {
        const auto list = todo_of(desk, *facts, context, decision.which);
        if (!list) return tl::unexpected(list.error());
        std::vector<DeskEvent> events;
        for (const TodoItem& item : list->items) {
          const bool by_id = !decision.which.ids.empty();
          if (already(decision, item)) continue;
          if (decision.kind == DeskEventKind::kConfirmed && !item.how.irreversible) {
            if (by_id)
              decided.not_decided.emplace_back(
                  item.action.id, Text{"it can be undone: there is nothing to confirm", "可撤销，无需确认"});
            continue;
          }
          if (const auto why = desk::does_not_fit(decision.kind, item.life)) {
            // Of many by a filter, those that it does not fit are not asked for.
            if (by_id) decided.not_decided.emplace_back(item.action.id, *why);
            continue;
          }
          if (decision.check && *decision.check >= static_cast<int>(item.action.checks.size())) {
            decided.not_decided.emplace_back(item.action.id, Text{"it has no such check", "没有该核对项"});
            continue;
          }
          decided.done.push_back(item.action.id);
          events.push_back(event_of(item, decision, person, at));
        }
        return events;
      });
  if (!done) return tl::unexpected(done.error());
  return decided;
}

Result<std::vector<LineKey>> decide_sku(store::Store& store, int64_t account, const Context& context,
                                        const SkuDecision& decision, const std::string& person) {
  const auto known = store.listings_of_sku(account, decision.sku);
  if (!known) return tl::unexpected(known.error());
  const auto plan = store.plan(account, std::nullopt);
  if (!plan) return tl::unexpected(plan.error());
  const auto lines = *plan ? account::lines_by_key(**plan) : std::map<LineKey, const account::PlanLine*>();
  const auto choices = store.choices(account);
  if (!choices) return tl::unexpected(choices.error());
  std::vector<account::ChoiceChange> changes;
  std::vector<LineKey> keys;
  for (const std::string& marketplace : *known) {
    if (!decision.marketplace.empty() && marketplace != decision.marketplace) continue;
    account::ChoiceChange change;
    change.key = {marketplace, decision.sku};
    change.pinned = decision.pinned;
    change.why = decision.why;
    change.review_on = decision.review_on;
    if (const auto line = lines.find(change.key); line != lines.end()) {
      change.line = account::content_of(*line->second);
      change.expected = line->second->net_recovery;
    }
    if (decision.floor) {
      const auto own = std::find_if(choices->begin(), choices->end(), [&](const account::PlanChoice& one) {
        return one.marketplace == marketplace && one.sku == decision.sku;
      });
      Json wishes =
          own != choices->end() && !own->wishes.empty() ? Json::parse(own->wishes, nullptr, false) : Json::object();
      wishes.erase("floor_price");
      wishes.erase("floor_currency");
      if (decision.floor->units() > 0) {
        wishes["floor_price"] = decision.floor->decimal();
        wishes["floor_currency"] = decision.floor->currency().str();
      }
      change.wishes = wishes.empty() ? std::string() : wishes.dump();
    }
    keys.push_back(change.key);
    changes.push_back(std::move(change));
  }
  if (changes.empty())
    return fail(ErrorKind::kNotFound, {"no such SKU: " + decision.sku, "没有该 SKU：" + decision.sku},
                decision.marketplace, {"destock health lists the account's SKUs", "destock health 列出账户的全部 SKU"});
  if (const auto done = store.decide(account, changes, person, context.now_utc()); !done)
    return tl::unexpected(done.error());
  return keys;
}

Result<Undone> undo(store::Store& store, int64_t account, const Context& context, std::optional<int64_t> event,
                    const std::string& person) {
  size_t count = 1;
  const auto row = [&](const DeskEvent& of) {
    DeskEvent undone;
    undone.action = of.action;
    undone.marketplace = of.marketplace;
    undone.sku = of.sku;
    undone.kind = DeskEventKind::kUndone;
    undone.person = person;
    undone.at = context.now_utc();
    undone.undoes = of.id;
    return undone;
  };
  const auto events = store.desk_events(account);
  if (!events) return tl::unexpected(events.error());
  const auto found = Undoable(*events).find(event, person);
  if (!found) return tl::unexpected(found.error());
  if (of_sku(found->kind)) {
    const account::ChoiceChange change = back(*found);
    const DeskEvent undone = row(*found);
    const auto done = store.decide(account, {&change, 1}, person, context.now_utc(), {&undone, 1});
    if (!done) return tl::unexpected(done.error());
    return Undone{*found, count};
  }
  const auto done =
      store.add_desk_events(account, [&](const store::Store::Desk& desk) -> Result<std::vector<DeskEvent>> {
        const Undoable undoable(desk.events);
        const auto now = undoable.find(found->id, person);
        if (!now) return tl::unexpected(now.error());
        std::vector<DeskEvent> rows{row(*now)};
        // Without a number the whole stroke is meant: what the same person decided of other actions in the same moment.
        for (const DeskEvent& other : desk.events) {
          const bool stroke = !event && other.id != now->id && other.kind == now->kind && other.at == now->at &&
                              other.person == now->person && !other.action.empty();
          if (stroke && !undoable.why_not(other)) rows.push_back(row(other));
        }
        count = rows.size();
        return rows;
      });
  if (!done) return tl::unexpected(done.error());
  return Undone{*found, count};
}

Result<std::vector<LogRow>> decisions(store::Store& store, int64_t account, const Context& context,
                                      const std::string& sku) {
  const auto events = store.desk_events(account);
  if (!events) return tl::unexpected(events.error());
  const std::set<int64_t> undone = desk::undone_of(*events);
  std::vector<LogRow> rows;
  std::set<LineKey> looked_at;  // actions and SKUs of which something newer was decided
  const auto thing = [](const DeskEvent& event) {
    return LineKey(event.marketplace, event.action.empty() ? event.sku : event.action);
  };
  for (auto event = events->rbegin(); event != events->rend(); ++event) {
    if (!sku.empty() && event->sku != sku) continue;
    LogRow row{*event, undone.contains(event->id), false};
    row.review_due =
        event->review_on && *event->review_on <= context.today() && !row.undone && !looked_at.contains(thing(*event));
    if (event->kind != DeskEventKind::kUndone) looked_at.insert(thing(*event));
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<LogRow>> reviews_due(store::Store& store, int64_t account, const Context& context) {
  auto rows = decisions(store, account, context);
  if (rows) std::erase_if(*rows, [](const LogRow& row) { return !row.review_due; });
  return rows;
}

Text desk_event_name(DeskEventKind kind) {
  switch (kind) {
    case DeskEventKind::kApproved: return {"approved", "批准"};
    case DeskEventKind::kWithdrawn: return {"approval taken back", "撤回批准"};
    case DeskEventKind::kPutOff: return {"put off", "推迟"};
    case DeskEventKind::kLeftOut: return {"left out", "排除"};
    case DeskEventKind::kTakenIn: return {"taken in again", "取消排除或推迟"};
    case DeskEventKind::kChecked: return {"checked", "已核对"};
    case DeskEventKind::kUnchecked: return {"check taken back", "取消核对"};
    case DeskEventKind::kConfirmed: return {"confirmed: cannot be undone at Amazon", "二次确认（亚马逊端不可撤销）"};
    case DeskEventKind::kWritten: return {"written into a file", "已写入文件"};
    case DeskEventKind::kDone: return {"carried out", "已执行"};
    case DeskEventKind::kNotDone: return {"not carried out", "未执行"};
    case DeskEventKind::kRefused: return {"refused by Amazon", "亚马逊未受理"};
    case DeskEventKind::kSeen: return {"seen live", "报表显示已生效"};
    case DeskEventKind::kEnded: return {"ended early", "提前结束"};
    case DeskEventKind::kLineApproved: return {"line approved", "批准该行"};
    case DeskEventKind::kLineWithdrawn: return {"line's approval taken back", "撤回该行批准"};
    case DeskEventKind::kExcluded: return {"SKU left out", "排除 SKU"};
    case DeskEventKind::kIncluded: return {"SKU taken in again", "取消排除 SKU"};
    case DeskEventKind::kLocked: return {"line locked", "锁定该行"};
    case DeskEventKind::kUnlocked: return {"line unlocked", "解锁该行"};
    case DeskEventKind::kWishes: return {"wishes changed", "更改单品限制"};
    case DeskEventKind::kNote: return {"note", "备注"};
    case DeskEventKind::kForecastSet: return {"forecast changed", "修改销量预测"};
    case DeskEventKind::kSpikeLeftOut: return {"spike left out", "剔除异常销量"};
    case DeskEventKind::kSpikeAgain: return {"spike locked", "锁定异常销量"};
    case DeskEventKind::kUndone: return {"taken back", "撤回决定"};
  }
  return {"", ""};
}

}  // namespace destock::app
