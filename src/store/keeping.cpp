#include "store/keeping.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "store/database.h"
#include "store/sqlite.h"

namespace destock::store {
namespace {

namespace fs = std::filesystem;

// A database as it is: not made, not brought to another schema.
Result<std::unique_ptr<soci::session>> open_as_it_is(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error) || fs::file_size(path, error) == 0)
    return fail(ErrorKind::kNotFound, {"there is no database here", "此处没有数据库"}, path,
                {"pass --db with the one you mean", "请用 --db 指定"});
  auto opened = guarded(path, [&] {
    auto sql = connect_to(path);
    (void)version_of(*sql);
    return sql;
  });
  if (!opened) return opened;
  if (const auto ours = check_is_ours(**opened, path); !ours) return tl::unexpected(ours.error());
  return opened;
}

std::vector<std::string> integrity(soci::session& sql) {
  constexpr std::string_view kGood = "ok";
  std::vector<std::string> found;
  soci::rowset<std::string> rows = sql.prepare << "PRAGMA integrity_check";
  for (const std::string& row : rows)
    if (row != kGood) found.push_back(row);
  return found;
}

std::vector<std::string> dangling(soci::session& sql) {
  std::vector<std::string> found;
  soci::rowset<soci::row> rows = sql.prepare << "SELECT \"table\", COALESCE(rowid, ''), parent FROM "
                                                "pragma_foreign_key_check";
  for (const soci::row& row : rows) found.push_back(row.get<std::string>(0) + " → " + row.get<std::string>(2));
  return found;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

Error in_use(const std::string& path) {
  return {ErrorKind::kRefused,
          {"another program has the database open", "其他程序正在使用该数据库"},
          path,
          {"end it first: destock serve with Ctrl+C", "请先结束该程序：destock serve 按 Ctrl+C"}};
}

// Nobody else reads or writes from here on: in this mode SQLite gives its locks back only when it closes.
Result<void> take_alone(soci::session& sql, const std::string& path) {
  try {
    set_patience(sql, std::chrono::seconds(0));
    std::string mode;
    sql << "PRAGMA locking_mode = EXCLUSIVE", soci::into(mode);
    sql << "BEGIN EXCLUSIVE";
    sql << "COMMIT";
    return {};
  } catch (const soci::soci_error& error) {
    if (std::string_view(error.what()).find("locked") != std::string_view::npos) return tl::unexpected(in_use(path));
    return tl::unexpected(error_of(error, path));
  }
}

}  // namespace

Result<void> back_up(const std::string& url, const std::string& file, bool over) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  std::error_code error;
  if (same_file(*path, file))
    return fail(ErrorKind::kBadUsage, {"that is the database itself", "该文件就是数据库本身"}, file,
                {"name another file", "请指定其他文件"});
  if (!over && fs::exists(file, error))
    return fail(ErrorKind::kRefused, {"the file is there already", "文件已存在"}, file,
                {"name another, or pass --force", "请指定其他文件，或加 --force"});
  auto sql = open_as_it_is(*path);
  if (!sql) return tl::unexpected(sql.error());
  return guarded(file, [&] { copy_to_file(**sql, file); });
}

Result<DatabaseCheck> check_database(const std::string& url) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  auto sql = open_as_it_is(*path);
  if (!sql) return tl::unexpected(sql.error());
  return guarded(*path, [&] {
    return DatabaseCheck{*path, version_of(**sql), schema_version(), integrity(**sql), dangling(**sql)};
  });
}

Result<std::string> restore(const std::string& url, const std::string& copy) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  if (same_file(*path, copy))
    return fail(ErrorKind::kBadUsage, {"that is the database itself", "该文件就是数据库本身"}, copy,
                {"name a copy of it", "请指定其副本"});
  const auto alone = ServingRight::take(url);
  if (!alone) return tl::unexpected(alone.error());
  auto from = open_as_it_is(copy);
  if (!from) return tl::unexpected(from.error());
  const auto damage = guarded(copy, [&] { return integrity(**from); });
  if (!damage) return tl::unexpected(damage.error());
  if (!damage->empty())
    return fail(ErrorKind::kIncompatible, {"the copy is damaged: " + damage->front(), "副本已损坏：" + damage->front()},
                copy, {"take another one; nothing was changed", "请使用其他副本；未做任何更改"});
  std::error_code error;
  const bool there = fs::exists(*path, error) && fs::file_size(*path, error) > 0;
  auto to = guarded(*path, [&] { return connect_to(*path); });
  if (!to) return tl::unexpected(to.error());
  if (const auto taken = take_alone(**to, *path); !taken) return tl::unexpected(taken.error());
  return guarded(*path, [&] {
    const std::string kept = there ? *path + ".before-restore" : std::string();
    if (there) copy_to_file(**to, kept);
    copy_database(**from, **to);
    return kept;
  });
}

Result<ServingRight> ServingRight::take(const std::string& url) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  if (const auto folder = check_folder_of(*path); !folder) return tl::unexpected(folder.error());
  // A file of its own: a lock on the database itself would be SQLite's to lose.
  const std::string file = *path + ".serving";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(ErrorKind::kIo, {"the folder of the database cannot be written", "数据库所在目录不可写"}, file,
                {"check the permissions of the folder", "请检查该目录的权限"});
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return ServingRight(descriptor);
  ::close(descriptor);
  return fail(ErrorKind::kRefused,
              {"another destock serve works on this database", "另一个 destock serve 正在使用该数据库"}, *path,
              {"use that one, or end it first", "请使用该服务，或先将其结束"});
}

ServingRight::ServingRight(ServingRight&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

ServingRight::~ServingRight() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace destock::store
