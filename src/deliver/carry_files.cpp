#include "deliver/carry_files.h"

#include <fmt/format.h>
#include <xlsxwriter.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace destock::deliver {
namespace {

// A tab or a line's end in a value would be read as the next cell.
std::string cell_text(std::string text) {
  for (char& c : text)
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  return text;
}

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) line += (i ? "\t" : "") + cell_text(cells[i]);
  return line + "\r\n";
}

const char* disposition_name(Disposition disposition) {
  switch (disposition) {
    case Disposition::kReturn: return "Return";
    case Disposition::kDisposal: return "Disposal";
    case Disposition::kLiquidations: return "Liquidations";
  }
  return "";
}

// Keys of an order, in the order of Amazon's workbook; the address only where units come back.
std::vector<std::pair<const char*, std::string>> order_fields(const RemovalRow& row,
                                                              const std::optional<Address>& address) {
  const bool comes_back = row.disposition == Disposition::kReturn && address;
  const Address to = comes_back ? *address : Address{};
  return {{"MerchantRemovalOrderID", row.order_id},
          {"RemovalDisposition", disposition_name(row.disposition)},
          {"AddressName", to.name},
          {"AddressFieldOne", to.line1},
          {"AddressFieldTwo", to.line2},
          {"AddressFieldThree", to.line3},
          {"AddressCity", to.city},
          {"AddressCountryCode", to.country},
          {"AddressStateOrRegion", to.state},
          {"AddressPostalCode", to.postal_code},
          {"ContactPhoneNumber", to.phone},
          {"ShippingNotes", ""}};  // tidy: allow translation, a column of Amazon's
}

std::string html(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

// Text values of RFC 5545.
std::string ics(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c != '\r')
      out += c;
  }
  return out;
}

// Lines of at most 75 octets, never cut inside a character.
std::string folded(const std::string& line) {
  constexpr size_t kMost = 75;
  std::string out;
  size_t at = 0;
  while (line.size() - at > kMost - (at ? 1 : 0)) {
    size_t end = at + kMost - (at ? 1 : 0);
    while (end > at && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    out += (at ? " " : "") + line.substr(at, end - at) + "\r\n";
    at = end;
  }
  return out + (at ? " " : "") + line.substr(at) + "\r\n";
}

std::string basic_day(Date day) {
  std::string text = iso(day);
  std::erase(text, '-');
  return text;
}

}  // namespace

std::string business_price_file(const std::vector<BusinessPriceRow>& rows) {
  std::vector<std::string> header = {"sku",
                                     "price",
                                     "minimum-seller-allowed-price",
                                     "maximum-seller-allowed-price",
                                     "quantity",
                                     "handling-time",
                                     "fulfillment-channel",
                                     "business-price",
                                     "quantity-price-type"};
  const size_t before_tiers = header.size();
  for (size_t i = 1; i <= kMostBusinessTiers; ++i) {
    header.push_back(fmt::format("quantity-lower-bound{}", i));
    header.push_back(fmt::format("quantity-price{}", i));
  }
  std::string file = line_of(header);
  for (const BusinessPriceRow& row : rows) {
    std::vector<std::string> cells(header.size());
    cells[0] = row.sku;
    cells[before_tiers - 2] = row.price.decimal();
    if (!row.tiers.empty()) cells[before_tiers - 1] = "percent";
    for (size_t i = 0; i < row.tiers.size() && i < kMostBusinessTiers; ++i) {
      cells[before_tiers + 2 * i] = fmt::format("{}", row.tiers[i].units);
      cells[before_tiers + 2 * i + 1] = fmt::format("{}", row.tiers[i].percent);
    }
    file += line_of(cells);
  }
  return file;
}

std::string price_file(const std::vector<PriceRow>& rows) {
  std::string file = line_of({"sku", "price", "minimum-seller-allowed-price", "maximum-seller-allowed-price",
                              "quantity", "handling-time", "fulfillment-channel"});
  for (const PriceRow& row : rows) {
    const std::string price = row.price.decimal();
    file += line_of({row.sku, price, row.move_minimum ? price : "", "", "", "", ""});
  }
  return file;
}

std::string removal_file(const std::vector<RemovalRow>& rows, const std::optional<Address>& address) {
  std::vector<std::string> head;
  for (const auto& [key, value] : order_fields({}, std::nullopt)) head.emplace_back(key);
  for (const char* item : {"MerchantSKU", "SellableQuantity", "UnsellableQuantity"}) head.emplace_back(item);
  std::string file = line_of(head);
  for (const RemovalRow& row : rows) {
    std::vector<std::string> cells;
    for (const auto& [key, value] : order_fields(row, address)) cells.push_back(value);
    cells.push_back(row.sku);
    cells.push_back(std::to_string(row.sellable));
    cells.push_back(std::to_string(row.unsellable));
    file += line_of(cells);
  }
  return file;
}

std::string removal_feed(const RemovalRow& row, const std::optional<Address>& address) {
  std::string file;
  for (const auto& [key, value] : order_fields(row, address)) file += line_of({key, value});
  file += "\r\n" + line_of({"MerchantSKU", "SellableQuantity", "UnsellableQuantity"});
  return file + line_of({row.sku, std::to_string(row.sellable), std::to_string(row.unsellable)});
}

Result<std::string> coupon_sheet(const std::vector<CouponRow>& rows) {
  // The library writes files: into one of its own folder, read back and removed.

  const std::string pattern = (std::filesystem::temp_directory_path() / "destock-coupons-XXXXXX").string();
  std::vector<char> folder(pattern.begin(), pattern.end());
  folder.push_back(0);
  if (!mkdtemp(folder.data()))
    return fail(ErrorKind::kIo, {"no temporary folder could be made", "无法创建临时目录"}, folder.data());
  const std::string path = std::string(folder.data()) + "/coupons.xlsx";
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_doc_properties properties{};
  properties.created = 1577836800;  // the same bytes whenever it is written
  workbook_set_properties(book, &properties);
  lxw_worksheet* sheet = workbook_add_worksheet(book, "Coupons");
  constexpr std::array kHead = {"ASIN list",
                                "Discount type ($ off or % off)",
                                "Coupon discount \"% Off\" value",
                                "Coupon discount \"$ Off\" value",
                                "Coupon title",
                                "Coupon budget",
                                "Coupon start date",
                                "Coupon end date",
                                "Limit redemption to one per customer",
                                "Targeted segment"};
  for (size_t c = 0; c < kHead.size(); ++c)
    worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), kHead[c], nullptr);
  lxw_row_t at = 1;
  for (const CouponRow& row : rows) {
    worksheet_write_string(sheet, at, 0, fmt::format("{}", fmt::join(row.asins, ";")).c_str(), nullptr);
    worksheet_write_string(sheet, at, 1, "Percentage off", nullptr);
    worksheet_write_number(sheet, at, 2, row.percent, nullptr);
    worksheet_write_string(sheet, at, 4, row.name.c_str(), nullptr);
    worksheet_write_number(sheet, at, 5, row.budget.to_double(), nullptr);
    worksheet_write_string(sheet, at, 6, iso(row.start).c_str(), nullptr);
    worksheet_write_string(sheet, at, 7, iso(row.end).c_str(), nullptr);
    worksheet_write_string(sheet, at, 8, "Yes", nullptr);
    worksheet_write_string(sheet, at, 9, "All customers", nullptr);
    ++at;
  }
  const lxw_error closed = workbook_close(book);
  std::string bytes;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    std::array<char, 1 << 16> part{};
    while (const size_t got = std::fread(part.data(), 1, part.size(), file)) bytes.append(part.data(), got);
    std::fclose(file);
  }
  std::remove(path.c_str());
  std::remove(folder.data());
  if (closed != LXW_NO_ERROR || bytes.empty())
    return fail(ErrorKind::kIo, {"the coupon sheet could not be written", "无法写入优惠券表格"}, lxw_strerror(closed));
  return bytes;
}

std::string click_page(const std::string& heading, const std::vector<ClickBlock>& blocks,
                       const std::optional<std::string>& listing_link, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const auto t = [zh](const char* en, const char* in_zh) { return zh ? in_zh : en; };
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\n<style>"
      "body{{font:14px/1.45 system-ui,\"Noto Sans CJK SC\",sans-serif;margin:24px;color:#111}}"
      "h1{{font-size:20px}}h2{{font-size:16px;margin:22px 0 4px}}.screen{{color:#444;margin:0 0 8px}}"
      "table{{border-collapse:collapse;width:100%}}th,td{{border:1px solid #999;padding:4px 6px;text-align:left;"
      "vertical-align:top}}th{{background:#eee}}.box{{width:3.2em;text-align:center}}.right{{text-align:right;"
      "white-space:nowrap}}.id{{white-space:nowrap;font-size:12px}}ul{{margin:0;padding-left:1.1em}}"
      "tr{{break-inside:avoid}}@page{{size:A4 landscape;margin:12mm}}</style></head><body>\n<h1>{}</h1>\n",
      zh ? "zh" : "en", html(heading), html(heading));
  for (const ClickBlock& block : blocks) {
    page += fmt::format("<h2>{}</h2>\n<p class=\"screen\">{}</p>\n<table><thead><tr>", html(block.heading),
                        html(block.screen));
    for (const char* head : {t("Done", "完成"), t("Action", "任务"), "SKU", "ASIN", t("Price", "价格"),
                             t("Days", "日期"), t("Hand in by", "最晚提交"), t("Units", "件数"), t("Check", "核对")})
      page += fmt::format("<th>{}</th>", head);
    page += "</tr></thead><tbody>\n";
    for (const ClickRow& row : block.rows) {
      std::string checks;
      for (const std::string& check : row.checks) checks += fmt::format("<li>☐ {}</li>", html(check));
      const std::string asin =
          row.asin.empty() || !listing_link
              ? html(row.asin)
              : fmt::format("<a href=\"{}{}\">{}</a>", html(*listing_link), html(row.asin), html(row.asin));
      page += fmt::format(
          "<tr><td class=\"box\">☐</td><td class=\"id\">{}</td><td>{}<br><small>{}{}{}</small></td><td>{}</td>"
          "<td class=\"right\">{}</td><td>{}</td><td>{}</td><td class=\"right\">{}</td><td>{}{}</td></tr>\n",
          html(row.id), html(row.sku), html(row.title), row.title.empty() || row.owner.empty() ? "" : " · ",
          html(row.owner), asin, html(row.price), html(row.days), html(row.by), html(row.units), html(row.note),
          checks.empty() ? std::string() : "<ul>" + checks + "</ul>");
    }
    page += "</tbody></table>\n";
  }
  return page + "</body></html>\n";
}

std::string calendar_file(const std::vector<CalendarRow>& rows, const std::string& stamp) {
  std::string at = stamp;
  std::erase_if(at, [](char c) { return c == '-' || c == ':'; });
  std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Destock//EN\r\nCALSCALE:GREGORIAN\r\n";
  for (const CalendarRow& row : rows) {
    file += "BEGIN:VEVENT\r\n";
    file += folded("UID:" + ics(row.uid) + "@destock");
    file += "DTSTAMP:" + at + "\r\nDTSTART;VALUE=DATE:" + basic_day(row.day) +
            "\r\nDTEND;VALUE=DATE:" + basic_day(row.last_day + Days(1)) + "\r\n";
    file += folded("SUMMARY:" + ics(row.summary));
    if (!row.description.empty()) file += folded("DESCRIPTION:" + ics(row.description));
    file += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
  }
  return file + "END:VCALENDAR\r\n";
}

}  // namespace destock::deliver
