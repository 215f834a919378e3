#include "app/sample/sample_account.h"

#include <fmt/format.h>
#include <xlsxwriter.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>

#include "app/sample/sample_market.h"
#include "base/volume.h"
#include "economics/fee_quote.h"

namespace destock::app::sample {
namespace {

namespace fs = std::filesystem;

// One order line, before it is written.
struct OrderLine {
  int64_t instant;  // UTC seconds
  const SampleListing* listing;
  int64_t units;
  double price, discount;
  std::string_view status;  // Shipped, Cancelled, Pending
};

std::vector<OrderLine> order_lines(const SampleMarket& market, std::string_view marketplace, Random& random) {
  std::vector<OrderLine> lines;
  // Local noon-ish hours, in UTC: Los Angeles is 8 hours behind, London at it.
  const int64_t offset = marketplace == "US" ? 8 * 3600 : 0;
  for (const SampleListing& listing : market.listings) {
    if (listing.marketplace != marketplace) continue;
    for (const SoldDay& day : listing.sold) {
      for (int64_t left = day.units; left > 0;) {
        const int64_t units = std::min(left, random.uniform() < 0.08 ? random.between(2, 3) : int64_t{1});
        lines.push_back({int64_t{day.day} * 86'400 + offset + random.between(7 * 3600, 22 * 3600), &listing, units,
                         day.price, day.discount, "Shipped"});
        left -= units;
      }
      if (random.uniform() < 0.03)
        lines.push_back({int64_t{day.day} * 86'400 + offset + 50'000, &listing, 1, day.price, 0, "Cancelled"});
      if (day.day == day_number(market.snapshot))
        lines.push_back({int64_t{day.day} * 86'400 + offset + 40'000, &listing, 1, day.price, 0, "Pending"});
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const OrderLine& a, const OrderLine& b) { return a.instant < b.instant; });
  return lines;
}

std::string iso_instant(int64_t instant) {
  const Date day = date_of_day_number(instant / 86'400);
  const int64_t second = instant % 86'400;
  return fmt::format("{}T{:02d}:{:02d}:{:02d}+00:00", iso(day), second / 3600, second / 60 % 60, second % 60);
}

class Writer {
public:
  explicit Writer(const std::string& folder) : folder_(folder) {}

  Result<void> text(const std::string& name, const std::function<void(std::string&)>& fill) {
    std::string content;
    fill(content);
    const std::string path = (fs::path(folder_) / name).string();
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out)
      return fail(ErrorKind::kIo, {"the sample cannot be written", "无法写入示例文件"}, path,
                  {"check the folder and the free space", "请检查目录与磁盘空间"});
    files.push_back(path);
    return {};
  }
  std::string path_of(const std::string& name) const { return (fs::path(folder_) / name).string(); }
  std::vector<std::string> files;

private:
  std::string folder_;
};

void each(const SampleMarket& market, std::string_view marketplace,
          const std::function<void(const SampleListing&)>& visit) {
  for (const SampleListing& listing : market.listings)
    if (listing.marketplace == marketplace) visit(listing);
}

std::string_view currency_of_market(std::string_view marketplace) {
  return marketplace == "US" ? "USD" : "GBP";
}

int64_t sold_between(const SampleListing& listing, int64_t from, int64_t to) {
  int64_t units = 0;
  for (const SoldDay& day : listing.sold)
    if (day.day >= from && day.day <= to) units += day.units;
  return units;
}

int64_t aged(const SampleListing& listing, int64_t end, int64_t from, int64_t to) {
  int64_t units = 0;
  for (const Cohort& cohort : listing.cohorts)
    if (end - cohort.day >= from && end - cohort.day <= to) units += cohort.units;
  return units;
}

// The planning report: only what sold in 90 days. windows-1252 for the United Kingdom, as Excel there saves it.
void planning(const SampleMarket& market, std::string_view marketplace, std::string& out) {
  const int64_t end = day_number(market.snapshot);
  const bool british = marketplace == "UK";
  out +=
      "snapshot-date,sku,fnsku,asin,product-name,condition,available,pending-removal-quantity,inv-age-0-to-90-days,inv-"
      "age-91-to-180-days,inv-age-181-to-270-days,inv-age-271-to-365-days,"
      "inv-age-366-to-455-days,inv-age-456-plus-days,currency,units-shipped-t7,units-shipped-t30,units-shipped-t60,"
      "units-shipped-t90,alert,your-price,sales-price,recommended-action,sell-through,"
      "item-volume,volume-unit-measurement,storage-type,storage-volume,marketplace,product-group,days-of-supply,"
      "estimated-excess-quantity,estimated-storage-cost-next-month,inbound-quantity,"
      "inbound-working,inbound-shipped,inbound-received,Total Reserved "
      "Quantity,unfulfillable-quantity,fba-inventory-level-health-status\r\n";
  int ugly = 0;
  each(market, marketplace, [&](const SampleListing& l) {
    const int64_t t90 = sold_between(l, end - 90, end - 1);
    if (t90 == 0) return;
    const int64_t t30 = sold_between(l, end - 30, end - 1);
    const int64_t held = l.available + l.fc_transfer + l.fc_processing + l.reserved_orders;
    const int64_t excess = std::max<int64_t>(0, held - std::max<int64_t>(t90, 3));
    const double volume = british ? l.volume_cuft / kCubicFeetPerCubicMetre : l.volume_cuft;
    const double storage = static_cast<double>(held) * l.volume_cuft * (british ? 0.70 : 0.78);
    std::string title = l.title;
    if (british)
      if (const size_t accent = title.find("é"); accent != std::string::npos) title.replace(accent, 2, "\xE9");
    out += fmt::format(
        "{},{},{},{},\"{}\",New,{},0,{},{},{},{},{},{},{},{},{},{},{},{},{:.2f},{:.2f},{},{:.2f},{:.4f},{},Standard-"
        "Size,{:.3f},{},{},{},{},{:.2f},{},{},{},{},{},{},{}\r\n",
        iso(market.snapshot), l.sku, l.fnsku, l.asin, title, l.available, aged(l, end, 0, 90), aged(l, end, 91, 180),
        aged(l, end, 181, 270), aged(l, end, 271, 365), aged(l, end, 366, 455), aged(l, end, 456, 9999),
        currency_of_market(marketplace), sold_between(l, end - 7, end - 1), t30, sold_between(l, end - 60, end - 1),
        t90, excess > 0 ? "Excess units" : "", l.price, l.price,
        excess > 0 && 2 * aged(l, end, 91, 9999) > held ? "Create Outlet deal"
        : excess > 0                                    ? "Create sale"
        : held < t30                                    ? "Create shipment"
                                                        : "No action required",
        static_cast<double>(t90) / std::max<double>(1, static_cast<double>(held) + static_cast<double>(t90) / 2),
        volume, british ? "cubic meters" : "cubic feet", volume * static_cast<double>(held), marketplace, l.category,
        t30 > 0 ? std::to_string(held * 30 / t30) : "", excess, storage,
        l.inbound_working + l.inbound_shipped + l.inbound_receiving, l.inbound_working, l.inbound_shipped,
        l.inbound_receiving, l.fc_transfer + l.fc_processing + l.reserved_orders, l.unfulfillable,
        excess > 0 ? "Overstock" : "Healthy");
    if (ugly++ == 20)  // two rows that no good report holds
      out += fmt::format(
          "{},DS-UGLY-1,X0,B0UGLY0001,\"Row with negative "
          "stock\",New,-5,0,0,0,0,0,0,0,{},0,0,0,0,,9.99,9.99,,0,0.1,cubic feet,,,{},,,0,0,0,0,0,0,0,0,\r\n",
          iso(market.snapshot), currency_of_market(marketplace), marketplace);
  });
}

void manage(const SampleMarket& market, std::string_view marketplace, std::string& out) {
  out +=
      "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tmfn-listing-exists\tmfn-fulfillable-quantity\tafn-"
      "listing-exists\tafn-warehouse-quantity\tafn-fulfillable-quantity\tafn-unsellable-quantity\t"
      "afn-reserved-quantity\tafn-total-quantity\tper-unit-volume\tafn-inbound-working-quantity\tafn-inbound-shipped-"
      "quantity\tafn-inbound-receiving-quantity\tafn-researching-quantity\t"
      "afn-reserved-future-supply\tafn-future-supply-buyable\n";
  each(market, marketplace, [&](const SampleListing& l) {
    const int64_t reserved = l.fc_transfer + l.fc_processing + l.reserved_orders;
    out += fmt::format(
        "{}\t{}\t{}\t{}\tNew\t{:.2f}\tNo\t\tYes\t{}\t{}\t{}\t{}\t{}\t{:.4f}\t{}\t{}\t{}\t0\t0\t0\n", l.sku, l.fnsku,
        l.asin, l.title, l.price, l.available + reserved + l.unfulfillable, l.available, l.unfulfillable, reserved,
        l.available + reserved + l.unfulfillable + l.inbound_working + l.inbound_shipped + l.inbound_receiving,
        marketplace == "US" ? l.volume_cuft : l.volume_cuft * kCubicCentimetresPerCubicFoot, l.inbound_working,
        l.inbound_shipped, l.inbound_receiving);
  });
}

void reserved(const SampleMarket& market, std::string_view marketplace, std::string& out) {
  out +=
      "sku\tfnsku\tasin\tproduct-name\treserved_qty\treserved_customerorders\treserved_fc-transfers\treserved_fc-"
      "processing\n";
  each(market, marketplace, [&](const SampleListing& l) {
    const int64_t total = l.fc_transfer + l.fc_processing + l.reserved_orders;
    if (total > 0)
      out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", l.sku, l.fnsku, l.asin, l.title, total, l.reserved_orders,
                         l.fc_transfer, l.fc_processing);
  });
}

void orders(const SampleMarket& market, std::string_view marketplace, Random& random, std::string& out) {
  out +=
      "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-"
      "channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\t"
      "quantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-"
      "promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\t"
      "ship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\n";
  const std::string_view channel = marketplace == "US" ? "Amazon.com" : "Amazon.co.uk";
  int64_t number = 0;
  for (const OrderLine& line : order_lines(market, marketplace, random)) {
    ++number;
    const bool cancelled = line.status == "Cancelled";
    const double units = static_cast<double>(line.units);
    const std::string when = iso_instant(line.instant);
    out += fmt::format(
        "{:03d}-{:07d}-{:07d}\t\t{}\t{}\t{}\tAmazon\t{}\t\t\tExpedited\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t\t\t\t\t\t{}"
        "\t\t\t\t\t{}\t{}\tfalse\t\t\n",
        100 + number % 15, number * 7919 % 10'000'000, number, when, when, line.status, channel, line.listing->title,
        line.listing->sku, line.listing->asin, cancelled ? "Cancelled" : "Shipped", cancelled ? 0 : line.units,
        cancelled ? "" : currency_of_market(marketplace), cancelled ? "" : fmt::format("{:.2f}", line.price * units),
        line.discount > 0 ? fmt::format("{:.2f}", line.discount * units) : "", marketplace == "US" ? "US" : "GB",
        line.discount > 0 ? "PAWS-V2-DESTOCK-20" : "");
    // Lines as a hand in Excel leaves them.
    if (number == 500)
      out += fmt::format(
          "100-0000001-0000001\t\t{}\t{}\tShipped\tAmazon\t{}\t\t\tExpedited\tNo "
          "quantity\tDS-01-BL\tB0B10000K\tShipped\tmany\tUSD\t10.00\n",
          when, when, channel);
    if (number == 900)
      out += fmt::format(
          "100-0000001-0000002\t\tyesterday\t{}\tShipped\tAmazon\t{}\t\t\tExpedited\tNo "
          "date\tDS-01-BL\tB0B10000K\tShipped\t1\tUSD\t10.00\n",
          when, channel);
    if (number == 1300)
      out += fmt::format(
          "100-0000001-0000003\t\t{}\t{}\tShipped\tAmazon\tAmazon.xx\t\t\tExpedited\tUnknown "
          "channel\tDS-01-BL\tB0B10000K\tShipped\t1\tUSD\t10.00\n",
          when, when);
  }
}

void ledger(const SampleMarket& market, std::string_view marketplace, std::string& out) {
  out +=
      "\"Date\",\"FNSKU\",\"ASIN\",\"MSKU\",\"Title\",\"Disposition\",\"Starting Warehouse Balance\",\"In Transit "
      "Between Warehouses\",\"Receipts\",\"Customer Shipments\",\"Customer Returns\",\"Vendor Returns\","
      "\"Warehouse Transfer In/Out\",\"Found\",\"Lost\",\"Damaged\",\"Disposed\",\"Other Events\",\"Ending Warehouse "
      "Balance\",\"Unknown Events\",\"Location\"\n";
  each(market, marketplace, [&](const SampleListing& l) {
    for (const LedgerEntry& e : l.ledger)
      out += fmt::format(
          "\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"SELLABLE\",\"{}\",\"0\",\"{}\",\"{}\",\"{}\",\"0\",\"0\",\"0\",\"0\","
          "\"0\",\"0\",\"0\",\"{}\",\"0\",\"{}\"\n",
          iso(date_of_day_number(e.day)), l.fnsku, l.asin, l.sku, l.title, e.starting, e.receipts, -e.shipments, 0,
          e.ending, marketplace == "US" ? "US" : "GB");
  });
}

// What Amazon would charge, by the facts' own card; every 37th product was measured too large, as happens.
struct PreviewedFee {
  std::string tier;
  std::optional<Money> fee;
};
PreviewedFee previewed_fee(const SampleListing& l, std::string_view marketplace, const market::Facts& facts, Date day,
                           bool mismeasured) {
  const double grown = mismeasured ? 1.25 : 1;
  const economics::PackageSize size{{l.sides_in[0] * grown, l.sides_in[1] * grown, l.sides_in[2] * grown}, l.weight_lb};
  const Money price = Money::from_double(l.price, currency_of(currency_of_market(marketplace)));
  const auto quote = economics::fee_quote(facts, std::string(marketplace), size, price, l.category, day);
  if (!quote || !quote->tier) return {"", std::nullopt};
  std::string name = marketplace == "US" ? "Us" : "";  // "small_standard" is UsSmallStandardSize in the report
  bool upper = true;
  for (char c : quote->tier->tier->id) {
    if (c == '_')
      upper = true;
    else {
      name += upper ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  if (name.ends_with("Standard")) name += "Size";
  return {name, quote->fulfilment ? std::optional<Money>(quote->fulfilment->total) : std::nullopt};
}

void fee_preview(const SampleMarket& market, std::string_view marketplace, const market::Facts& facts,
                 std::string& out) {
  const bool british = marketplace == "UK";
  out +=
      "sku\tfnsku\tasin\tamazon-store\tproduct-name\tproduct-group\tbrand\tfulfilled-by\tyour-price\tsales-"
      "price\tlongest-side\tmedian-side\tshortest-side\tlength-and-girth\tunit-of-dimension\titem-package-weight\t"
      "unit-of-weight\tproduct-size-tier\tcurrency\testimated-fee-total\testimated-referral-fee-per-unit\testimated-"
      "variable-closing-fee\t";
  out += british ? "expected-domestic-fulfilment-fee-per-unit\n" : "expected-fulfillment-fee-per-unit\n";
  int number = 0;
  each(market, marketplace, [&](const SampleListing& l) {
    const double referral = l.price * (l.category == "Electronics" ? 0.08 : l.category == "Apparel" ? 0.17 : 0.15);
    const double length = british ? 2.54 : 1;
    ++number;
    const PreviewedFee previewed = previewed_fee(l, marketplace, facts, market.snapshot, number % 37 == 5);
    // Where no card knows it, the sample's own figure; every 45th is blank, for Amazon does not know every size.
    const double fulfilment = previewed.fee ? previewed.fee->to_double() : l.fulfilment;
    const std::string fee = number % 45 == 0 ? "--" : fmt::format("{:.2f}", fulfilment);
    const std::string tier =
        previewed.tier.empty() ? (british ? "StandardParcel" : "UsLargeStandardSize") : previewed.tier;
    out += fmt::format(
        "{}\t{}\t{}\t{}\t{}\t{}\tDestock "
        "Goods\tAmazon\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t{:.2f}\t--\t{}\t{:.2f}\t{}\t{}\t{}\t{:.2f}\t{:.2f}\t\t{}\n",
        l.sku, l.fnsku, l.asin, british ? "UK" : "US", l.title, l.category, l.price, l.price, l.sides_in[0] * length,
        l.sides_in[1] * length, l.sides_in[2] * length, british ? "centimeters" : "inches",
        british ? l.weight_lb / 2.20462262 : l.weight_lb, british ? "kilograms" : "pounds", tier,
        currency_of_market(marketplace), referral + fulfilment, referral, fee);
  });
}

// The month that was charged last.
Date charged_month(const SampleMarket& market) {
  return first_of_month(date_of_day_number(day_number(first_of_month(market.snapshot)) - 1));
}

std::string name_of_month(Date month) {
  return iso(month).substr(0, 7);
}

// The day of assessment that was last before the snapshot.
Date assessed_day(const SampleMarket& market) {
  constexpr int kAssessed = 15;
  const Date month = first_of_month(market.snapshot);
  const Date this_month = date_of_day_number(day_number(month) + kAssessed - 1);
  return this_month < market.snapshot ? this_month
                                      : date_of_day_number(day_number(charged_month(market)) + kAssessed - 1);
}

void storage_fees(const SampleMarket& market, const market::Facts& facts, std::string& out) {
  out +=
      "asin,fnsku,product-name,fulfillment-center,country-code,longest-side,median-side,shortest-side,measurement-"
      "units,weight,weight-units,item-volume,volume-units,product-size-tier,average-quantity-on-hand,"
      "month-of-charge,storage-rate,currency,estimated-monthly-storage-fee\n";
  const Date month = charged_month(market);
  const auto card = facts.rate_cards.find("US");
  const auto* in_force =
      card == facts.rate_cards.end() ? nullptr : market::storage_in_force(card->second, "standard", month);
  const double rate = in_force ? in_force->per_volume_by_month[month_of(month) - 1].to_double() : 0;
  if (rate <= 0) return;  // no card knows it: nothing is made up
  each(market, "US", [&](const SampleListing& l) {
    int64_t held = 0;
    for (const Cohort& cohort : l.cohorts) held += cohort.units;
    if (held == 0) return;
    const double volume = l.volume_cuft * static_cast<double>(held);
    out += fmt::format(
        "{},{},\"{}\",ABE8,US,{},{},{},inches,{},pounds,{:.4f},cubic "
        "feet,UsLargeStandardSize,{:.2f},{},{:.2f},USD,{:.4f}\n",
        l.asin, l.fnsku, l.title, l.sides_in[0], l.sides_in[1], l.sides_in[2], l.weight_lb, l.volume_cuft,
        static_cast<double>(held), name_of_month(month), rate, volume * rate);
  });
}

void aged_surcharge(const SampleMarket& market, std::string& out) {
  out +=
      "snapshot-date\tsku\tfnsku\tasin\tproduct-name\tcondition\tper-unit-volume\tcurrency\tvolume-unit\tcountry\tqty-"
      "charged\tamount-charged\tsurcharge-age-tier\trate-surcharge\n";
  const Date day = assessed_day(market);
  const int64_t assessed = day_number(day);
  each(market, "US", [&](const SampleListing& l) {
    const int64_t units = aged(l, assessed, 211, 240);
    if (units > 0)
      out += fmt::format("{}\t{}\t{}\t{}\t{}\tNew\t{:.4f}\tUSD\tcubic feet\tUS\t{}\t{:.2f}\t211-240 days\t1.00\n",
                         iso(day), l.sku, l.fnsku, l.asin, l.title, l.volume_cuft, units,
                         l.volume_cuft * static_cast<double>(units));
  });
}

void returns(const SampleMarket& market, std::string_view marketplace, std::string& out) {
  out +=
      "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-"
      "disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n";
  int64_t number = 0;
  each(market, marketplace, [&](const SampleListing& l) {
    for (const Cohort& back : l.returned) {
      ++number;
      out += fmt::format(
          "{}T10:00:00+00:00\t111-{:07d}-0000000\t{}\t{}\t{}\t{}\t{}\tABE8\t{}\tUNWANTED_ITEM\tUnit returned to "
          "inventory\tLPN\t\n",
          iso(date_of_day_number(back.day)), number, l.sku, l.asin, l.fnsku, l.title, back.units,
          number % 3 == 0 ? "CUSTOMER_DAMAGED" : "SELLABLE");
    }
  });
}

// Amazon Fulfilled Shipments of the last month: it carries buyers' names, which the importer leaves where they are.
void shipments(const SampleMarket& market, Random& random, std::string& out) {
  out +=
      "amazon-order-id\tshipment-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\tquantity-shipped\tcurrency\titem-"
      "price\titem-promotion-discount\trecipient-name\tship-address-1\tsales-channel\n";
  const int64_t from = day_number(market.snapshot) - 31;
  int64_t number = 0;
  for (const OrderLine& line : order_lines(market, "US", random)) {
    if (line.status != "Shipped" || line.instant / 86'400 < from ||
        line.instant / 86'400 + 1 >= day_number(market.snapshot))
      continue;
    ++number;
    out += fmt::format(
        "111-{:07d}-1111111\t{}\tbuyer{}@marketplace.amazon.com\tJane Sample\t{}\t{}\t{}\tUSD\t{:.2f}\t{:.2f}\tJane "
        "Sample\t1 Sample Street\tAmazon.com\n",
        number, iso_instant(line.instant + 86'400), number, line.listing->sku, line.listing->title, line.units,
        line.price * static_cast<double>(line.units), line.discount * static_cast<double>(line.units));
  }
}

// The cost sheet as a Chinese office keeps it: one sheet, one SKU a row, a broken formula, an SKU that is not listed.
Result<void> cost_sheet(const SampleMarket& market, const std::string& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_doc_properties properties = {};
  properties.created = day_number(market.snapshot) * 86'400;  // else the clock's: the same bytes for the same seed
  workbook_set_properties(book, &properties);
  lxw_worksheet* sheet = workbook_add_worksheet(book, "成本");
  const char* headers[] = {
      "SKU",    "站点", "采购成本(元)", "头程(元)", "交期(天)",  // tidy: allow zh-punctuation, typed
      "起订量", "箱规", "类目",         "季节",     "负责人",   "标签"};
  for (lxw_col_t i = 0; i < 11; ++i) worksheet_write_string(sheet, 0, i, headers[i], nullptr);
  lxw_row_t row = 1;
  for (const SampleListing& l : market.listings) {
    if (!l.has_cost) continue;
    worksheet_write_string(sheet, row, 0, l.sku.c_str(), nullptr);
    worksheet_write_string(sheet, row, 1, l.marketplace.c_str(), nullptr);
    if (row == 40)
      worksheet_write_string(sheet, row, 2, "#REF!", nullptr);
    else
      worksheet_write_number(sheet, row, 2, static_cast<double>(static_cast<int64_t>(l.cost_cny * 100)) / 100, nullptr);
    worksheet_write_number(sheet, row, 3, l.freight_cny, nullptr);
    worksheet_write_number(sheet, row, 4, l.lead_time_days, nullptr);
    worksheet_write_number(sheet, row, 5, l.moq, nullptr);
    worksheet_write_number(sheet, row, 6, l.carton, nullptr);
    worksheet_write_string(sheet, row, 7, l.category.c_str(), nullptr);
    worksheet_write_string(sheet, row, 8, l.season.c_str(), nullptr);
    worksheet_write_string(sheet, row, 9, l.owner.c_str(), nullptr);
    worksheet_write_string(sheet, row, 10, l.tag.c_str(), nullptr);
    ++row;
  }
  worksheet_write_string(sheet, row, 0, "OLD-SKU-2019", nullptr);
  worksheet_write_number(sheet, row, 2, 18.5, nullptr);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
    return fail(ErrorKind::kIo,
                {std::string("the sample cost sheet cannot be written: ") + lxw_strerror(error),
                 std::string("无法写入示例成本表：") + lxw_strerror(error)},
                path);
  return {};
}

}  // namespace

std::optional<Date> sample_in(const std::string& folder) {
  constexpr std::string_view kBefore = "fba_inventory_US_", kAfter = ".csv";
  std::optional<Date> newest;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kBefore) || !name.ends_with(kAfter)) continue;
    const auto day = parse_iso_date(name.substr(kBefore.size(), name.size() - kBefore.size() - kAfter.size()));
    if (day && (!newest || *newest < *day)) newest = day;
  }
  return newest;
}

Result<std::vector<std::string>> write_sample_account(const std::string& folder, uint64_t seed,
                                                      const market::Facts& facts, Date snapshot) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return fail(ErrorKind::kIo, {"the folder cannot be made: " + error.message(), "无法创建目录：" + error.message()},
                folder, {"pass another folder", "请指定其他目录"});
  const SampleMarket market = make_market(seed, snapshot);
  const std::string day = iso(market.snapshot);
  Writer writer(folder);
  Result<void> done;
  const auto write = [&](const std::string& name, const std::function<void(std::string&)>& fill) {
    if (done) done = writer.text(name, fill);
  };
  for (const std::string marketplace : {"US", "UK"}) {
    const std::string suffix = "_" + marketplace + "_" + day;
    Random random(seed + (marketplace == "US" ? 1 : 2));
    write("fba_inventory" + suffix + ".csv", [&](std::string& out) { planning(market, marketplace, out); });
    write("manage_fba_inventory" + suffix + ".txt", [&](std::string& out) { manage(market, marketplace, out); });
    write("reserved_inventory" + suffix + ".txt", [&](std::string& out) { reserved(market, marketplace, out); });
    write("all_orders" + suffix + ".txt", [&](std::string& out) { orders(market, marketplace, random, out); });
    write("inventory_ledger" + suffix + ".csv", [&](std::string& out) { ledger(market, marketplace, out); });
    write("fee_preview" + suffix + ".txt", [&](std::string& out) { fee_preview(market, marketplace, facts, out); });
    write("customer_returns" + suffix + ".txt", [&](std::string& out) { returns(market, marketplace, out); });
  }
  Random random(seed + 3);
  write("monthly_storage_fees_US_" + name_of_month(charged_month(market)) + ".csv",
        [&](std::string& out) { storage_fees(market, facts, out); });
  write("aged_inventory_surcharge_US_" + iso(assessed_day(market)) + ".txt",
        [&](std::string& out) { aged_surcharge(market, out); });
  write("fulfilled_shipments_US_" + day + ".txt", [&](std::string& out) { shipments(market, random, out); });
  write("exchange_rates.csv", [&](std::string& out) {
    const std::string quoted = iso(date_of_day_number(day_number(snapshot) - 3));
    out += fmt::format("date,from,to,rate\n{0},USD,CNY,6.9862\n{0},GBP,CNY,9.4025\n{0},GBP,USD,1.3459\n", quoted);
  });
  if (!done) return tl::unexpected(done.error());
  const std::string costs = writer.path_of("成本表_" + day + ".xlsx");
  if (const auto written = cost_sheet(market, costs); !written) return tl::unexpected(written.error());
  writer.files.push_back(costs);
  return writer.files;
}

}  // namespace destock::app::sample
