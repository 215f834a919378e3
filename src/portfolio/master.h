#pragma once
// The linear programme over the policies found so far, kept warm between rounds. COIN-OR Clp behind a few words.

#include <memory>
#include <vector>

#include "portfolio/scarce.h"

namespace destock::portfolio {

class Master {
public:
  Master(size_t stakes, const std::vector<Row>& rows, double penalty);
  ~Master();
  Master(const Master&) = delete;
  Master& operator=(const Master&) = delete;

  void add(size_t stake, double value, const std::vector<double>& use);
  void solve();

  double value() const;
  double price(size_t row) const;     // 0 or more
  double reward(size_t stake) const;  // dual of "one policy"
  double share(size_t column) const;  // in the order in which they were added
  double short_by(size_t row) const;  // by which the limit is not met

private:
  struct Clp;
  std::unique_ptr<Clp> clp_;
  std::vector<Row> rows_;
  size_t stakes_;
};

}  // namespace destock::portfolio
