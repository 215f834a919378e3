#include "account/assemble_stock.h"

#include <algorithm>

namespace destock::account {
namespace {

// Everything that was said of one listing's stock.
struct Said {
  const PlanningRow* planning = nullptr;
  const ManageFbaRow* manage = nullptr;
  const ReservedRow* reserved = nullptr;
  const PlanningRow* restock = nullptr;
  const LedgerBalance* ledger = nullptr;
};

std::string figure(ReportKind report, int64_t units, Date day) {
  return std::string(report_id(report)) + " " + std::to_string(units) + " (" + iso(day) + ")";
}

void note_difference(StockPosition& position, const std::string& what, const std::string& a, const std::string& b) {
  position.differences.push_back(what + ": " + a + ", " + b);
}

void take_planning(const PlanningRow& row, StockPosition& position) {
  position.source = StockSource::kPlanning;
  position.snapshot = row.snapshot;
  position.available = row.available.value_or(0);
  position.unfulfillable = row.unfulfillable.value_or(0);
  position.pending_removal = row.pending_removal.value_or(0);
  if (row.fc_transfer || row.fc_processing || row.customer_orders) {
    position.fc_transfer = row.fc_transfer.value_or(0);
    position.fc_processing = row.fc_processing.value_or(0);
    position.reserved_orders = row.customer_orders.value_or(0);
  } else if (row.reserved) {
    position.reserved_unsplit = *row.reserved;
  } else {
    position.flags |= kReservedUnknown;
  }
  if (row.inbound_shipped || row.inbound_received) {
    position.inbound_working = row.inbound_working.value_or(0);
    position.inbound_shipped = row.inbound_shipped.value_or(0);
    position.inbound_receiving = row.inbound_received.value_or(0);
  } else if (row.inbound) {
    position.inbound_working = row.inbound_working.value_or(0);
    position.inbound_unsplit = std::max<int64_t>(0, *row.inbound - position.inbound_working);
    if (!row.inbound_working && *row.inbound > 0) position.flags |= kInboundNotSplit;
  } else {
    position.flags |= kInboundUnknown;
  }
}

void take_manage(const ManageFbaRow& row, StockPosition& position) {
  position.source = StockSource::kManageFba;
  position.snapshot = row.snapshot;
  position.available = row.fulfillable.value_or(0);
  position.lies_here = row.lies_here;
  position.unfulfillable = row.unsellable.value_or(0);
  if (row.reserved)
    position.reserved_unsplit = *row.reserved;
  else
    position.flags |= kReservedUnknown;
  position.inbound_working = row.inbound_working.value_or(0);
  position.inbound_shipped = row.inbound_shipped.value_or(0);
  position.inbound_receiving = row.inbound_receiving.value_or(0);
  if (!row.inbound_shipped && !row.inbound_receiving) position.flags |= kInboundUnknown;
}

void take_reserved(const ReservedRow& row, StockPosition& position) {
  if (!row.fc_transfer && !row.fc_processing && !row.customer_orders) return;
  position.reserved_unsplit = 0;
  position.fc_transfer = row.fc_transfer.value_or(0);
  position.fc_processing = row.fc_processing.value_or(0);
  position.reserved_orders = row.customer_orders.value_or(0);
  position.flags &= ~static_cast<uint32_t>(kReservedUnknown);
  if (position.snapshot && *position.snapshot != row.snapshot) position.flags |= kReportsOfTwoDays;
}

// Inbound by stage from Manage FBA Inventory, where the planning report gives only a sum or nothing.
void refine_inbound(const ManageFbaRow& row, StockPosition& position) {
  const bool needed = (position.flags & (kInboundNotSplit | kInboundUnknown)) != 0;
  if (!needed || (!row.inbound_shipped && !row.inbound_receiving)) return;
  position.inbound_unsplit = 0;
  position.inbound_working = row.inbound_working.value_or(0);
  position.inbound_shipped = row.inbound_shipped.value_or(0);
  position.inbound_receiving = row.inbound_receiving.value_or(0);
  position.flags &= ~static_cast<uint32_t>(kInboundNotSplit | kInboundUnknown);
  if (*position.snapshot != row.snapshot) position.flags |= kReportsOfTwoDays;
}

// Stages of what is reserved and on its way, where the stock reports give sums or nothing.
void refine_by_restock(const PlanningRow& row, StockPosition& position) {
  StockPosition split;
  take_planning(row, split);
  bool used = false;
  if (split.reserved_unsplit == 0 && (split.flags & kReservedUnknown) == 0 &&
      (position.reserved_unsplit > 0 || (position.flags & kReservedUnknown) != 0)) {
    position.reserved_unsplit = 0;
    position.fc_transfer = split.fc_transfer;
    position.fc_processing = split.fc_processing;
    position.reserved_orders = split.reserved_orders;
    position.flags &= ~static_cast<uint32_t>(kReservedUnknown);
    used = true;
  }
  if (split.inbound_unsplit == 0 && (split.flags & kInboundUnknown) == 0 &&
      (position.flags & (kInboundNotSplit | kInboundUnknown)) != 0) {
    position.inbound_unsplit = 0;
    position.inbound_working = split.inbound_working;
    position.inbound_shipped = split.inbound_shipped;
    position.inbound_receiving = split.inbound_receiving;
    position.flags &= ~static_cast<uint32_t>(kInboundNotSplit | kInboundUnknown);
    used = true;
  }
  if (used && position.snapshot && *position.snapshot != row.snapshot) position.flags |= kReportsOfTwoDays;
}

void compare(const Said& said, StockPosition& position) {
  if (said.planning && said.manage && said.planning->available && said.manage->fulfillable &&
      *said.planning->available != *said.manage->fulfillable) {
    note_difference(position, "available",
                    figure(ReportKind::kPlanning, *said.planning->available, said.planning->snapshot),
                    figure(ReportKind::kManageFba, *said.manage->fulfillable, said.manage->snapshot));
    if (said.planning->snapshot == said.manage->snapshot) position.flags |= kReportsDiffer;
  }
  if (said.ledger && position.source != StockSource::kLedger && position.snapshot) {
    // The ledger counts every sellable unit in the centres: available and reserved together.
    const int64_t in_centres = position.available + position.reserved();
    if (said.ledger->sellable != in_centres) {
      const ReportKind own = position.source == StockSource::kPlanning ? ReportKind::kPlanning : ReportKind::kManageFba;
      note_difference(position, "on_hand", figure(own, in_centres, *position.snapshot),
                      figure(ReportKind::kLedger, said.ledger->sellable, said.ledger->day));
      if (said.ledger->day == *position.snapshot) position.flags |= kReportsDiffer;
    }
  }
}

StockPosition position_of(const Said& said) {
  StockPosition position;
  // The newer inventory report is believed; of the same day, the planning report, for it alone knows ages.
  const bool manage_newer = said.manage && (!said.planning || said.manage->snapshot > said.planning->snapshot);
  if (said.planning && !manage_newer)
    take_planning(*said.planning, position);
  else if (said.manage)
    take_manage(*said.manage, position);
  if (said.planning && said.manage && !manage_newer) refine_inbound(*said.manage, position);
  if (said.reserved && position.source != StockSource::kNone) take_reserved(*said.reserved, position);
  if (said.restock && position.source == StockSource::kNone) {
    take_planning(*said.restock, position);
    position.source = StockSource::kRestock;
  } else if (said.restock) {
    refine_by_restock(*said.restock, position);
  }
  if (position.source == StockSource::kNone && said.ledger) {
    position.source = StockSource::kLedger;
    position.snapshot = said.ledger->day;
    position.available = std::max<int64_t>(0, said.ledger->sellable);
    position.unfulfillable = std::max<int64_t>(0, said.ledger->unsellable);
    position.flags |= kStockFromLedger | kInboundUnknown;
  }
  if (position.source != StockSource::kNone && !said.planning) position.flags |= kNotInPlanning;
  if (position.reserved_unsplit > 0) position.flags |= kReservedNotSplit;
  compare(said, position);
  return position;
}

void take_amazon_view(const PlanningRow& row, AmazonView& view) {
  view = {row.amazon_excess,
          row.units_t7,
          row.units_t30,
          row.units_t60,
          row.units_t90,
          row.days_of_supply,
          row.sell_through,
          row.recommended_action,
          row.alert,
          row.health_status,
          {}};
}

void take_known_fees(const Said& said, FeeFacts& fees) {
  if (said.planning) {
    const PlanningRow& row = *said.planning;
    // A sale price in force is what buyers pay today.
    fees.price = row.sales_price && row.sales_price->units() > 0 && (!row.price || *row.sales_price < *row.price)
                     ? row.sales_price
                     : row.price;
    fees.volume_cuft = row.volume_cuft;
    fees.storage_cost_next_month = row.storage_cost_next_month;
    fees.aged_cost_next_month = row.aged_cost_next_month;
    fees.storage_type = row.storage_type;
  }
  if (said.manage) {
    if (!fees.price) fees.price = said.manage->price;
    if (!fees.volume_cuft) fees.volume_cuft = said.manage->volume_cuft;
  }
  if (said.restock && !fees.price) fees.price = said.restock->price;
}

Date ledger_history_from(const FactsInForce& facts, const std::string& marketplace) {
  Date first = facts.as_of;
  for (const SalesSpan& span : facts.ledger_spans)
    if (span.marketplace == marketplace && span.first_day < first) first = span.first_day;
  // What was received in a gap is not known: the history begins after the last.
  for (const SalesSpan& gap : facts.ledger_gaps)
    if (gap.marketplace == marketplace && gap.last_day >= first) first = gap.last_day + Days(1);
  return first;
}

// A band's units by the days on which the ledger saw them received, as far as its receipts tell; the rest stays a band.
// The bands are Amazon's and so are their sums: receipts only say when within a band.
void add_by_receipts(const AgeBand& band, std::span<const AgeBand> exact, std::vector<AgeBand>& out) {
  int64_t left = band.units;
  for (const AgeBand& layer : exact) {
    const bool inside =
        layer.to_day && layer.from_day >= band.from_day && (!band.to_day || layer.from_day <= *band.to_day);
    const int64_t taken = inside ? std::min(left, layer.units) : 0;
    if (taken <= 0) continue;
    out.push_back({layer.from_day, layer.from_day, taken});
    left -= taken;
  }
  if (left > 0) out.push_back({band.from_day, band.to_day, left});
}

// Ages: the planning report's bands, by the day where the ledger's receipts explain the stock; for what the report
// leaves out, the receipts alone.
AgeBasis take_ages(const Said& said, const StockPosition& position, std::span<const Receipt> receipts, Date as_of,
                   Date history_from, std::vector<AgeBand>& out) {
  if (said.planning && !said.planning->ages.empty()) {
    const auto exact = ages_from_receipts(receipts, position.on_hand(), as_of, history_from);
    for (const AgeBand& band : said.planning->ages) add_by_receipts(band, exact, out);
    return AgeBasis::kPlanningBands;
  }
  if (said.ledger && position.on_hand() > 0) {
    const auto bands = ages_from_receipts(receipts, position.on_hand(), as_of, history_from);
    out.insert(out.end(), bands.begin(), bands.end());
    return AgeBasis::kLedgerReceipts;
  }
  return AgeBasis::kUnknown;
}

template <typename Row>
void newest(const std::vector<Row>& rows, const std::vector<ListingIndex>& moved, std::vector<Said>& said,
            const Row* Said::*slot) {
  for (const Row& row : rows) {
    const Row*& held = said[moved[row.listing]].*slot;
    if (!held || held->snapshot < row.snapshot) held = &row;
  }
}

}  // namespace

std::string_view stock_source_id(StockSource source) {
  switch (source) {
    case StockSource::kNone: return "none";
    case StockSource::kPlanning: return report_id(ReportKind::kPlanning);
    case StockSource::kManageFba: return report_id(ReportKind::kManageFba);
    case StockSource::kLedger: return report_id(ReportKind::kLedger);
    case StockSource::kRestock: return report_id(ReportKind::kRestock);
    case StockSource::kCountry: return report_id(ReportKind::kCountryStock);
  }
  return "";
}

void take_stock(const FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account) {
  std::vector<Said> said(account.size());
  newest(facts.planning, moved, said, &Said::planning);
  newest(facts.manage_fba, moved, said, &Said::manage);
  newest(facts.reserved, moved, said, &Said::reserved);
  newest(facts.restock, moved, said, &Said::restock);
  for (const LedgerBalance& row : facts.balances) said[moved[row.listing]].ledger = &row;
  std::string marketplace;
  Date history_from = facts.as_of;
  for (size_t i = 0; i < account.size(); ++i) {
    if (account.listings[i].marketplace != marketplace || i == 0) {
      marketplace = account.listings[i].marketplace;
      history_from = ledger_history_from(facts, marketplace);
    }
    StockPosition& position = account.stock[i] = position_of(said[i]);
    if (said[i].planning) take_amazon_view(*said[i].planning, account.amazon[i]);
    take_known_fees(said[i], account.fees[i]);
    if (said[i].planning && account.listings[i].category.empty())
      account.listings[i].category = said[i].planning->product_group;
    account.age_basis.push_back(
        take_ages(said[i], position, account.receipts.of(i), account.as_of, history_from, account.ages.values));
    account.ages.close();
  }
}

}  // namespace destock::account
