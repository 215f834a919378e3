#pragma once
// The sample account as files: real report formats, two marketplaces, a few ugly rows.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "market/facts.h"

namespace destock::app::sample {

inline constexpr uint64_t kSampleSeed = 20'260'105;

// Writes the reports of a day into a folder, which is made if it is not there. The same bytes for the same seed, day
// and facts, by whose cards its fees are previewed.
Result<std::vector<std::string>> write_sample_account(const std::string& folder, uint64_t seed,
                                                      const market::Facts& facts, Date snapshot);

// The day of the sample that a folder holds; nothing where it holds none.
std::optional<Date> sample_in(const std::string& folder);

}  // namespace destock::app::sample
