#pragma once
// The sample account as files: real report formats, two marketplaces, a few ugly rows.

#include <string>
#include <vector>

#include "base/result.h"

namespace destock::app::sample {

inline constexpr uint64_t kSampleSeed = 20'260'105;

// Writes the reports into a folder, which is made if it is not there. The same bytes for the same seed.
Result<std::vector<std::string>> write_sample_account(const std::string& folder, uint64_t seed);

}  // namespace destock::app::sample
