#include "app/carry_out.h"

#include <fmt/format.h>
#include <sodium.h>
#include <algorithm>
#include <map>
#include <set>

#include "app/carry_out_checks.h"
#include "app/carry_out_files.h"
#include "deliver/carry_files.h"

namespace destock::app {
namespace {

using account::DeskEvent;
using account::DeskEventKind;
using account::WrittenFile;
using desk::State;

// Kept as text: a workbook's bytes are none.
std::string base64(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

std::string from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  size_t length = 0;
  sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                    &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  bytes.resize(length);
  return bytes;
}

std::optional<deliver::Address> address_of(const std::map<std::string, std::string>& settings) {
  const auto at = [&](const char* key) {
    const auto found = settings.find(std::string("removal.") + key);
    return found == settings.end() ? std::string() : found->second;
  };
  deliver::Address address{at("name"),    at("line1"), at("line2"),       at("line3"), at("city"),
                           at("country"), at("state"), at("postal_code"), at("phone")};
  if (address.name.empty() || address.line1.empty() || address.city.empty() || address.country.empty())
    return std::nullopt;
  return address;
}

// What a person has to do after it, or Amazon.
bool hands_over(const std::string& kind) {
  return kind != "clicks" && kind != "calendar" && kind != "listings_feed";
}

// A name that is taken by other bytes: "prices_US_2026-01-05_2.txt".
void find_name(WrittenFile& file, const std::vector<WrittenFile>& known) {
  const size_t dot = file.name.rfind('.');
  const std::string stem = file.name.substr(0, dot);
  const std::string ending = file.name.substr(dot);
  const auto taken = [&](const std::string& name) {
    return std::any_of(known.begin(), known.end(),
                       [&](const WrittenFile& one) { return one.name == name && one.sha256 != file.sha256; });
  };
  for (int number = 2; taken(file.name); ++number) file.name = stem + "_" + std::to_string(number) + ending;
}

// Files of this week that were written before, as they were: what is in them is not written a second time otherwise.
Result<std::vector<WrittenFile>> written_before(store::Store& store, int64_t account, const Todo& everything, Date week,
                                                const std::vector<WrittenFile>& known, std::vector<Text>& notes) {
  std::vector<WrittenFile> files;
  const std::string named = "_" + iso(week);
  std::set<std::string> stands;  // actions that are handed over
  for (const TodoItem& item : everything.items)
    if (item.life.written || item.life.seen_on) stands.insert(item.action.id);
  for (auto file = known.rbegin(); file != known.rend(); ++file) {
    if (!hands_over(file->kind) || file->name.find(named) == std::string::npos) continue;
    const auto back = std::find_if(file->actions.begin(), file->actions.end(),
                                   [&](const std::string& id) { return !stands.contains(id); });
    if (back != file->actions.end()) {
      notes.push_back(
          {file->name + " is not written again: " + *back +
               " in it was taken back or refused. Take its row out of the file that you have, if it is not "
               "uploaded yet",
           file->name + " 不再写出：其中 " + *back + " 已撤回或未被受理。若尚未上传，请从已有文件中删除该行"});
      continue;
    }
    auto whole = store.written_file(account, file->id);
    if (!whole) return tl::unexpected(whole.error());
    if (!*whole) continue;
    (*whole)->content = from_base64((*whole)->content);
    (*whole)->actions = file->actions;
    files.push_back(std::move(**whole));
  }
  return files;
}

// Kept, and each action marked: only now does it count as handed over.
Result<void> keep(store::Store& store, int64_t account, const Context& context, const std::string& person,
                  std::vector<WrittenFile>& files) {
  const std::string at = context.now_utc();
  std::vector<DeskEvent> events;
  for (WrittenFile& file : files) {
    file.person = person;
    file.at = at;
    WrittenFile kept = file;
    kept.content = base64(file.content);
    const auto id = store.add_written_file(account, kept);
    if (!id) return tl::unexpected(id.error());
    file.id = *id;
    // The feed beside the screen's file holds the same orders: one mark is enough.
    if (!hands_over(file.kind) || file.kind.starts_with("removal_feed/")) continue;
    for (const std::string& action : file.actions) {
      DeskEvent event;
      event.action = action;
      event.kind = DeskEventKind::kWritten;
      event.person = person;
      event.at = at;
      event.value = file.name;
      events.push_back(std::move(event));
    }
  }
  return store.add_desk_events(account, [&](const store::Store::Desk& desk) -> Result<std::vector<DeskEvent>> {
    std::map<std::string, const account::ActionRecord*> known;
    for (const account::ActionRecord& action : desk.actions) known[action.id] = &action;
    for (DeskEvent& event : events) {
      const auto found = known.find(event.action);
      if (found == known.end()) continue;
      event.marketplace = found->second->marketplace;
      event.sku = found->second->sku;
    }
    return events;
  });
}

}  // namespace

std::optional<std::string> base64_bytes(const std::string& text) {
  std::string bytes = from_base64(text);
  if (bytes.empty()) return std::nullopt;
  return bytes;
}

Result<WrittenFile> written_bytes(store::Store& store, int64_t account, int64_t id) {
  auto file = store.written_file(account, id);
  if (!file) return tl::unexpected(file.error());
  if (!*file) return fail(ErrorKind::kNotFound, {"there is no such file", "没有该文件"}, std::to_string(id));
  (*file)->content = from_base64((*file)->content);
  return std::move(**file);
}

Result<CarriedOut> carry_out(store::Store& store, int64_t account, const Context& context,
                             const CarryOutRequest& request, const std::string& person) {
  const auto facts = desk_facts(store, account, context);
  if (!facts) return tl::unexpected(facts.error());
  const auto desk = numbered_desk(store, account, context, *facts);
  if (!desk) return tl::unexpected(desk.error());
  auto list = todo_of(*desk, *facts, context, request.which);
  if (!list) return tl::unexpected(list.error());
  TodoFilter everything;
  everything.all = true;
  const auto others = todo_of(*desk, *facts, context, everything);
  if (!others) return tl::unexpected(others.error());
  const auto settings = store.settings(account);
  if (!settings) return tl::unexpected(settings.error());
  const auto address = address_of(*settings);
  const auto known = store.written_files(account);
  if (!known) return tl::unexpected(known.error());

  std::vector<TodoItem> approved;
  for (const TodoItem& item : list->items)
    if (item.life.state == State::kApproved) approved.push_back(item);
  const auto reasons = held_back(approved, others->items,
                                 {list->today, &facts->newest, address.has_value(), &context.facts.playbook.carry_out});
  CarriedOut out{std::move(*list), {}, {}, {}};
  FilesToMake files{
      request.lang, request.product_type, request.seller, facts->plan.created_at, out.list.from, address, {},
      {},           request.templates};
  for (size_t i = 0; i < approved.size(); ++i) {
    const account::ActionRecord& action = approved[i].action;
    if (reasons[i]) {
      out.held_back.push_back({action.id, action.marketplace, action.sku, *reasons[i]});
    } else {
      files.to_write.push_back(&approved[i]);
    }
  }
  for (const TodoItem& item : out.list.items)
    if (item.life.written || item.life.done) files.written.push_back(&item);
  auto made = make_files(context, files);
  if (!made) return tl::unexpected(made.error());
  out.notes = std::move(made->notes);
  for (WrittenFile& file : made->files)
    if (hands_over(file.kind)) find_name(file, *known);
  auto before = written_before(store, account, *others, out.list.from, *known, out.notes);
  if (!before) return tl::unexpected(before.error());
  out.files = std::move(*before);
  for (WrittenFile& file : made->files) {
    const bool there =
        std::any_of(out.files.begin(), out.files.end(), [&](const WrittenFile& one) { return one.name == file.name; });
    if (!there) out.files.push_back(file);
  }
  if (!request.dry_run) {
    if (request.deliver)
      if (const auto given = request.deliver(out.files); !given) return tl::unexpected(given.error());
    if (const auto kept = keep(store, account, context, person, made->files); !kept)
      return tl::unexpected(kept.error());
    for (WrittenFile& file : out.files)
      for (const WrittenFile& kept : made->files)
        if (file.name == kept.name) file = kept;
  }
  if (std::any_of(out.files.begin(), out.files.end(), [](const WrittenFile& one) { return one.kind == "removals"; }))
    out.notes.push_back(
        {"removals_… and the files in removal_feed/ are the same orders, for the screen and for the feed: give "
         "Amazon one of the two",
         "removals_… 与 removal_feed/ 中的文件是同一批订单（页面上传与 feed 两种格式）：只能提交其一"});
  if (approved.empty() && out.files.empty())
    out.notes.push_back({"nothing is approved and due: destock todo lists what waits, destock approve approves",
                         "没有已批准且到期的任务：destock todo 查看待办，destock approve 批准"});
  return out;
}

}  // namespace destock::app
