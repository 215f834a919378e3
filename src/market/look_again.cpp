#include "market/look_again.h"

#include <algorithm>

namespace destock::market {
namespace {

class LookAgain {
public:
  explicit LookAgain(Linted& found) : found_(found) {}

  void at_sources(const RateCard& card) {
    sources(card.storage, "storage", "仓储费");
    sources(card.aged, "aged_surcharge", "超龄附加费");
    sources(card.referral, "referral", "佣金");
    sources(card.removal, "removal", "移除费");
    sources(card.liquidation, "liquidation", "批量清货");
    sources(card.size_tiers, "size_tiers", "尺寸分段");
    sources(card.fulfilment, "fulfilment", "配送费");
    sources(card.surcharges, "surcharge", "附加费");
    sources(card.overmax, "overmax", "超大件处理费");
    sources(card.low_inventory, "low_inventory", "低库存费");
    sources(card.utilisation, "utilisation", "利用率附加费");
  }

  // A file of one's own stands in for the whole card: what it leaves out is unknown.
  void beside(const RateCard& card, const RateCard& shipped) {
    fewer(card.storage, shipped.storage, "storage", "仓储费");
    fewer(card.aged, shipped.aged, "aged_surcharge", "超龄附加费");
    fewer(card.referral, shipped.referral, "referral", "佣金");
    fewer(card.removal, shipped.removal, "removal", "移除费");
    fewer(card.liquidation, shipped.liquidation, "liquidation", "批量清货");
    fewer(card.fulfilment, shipped.fulfilment, "fulfilment", "配送费");
    fewer(card.surcharges, shipped.surcharges, "surcharge", "附加费");
    fewer(card.peaks, shipped.peaks, "peak", "旺季");
    fewer(card.utilisation, shipped.utilisation, "utilisation", "利用率附加费");
    for (const FulfilmentTable& table : shipped.fulfilment)
      for (const FulfilmentTable& own : card.fulfilment)
        if (own.group == table.group && own.programme == table.programme && own.peak == table.peak &&
            own.effective_from == table.effective_from)
          tables(own, table);
  }

private:
  void warn(const std::string& en, const std::string& zh) { found_.warnings.push_back({en, zh}); }

  template <typename Row>
  void sources(const std::vector<Row>& rows, const char* name, const char* zh) {
    for (const Row& row : rows)
      if (row.confidence == Confidence::kSingle && row.source.size() < 4)
        warn(std::string(name) + ": its source says little: " + row.source,
             std::string(zh) + "：来源过于简略：" + row.source);
    found_.rows += rows.size();
  }

  template <typename Row>
  void fewer(const std::vector<Row>& own, const std::vector<Row>& shipped, const char* name, const char* zh) {
    if (own.size() >= shipped.size()) return;
    const std::string here = std::to_string(own.size()), there = std::to_string(shipped.size());
    warn("the shipped card has more rows of " + std::string(name) + ", " + there + ", here are " + here +
             ": a file of one's own stands in for the whole card",
         "自带费率表有 " + there + " 行" + zh + "，此处仅 " + here + " 行：自有文件会整体替换该费率表");
  }

  void tables(const FulfilmentTable& own, const FulfilmentTable& shipped) {
    for (const FulfilmentTier& tier : shipped.tiers) {
      const FulfilmentTier* here = own.tier(tier.tier);
      if (!here)
        warn("fulfilment of " + tier.tier + " (" + own.group + "): the shipped card has it, here it is unknown",
             "配送费 " + tier.tier + "（" + own.group + "）：自带费率表有，此处未提供");
      else if (here->bands.size() < tier.bands.size() || (tier.beyond && !here->beyond))
        warn("fulfilment of " + tier.tier + " (" + own.group + "): the shipped card has more weights",
             "配送费 " + tier.tier + "（" + own.group + "）：自带费率表的重量段更多");
    }
  }

  Linted& found_;
};

}  // namespace

void look_again(const RateCard& card, const RateCard* shipped, Linted& found) {
  LookAgain look(found);
  look.at_sources(card);
  if (shipped) look.beside(card, *shipped);
}

}  // namespace destock::market
