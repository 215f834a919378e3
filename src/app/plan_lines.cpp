#include "app/plan_lines.h"

#include <numeric>

#include "app/line_inputs.h"
#include "base/parallel.h"
#include "clearance/beside.h"
#include "clearance/optimal_line.h"

namespace destock::app {
namespace {

constexpr size_t kWorthAThread = 64;  // listings
constexpr size_t kBatch = 1024;       // lines that are written down at a time

}  // namespace

class LineMaker {
public:
  LineMaker(const LinesOf& of, const std::function<void(size_t, size_t)>& progress)
      : of_(of),
        progress_(progress),
        optimal_(of.options.policy == clearance::Policy::kOptimal),
        kept_(of.options.made) {
    out_.lines.resize(of.listings.size());
    out_.tries.resize(of.listings.size());
    if (!optimal_ || !of.forecast) kept_ = nullptr;
    if (kept_) inputs_.emplace(of.state, of.context);
  }

  Lines lines() {
    if (kept_) take_what_is_the_same();
    std::vector<size_t> left;
    for (size_t i = 0; i < of_.listings.size(); ++i)
      if (!out_.lines[i]) left.push_back(i);
    std::vector<clearance::Planner> planners(workers_for(left.size()));
    const size_t batch = kept_ && kept_->keeps_ ? kBatch : std::max<size_t>(1, left.size());
    for (size_t from = 0; from < left.size(); from += batch) {
      const size_t many = std::min(batch, left.size() - from);
      made_.assign(many, std::nullopt);
      share_out(many, planners.size(), [&](size_t worker, size_t k) {
        if (stopped()) return;
        make(left[from + k], planners[worker], made_[k]);
        if (worker == 0 && progress_) progress_(from + k + 1, left.size());
      });
      if (kept_) kept_->keep(made_, {});
    }
    if (kept_ && !stopped()) kept_->keep({}, gone_);
    out_.made = left.size();
    return std::move(out_);
  }

private:
  bool stopped() const { return of_.options.stop && *of_.options.stop; }
  size_t workers_for(size_t listings) const { return listings > kWorthAThread ? of_.context.threads : 1; }
  account::LineKey line_key(size_t i) const { return {listing_of(i).marketplace, listing_of(i).sku}; }
  const account::Listing& listing_of(size_t i) const { return of_.state.account.listings[of_.listings[i]]; }

  clearance::SkuCase case_of(size_t i) {
    auto sku = clearance::sku_case(of_.state.account, need_of(of_.state.health.diagnoses[of_.listings[i]]),
                                   of_.context.facts, of_.options.horizon_weeks, of_.first_day);
    out_.tries[i] = clearance::worth_a_try(sku, of_.context.facts);
    return sku;
  }

  std::string inputs_of(size_t i, const clearance::SkuCase& sku, const clearance::Outlook& outlook) const {
    return inputs_->of(sku, outlook, listing_of(i), of_.wishes_of(listing_of(i)));
  }

  void make(size_t i, clearance::Planner& planner, std::optional<store::MadeLine>& made) {
    const account::Listing& listing = listing_of(i);
    const auto sku = case_of(i);
    auto& line = out_.lines[i];
    if (!of_.forecast) {
      line = clearance::playbook_line(sku, listing, of_.context.facts);
      return;
    }
    const auto outlook = clearance::outlook_of(of_.state.account, *of_.forecast, sku, of_.context.facts);
    line = optimal_ ? clearance::optimal_line(sku, outlook, listing, of_.context.facts, of_.wishes_of(listing), planner)
                    : clearance::plain_line(sku, outlook, listing, of_.options.policy, of_.context.facts,
                                            of_.wishes_of(listing), planner);
    if (kept_ && kept_->keeps_) made = store::made_line(*line, inputs_of(i, sku, outlook));
  }

  // Looked at by every thread, read by one.
  void take_what_is_the_same() {
    const size_t listings = of_.listings.size();
    std::vector<std::string> inputs(listings);
    share_out(listings, workers_for(listings), [&](size_t, size_t i) {
      const auto before = kept_->before_.find(line_key(i));
      if (stopped() || before == kept_->before_.end()) return;
      const auto sku = case_of(i);
      const auto outlook = clearance::outlook_of(of_.state.account, *of_.forecast, sku, of_.context.facts);
      if (inputs_of(i, sku, outlook) == before->second) inputs[i] = before->second;
    });
    std::map<account::LineKey, std::string> wanted;
    std::map<account::LineKey, size_t> places;
    std::map<account::LineKey, std::string> gone = kept_->before_;
    for (size_t i = 0; i < listings; ++i) {
      gone.erase(line_key(i));
      if (inputs[i].empty()) continue;
      places.emplace(line_key(i), i);
      wanted.emplace(line_key(i), std::move(inputs[i]));
    }
    for (const auto& [key, unused] : gone) gone_.push_back(key);
    // One that cannot be read is made anew.
    (void)kept_->store_.made_lines(kept_->account_, wanted, [&](account::PlanLine line) {
      if (const auto at = places.find({line.marketplace, line.sku}); at != places.end())
        out_.lines[at->second] = std::move(line);
    });
  }

  const LinesOf& of_;
  const std::function<void(size_t, size_t)>& progress_;
  const bool optimal_;
  MadeLines* kept_;
  std::optional<LineInputs> inputs_;
  std::vector<std::optional<store::MadeLine>> made_;  // of a batch
  std::vector<account::LineKey> gone_;
  Lines out_;
};

Lines lines_of(const LinesOf& of, const std::function<void(size_t, size_t)>& progress) {
  return LineMaker(of, progress).lines();
}

Result<std::unique_ptr<MadeLines>> MadeLines::read(store::Store& store, int64_t account, bool keeps) {
  auto before = store.inputs_of_made_lines(account);
  if (!before) return tl::unexpected(before.error());
  std::unique_ptr<MadeLines> lines(new MadeLines(store, account, keeps));
  lines->before_ = std::move(*before);
  return lines;
}

void MadeLines::keep(const std::vector<std::optional<store::MadeLine>>& made,
                     const std::vector<account::LineKey>& gone) {
  std::vector<store::MadeLine> lines;
  for (const auto& line : made)
    if (line) lines.push_back(*line);
  if (keeps_ && (!lines.empty() || !gone.empty())) keeps_ = store_.keep_made_lines(account_, lines, gone).has_value();
}

}  // namespace destock::app
