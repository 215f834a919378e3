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

// Lines as they were made before, and those that are made now: of an account's plan.
class MadeLines {
public:
  static Result<std::unique_ptr<MadeLines>> read(store::Store& store, int64_t account);
  // What was made goes in place of what was there before; what is in the plan no more is forgotten.
  Result<void> keep(store::Store& store, int64_t account) const;

private:
  friend class LineMaker;
  store::Store* store_ = nullptr;  // while lines are made
  int64_t account_ = 0;
  std::map<account::LineKey, std::string> before_;  // inputs
  std::vector<std::optional<store::MadeLine>> made_;
  std::vector<account::LineKey> gone_;
};

}  // namespace destock::app
