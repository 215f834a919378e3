// destock todo | approve | withdraw | put-off | leave-out | take-in | check | confirm | done | not-done: actions of the
// week. destock exclude | include | lock | unlock | floor | note: SKUs. destock decisions | undo: the log.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "app/json_desk.h"
#include "cli/amount.h"
#include "cli/command.h"
#include "cli/desk.h"
#include "cli/terminal.h"

namespace destock::cli {

std::string person_of(const std::string& given) {
  if (!given.empty()) return given;
  for (const char* name : {"DESTOCK_PERSON", "USER", "LOGNAME"})
    if (const char* value = std::getenv(name); value && *value) return value;
  return "command line";
}

int print_decided(const Session& session, const std::vector<account::LineKey>& keys, const Text& done,
                  const Text& next) {
  if (session.format() == Format::kJson) {
    app::Json list = app::Json::array();
    for (const auto& [marketplace, sku] : keys) list.push_back({{"marketplace", marketplace}, {"sku", sku}});
    session.print_json({{"decided", list}});
    return kDone;
  }
  for (const auto& [marketplace, sku] : keys)
    std::cout << sku << " " << marketplace << ": " << session.say(done) << "\n";
  session.note(next);
  return kDone;
}

void WhichFlags::add_to(const Flags& command, bool by_id) {
  if (by_id) command.list("ID", ids, {"actions, as destock todo names them", "任务编号，见 destock todo"});
  command.text("--week", week, {"the week of this day; default the one at hand", "该日所在的周；默认本周"});
  command.text("--owner", owner, {"of this owner alone", "仅限该负责人"});
  command.text("--channel", channel,
               {"of this channel alone: markdown, outlet, coupon, …", "仅限该渠道：markdown、outlet、coupon 等"});
  command.text("--marketplace", marketplace, {"of this store alone", "仅限该站点"});
  command.choice("--kind", kind, {"file", "clicks", "message"},
                 {"file, clicks or message: how it is carried out", "file、clicks 或 message：执行方式"});
  command.text("--gain-above", gain_above,
               {"that gain more than this, in the account's base currency", "比不动多回款超过该数（账户本位币）"});
}

std::optional<app::TodoFilter> WhichFlags::filter(const Session& session) const {
  app::TodoFilter filter;
  filter.owner = owner;
  filter.channel = channel;
  filter.marketplace = marketplace;
  filter.ids = ids;
  if (!week.empty()) {
    filter.week = parse_iso_date(week);
    if (!filter.week) {
      session.cannot_read("--week", week, {"a day as 2026-01-05", "日期如 2026-01-05"});
      return std::nullopt;
    }
  }
  for (size_t i = 0; i < std::size(app::kTodoKindIds); ++i)
    if (kind == app::kTodoKindIds[i]) filter.kind = static_cast<app::TodoKind>(i);
  if (!gain_above.empty()) {
    char* end = nullptr;
    const double value = std::strtod(gain_above.c_str(), &end);
    if (end == gain_above.c_str() || *end) {
      session.cannot_read("--gain-above", gain_above, {"a number as 20", "数值如 20"});
      return std::nullopt;
    }
    filter.gain_above = value;
  }
  return filter;
}

namespace {

using account::DeskEventKind;

std::optional<std::optional<Date>> day_of(const Session& session, const char* option, const std::string& given) {
  if (given.empty()) return std::optional<Date>();
  const auto day = parse_iso_date(given);
  if (!day) {
    session.cannot_read(option, given, {"a day as 2026-01-05", "日期如 2026-01-05"});
    return std::nullopt;
  }
  return day;
}

// A channel or a store that nobody has is a slip, not an empty list.
std::optional<Error> unknown_name(const app::Context& context, app::TodoFilter& filter) {
  if (!filter.channel.empty() && filter.channel != "sell" && !context.facts.channel(filter.channel))
    return Error{ErrorKind::kBadUsage,
                 {"no such channel: " + filter.channel, "没有该渠道：" + filter.channel},
                 "--channel",
                 {"a name of data/channels: markdown, outlet, coupon, …",
                  "data/channels 中的名称：markdown、outlet、coupon 等"}};
  std::transform(filter.marketplace.begin(), filter.marketplace.end(), filter.marketplace.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  if (!filter.marketplace.empty() && !context.facts.marketplaces.contains(filter.marketplace))
    return Error{ErrorKind::kBadUsage,
                 {"no such store: " + filter.marketplace, "没有该站点：" + filter.marketplace},
                 "--marketplace",
                 {"US, UK, DE, …", "US、UK、DE 等"}};
  return std::nullopt;
}

// -- todo

struct TodoFlags {
  WhichFlags which;
  bool all = false, every = false;
};

void warn_of_reviews(const Session& session, const std::vector<app::LogRow>& rows) {
  std::vector<Text> due;
  for (const app::LogRow& row : rows) {
    if (!row.review_due) continue;
    const std::string of = "#" + std::to_string(row.event.id) + " " + row.event.sku +
                           (row.event.action.empty() ? "" : " " + row.event.action);
    due.push_back({"to be looked at again: " + of, "到复盘日：" + of});
  }
  session.warn(due);
}

int run_todo(const Session& session, const TodoFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  auto filter = flags.which.filter(session);
  if (!filter) return session.code();
  filter->all = flags.every;
  if (const auto error = unknown_name(*context, *filter)) return session.failed(*error);
  const auto list = app::todo(opened->store, opened->account, *context, *filter);
  if (!list) return session.failed(list.error());
  const auto due = app::reviews_due(opened->store, opened->account, *context);
  if (!due) return session.failed(due.error());
  if (session.format() == Format::kJson) {
    app::Json json = app::todo_json(*list, session.lang());
    json["reviews"] = app::log_json(*due, session.lang())["decisions"];
    session.print_json(json);
    return kDone;
  }
  const deliver::Table table = app::todo_table(*list);
  if (session.format() == Format::kTable)
    std::cout << session.say({"week of " + iso(list->from), iso(list->from) + " 当周"}) << " · " << list->items.size()
              << session.say({" actions", " 项任务"}) << "\n\n";
  session.print(table, flags.all ? 0 : 20);
  session.warn(list->notes);
  warn_of_reviews(session, *due);
  if (!list->items.empty() && session.format() == Format::kTable)
    session.note({session.options().program + " approve " + list->items.front().action.id +
                      " approves one, approve --all all of them; carry-out DIR writes the files",
                  session.options().program + " approve " + list->items.front().action.id +
                      " 批准一项，approve --all 批准全部；carry-out 目录 写出文件"});
  return kDone;
}

// -- decisions on actions

struct DecideFlags {
  WhichFlags which;
  bool all = false;
  std::string why, until, review_on, person;
  int check = 0;
};

int run_decide(const Session& session, const DecideFlags& flags, DeskEventKind kind) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  auto filter = flags.which.filter(session);
  if (!filter) return session.code();
  if (filter->ids.empty() && !flags.all)
    return session.failed({ErrorKind::kBadUsage,
                           {"no action is named", "未指定任务"},
                           "ID",
                           {"name some, or give --all for all that are due by the filter",
                            "请给出任务编号，或用 --all 处理筛选出的全部到期任务"}});
  const auto until = day_of(session, "--until", flags.until);
  const auto review = day_of(session, "--review-on", flags.review_on);
  if (!until || !review) return session.code();
  if (const auto error = unknown_name(*context, *filter)) return session.failed(*error);
  app::ActionDecision decision{kind, *filter, flags.why, *until, *review, {}};
  if (kind == DeskEventKind::kChecked || kind == DeskEventKind::kUnchecked) decision.check = flags.check - 1;
  const auto decided = app::decide_actions(opened->store, opened->account, *context, decision, person_of(flags.person));
  if (!decided) return session.failed(decided.error());
  if (session.format() == Format::kJson)
    session.print_json(app::decided_json(*decided, session.lang()));
  else
    std::cout << decided->done.size() << " " << session.say(app::desk_event_name(kind)) << "\n";
  for (const auto& [id, why] : decided->not_decided) session.warn({{id + ": " + why.en, id + "：" + why.zh}});
  return decided->not_decided.empty() ? kDone : kFailed;
}

void add_decision(Commands& commands, const char* name, const Text& help, DeskEventKind kind) {
  auto flags = std::make_shared<DecideFlags>();
  const Flags command = commands.add(name, help);
  flags->which.add_to(command, true);
  command.toggle("--all", flags->all, {"all that are due by the filter", "筛选出的全部到期任务"});
  if (kind == DeskEventKind::kPutOff)
    command.text("--until", flags->until, {"the day on which it comes up again", "推迟到的日期"}).required();
  if (kind == DeskEventKind::kChecked || kind == DeskEventKind::kUnchecked)
    command.number("--check", flags->check, {"which of its checks, from 1", "核对项编号，自 1 起"}).required();
  const Flag why = command.text("--why", flags->why, {"in your words, kept in the log", "原因，记入决策记录"});
  if (kind == DeskEventKind::kPutOff) (void)why.required();
  command.text("--review-on", flags->review_on, {"a day on which it is to be looked at again", "复盘日期"});
  command.text("--by", flags->person, {"who decides; default the user's name", "决策人；默认当前用户名"});
  command.runs([flags, kind](const Session& session) { return run_decide(session, *flags, kind); });
}

// -- decisions on SKUs

struct SkuFlags {
  std::string sku, marketplace, price, why, review_on, person;
};

int run_sku(const Session& session, const SkuFlags& flags, std::optional<account::Pinned> pinned, bool floor) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  const auto review = day_of(session, "--review-on", flags.review_on);
  if (!review) return session.code();
  app::SkuDecision decision{flags.sku, flags.marketplace, pinned, {}, flags.why, *review};
  if (floor) {
    const bool back = flags.price == "0" || flags.price == "none";
    const auto amount = back ? std::optional<Money>(Money::zero(currency_of("USD"))) : amount_of(flags.price);
    if (!amount || amount->units() < 0)
      return session.cannot_read("PRICE", flags.price,
                                 {"an amount as 12.50USD, or none to take it back", "金额如 12.50USD；none 表示取消"});
    decision.floor = *amount;
  }
  const auto keys = app::decide_sku(opened->store, opened->account, *context, decision, person_of(flags.person));
  if (!keys) return session.failed(keys.error());
  return print_decided(session, *keys, {"decided", "已记录"},
                       {"the next plan goes by it: destock plan", "下次生成方案时生效：destock plan"});
}

void add_sku_decision(Commands& commands, const char* name, const Text& help, std::optional<account::Pinned> pinned,
                      bool floor, bool note) {
  auto flags = std::make_shared<SkuFlags>();
  const Flags command = commands.add(name, help);
  command.text("SKU", flags->sku).required();
  if (floor) command.text("PRICE", flags->price).required();
  if (note) command.text("TEXT", flags->why).required();
  command.text("--marketplace", flags->marketplace, {"in this store alone; default all", "仅限该站点；默认全部"});
  if (!note) command.text("--why", flags->why, {"in your words, kept in the log", "原因，记入决策记录"});
  command.text("--review-on", flags->review_on, {"a day on which it is to be looked at again", "复盘日期"});
  command.text("--by", flags->person, {"who decides; default the user's name", "决策人；默认当前用户名"});
  command.runs([flags, pinned, floor](const Session& session) { return run_sku(session, *flags, pinned, floor); });
}

// -- the log

struct LogFlags {
  std::string sku, person;
  std::string event;
  bool all = false;
};

int run_log(const Session& session, const LogFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  const auto rows = app::decisions(opened->store, opened->account, *context, flags.sku);
  if (!rows) return session.failed(rows.error());
  if (session.format() == Format::kJson)
    session.print_json(app::log_json(*rows, session.lang()));
  else
    session.print(app::log_table(*rows), flags.all ? 0 : 30);
  warn_of_reviews(session, *rows);
  return kDone;
}

int run_undo(const Session& session, const LogFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  std::optional<int64_t> event;
  if (!flags.event.empty()) {
    char* end = nullptr;
    event = std::strtoll(flags.event.c_str(), &end, 10);
    if (*end || *event <= 0)
      return session.cannot_read("NO", flags.event,
                                 {"a number as destock decisions shows it", "destock decisions 中的编号"});
  }
  const auto undone = app::undo(opened->store, opened->account, *context, event, person_of(flags.person));
  if (!undone) return session.failed(undone.error());
  if (session.format() == Format::kJson) {
    session.print_json({{"undone", undone->event.id},
                        {"sku", undone->event.sku},
                        {"kind", account::desk_event_id(undone->event.kind)},
                        {"count", undone->count}});
    return kDone;
  }
  const account::DeskEvent& event_undone = undone->event;
  std::cout << session.say({"taken back: ", "已撤回："}) << "#" << event_undone.id << " "
            << session.say(app::desk_event_name(event_undone.kind)) << " "
            << (event_undone.action.empty() ? event_undone.sku : event_undone.action);
  if (undone->count > 1)
    std::cout << session.say({" and " + std::to_string(undone->count - 1) + " more of the same stroke",
                              " 等同一操作的 " + std::to_string(undone->count) + " 项"});
  std::cout << "\n";
  return kDone;
}

}  // namespace

void add_todo(Commands& commands) {
  auto flags = std::make_shared<TodoFlags>();
  const Flags command =
      commands.add("todo", {"what is to be done this week, the most gain first", "本周任务，按比不动多回款排序"});
  flags->which.add_to(command, false);
  command.toggle("--all", flags->all, {"every line on the terminal", "显示全部行"});
  command.toggle("--every", flags->every, {"whatever their week and state", "不限周与状态"});
  command.example(
      {"Example: destock todo --owner Wang --kind clicks", "示例：destock todo --owner 王强 --kind clicks"});
  command.runs([flags](const Session& session) { return run_todo(session, *flags); });
}

void add_desk(Commands& commands) {
  add_decision(commands, "approve", {"approve actions: by id, or all that are due", "批准任务：按编号，或全部到期任务"},
               DeskEventKind::kApproved);
  add_decision(commands, "withdraw", {"take approvals back", "撤回批准"}, DeskEventKind::kWithdrawn);
  add_decision(commands, "put-off", {"put actions off until a day, with a reason", "推迟任务并说明原因"},
               DeskEventKind::kPutOff);
  add_decision(commands, "leave-out", {"leave actions out", "排除任务"}, DeskEventKind::kLeftOut);
  add_decision(commands, "take-in", {"take actions in again that were put off or left out", "取消推迟或排除"},
               DeskEventKind::kTakenIn);
  add_decision(commands, "check", {"tick a check that only a person can make", "勾选人工核对项"},
               DeskEventKind::kChecked);
  add_decision(commands, "uncheck", {"take a tick back", "取消勾选"}, DeskEventKind::kUnchecked);
  add_decision(
      commands, "confirm",
      {"the second yes to what cannot be undone: liquidation, disposal", "二次确认不可撤销的任务：批量清货、弃置"},
      DeskEventKind::kConfirmed);
  add_decision(commands, "done", {"say that actions were carried out", "标记为已执行"}, DeskEventKind::kDone);
  add_decision(commands, "not-done", {"say that they were not", "标记为未执行"}, DeskEventKind::kNotDone);
  add_sku_decision(commands, "exclude", {"leave a SKU out of every plan", "将 SKU 排除在方案之外"},
                   account::Pinned::kExcluded, false, false);
  add_sku_decision(commands, "include", {"take a SKU in again, or unlock it", "取消排除或解锁 SKU"},
                   account::Pinned::kNo, false, false);
  add_sku_decision(commands, "lock", {"keep a SKU's line as it is", "锁定 SKU 的方案行"}, account::Pinned::kLocked,
                   false, false);
  add_sku_decision(commands, "floor", {"no price of a SKU below this", "设定 SKU 的最低售价"}, std::nullopt, true,
                   false);
  add_sku_decision(commands, "note", {"a note on a SKU, kept in the log", "为 SKU 添加备注"}, std::nullopt, false,
                   true);
  auto flags = std::make_shared<LogFlags>();
  const Flags log = commands.add("decisions", {"who decided what, when and why; newest first", "决策记录，最新在前"});
  log.text("--sku", flags->sku, {"of this SKU alone", "仅限该 SKU"});
  log.toggle("--all", flags->all, {"every line on the terminal", "显示全部行"});
  log.runs([flags](const Session& session) { return run_log(session, *flags); });
  auto back = std::make_shared<LogFlags>();
  const Flags undo = commands.add("undo", {"take a decision back by a new row of the log", "撤回一项决定（记录保留）"});
  undo.text("NO", back->event, {"as destock decisions shows it; default your newest", "决策编号；默认您最近的一项"});
  undo.text("--by", back->person, {"who decides; default the user's name", "决策人；默认当前用户名"});
  undo.runs([back](const Session& session) { return run_undo(session, *back); });
}

}  // namespace destock::cli
