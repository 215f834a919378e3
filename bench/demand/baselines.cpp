#include "baselines.h"

#include <algorithm>
#include <cmath>

namespace destock::bench {
namespace {

Baseline flat(std::string name, Shape shape, double mean, double variance, int horizon) {
  return {std::move(name), shape, std::vector<double>(static_cast<size_t>(horizon), std::max(0.0, mean)),
          std::vector<double>(static_cast<size_t>(horizon), variance)};
}

double average(const std::vector<double>& y, size_t from, size_t to) {
  double sum = 0;
  for (size_t t = from; t < to; ++t) sum += y[t];
  return sum / static_cast<double>(to - from);
}

// Smoothing weight by least squares, forecast variance of ETS(A,N,N).
Baseline ses(const std::vector<double>& y, int horizon) {
  const double start = average(y, 0, std::min<size_t>(4, y.size()));
  double best = 1e300;
  double weight = 0.1;
  double level = start;
  for (double a = 0.02; a < 1; a += 0.02) {
    double l = start;
    double squares = 0;
    for (double u : y) {
      squares += (u - l) * (u - l);
      l += a * (u - l);
    }
    if (squares < best) {
      best = squares;
      weight = a;
      level = l;
    }
  }
  Baseline out = flat("SES", Shape::kNormal, level, best / std::max(1.0, static_cast<double>(y.size()) - 2), horizon);
  for (size_t h = 0; h < out.variance.size(); ++h) out.variance[h] *= 1 + static_cast<double>(h) * weight * weight;
  return out;
}

// ETS(A,N,N), (A,A,N) and (A,Ad,N), the one of least AICc.
Baseline ets(const std::vector<double>& y, int horizon) {
  const auto n = static_cast<double>(y.size());
  const double start = average(y, 0, std::min<size_t>(6, y.size()));
  const double slope = y.size() > 10 ? (average(y, 5, 8) - average(y, 0, 3)) / 5 : 0;
  Baseline out = ses(y, horizon);
  out.name = "ETS";
  double least = 1e300;
  for (double damping : {0.0, 0.8, 0.9, 0.98, 1.0}) {
    const bool trend = damping > 0;
    const double parameters = !trend ? 3 : damping < 1 ? 6 : 5;
    if (n <= parameters + 2) continue;
    struct Best {
      double squares = 1e300, a = 0, b = 0, level = 0, trend = 0;
    } best;
    for (double a = 0.02; a < 1; a += 0.04)
      for (double b : {0.0, 0.005, 0.02, 0.05, 0.1, 0.2}) {
        if (b > a || (!trend && b > 0)) continue;
        double l = start;
        double s = trend ? slope : 0;
        double squares = 0;
        for (double u : y) {
          const double said = l + damping * s;
          const double miss = u - said;
          squares += miss * miss;
          l = said + a * miss;
          s = damping * s + b * miss;
        }
        if (squares < best.squares) best = {squares, a, b, l, s};
      }
    const double criterion = n * std::log(std::max(best.squares, 1e-9) / n) + 2 * parameters +
                             2 * parameters * (parameters + 1) / (n - parameters - 1);
    if (criterion >= least) continue;
    least = criterion;
    const double sigma = best.squares / std::max(1.0, n - parameters + 1);
    double variance = sigma;
    double lead = 0;
    double power = 1;
    for (size_t h = 0; h < out.mean.size(); ++h) {
      power *= damping;
      lead += power;
      out.mean[h] = std::max(0.0, best.level + lead * best.trend);
      out.variance[h] = variance;
      variance += sigma * std::pow(best.a + best.b * lead, 2);
    }
  }
  return out;
}

Baseline croston(const std::vector<double>& y, int horizon, bool corrected) {
  constexpr double kWeight = 0.1;
  double size = -1;
  double interval = 1;
  double gap = 0;
  double said = 0;
  double squares = 0;
  double count = 0;
  for (double u : y) {
    ++gap;
    if (size >= 0) {
      squares += (u - said) * (u - said);
      ++count;
    }
    if (u <= 0) continue;
    if (size < 0) {
      size = u;
      interval = gap;
    } else {
      size += kWeight * (u - size);
      interval += kWeight * (gap - interval);
    }
    gap = 0;
    said = size / interval * (corrected ? 1 - kWeight / 2 : 1);
  }
  return flat(corrected ? "Croston-SBA" : "Croston", Shape::kPoisson, said, count > 2 ? squares / count : said,
              horizon);
}

Baseline seasonal_naive(const std::vector<double>& y, int horizon, int year) {
  const size_t lag = y.size() > static_cast<size_t>(year) + 4 ? static_cast<size_t>(year) : 1;
  double squares = 0;
  for (size_t t = lag; t < y.size(); ++t) squares += (y[t] - y[t - lag]) * (y[t] - y[t - lag]);
  Baseline out = flat("seasonal naive", Shape::kNormal, 0, squares / static_cast<double>(y.size() - lag), horizon);
  for (size_t h = 0; h < out.mean.size(); ++h) {
    out.mean[h] = y[y.size() - lag + h % lag];
    out.variance[h] *= static_cast<double>(h / lag + 1);
  }
  return out;
}

// 0.1, 0.4, 0.3, 0.2 over 3, 7, 14 and 30 days, in periods: the last one stands for 3 and 7 days.
Baseline playbook(const std::vector<double>& y, int horizon) {
  const auto last = [&](size_t k) { return average(y, y.size() - std::min(k, y.size()), y.size()); };
  const double mean = 0.5 * last(1) + 0.3 * last(2) + 0.2 * last(4);
  return flat("playbook average", Shape::kPoisson, mean, mean, horizon);
}

}  // namespace

std::vector<Baseline> baselines(const std::vector<double>& history, int horizon, int periods_per_year) {
  return {seasonal_naive(history, horizon, periods_per_year),
          playbook(history, horizon),
          ses(history, horizon),
          croston(history, horizon, false),
          croston(history, horizon, true),
          ets(history, horizon)};
}

}  // namespace destock::bench
