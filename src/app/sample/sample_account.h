#pragma once
// The sample account as files: real report formats, two marketplaces, a few ugly rows.

#include <string>
#include <vector>

#include "base/result.h"
#include "market/facts.h"

namespace destock::app::sample {

inline constexpr uint64_t kSampleSeed = 20'260'105;

// Writes the reports into a folder, which is made if it is not there. The same bytes for the same seed
// and facts, by whose cards its fees are previewed.
Result<std::vector<std::string>> write_sample_account(const std::string& folder, uint64_t seed,
                                                      const market::Facts& facts);

}  // namespace destock::app::sample
