#pragma once
// A seed of its own for each run of each SKU, whatever thread plays it.

#include <cstddef>
#include <cstdint>

namespace destock::simulate {

// SplitMix64 (Steele, Lea and Flood 2014).
inline uint64_t seed_of(uint64_t seed, size_t sku, size_t run) {
  uint64_t x = seed + 0x9e3779b97f4a7c15ULL * (1 + sku + 1'000'003ULL * run);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace destock::simulate
