#pragma once
// Writes the files that carry out what is approved and due, and keeps what was written: name, sha256, who, when, which
// actions.

#include <functional>
#include <string>
#include <vector>

#include "app/import.h"
#include "app/todo.h"

namespace destock::app {

struct CarryOutRequest {
  TodoFilter which;                      // of what is approved, due by the filter
  bool dry_run = false;                  // make the files, keep and mark nothing
  Lang lang = Lang::kEn;                 // of the pages that people read
  std::string product_type = "PRODUCT";  // of the listings feed
  std::string seller;                    // seller id, of the listings feed; empty: no feed is written
  // The operator's own downloads, to be filled in: a listing template, a sheet of price discounts.
  struct Template {
    std::string name, bytes;
  };
  std::vector<Template> templates{};
  // Gets all files, new ones and this week's earlier ones, before anything is marked; its error marks nothing.
  std::function<Result<void>(const std::vector<account::WrittenFile>&)> deliver{};
};

// An action that is not written, and why.
struct HeldBack {
  std::string id, marketplace, sku;
  Text why;
};

struct CarriedOut {
  Todo list;                                // what was looked at
  std::vector<account::WrittenFile> files;  // with their bytes
  std::vector<HeldBack> held_back;
  std::vector<Text> notes;
};

// Held back, each with its reason: what drifted since it was approved (price, stock, the plan asks for something else),
// what cannot be undone and was not confirmed, a price out of its bounds, a deadline passed, a second coupon or deal on
// the same product in the same days, a return without an address. Nothing approved and due: no files, said in a note.
// The same actions give the same bytes.
Result<CarriedOut> carry_out(store::Store& store, int64_t account, const Context& context,
                             const CarryOutRequest& request, const std::string& person);

// Of a template in a request's body; nothing where it is none.
std::optional<std::string> base64_bytes(const std::string& text);

// A file that was written, with its bytes. kNotFound.
Result<account::WrittenFile> written_bytes(store::Store& store, int64_t account, int64_t id);

// A processing report of Amazon's ("original-record-number, sku, error-code, error-type, error-message"): each error
// lands on the newest action of that SKU, or of that removal order, which stands in a file. kBadInput where it is no
// such report. A SKU that stands in files of several stores is unmatched unless `marketplace` names one.
struct Processed {
  std::vector<std::pair<std::string, std::string>> refused;  // action, Amazon's words
  std::vector<std::string> unmatched;                        // rows that no written action has
  int64_t warnings = 0;                                      // said by Amazon, and no refusal
};
Result<Processed> take_processing_report(store::Store& store, int64_t account, const Context& context,
                                         const std::string& bytes, const std::string& person,
                                         const std::string& marketplace = {});

// Of an import: what no reader knows and is a processing report goes to its actions, and from the files to the answers.
Result<void> take_answers(store::Store& store, int64_t account, const Context& context, ImportOutcome& outcome,
                          const std::string& person);

}  // namespace destock::app
