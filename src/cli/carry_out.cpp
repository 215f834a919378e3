// destock carry-out DIR: writes the files of what is approved and due. destock refused FILE: takes Amazon's answer.
// destock track: what came of it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "app/json_desk.h"
#include "cli/desk.h"
#include "cli/terminal.h"

namespace destock::cli {
namespace {

struct CarryOutFlags {
  WhichFlags which;
  std::string folder, seller, product_type = "PRODUCT", person;
  std::vector<std::string> templates;
  bool dry_run = false;
};

// Whole or not at all: under another name until its bytes are there.
std::optional<Error> write_file(const std::filesystem::path& path, const std::string& bytes) {
  const std::filesystem::path part = path.string() + ".part";
  std::error_code made;
  std::filesystem::create_directories(path.parent_path(), made);
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
      return Error{ErrorKind::kIo,
                   {"cannot write", "无法写入"},
                   path.string(),
                   {"is there room, and may you write there?", "请检查磁盘空间与写入权限"}};
  }
  std::error_code failed;
  std::filesystem::rename(part, path, failed);
  if (failed)
    return Error{
        ErrorKind::kIo, {"cannot write: " + failed.message(), "无法写入：" + failed.message()}, path.string(), {}};
  return std::nullopt;
}

// One line a reason, with how many it holds back and which.
std::vector<app::HeldBack> together(const std::vector<app::HeldBack>& held) {
  std::vector<app::HeldBack> reasons;
  std::vector<size_t> counts;
  for (const app::HeldBack& one : held) {
    const auto same = std::find_if(reasons.begin(), reasons.end(), [&](const auto& of) { return of.why == one.why; });
    const auto at = static_cast<size_t>(same - reasons.begin());
    if (same == reasons.end()) {
      reasons.push_back({one.id, {}, one.sku, one.why});
      counts.push_back(1);
    } else {
      constexpr size_t kNamed = 4;
      if (++counts[at] <= kNamed)
        same->id += ", " + one.id;
      else
        same->sku = "+" + std::to_string(counts[at] - kNamed);
    }
  }
  for (size_t i = 0; i < reasons.size(); ++i)
    if (counts[i] > 1 && !reasons[i].sku.starts_with("+")) reasons[i].sku.clear();
  return reasons;
}

int run_carry_out(const Session& session, const CarryOutFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  const auto filter = flags.which.filter(session);
  if (!filter) return session.code();
  std::error_code failed;
  if (!flags.dry_run) std::filesystem::create_directories(flags.folder, failed);
  if (failed)
    return session.failed({ErrorKind::kIo,
                           {"the folder cannot be made: " + failed.message(), "无法创建目录：" + failed.message()},
                           flags.folder,
                           {}});
  app::CarryOutRequest request{*filter, flags.dry_run, session.lang(), flags.product_type, flags.seller, {}, {}};
  for (const std::string& path : flags.templates) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return session.failed({ErrorKind::kIo, {"cannot be read", "无法读取"}, path, {}});
    request.templates.push_back(
        {std::filesystem::path(path).filename().string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  // Files reach the disk before anything is marked as handed over.
  request.deliver = [&](const std::vector<account::WrittenFile>& files) -> Result<void> {
    for (const account::WrittenFile& file : files)
      if (const auto error = write_file(std::filesystem::path(flags.folder) / file.name, file.content))
        return tl::unexpected(*error);
    return {};
  };
  const auto done = app::carry_out(opened->store, opened->account, *context, request, person_of(flags.person));
  if (!done) return session.failed(done.error());
  if (session.format() == Format::kJson) {
    session.print_json(app::carried_out_json(*done, session.lang()));
  } else {
    for (const account::WrittenFile& file : done->files)
      std::cout << (flags.dry_run ? session.say({"would write ", "将写出 "}) : std::string())
                << (std::filesystem::path(flags.folder) / file.name).string() << "  " << file.actions.size()
                << session.say({file.actions.size() == 1 ? " action" : " actions", " 项"}) << "  "
                << file.sha256.substr(0, 12) << "\n";
    for (const app::HeldBack& one : together(done->held_back))
      session.warn({{"held back: " + one.id + (one.sku.empty() ? "" : " " + one.sku) + ": " + one.why.en,
                     "暂缓：" + one.id + (one.sku.empty() ? "" : " " + one.sku) + "：" + one.why.zh}});
    session.warn(done->notes);
    session.warn(done->list.notes);
  }
  return done->held_back.empty() ? kDone : kSomeRefused;
}

struct RefusedFlags {
  std::string file, person, marketplace;
};

int run_refused(const Session& session, const RefusedFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open(*context);
  if (!opened) return session.code();
  std::ifstream in(flags.file, std::ios::binary);
  std::error_code none;
  if (!in || std::filesystem::is_directory(flags.file, none))
    return session.failed({ErrorKind::kNotFound, {"cannot read the file", "无法读取文件"}, flags.file, {}});
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto done = app::take_processing_report(opened->store, opened->account, *context, bytes,
                                                person_of(flags.person), flags.marketplace);
  if (!done) return session.failed(done.error());
  if (session.format() == Format::kJson) {
    app::Json refused = app::Json::array();
    for (const auto& [id, words] : done->refused) refused.push_back({{"id", id}, {"why", words}});
    session.print_json({{"refused", refused}, {"unmatched", done->unmatched}, {"warnings", done->warnings}});
    return kDone;
  }
  std::cout << done->refused.size()
            << session.say({done->refused.size() == 1 ? " action refused" : " actions refused", " 项未被受理"}) << "\n";
  for (const auto& [id, words] : done->refused) std::cout << "  " << id << ": " << words << "\n";
  constexpr size_t kShown = 10;
  for (size_t i = 0; i < std::min(kShown, done->unmatched.size()); ++i)
    session.warn({{"of no written action: " + done->unmatched[i], "没有对应的已提交任务：" + done->unmatched[i]}});
  if (done->unmatched.size() > kShown)
    session.warn({{"and " + std::to_string(done->unmatched.size() - kShown) + " more rows of no written action",
                   "另有 " + std::to_string(done->unmatched.size() - kShown) + " 行没有对应任务"}});
  return kDone;
}

struct TrackFlags {
  unsigned weeks = 8;
  bool all = false;
};

int run_track(const Session& session, const TrackFlags& flags) {
  auto view = session.view();
  if (!view) return session.code();
  const auto looked = app::look_for_actions(view->opened.store, view->opened.account, view->context, view->state);
  if (!looked) return session.failed(looked.error());
  const auto track =
      app::track(view->opened.store, view->opened.account, view->context, view->state, static_cast<int>(flags.weeks));
  if (!track) return session.failed(track.error());
  if (session.format() == Format::kJson) {
    session.print_json(app::track_json(*track, session.lang()));
    return kDone;
  }
  if (session.format() == Format::kTable)
    std::cout << iso(track->from) << " – " << iso(track->to) << "\n"
              << session.say(app::track_sentence(track->totals)) << "\n\n";
  session.print(app::track_table(*track), flags.all ? 0 : 30);
  session.warn(track->notes);
  return kDone;
}

}  // namespace

void add_carry_out(Commands& commands) {
  auto flags = std::make_shared<CarryOutFlags>();
  const Flags command = commands.add("carry-out", {"write the files and click lists of what is approved and due",
                                                   "写出已批准且到期任务的文件与操作清单"});
  command.text("DIR", flags->folder, {"folder; made where it is not there", "目录；不存在则创建"}).required();
  flags->which.add_to(command, false);
  command.toggle("--dry-run", flags->dry_run,
                 {"say what would be written, write and mark nothing", "仅显示将写出的文件，不写出也不标记"});
  command.text("--seller", flags->seller,
               {"your seller id: writes the listings feed (JSON) too", "卖家编号：同时写出 listings feed（JSON）"});
  command.text("--product-type", flags->product_type, {"of the listings feed", "listings feed 的商品类型"})
      .shows_default();
  command.list("--template", flags->templates,
               {"your own downloads to be filled in: a listing template (sale prices with dates), a sheet of price "
                "discounts",
                "待填写的模板：商品模板（带日期的促销价）、价格折扣表"});
  command.text("--by", flags->person, {"who carries it out; default the user's name", "执行人；默认当前用户名"});
  command.example({"Example: destock approve --all --gain-above 20 && destock carry-out week/",
                   "示例：destock approve --all --gain-above 20 && destock carry-out 本周/"});
  command.runs([flags](const Session& session) { return run_carry_out(session, *flags); });
  auto answer = std::make_shared<RefusedFlags>();
  const Flags refused = commands.add("refused", {"take Amazon's processing report: each error lands on its action",
                                                 "读取亚马逊处理报告：错误落到对应任务"});
  refused.text("FILE", answer->file).required();
  refused.text("--marketplace", answer->marketplace,
               {"of this store, where a SKU was written for several", "SKU 在多个站点提交过时指定站点"});
  refused.text("--by", answer->person, {"who says it; default the user's name", "操作人；默认当前用户名"});
  refused.runs([answer](const Session& session) { return run_refused(session, *answer); });
}

void add_track(Commands& commands) {
  auto flags = std::make_shared<TrackFlags>();
  const Flags command = commands.add("track", {"what came of it: actions seen live, units and cash against the plan",
                                               "计划与实际：是否生效、件数与回款"});
  command.number("--weeks", flags->weeks, {"weeks to look back", "回看周数"}).within(1U, 104U).shows_default();
  command.toggle("--all", flags->all, {"every line on the terminal", "显示全部行"});
  command.runs([flags](const Session& session) { return run_track(session, *flags); });
}

}  // namespace destock::cli
