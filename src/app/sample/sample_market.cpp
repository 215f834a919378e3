#include "app/sample/sample_market.h"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cmath>

namespace destock::app::sample {
namespace {

struct Product {
  std::string_view name;
  std::string_view category;
  double price, cost_cny, freight_cny, fulfilment;
  std::array<double, 3> inches;
  double pounds;
  std::string_view season;
};

constexpr std::array<Product, 20> kProducts = {{
    {"Stainless Water Bottle 32 oz", "Home & Kitchen", 21.99, 24.5, 9.8, 5.06, {11.2, 3.4, 3.4}, 1.1, ""},
    {"Silicone Baking Mat, 2 Pack", "Home & Kitchen", 15.99, 13.2, 4.6, 4.25, {13.0, 4.0, 1.2}, 0.6, ""},
    {"Yoga Mat 6 mm", "Sports & Outdoors", 29.99, 36.0, 22.4, 7.17, {24.5, 5.5, 5.5}, 2.6, ""},
    {"Resistance Bands Set", "Sports & Outdoors", 18.99, 15.8, 5.2, 4.45, {9.0, 6.0, 2.0}, 1.0, ""},
    {"LED Desk Lamp", "Lighting", 34.99, 52.0, 18.1, 7.42, {15.5, 7.0, 4.0}, 2.4, ""},
    {"Cable Organizer Box", "Home & Kitchen", 23.99, 21.0, 15.5, 6.60, {12.5, 5.5, 5.0}, 1.8, ""},
    {"Portable Blender Cup", "Home & Kitchen", 32.99, 48.5, 13.9, 5.92, {10.0, 4.0, 4.0}, 1.7, ""},
    {"Dog Harness, Reflective", "Pet Products", 19.99, 17.6, 4.9, 4.25, {10.0, 7.0, 1.5}, 0.7, ""},
    {"Cat Water Fountain", "Pet Products", 27.99, 39.9, 16.2, 6.60, {8.5, 8.0, 6.0}, 2.1, ""},
    {"Memory Foam Seat Cushion", "Home & Kitchen", 35.99, 42.67, 18.88, 9.11, {17.5, 14.0, 4.0}, 3.1, ""},
    {"Kids Drawing Tablet", "Toys & Games", 16.99, 19.0, 5.8, 4.45, {9.5, 6.5, 0.9}, 0.8, ""},
    {"Car Phone Mount", "Electronics", 17.99, 14.4, 4.1, 3.96, {6.0, 4.5, 3.0}, 0.6, ""},
    {"USB-C Hub 7 in 1", "Electronics", 28.99, 45.0, 5.0, 3.86, {6.0, 3.5, 1.2}, 0.4, ""},
    {"Running Belt", "Apparel", 14.99, 11.5, 2.9, 4.10, {9.0, 5.0, 1.0}, 0.3, ""},
    {"Camping Lantern, Rechargeable", "Sports & Outdoors", 26.99, 33.8, 11.7, 5.68, {8.0, 5.0, 5.0}, 1.5, ""},
    {"Artificial Wreath 20 in", "Home & Kitchen", 32.99, 38.0, 26.0, 8.30, {20.0, 19.0, 4.5}, 2.3, "christmas"},
    {"String Lights 66 ft", "Lighting", 24.99, 27.0, 8.4, 5.06, {9.0, 7.0, 3.0}, 1.3, "christmas"},
    {"Pumpkin Carving Kit", "Home & Kitchen", 13.99, 9.9, 3.3, 4.25, {10.0, 6.0, 1.5}, 0.7, "halloween"},
    {"Heated Neck Wrap", "Health", 31.99, 41.0, 10.9, 5.37, {12.0, 8.0, 3.0}, 1.6, "winter"},
    {"Beach Blanket, Sandproof", "Sports & Outdoors", 22.99, 23.0, 7.4, 5.06, {11.0, 8.0, 2.2}, 1.4, "summer"},
}};
constexpr std::array<std::string_view, 8> kVariants = {"Black", "White", "Blue",       "Green",
                                                       "Grey",  "Pink",  "Café Brown", "Large"};
constexpr std::array<std::string_view, 8> kVariantCodes = {"BK", "WH", "BL", "GN", "GY", "PK", "BR", "LG"};
constexpr int kDaysLived = 427;  // before the snapshot
constexpr std::array<std::string_view, 4> kOwners = {"李娜", "王强", "陈晨", "Grace"};

// Units a day ÷ the year's average, by season.
double season_factor(std::string_view season, Date day) {
  const unsigned month = month_of(day);
  const bool christmas = month == 11 || (month == 12 && day_of_month(day) <= 22);
  if (season == "christmas") return christmas ? 4.5 : month == 10 ? 1.4 : 0.12;
  if (season == "halloween") return month == 10 ? 6.5 : month == 9 ? 2.2 : 0.1;
  if (season == "winter") return month >= 11 || month <= 1 ? 2.2 : month == 10 || month == 2 ? 1.3 : 0.35;
  if (season == "summer") return month >= 5 && month <= 8 ? 2.1 : 0.4;
  double factor = christmas ? 1.45 : 1;
  if (month == 7 && day_of_month(day) >= 8 && day_of_month(day) <= 11) factor *= 2.2;  // Prime Day
  if (month == 11 && day_of_month(day) >= 24) factor *= 1.8;                           // Black Friday week
  return factor;
}

// A week of 20 % off, twice a year, on days of the listing's own.
bool on_promotion(uint64_t key, int64_t day) {
  return (day + static_cast<int64_t>(key % 170)) % 170 < 7;
}

Story story_of(size_t i, std::string_view season) {
  if (!season.empty()) return Story::kSeasonal;
  switch (i % 20) {
    case 0:
    case 1:
    case 2: return Story::kFast;
    case 3:
    case 4:
    case 5: return Story::kMild;
    case 6:
    case 7: return Story::kHeavy;
    case 8:
    case 9: return Story::kAged;
    case 10: return Story::kDead;
    case 11: return i % 40 == 11 ? Story::kNew : Story::kSteady;
    default: return Story::kSteady;
  }
}

SampleListing named_listing(size_t i, bool british, Random& random) {
  const Product& product = kProducts[i % kProducts.size()];
  const std::string_view variant = kVariants[(i / kProducts.size()) % kVariants.size()];
  const size_t lot = i / (kProducts.size() * kVariants.size());
  SampleListing listing{};
  listing.marketplace = british ? "UK" : "US";
  const std::string_view code = kVariantCodes[(i / kProducts.size()) % kVariants.size()];
  listing.sku = fmt::format("DS-{:02d}-{}{}", i % kProducts.size() + 1, code,
                            lot == 0 ? std::string() : fmt::format("-{}", lot + 1));
  listing.asin = fmt::format("B0{}{:05d}K", british ? 'C' : 'B', 10'000 + i * 37);
  listing.fnsku = fmt::format("X00{}{:05d}Z", british ? '4' : '2', 20'000 + i * 53);
  listing.title = fmt::format("{}, {}", product.name, variant);
  listing.category = product.category;
  listing.season = product.season;
  listing.owner = kOwners[i % kOwners.size()];
  listing.tag = i % 9 == 0 ? "清仓重点" : "";
  listing.story = story_of(i, product.season);
  listing.price = british ? std::floor(product.price * 0.85) + 0.99 : product.price;
  listing.cost_cny = product.cost_cny * (0.95 + 0.1 * random.uniform());
  listing.freight_cny = product.freight_cny;
  listing.fulfilment = british ? product.fulfilment * 0.72 : product.fulfilment;
  std::copy(product.inches.begin(), product.inches.end(), listing.sides_in);
  listing.weight_lb = product.pounds;
  listing.volume_cuft = product.inches[0] * product.inches[1] * product.inches[2] / 1728;
  listing.lead_time_days = static_cast<int>(random.between(35, 75));
  listing.moq = static_cast<int>(random.between(1, 4)) * 100;
  listing.carton = static_cast<int>(random.between(2, 6)) * 10;
  listing.has_cost = random.uniform() > 0.06;
  return listing;
}

// When stock came and how much: what makes the story.
std::vector<Cohort> receipts_of(Story story, double rate, int32_t first, int32_t end, Random& random) {
  std::vector<Cohort> receipts;
  const auto every = [&](int32_t from, int32_t to, int step, double days_of_cover) {
    for (int32_t day = from; day < to; day += step)
      receipts.push_back({day, static_cast<int64_t>(rate * days_of_cover * (0.85 + 0.3 * random.uniform())) + 4});
  };
  switch (story) {
    case Story::kSteady: every(first, end - 8, 35, 39); break;
    case Story::kFast: every(first, end - 20, 42, 36); break;  // runs out now and then
    case Story::kMild:
      every(first, end - 90, 40, 42);
      receipts.push_back({end - 70, static_cast<int64_t>(rate * 190) + 30});
      break;
    case Story::kHeavy:
      every(first, end - 150, 40, 40);
      receipts.push_back({end - 120, static_cast<int64_t>(rate * 420) + 300});
      break;
    case Story::kAged:
      every(first, end - 260, 40, 40);
      receipts.push_back({end - 235, static_cast<int64_t>(rate * 330) + 150});
      break;
    case Story::kDead: receipts.push_back({first + 10, static_cast<int64_t>(rate * 120) + 120}); break;
    case Story::kNew: receipts.push_back({end - 14, random.between(150, 300)}); break;
    case Story::kSeasonal:
      receipts.push_back({first, static_cast<int64_t>(rate * 60) + 60});
      receipts.push_back({end - 150, static_cast<int64_t>(rate * 240) + 120});
      break;
  }
  return receipts;
}

double demand_rate(const SampleListing& listing, double rate, int32_t day, int32_t end) {
  if (listing.story == Story::kDead && day > end - 190) return 0;  // the fashion has passed
  if (listing.story == Story::kNew) return day >= end - 10 ? 0.05 : 0;
  return rate * season_factor(listing.season, date_of_day_number(day));
}

void live_through(SampleListing& listing, double rate, int32_t first, int32_t end, uint64_t key, Random& random) {
  const auto receipts = receipts_of(listing.story, rate, first, end, random);
  std::vector<Cohort> shelf;
  int64_t stock = 0;
  size_t next = 0;
  for (int32_t day = first; day <= end; ++day) {
    LedgerEntry entry{day, stock, 0, 0, 0, 0};
    for (; next < receipts.size() && receipts[next].day <= day; ++next) {
      entry.receipts += receipts[next].units;
      shelf.push_back({day, receipts[next].units});
      stock += receipts[next].units;
    }
    const bool promotion = on_promotion(key, day);
    const double mean = demand_rate(listing, rate, day, end) * (promotion ? 2.1 : 1) *
                        (day == end ? 0.3 : 1);  // the snapshot's own day has only begun
    const int64_t sold = std::min(stock, random.poisson(mean));
    int64_t left = sold;
    for (Cohort& cohort : shelf) {
      const int64_t taken = std::min(left, cohort.units);
      cohort.units -= taken;
      left -= taken;
    }
    std::erase_if(shelf, [](const Cohort& cohort) { return cohort.units == 0; });
    stock -= sold;
    if (sold > 0)
      listing.sold.push_back({day, sold, listing.price, promotion ? std::round(listing.price * 20) / 100 : 0});
    if (sold > 0 && random.uniform() < 0.05) {
      entry.returns = 1;
      listing.returned.push_back({std::min(day + 9, end), 1});
    }
    entry.shipments = sold;
    entry.ending = stock;
    if (day < end && (entry.receipts != 0 || sold != 0 || stock == 0 || day_of_month(date_of_day_number(day)) == 1 ||
                      day == end - 1))
      listing.ledger.push_back(entry);
  }
  listing.cohorts = std::move(shelf);
  const bool busy = stock > 12;
  listing.fc_transfer = busy ? random.between(0, stock / 12) : 0;
  listing.fc_processing = busy ? random.between(0, 2) : 0;
  listing.reserved_orders = busy && rate > 1 ? random.between(0, 3) : 0;
  listing.available =
      std::max<int64_t>(0, stock - listing.fc_transfer - listing.fc_processing - listing.reserved_orders);
  listing.unfulfillable = random.between(0, 3);
}

}  // namespace

uint64_t Random::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

double Random::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

int64_t Random::between(int64_t low, int64_t high) {
  if (high <= low) return low;
  return low + static_cast<int64_t>(next() % static_cast<uint64_t>(high - low + 1));
}

int64_t Random::poisson(double mean) {
  if (mean <= 0) return 0;
  const double limit = std::exp(-mean);
  int64_t count = 0;
  double product = uniform();
  while (product > limit) {
    product *= uniform();
    ++count;
  }
  return count;
}

SampleMarket make_market(uint64_t seed, Date snapshot) {
  Random random(seed);
  SampleMarket market;
  market.first_day = date_of_day_number(day_number(snapshot) - kDaysLived);
  market.snapshot = snapshot;
  const auto first = static_cast<int32_t>(day_number(market.first_day));
  const auto end = static_cast<int32_t>(day_number(market.snapshot));
  for (size_t i = 0; i < 430; ++i) {
    const bool british = i >= 300;
    const size_t number = british ? i - 300 : i;
    SampleListing listing = named_listing(number, british, random);
    double rate = 0.25 + 1.6 * std::pow(random.uniform(), 2.5);
    if (number % 40 == 6) rate = 7.5;  // a few that sell by the hundred
    live_through(listing, rate, first, end, random.next(), random);
    if (listing.story == Story::kFast || listing.story == Story::kSteady) {
      listing.inbound_shipped = static_cast<int64_t>(rate * static_cast<double>(random.between(0, 20)));
      listing.inbound_receiving = random.between(0, 1) * 10;
      listing.inbound_working = random.between(0, 1) * 50;
    }
    market.listings.push_back(std::move(listing));
  }
  return market;
}

}  // namespace destock::app::sample
