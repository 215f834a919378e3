// destock try: actions that a person puts in beside the plan's, of channels that no figure is known for.

#include <iostream>
#include <memory>

#include "app/json_desk.h"
#include "cli/command.h"
#include "cli/desk.h"

namespace destock::cli {
namespace {

struct TryFlags {
  std::string channel, marketplace, off, tiers, from, why, person;
  std::vector<std::string> skus;
  int weeks = 0;
};

std::optional<app::Trial> trial_of(const Session& session, const TryFlags& flags) {
  app::Trial trial;
  trial.channel = flags.channel;
  trial.skus = flags.skus;
  trial.marketplace = flags.marketplace;
  trial.why = flags.why;
  if (flags.weeks > 0) trial.weeks = flags.weeks;
  if (!flags.off.empty()) {
    char* end = nullptr;
    const double percent = std::strtod(flags.off.c_str(), &end);
    if (end == flags.off.c_str() || std::string_view(end) != "%") {
      session.cannot_read("--off", flags.off, {"a share as 5%", "比例如 5%"});
      return std::nullopt;
    }
    trial.off = percent / 100;
  }
  if (!flags.tiers.empty()) {
    trial.tiers = flags.tiers == "none" ? std::vector<account::QuantityTier>() : account::tiers_of(flags.tiers);
    if (!trial.tiers) {
      session.cannot_read(
          "--tiers", flags.tiers,
          {"units and per cents that rise, as 3:5,10:8; or none", "递增的数量与折扣，如 3:5,10:8；或 none"});
      return std::nullopt;
    }
  }
  if (!flags.from.empty()) {
    trial.from = parse_iso_date(flags.from);
    if (!trial.from) {
      session.cannot_read("--from", flags.from, {"a day as 2026-01-05", "日期如 2026-01-05"});
      return std::nullopt;
    }
  }
  return trial;
}

int run_try(const Session& session, const TryFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  const auto trial = trial_of(session, flags);
  if (!trial) return session.code();
  const auto made = app::put_in_trials(opened->store, opened->account, *context, *trial, person_of(flags.person));
  if (!made) return session.failed(made.error());
  if (session.format() == Format::kJson) {
    session.print_json(app::trials_json(*made, session.lang()));
  } else {
    for (const std::string& id : made->ids) std::cout << id << "\n";
    if (!made->ids.empty())
      session.note({"put in and approved; carry-out DIR writes the files, todo shows them, leave-out takes one back",
                    "已加入并批准；carry-out 目录 写出文件，todo 可查看，leave-out 可取消"});
  }
  for (const auto& [sku, why] : made->not_made) session.warn({{sku + ": " + why.en, sku + "：" + why.zh}});
  return made->not_made.empty() ? kDone : kFailed;
}

}  // namespace

void add_try(Commands& commands) {
  auto flags = std::make_shared<TryFlags>();
  const Flags command =
      commands.add("try", {"put in an action that no figure is known for, to see what it brings: a business price with "
                           "quantity tiers, remote fulfilment, another network",
                           "试用暂无数据的渠道：企业价与数量折扣、远程配送、其他站点网络"});
  command.choice("CHANNEL", flags->channel, {"business", "remote", "efn", "mcf"}, {"what is tried", "试用的渠道"})
      .required();
  command.list("SKU", flags->skus, {"default those that the plan says to try it on", "默认为方案建议试用的 SKU"});
  command.text("--marketplace", flags->marketplace, {"in this store alone; default all", "仅限该站点；默认全部"});
  command.text(
      "--off", flags->off,
      {"of a business price: below today's price, as 5%; default today's", "企业价低于现价的比例，如 5%；默认同现价"});
  command.text("--tiers", flags->tiers,
               {"of a business price: units and per cent off, as 3:5,10:8; default the playbook's; none",
                "企业价数量折扣，如 3:5,10:8；默认按规则；none 表示不设"});
  command.text("--from", flags->from, {"its first day; default today", "开始日期；默认今天"});
  command.number("--weeks", flags->weeks, {"that it runs; default the playbook's", "周数；默认按规则"}).within(1, 26);
  command.text("--why", flags->why, {"in your words, kept in the log", "原因，记入决策记录"});
  command.text("--by", flags->person, {"who decides; default the user's name", "决策人；默认当前用户名"});
  command.example({"Example: destock try business DS-07-BK --off 3% --tiers 3:5,10:8",
                   "示例：destock try business DS-07-BK --off 3% --tiers 3:5,10:8"});
  command.runs([flags](const Session& session) { return run_try(session, *flags); });
}

}  // namespace destock::cli
