#pragma once
// The lines of a plan: each made, or taken as it was made before where all that goes into it is the same.

#include "app/plan.h"

namespace destock::app {

struct LinesOf {
  const AccountState& state;
  const Context& context;
  const PlanOptions& options;
  const demand::AccountForecast* forecast;  // null: of the playbook
  const std::vector<size_t>& listings;
  std::function<clearance::PlanWishes(const account::Listing&)> wishes_of;
  Date first_day;
};

struct Lines {
  std::vector<std::optional<account::PlanLine>> lines;  // by listing of LinesOf; none where it was stopped
  std::vector<std::vector<std::string>> tries;          // channels without a figure that it could use
  size_t made = 0;                                      // not taken
};

// `progress`: lines done and in all of those that are made.
Lines lines_of(const LinesOf& of, const std::function<void(size_t, size_t)>& progress);

// Lines of an account's plans as they were made before. Those that are made now go in their place as they come, so that
// a plan that was stopped goes on where it was; what is in the plan no more is forgotten.
class MadeLines {
public:
  // `keeps`: what is made is written down; the store must outlast it.
  static Result<std::unique_ptr<MadeLines>> read(store::Store& store, int64_t account, bool keeps);

private:
  friend class LineMaker;
  MadeLines(store::Store& store, int64_t account, bool keeps) : store_(store), account_(account), keeps_(keeps) {}
  // Nothing rests on what is kept: where it cannot be written, the next plan makes it anew.
  void keep(const std::vector<std::optional<store::MadeLine>>& made, const std::vector<account::LineKey>& gone);

  store::Store& store_;
  int64_t account_;
  bool keeps_;
  std::map<account::LineKey, std::string> before_;  // inputs
};

}  // namespace destock::app
