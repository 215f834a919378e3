#pragma once
// Import: files and folders into the store, each file in a transaction of its own.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "account/import_record.h"
#include "app/context.h"
#include "store/store.h"

namespace destock::app {

// What the reader says of a file whose head does not.
struct FileOptions {
  std::optional<std::string> marketplace;
  std::optional<Date> snapshot;
};

struct ImportOptions {
  FileOptions all;
  std::map<std::string, FileOptions> own{};  // by path, in place of those
  // A moment of its own: figures that were typed are new each time, even where they read as those of last week.
  std::string entry{};
};

enum class FileState {
  kImported,
  kSetAside,      // suspicious: waits for the user
  kAlreadyThere,  // the same bytes were imported before, with the same options, and are not discarded
  kFailed,        // could not be read: see error
};
std::string_view file_state_id(FileState state);

struct FileOutcome {
  std::string path;
  std::string sheet{};  // of a workbook with several
  FileState state = FileState::kFailed;
  std::optional<account::ImportRecord> record;  // none where the file failed
  std::vector<account::RefusedRow> refused;
  std::optional<Error> error;
  std::vector<Money> money{};  // that a report read now tells of, by currency
};

struct ImportOutcome {
  std::vector<FileOutcome> files;  // in the order in which they were given
  struct LeftAlone {
    std::string path;
    Text why;
  };
  std::vector<LeftAlone> ignored;  // in folders: files that are no reports
  // Amazon's answers to files that were carried out, taken by take_answers(): what each said.
  std::vector<LeftAlone> answers{};
  // What reports of the same days say of the same thing: "US, 1 to 30 November: All Orders 4,211 units, …"; and what
  // does not fit together.
  std::vector<Text> compared;
  bool anything_refused() const;
  bool anything_done() const;
};

// `progress` is told the file and how far it is; false: stop, the file at hand and those after it are not imported.
using ImportProgress = std::function<bool(const std::string& path, uint64_t done, uint64_t total)>;
Result<ImportOutcome> import_paths(store::Store& store, int64_t account, const std::vector<std::string>& paths,
                                   const ImportOptions& options, const Context& context,
                                   const ImportProgress& progress);

}  // namespace destock::app
