#pragma once
// Order and planning files for end-to-end tests.

#include <string>

namespace destock::test {

inline std::string orders_header() {
  return "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tproduct-"
         "name\tquantity\tcurrency\titem-price\titem-status\n";
}
inline std::string order(const std::string& id, const std::string& day, const std::string& sku, int units,
                         const std::string& status = "Shipped") {
  return id + "\t" + day + "T20:00:00+00:00\t" + status + "\tAmazon.com\t" + sku + "\tB0" + sku + "\tTitle of " + sku +
         "\t" + std::to_string(units) + "\tUSD\t" + std::to_string(units * 20) + ".00\t" + status + "\n";
}
inline std::string planning_header() {
  return "snapshot-date,sku,fnsku,asin,product-name,condition,available,inv-age-0-to-90-days,inv-age-91-to-180-days,"
         "inv-age-181-to-270-days,inv-age-271-to-365-days,currency,units-shipped-t30,your-price,item-volume,volume-"
         "unit-measurement,marketplace,days-of-supply,inbound-shipped,inbound-received,reserved-quantity\n";
}
inline std::string planning(const std::string& day, const std::string& sku, int available, int t30 = 0) {
  return day + "," + sku + ",X0" + sku + ",B0" + sku + ",Title of " + sku + ",New," + std::to_string(available) + "," +
         std::to_string(available) + ",0,0,0,USD," + std::to_string(t30) + ",29.99,0.2,cubic feet,US,100,0,0,0\n";
}
inline std::string day_of(int month, int day) {
  return (month < 10 ? "2025-0" : "2025-") + std::to_string(month) + (day < 10 ? "-0" : "-") + std::to_string(day);
}

}  // namespace destock::test
