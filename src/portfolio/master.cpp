#include "portfolio/master.h"

#include <ClpSimplex.hpp>

namespace destock::portfolio {

// Rows: one a stake, then the limits. Columns: what a limit is missed by, then the policies.
struct Master::Clp {
  ClpSimplex model;
};

Master::Master(size_t stakes, const std::vector<Row>& rows, double penalty)
    : clp_(std::make_unique<Clp>()), rows_(rows), stakes_(stakes) {
  ClpSimplex& model = clp_->model;
  model.setLogLevel(0);
  model.resize(static_cast<int>(stakes + rows.size()), 0);
  model.setOptimizationDirection(-1);
  for (size_t k = 0; k < stakes; ++k) model.setRowBounds(static_cast<int>(k), 1, 1);
  for (size_t r = 0; r < rows.size(); ++r) {
    const int row = static_cast<int>(stakes + r);
    if (rows[r].at_least())
      model.setRowBounds(row, rows[r].limit, COIN_DBL_MAX);
    else
      model.setRowBounds(row, -COIN_DBL_MAX, rows[r].limit);
    // In shares of the limit, so that rows of money, units and feet weigh alike.
    const double scale = std::max(1.0, std::abs(rows[r].limit));
    const double one = rows[r].at_least() ? scale : -scale;
    model.addColumn(1, &row, &one, 0, COIN_DBL_MAX, -penalty);
  }
}

Master::~Master() = default;

void Master::add(size_t stake, double value, const std::vector<double>& use) {
  std::vector<int> index{static_cast<int>(stake)};
  std::vector<double> element{1};
  for (size_t r = 0; r < use.size(); ++r)
    if (use[r] != 0) {
      index.push_back(static_cast<int>(stakes_ + r));
      element.push_back(use[r]);
    }
  clp_->model.addColumn(static_cast<int>(index.size()), index.data(), element.data(), 0, COIN_DBL_MAX, value);
}

void Master::solve() {
  clp_->model.primal(1);
}

double Master::value() const {
  return clp_->model.objectiveValue();
}

double Master::price(size_t row) const {
  const double dual = clp_->model.dualRowSolution()[stakes_ + row];
  return std::max(0.0, rows_[row].at_least() ? -dual : dual);
}

double Master::reward(size_t stake) const {
  return clp_->model.dualRowSolution()[stake];
}

double Master::share(size_t column) const {
  return clp_->model.primalColumnSolution()[rows_.size() + column];
}

double Master::short_by(size_t row) const {
  return clp_->model.primalColumnSolution()[row] * std::max(1.0, std::abs(rows_[row].limit));
}

}  // namespace destock::portfolio
