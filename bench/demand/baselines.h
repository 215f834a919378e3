#pragma once
// The single methods that a forecast has to beat, each fitted to a series by itself and with the distribution that its
// own model gives it.

#include <string>
#include <vector>

namespace destock::bench {

// Mean and variance by period ahead. kOwn: the distribution the method comes with, normal above zero, or Poisson.
enum class Shape { kNormal, kPoisson };
struct Baseline {
  std::string name;
  Shape shape;
  std::vector<double> mean, variance;
};

// `history`: known periods alone, oldest first.
std::vector<Baseline> baselines(const std::vector<double>& history, int horizon, int periods_per_year);

}  // namespace destock::bench
