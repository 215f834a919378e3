#include "ingest/volume_units.h"

#include "base/volume.h"

namespace destock::ingest {
namespace {

constexpr double kCubicInchesPerCubicFoot = 1728;
constexpr double kCubicDecimetresPerCubicMetre = 1000;

// What FBA stores: from a sheet of stickers to more than a wardrobe. A figure beyond is in another unit than it says.
constexpr double kLeastCubicFeet = 0.00002, kMostCubicFeet = 350;

}  // namespace

VolumeUnits::VolumeUnits(const account::ReportNames& names)
    : units_(names, {{"cubic_foot", 1},
                     {"cubic_metre", kCubicFeetPerCubicMetre},
                     {"cubic_decimetre", kCubicFeetPerCubicMetre / kCubicDecimetresPerCubicMetre},
                     {"cubic_centimetre", 1 / kCubicCentimetresPerCubicFoot},
                     {"cubic_inch", 1 / kCubicInchesPerCubicFoot}}) {}

std::optional<double> VolumeUnits::cubic_feet(Row& row, size_t volume_column, size_t unit_column) {
  const auto volume = row.real(volume_column);
  if (!volume || *volume <= 0) return std::nullopt;
  const std::string_view unit = row.text(unit_column);
  if (unit != last_unit_) {
    last_unit_ = unit;
    last_ = is_missing(unit) ? 1 : units_.factor(unit);
  }
  if (!last_) {
    ++unknown_[last_unit_];
    return std::nullopt;
  }
  const double feet = *volume * *last_;
  if (feet >= kLeastCubicFeet && feet <= kMostCubicFeet) return feet;
  if (absurd_++ == 0) first_absurd_ = std::string(row.text(volume_column)) + " " + last_unit_;
  return std::nullopt;
}

void VolumeUnits::finish(ReadContext& context) const {
  for (const auto& [unit, rows] : unknown_) {
    const std::string n = std::to_string(rows);
    context.notes.push_back({n + " volumes are in a unit that is not known (" + unit + "): they are unknown",
                             n + " 个体积的单位无法识别（" + unit + "）：按未提供处理"});
  }
  if (absurd_ == 0) return;
  const std::string n = std::to_string(absurd_);
  context.notes.push_back(
      {n + " volumes are of no size that FBA stores, such as " + first_absurd_ + ": they are unknown; look at the unit",
       n + " 个体积超出亚马逊物流可存放的尺寸，如 " + first_absurd_ + "：按未提供处理；请检查单位"});
}

}  // namespace destock::ingest
