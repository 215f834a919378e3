#include "ingest/volume_units.h"

#include <array>
#include <utility>

#include "base/volume.h"
#include "ingest/header.h"

namespace destock::ingest {
namespace {

enum class Unit { kFoot, kMetre, kCentimetre, kInch };

// As Seller Central writes them, folded as headers are: "m³" is "m3".
constexpr std::array<std::pair<std::string_view, Unit>, 46> kUnits = {{
    {"cubicfeet", Unit::kFoot},
    {"cubicfoot", Unit::kFoot},
    {"cuft", Unit::kFoot},
    {"ft3", Unit::kFoot},
    {"ft^3", Unit::kFoot},
    {"立方英尺", Unit::kFoot},
    {"立方フィート", Unit::kFoot},
    {"kubikfuß", Unit::kFoot},
    {"kubikfuss", Unit::kFoot},
    {"piedscubes", Unit::kFoot},
    {"pieds3", Unit::kFoot},
    {"piescúbicos", Unit::kFoot},
    {"piedicubi", Unit::kFoot},
    {"kubikvoet", Unit::kFoot},
    {"cubicmetres", Unit::kMetre},
    {"cubicmeters", Unit::kMetre},
    {"cubicmetre", Unit::kMetre},
    {"cubicmeter", Unit::kMetre},
    {"m3", Unit::kMetre},
    {"m^3", Unit::kMetre},
    {"cbm", Unit::kMetre},
    {"立方米", Unit::kMetre},
    {"立方メートル", Unit::kMetre},
    {"kubikmeter", Unit::kMetre},
    {"mètrescubes", Unit::kMetre},
    {"metroscúbicos", Unit::kMetre},
    {"metricubi", Unit::kMetre},
    {"metrysześcienne", Unit::kMetre},
    {"kubiekemeter", Unit::kMetre},
    {"metrekup", Unit::kMetre},
    {"cubiccentimetres", Unit::kCentimetre},
    {"cubiccentimeters", Unit::kCentimetre},
    {"cubiccm", Unit::kCentimetre},
    {"cm3", Unit::kCentimetre},
    {"cm^3", Unit::kCentimetre},
    {"立方厘米", Unit::kCentimetre},
    {"立方センチメートル", Unit::kCentimetre},
    {"kubikzentimeter", Unit::kCentimetre},
    {"centimètrescubes", Unit::kCentimetre},
    {"centímetroscúbicos", Unit::kCentimetre},
    {"centimetricubi", Unit::kCentimetre},
    {"cubicinches", Unit::kInch},
    {"cubicinch", Unit::kInch},
    {"in3", Unit::kInch},
    {"立方英寸", Unit::kInch},
    {"立方インチ", Unit::kInch},
}};

constexpr double kCubicInchesPerCubicFoot = 1728;

}  // namespace

std::optional<double> cubic_feet_per(std::string_view unit) {
  const std::string folded = fold_header(unit);
  for (const auto& [name, kind] : kUnits) {
    if (fold_header(name) != folded) continue;
    switch (kind) {
      case Unit::kFoot: return 1;
      case Unit::kMetre: return kCubicFeetPerCubicMetre;
      case Unit::kCentimetre: return 1 / kCubicCentimetresPerCubicFoot;
      case Unit::kInch: return 1 / kCubicInchesPerCubicFoot;
    }
  }
  return std::nullopt;
}

std::optional<double> VolumeUnits::cubic_feet(Row& row, size_t volume_column, size_t unit_column) {
  const auto volume = row.real(volume_column);
  if (!volume || *volume <= 0) return std::nullopt;
  const std::string_view unit = row.text(unit_column);
  if (unit != last_unit_) {
    last_unit_ = unit;
    last_ = is_missing(unit) ? 1 : cubic_feet_per(unit);
  }
  if (last_) return *volume * *last_;
  ++unknown_[last_unit_];
  return std::nullopt;
}

void VolumeUnits::finish(ReadContext& context) const {
  for (const auto& [unit, rows] : unknown_) {
    const std::string n = std::to_string(rows);
    context.notes.push_back({n + " volumes are in a unit that is not known (" + unit + "): they are unknown",
                             n + " 个体积的单位无法识别（" + unit + "）：按未提供处理"});
  }
}

}  // namespace destock::ingest
