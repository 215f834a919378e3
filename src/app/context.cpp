#include "app/context.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/file_marks.h"

namespace destock::app {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
  if (const char* given = std::getenv("DESTOCK_DATA")) return given;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& candidate :
       {program.parent_path() / "data", program.parent_path().parent_path() / "share/destock/data",
        program.parent_path().parent_path() / "data"})
    if (fs::is_directory(candidate / "ratecards", error)) return candidate;
  return "data";
}

}  // namespace

account::MarketplaceBook book_of(const market::Facts& facts) {
  account::MarketplaceBook book;
  for (const auto& [id, marketplace] : facts.marketplaces) {
    account::MarketplaceEntry entry{id, marketplace.currency, marketplace.time_zone, marketplace.sales_channels};
    entry.names.insert(entry.names.end(), marketplace.aliases.begin(), marketplace.aliases.end());
    entry.names.push_back(marketplace.name.en);
    entry.names.push_back(marketplace.name.zh);
    entry.centres = marketplace.centre_countries;
    entry.network = marketplace.network;
    book.entries.push_back(std::move(entry));
  }
  return book;
}

account::ReportNames report_names_of(const market::Facts& facts) {
  account::ReportNames names;
  for (const market::ColumnNames& column : facts.report_names.columns) {
    auto& known = names.columns[{column.report, column.column}];
    known.insert(known.end(), column.names.begin(), column.names.end());
  }
  for (const market::UnreadReport& report : facts.report_names.unread)
    names.unread.push_back({report.name, report.says, report.marks});
  for (const market::CellWords& words : facts.report_names.words) names.words.emplace(words.means, words.words);
  return names;
}

Result<Context> make_context(const std::string& playbook, const std::string& own_facts) {
  std::string own = own_facts;
  if (const char* given = std::getenv("DESTOCK_FACTS"); own.empty() && given) own = given;
  std::error_code error;
  if (!own.empty() && !fs::is_directory(own, error))
    return fail(ErrorKind::kNotFound, {"the folder of facts does not exist", "数据目录不存在"}, own,
                {"it holds ratecards/, channels/, calendars/ as data/ does",
                 "其结构与 data/ 相同：ratecards/、channels/、calendars/"});
  const fs::path shipped = data_folder();
  auto facts = market::load_facts({shipped, own});
  if (!facts) return tl::unexpected(facts.error());
  if (!playbook.empty())
    if (auto done = market::load_playbook(playbook, *facts); !done) return tl::unexpected(done.error());
  Context context;
  context.facts = std::move(*facts);
  context.facts_mark = mark_of({shipped, own, playbook});
  context.threads = std::max(1u, std::thread::hardware_concurrency());
  context.own_playbook = !playbook.empty();
  context.book = book_of(context.facts);
  context.report_names = report_names_of(context.facts);
  return context;
}

}  // namespace destock::app
