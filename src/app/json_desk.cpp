#include "app/json_desk.h"

#include <fmt/format.h>

#include "app/demand_edits.h"
#include "app/json_parts.h"
#include "base/week.h"
#include "deliver/table.h"

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;

Text kind_name(TodoKind kind) {
  switch (kind) {
    case TodoKind::kFile: return {"a row of a file", "文件"};
    case TodoKind::kClicks: return {"clicks", "页面操作"};
    case TodoKind::kMessage: return {"a message", "消息"};
  }
  return {"", ""};
}

// Where each sighting of a state comes from, in a few words.
Text state_words(const TodoItem& item) {
  Text name = desk::state_name(item.life.state);
  if (item.life.state == desk::State::kPutOff && item.life.until) {
    name.en += " until " + iso(*item.life.until);
    name.zh += "至 " + iso(*item.life.until);
  }
  if (item.how.irreversible && item.life.approved && !item.life.confirmed && !item.life.done) {
    name.en += ", needs a second yes";
    name.zh += "，待二次确认";
  }
  return name;
}

Json checks_json(const TodoItem& item, Lang lang) {
  Json checks = Json::array();
  for (size_t i = 0; i < item.action.checks.size(); ++i)
    checks.push_back(
        {{"text", item.action.checks[i].in(lang)}, {"checked", item.life.checked.contains(static_cast<int>(i))}});
  return checks;
}

Json tiers_json(const account::ActionRecord& action) {
  Json tiers = Json::array();
  for (const account::QuantityTier& tier : action.tiers)
    tiers.push_back({{"from_units", tier.units}, {"off", tier.percent / 100.0}});
  return tiers;
}

Json outcome_json(const desk::Outcome& outcome, Lang lang) {
  const auto flag = [](const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); };
  return {{"days", outcome.days},
          {"days_in_all", outcome.days_in_all},
          {"planned", {{"units", rounded(outcome.planned_units, 10)}, {"cash", to_json(outcome.planned_cash)}}},
          {"actual",
           {{"units", or_null(outcome.actual_units)},
            {"cash", to_json(outcome.actual_cash)},
            {"price", to_json(outcome.paid)}}},
          {"held", {{"units", rounded(outcome.held_units, 10)}, {"cash", to_json(outcome.held_cash)}}},
          {"band", {{"low", rounded(outcome.low, 10)}, {"high", rounded(outcome.high, 10)}}},
          {"within_band", outcome.below && outcome.above ? Json(!*outcome.below && !*outcome.above) : Json(nullptr)},
          {"below", flag(outcome.below)},
          {"above", flag(outcome.above)},
          {"cause", desk::kCauseIds[static_cast<size_t>(outcome.cause)]},
          {"cause_name", desk::cause_name(outcome.cause).in(lang)}};
}

}  // namespace

Json todo_item_json(const TodoItem& item, Lang lang) {
  const account::ActionRecord& action = item.action;
  const desk::Life& life = item.life;
  return {{"id", action.id},
          {"marketplace", action.marketplace},
          {"sku", action.sku},
          {"asin", words(item.asin)},
          {"link", words(item.link)},
          {"title", words(action.title)},
          {"owner", words(action.owner)},
          {"tag", words(action.tag)},
          {"channel", action.channel},
          {"channel_name", item.channel_name.in(lang)},
          {"price", to_json(action.price)},
          {"price_now", to_json(item.price_now)},
          {"discount", rounded(action.discount, 10000)},
          {"from", iso(action.start)},
          {"to", iso(action.end)},
          {"units", action.units_out > 0 ? Json(action.units_out) : rounded(action.expected_units, 10)},
          {"leaves", action.units_out > 0},
          {"on_hand", or_null(item.units_now)},
          {"cash", to_json(action.expected_cash)},
          {"gain", to_json(action.gain)},
          {"by", iso(item.by)},
          {"late", item.late},
          {"due", item.due},
          {"in_plan", action.in_plan},
          {"own", action.own},
          {"tiers", tiers_json(action)},
          {"how", kTodoKindIds[static_cast<size_t>(todo_kind(item.how.by))]},
          {"how_name", kind_name(todo_kind(item.how.by)).in(lang)},
          {"carried_by", market::kCarriedByIds[static_cast<size_t>(item.how.by)]},
          {"screen", item.how.screen.in(lang)},
          {"irreversible", item.how.irreversible},
          {"state", desk::state_id(life.state)},
          {"state_name", state_words(item).in(lang)},
          {"approved", life.approved},
          {"confirmed", life.confirmed},
          {"done", life.done},
          {"until", or_null(life.until)},
          {"review_on", or_null(life.review_on)},
          {"file", words(life.file)},
          {"refusal", words(life.refusal)},
          {"seen_on", or_null(life.seen_on)},
          {"decided_by", words(life.person)},
          {"decided_at", words(life.at)},
          {"decided_why", words(life.why)},
          {"why", action.reason.in(lang)},
          {"checks", checks_json(item, lang)}};
}

namespace {

// [{"value", "label", "count"}], and how each is called.
template <typename Name>
Json facet_json(const std::map<std::string, int64_t>& counts, const Name& name) {
  Json list = Json::array();
  for (const auto& [value, count] : counts)
    list.push_back({{"value", value.empty() ? "–" : value}, {"label", name(value)}, {"count", count}});
  return list;
}

Text state_called(const std::string& id) {
  for (size_t i = 0; i < std::size(desk::kStateIds); ++i)
    if (desk::kStateIds[i] == id) return desk::state_name(static_cast<desk::State>(i));
  return {id, id};
}
Text kind_called(const std::string& id) {
  for (size_t i = 0; i < std::size(kTodoKindIds); ++i)
    if (kTodoKindIds[i] == id) return kind_name(static_cast<TodoKind>(i));
  return {id, id};
}

}  // namespace

Json todo_json(const Todo& list, Lang lang, size_t most) {
  Json actions = Json::array();
  std::map<std::string, int64_t> states;
  for (const TodoItem& item : list.items) {
    if (actions.size() < most) actions.push_back(todo_item_json(item, lang));
    ++states[std::string(desk::state_id(item.life.state))];
  }
  const auto itself = [](const std::string& value) { return value.empty() ? std::string("–") : value; };
  return {{"week", iso(list.from)},
          {"week_name", iso_week(list.from)},
          {"to", iso(list.to)},
          {"today", iso(list.today)},
          {"reported", iso(list.reported)},
          {"plan_id", list.plan},
          {"plan_as_of", iso(list.plan_as_of)},
          {"total", list.items.size()},
          {"states", states},
          {"facets",
           {{"owner", facet_json(list.owners, itself)},
            {"marketplace", facet_json(list.marketplaces, itself)},
            {"kind", facet_json(list.kinds, [&](const std::string& id) { return kind_called(id).in(lang); })},
            {"state", facet_json(list.states, [&](const std::string& id) { return state_called(id).in(lang); })}}},
          {"notes", texts(list.notes, lang)},
          {"actions", std::move(actions)}};
}

deliver::Table todo_table(const Todo& list) {
  deliver::Table table{"todo",
                       {"This week", "本周任务"},
                       {{"id", {"Action", "任务编号"}, Kind::kText, 0, 18},
                        {"marketplace", {"Store", "站点"}, Kind::kText, 0, 8},
                        {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
                        {"channel", {"Do", "操作"}, Kind::kText, 0, 18},
                        {"price", {"Price", "价格"}, Kind::kMoney, 0, 12},
                        {"gain", {"Gain", "比不动多回款"}, Kind::kMoney, 0, 12},
                        {"by", {"Hand in by", "最晚提交"}, Kind::kDay, 0, 11},
                        {"state", {"State", "状态"}, Kind::kText, 0, 16},
                        {"units", {"Units", "件数"}, Kind::kUnits, 0, 8},
                        {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10},
                        {"from", {"From", "开始"}, Kind::kDay, 0, 11},
                        {"to", {"To", "结束"}, Kind::kDay, 0, 11},
                        {"asin", {"ASIN", "ASIN"}, Kind::kText, 0, 12, false},
                        {"title", {"Title", "商品名称"}, Kind::kText, 0, 28, false},
                        {"how", {"How", "执行方式"}, Kind::kText, 0, 12},
                        {"screen", {"Where", "操作路径"}, Kind::kText, 0, 50, false},
                        {"why", {"Why", "原因"}, Kind::kText, 0, 50, false},
                        {"checks", {"Check first", "请先核对"}, Kind::kText, 0, 60, false}},
                       {}};
  const Cell no = std::string("–");
  for (const TodoItem& item : list.items) {
    const account::ActionRecord& action = item.action;
    std::vector<Text> open;
    for (size_t i = 0; i < action.checks.size(); ++i)
      if (!item.life.checked.contains(static_cast<int>(i))) open.push_back(action.checks[i]);
    table.rows.push_back({action.id, action.marketplace, action.sku, item.channel_name,
                          action.units_out > 0 ? no : deliver::cell(action.price), deliver::cell(action.gain), item.by,
                          state_words(item),
                          action.units_out > 0 ? Cell(action.units_out) : deliver::cell(action.expected_units),
                          action.owner, action.start, action.end, item.asin, action.title,
                          kind_name(todo_kind(item.how.by)), item.how.screen, action.reason, in_one_line(open)});
  }
  return table;
}

Json trials_json(const TrialsMade& made, Lang lang) {
  Json not_made = Json::array();
  for (const auto& [sku, why] : made.not_made) not_made.push_back({{"sku", sku}, {"why", why.in(lang)}});
  return {{"put_in", made.ids}, {"not_put_in", std::move(not_made)}};
}

Json decided_json(const ActionsDecided& decided, Lang lang) {
  Json not_decided = Json::array();
  for (const auto& [id, why] : decided.not_decided) not_decided.push_back({{"id", id}, {"why", why.in(lang)}});
  return {{"done", decided.done}, {"not_done", std::move(not_decided)}};
}

namespace {

Text decided_text(const account::DeskEvent& event) {
  Text what = desk_event_name(event.kind);
  const Text demand = demand_edit_text(event);
  if (!demand.en.empty()) return {what.en + ": " + demand.en, what.zh + "：" + demand.zh};
  if (event.until) return {what.en + " until " + iso(*event.until), what.zh + "至 " + iso(*event.until)};
  if (event.undoes)
    return {what.en + ": #" + std::to_string(event.undoes), what.zh + "：#" + std::to_string(event.undoes)};
  return what;
}

}  // namespace

Json log_json(const std::vector<LogRow>& rows, Lang lang) {
  Json list = Json::array();
  for (const LogRow& row : rows) {
    const account::DeskEvent& event = row.event;
    list.push_back({{"id", event.id},
                    {"action", words(event.action)},
                    {"marketplace", event.marketplace},
                    {"sku", event.sku},
                    {"kind", account::desk_event_id(event.kind)},
                    {"name", decided_text(event).in(lang)},
                    {"person", words(event.person)},
                    {"at", event.at},
                    {"why", words(event.why)},
                    {"until", or_null(event.until)},
                    {"review_on", or_null(event.review_on)},
                    {"review_due", row.review_due},
                    {"day", or_null(event.day)},
                    {"price", to_json(event.price)},
                    {"units", or_null(event.units)},
                    {"expected", to_json(event.expected)},
                    {"value", words(event.value)},
                    {"undone", row.undone},
                    {"undoes", event.undoes ? Json(event.undoes) : Json(nullptr)}});
  }
  return {{"decisions", std::move(list)}};
}

deliver::Table log_table(const std::vector<LogRow>& rows) {
  deliver::Table table{"decisions",
                       {"Decisions", "决策记录"},
                       {{"id", {"No", "编号"}, Kind::kUnits, 0, 6},
                        {"at", {"When (UTC)", "时间（UTC）"}, Kind::kText, 0, 20},
                        {"person", {"Who", "决策人"}, Kind::kText, 0, 12},
                        {"what", {"Decided", "决定"}, Kind::kText, 0, 22},
                        {"action", {"Action", "任务编号"}, Kind::kText, 0, 18},
                        {"marketplace", {"Store", "站点"}, Kind::kText, 0, 8},
                        {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
                        {"why", {"Why", "原因"}, Kind::kText, 0, 30},
                        {"expected", {"Expected", "预计回款"}, Kind::kMoney, 0, 12},
                        {"review_on", {"Review on", "复盘日期"}, Kind::kDay, 0, 11},
                        {"undone", {"Taken back", "已撤回"}, Kind::kText, 0, 8}},
                       {}};
  const Cell no = std::string("–");
  for (const LogRow& row : rows) {
    const account::DeskEvent& event = row.event;
    const Text what = decided_text(event);
    table.rows.push_back({event.id, event.at, event.person, what, event.action.empty() ? no : Cell(event.action),
                          event.marketplace, event.sku, event.why, event.expected ? Cell(*event.expected) : no,
                          event.review_on ? Cell(*event.review_on) : no, row.undone ? Cell(Text{"yes", "是"}) : no});
  }
  return table;
}

Json written_file_json(const account::WrittenFile& file) {
  return {{"id", file.id ? Json(file.id) : Json(nullptr)},
          {"name", file.name},
          {"kind", file.kind},
          {"marketplace", words(file.marketplace)},
          {"sha256", file.sha256},
          {"person", words(file.person)},
          {"at", words(file.at)},
          {"actions", file.actions}};
}

Json carried_out_json(const CarriedOut& done, Lang lang) {
  Json files = Json::array();
  for (const account::WrittenFile& file : done.files) files.push_back(written_file_json(file));
  Json held = Json::array();
  for (const HeldBack& one : done.held_back)
    held.push_back({{"id", one.id}, {"marketplace", one.marketplace}, {"sku", one.sku}, {"why", one.why.in(lang)}});
  std::vector<Text> notes = done.notes;
  notes.insert(notes.end(), done.list.notes.begin(), done.list.notes.end());
  return {{"week", iso(done.list.from)},
          {"files", std::move(files)},
          {"held_back", std::move(held)},
          {"notes", texts(notes, lang)}};
}

namespace {

Json learned_json(const Track& track, Lang lang) {
  Json list = Json::array();
  for (const Track::Channel& one : track.learned)
    list.push_back({{"channel", one.id},
                    {"name", one.name.in(lang)},
                    {"factor", rounded(one.learned.factor, 1000)},
                    {"low", rounded(one.learned.low, 1000)},
                    {"high", rounded(one.learned.high, 1000)},
                    {"runs", one.learned.runs}});
  return list;
}

std::string amount(const Money& money) {
  return money.rounded().str();
}

}  // namespace

Text track_sentence(const TrackTotals& totals) {
  if (totals.actions == 0)
    return {"nothing that was approved had begun by the last day that reports speak for",
            "截至报表日期，尚无已批准的任务开始"};
  Text text{"of " + amount(totals.planned) + " planned by now, " + amount(totals.came) + " came",
            "截至目前计划 " + amount(totals.planned) + "，实际 " + amount(totals.came)};
  std::vector<Text> parts;
  const auto part = [&](const Money& money, const char* en, const char* zh) {
    if (money.rounded().units() == 0) return;
    const bool more = money.units() < 0;
    const Money size = more ? Money::zero(money.currency()) - money : money;
    parts.push_back({amount(size) + (more ? " more by " : " ") + en,
                     zh + (more ? std::string("多 ") : std::string("少 ")) + amount(size)});
  };
  part(totals.not_carried_out, "not carried out", "未执行");
  part(totals.price_differs, "price", "价格不符");
  part(totals.stock_out, "stock-out", "断货");
  part(totals.demand, "demand", "需求");
  if (!parts.empty()) {
    text.en += ": ";
    text.zh += "：";
    for (size_t i = 0; i < parts.size(); ++i) {
      text.en += (i ? ", " : "") + parts[i].en;
      text.zh += (i ? "，" : "") + parts[i].zh;
    }
  }
  const Money over = totals.came - totals.held;
  text.en += "; " + amount(over) + " over what doing nothing was forecast to bring in the same days";
  text.zh += "；同期比不动多回款（按当时预测）" + amount(over);
  return text;
}

Json track_json(const Track& track, Lang lang, size_t most) {
  Json actions = Json::array();
  for (const Tracked& one : track.actions) {
    if (actions.size() == most) break;
    Json json = todo_item_json(one.item, lang);
    json["seen"] = {{"on", or_null(one.item.life.seen_on)},
                    {"price", to_json(one.item.life.seen_price)},
                    {"units", or_null(one.item.life.seen_units)},
                    {"ended_on", or_null(one.item.life.ended_on)}};
    json.update(outcome_json(one.outcome, lang));
    actions.push_back(std::move(json));
  }
  Json weeks = Json::array();
  for (const Track::Week& week : track.weeks)
    weeks.push_back({{"start", iso(week.start)},
                     {"planned", to_json(week.planned)},
                     {"came", to_json(week.came)},
                     {"low", to_json(week.low)},
                     {"high", to_json(week.high)}});
  const TrackTotals& totals = track.totals;
  return {{"from", iso(track.from)},
          {"to", iso(track.to)},
          {"total", track.actions.size()},
          {"actions", std::move(actions)},
          {"account",
           {{"actions", totals.actions},
            {"without_money", totals.without_money},
            {"base_currency", totals.base_currency.str()},
            {"planned", to_json(totals.planned)},
            {"came", to_json(totals.came)},
            {"held", to_json(totals.held)},
            {"over_holding", to_json(totals.came - totals.held)},
            {"not_carried_out", to_json(totals.not_carried_out)},
            {"price_differs", to_json(totals.price_differs)},
            {"stock_out", to_json(totals.stock_out)},
            {"demand", to_json(totals.demand)},
            {"sentence", track_sentence(totals).in(lang)}}},
          {"weeks", std::move(weeks)},
          {"learned", learned_json(track, lang)},
          {"notes", texts(track.notes, lang)}};
}

deliver::Table track_table(const Track& track) {
  deliver::Table table{"track",
                       {"Plan against actual", "计划与实际"},
                       {{"id", {"Action", "任务编号"}, Kind::kText, 0, 18},
                        {"state", {"State", "状态"}, Kind::kText, 0, 14},
                        {"marketplace", {"Store", "站点"}, Kind::kText, 0, 8},
                        {"sku", {"SKU", "SKU"}, Kind::kText, 0, 20},
                        {"owner", {"Owner", "负责人"}, Kind::kText, 0, 10, false},
                        {"channel", {"Did", "操作"}, Kind::kText, 0, 18},
                        {"from", {"From", "开始"}, Kind::kDay, 0, 11, false},
                        {"to", {"To", "结束"}, Kind::kDay, 0, 11, false},
                        {"seen_on", {"Seen on", "首次生效"}, Kind::kDay, 0, 11},
                        {"planned_units", {"Planned", "计划件数"}, Kind::kUnits, 0, 9},
                        {"low", {"Low", "区间下限"}, Kind::kUnits, 0, 9, false},
                        {"high", {"High", "区间上限"}, Kind::kUnits, 0, 9, false},
                        {"actual_units", {"Came", "实际件数"}, Kind::kUnits, 0, 9},
                        {"planned_cash", {"Planned", "计划回款"}, Kind::kMoney, 0, 13},
                        {"actual_cash", {"Came", "实际回款"}, Kind::kMoney, 0, 13},
                        {"held_cash", {"If held", "不做动作"}, Kind::kMoney, 0, 13, false},
                        {"cause", {"Why", "原因"}, Kind::kText, 0, 16}},
                       {}};
  for (const Tracked& one : track.actions) {
    const account::ActionRecord& action = one.item.action;
    const desk::Outcome& outcome = one.outcome;
    table.rows.push_back({action.id, desk::state_name(one.item.life.state), action.marketplace, action.sku,
                          action.owner, one.item.channel_name, action.start, action.end,
                          one.item.life.seen_on ? Cell(*one.item.life.seen_on) : Cell(std::string("–")),
                          outcome.planned_units, deliver::cell(outcome.low), deliver::cell(outcome.high),
                          deliver::cell(outcome.actual_units), deliver::cell(outcome.planned_cash),
                          deliver::cell(outcome.actual_cash), deliver::cell(outcome.held_cash),
                          desk::cause_name(outcome.cause)});
  }
  return table;
}

}  // namespace destock::app
