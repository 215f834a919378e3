#pragma once

#include <string>

namespace destock::bench {

// Each prints its figures; false where a target is missed or an answer is not what it must be.
bool measure_accuracy(const std::string& retail, const std::string& scratch);  // pinball loss, coverage, R
bool measure_response(const std::string& retail);                              // elasticity on real data
bool measure_coverage();                                                       // elasticity on simulated panels
bool measure_speed(size_t skus);                                               // an account, SKUs a second

}  // namespace destock::bench
