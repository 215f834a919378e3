#include "app/json.h"

#include "app/json_parts.h"
#include "health/flags.h"

namespace destock::app {
namespace {

Json refused_json(const std::vector<account::RefusedRow>& rows, Lang lang) {
  Json array = Json::array();
  for (const account::RefusedRow& row : rows)
    array.push_back({{"line", row.line},
                     {"column", words(row.column)},
                     {"value", row.column.empty() ? Json(nullptr) : Json(row.value)},
                     {"reason", row.reason.in(lang)},
                     {"fix", row.fix.in(lang)}});
  return array;
}

Json coverage_json(const std::vector<account::Coverage>& list) {
  Json array = Json::array();
  for (const account::Coverage& c : list)
    array.push_back({{"marketplace", c.marketplace},
                     {"first_day", iso(c.first_day)},
                     {"last_day", iso(c.last_day)},
                     {"rows", c.rows},
                     {"skus", c.skus},
                     {"units", c.units}});
  return array;
}

Json age_json(const health::Ageing& ageing) {
  if (!ageing.known) return nullptr;
  Json json;
  for (size_t i = 0; i < ageing.units.size(); ++i) json[std::string(health::kShownBandIds[i])] = ageing.units[i];
  return json;
}

Json crossing_json(const health::Ageing& ageing) {
  if (!ageing.next_charged) return nullptr;
  return {{"earliest", iso(ageing.next_charged->earliest)},
          {"latest", iso(ageing.next_charged->latest)},
          {"units", ageing.next_charged->units},
          {"exact", ageing.next_charged->exact()}};
}

Json traffic_json(const std::optional<account::TrafficRow>& traffic) {
  if (!traffic) return nullptr;
  return {{"from", or_null(traffic->first_day)},
          {"to", iso(traffic->last_day)},
          {"of_asin", traffic->sku.empty()},
          {"sessions", or_null(traffic->sessions)},
          {"page_views", or_null(traffic->page_views)},
          {"buy_box", rounded(traffic->buy_box, 1e4)},
          {"units", or_null(traffic->units)}};
}

}  // namespace

Json velocity_json(const demand::Velocity& velocity) {
  static constexpr const char* kNames[] = {"d3", "d7", "d14", "d30"};
  Json json;
  for (size_t i = 0; i < 4; ++i)
    json[kNames[i]] = i < velocity.averages.size() ? rounded(velocity.averages[i], 1e4) : Json(nullptr);
  json["weighted"] = rounded(velocity.weighted, 1e4);
  json["in_stock"] = rounded(velocity.in_stock, 1e4);
  json["basis"] = demand::sales_basis_id(velocity.basis);
  return json;
}

Json diagnosis_json(const account::Account& account, const health::Diagnosis& d, const market::Playbook& playbook,
                    Lang lang) {
  const account::Listing& listing = account.listings[d.listing];
  const account::StockPosition& stock = account.stock[d.listing];
  const account::AmazonView& amazon = account.amazon[d.listing];
  Json flags = Json::array();
  Json notes = Json::array();
  for (const health::Flag& flag : health::flags_of(account, d, playbook)) {
    flags.push_back(flag.id);
    notes.push_back(flag.text.in(lang));
  }
  const bool known_ages = d.ageing.known;
  return {{"marketplace", listing.marketplace},
          {"sku", listing.sku},
          {"asin", words(listing.asin)},
          {"parent_asin", words(amazon.traffic ? amazon.traffic->parent : std::string())},
          {"title", words(listing.title)},
          {"category", words(listing.category)},
          {"owner", words(listing.owner)},
          {"tag", words(listing.tag)},
          {"snapshot_date", or_null(stock.snapshot)},
          {"stock_source", account::stock_source_id(stock.source)},
          {"available", stock.source == account::StockSource::kNone ? Json(nullptr) : Json(stock.available)},
          {"reserved", (stock.flags & account::kReservedUnknown) != 0 ? Json(nullptr) : Json(stock.reserved())},
          {"inbound", (stock.flags & account::kInboundUnknown) != 0 ? Json(nullptr) : Json(stock.inbound())},
          {"stock_total", stock.total()},
          {"stock_parts",
           {{"available", stock.available},
            {"fc_transfer", stock.fc_transfer},
            {"fc_processing", stock.fc_processing},
            {"reserved_not_split", stock.reserved_unsplit},
            {"inbound_shipped", stock.inbound_shipped},
            {"inbound_receiving", stock.inbound_receiving},
            {"inbound_not_split", stock.inbound_unsplit}}},
          {"not_counted",
           {{"reserved_orders", stock.reserved_orders},
            {"inbound_working", stock.inbound_working},
            {"unfulfillable", stock.unfulfillable}}},
          {"units_last_month", or_null(d.velocity.units_last_month)},
          {"velocity", velocity_json(d.velocity)},
          {"stock_to_sales", rounded(d.stock_to_sales, 1e4)},
          {"band", health::band_id(d.band)},
          {"excess_units", d.excess_units},
          {"days_of_supply", rounded(d.days_of_supply, 10)},
          {"sell_through", rounded(d.sell_through, 1e4)},
          {"age", age_json(d.ageing)},
          {"aged_units_91_plus", known_ages ? Json(d.ageing.aged_91_plus) : Json(nullptr)},
          {"aged_units_181_plus", known_ages ? Json(d.ageing.aged_181_plus) : Json(nullptr)},
          {"next_181", crossing_json(d.ageing)},
          {"surcharge_from_day", d.ageing.surcharge_from ? Json(*d.ageing.surcharge_from) : Json(nullptr)},
          {"price", to_json(account.fees[d.listing].price)},
          {"unit_value", to_json(d.unit_value)},
          {"value_basis", health::value_basis_id(d.value_basis)},
          {"holding_cost_now", to_json(d.holding.now)},
          {"holding_cost_next_month", to_json(d.holding.next_month)},
          {"holding_cost_oct_dec", to_json(d.holding.oct_dec)},
          {"amazon",
           {{"excess_units", or_null(amazon.excess)},
            {"recommended_action", words(amazon.recommended_action)},
            {"days_of_supply", or_null(amazon.days_of_supply)},
            {"traffic", traffic_json(amazon.traffic)},
            {"differs_because", words(health::difference_from_amazon(account, d, playbook).in(lang))}}},
          {"priority", "P" + std::to_string(d.priority)},
          {"flags", flags},
          {"notes", notes},
          {"report_differences", stock.differences}};
}

Json to_json(const Money& money) {
  return {{"amount", money.decimal()}, {"currency", money.currency().str()}};
}
Json to_json(const std::optional<Money>& money) {
  return money ? to_json(*money) : Json(nullptr);
}

Json cell_json(const deliver::Cell& cell, Lang lang) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* both = std::get_if<Text>(&cell)) return both->in(lang);
  if (const auto* whole = std::get_if<int64_t>(&cell)) return *whole;
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* money = std::get_if<Money>(&cell)) return to_json(*money);
  if (const auto* day = std::get_if<Date>(&cell)) return iso(*day);
  return nullptr;
}

Json rows_json(const deliver::Table& table, Lang lang) {
  Json list = Json::array();
  for (const auto& cells : table.rows) {
    Json row;
    for (size_t c = 0; c < table.columns.size(); ++c) row[table.columns[c].id] = cell_json(cells[c], lang);
    list.push_back(std::move(row));
  }
  return {{table.id, std::move(list)}};
}

std::string_view kind_id(deliver::Kind kind) {
  static constexpr std::string_view kIds[] = {"text", "units", "number", "money", "share", "day"};
  return kIds[static_cast<size_t>(kind)];
}

Json channel_names_json(const market::Facts& facts, Lang lang) {
  Json names = Json::object();
  for (const auto& [id, channel] : facts.channels) names[id] = channel.name.in(lang);
  return names;
}

Json error_json(const Error& error, Lang lang) {
  return {{"what", error.what.in(lang)}, {"where", words(error.where)}, {"next", words(error.next.in(lang))}};
}

Json import_json(const ImportOutcome& outcome, Lang lang) {
  Json files = Json::array();
  for (const FileOutcome& file : outcome.files) {
    Json json = {{"path", file.path}, {"sheet", words(file.sheet)}, {"status", file_state_id(file.state)}};
    if (file.record) {
      const account::ImportRecord& record = *file.record;
      json["import_id"] = record.id;
      json["report"] = account::report_id(record.report);
      json["report_name"] = account::report_name(record.report).in(lang);
      json["encoding"] = record.encoding;
      const bool read =
          file.state != FileState::kAlreadyThere;  // known bytes change nothing: no row is taken over again
      json["rows_read"] = record.rows_read;
      json["rows_imported"] = read ? record.rows_imported : 0;
      json["rows_refused"] = record.rows_refused;
      json["refused"] = refused_json(file.refused, lang);
      json["notes"] = texts(record.notes, lang);
      json["coverage"] = coverage_json(record.coverage);
      json["money"] = Json::array();
      for (const Money& sum : file.money) json["money"].push_back(to_json(sum));
    } else {
      json["report"] = nullptr;
      json["rows_read"] = 0;
      json["rows_imported"] = 0;
      json["rows_refused"] = file.refused.size();
      json["refused"] = refused_json(file.refused, lang);
    }
    json["error"] = file.error ? error_json(*file.error, lang) : Json(nullptr);
    files.push_back(std::move(json));
  }
  Json answers = Json::array();
  for (const ImportOutcome::LeftAlone& one : outcome.answers)
    answers.push_back({{"path", one.path}, {"said", one.why.in(lang)}});
  Json ignored = Json::array();
  Json left_alone = Json::array();
  for (const ImportOutcome::LeftAlone& file : outcome.ignored) {
    ignored.push_back(file.path);
    left_alone.push_back({{"path", file.path}, {"why", file.why.in(lang)}});
  }
  return {{"files", files},
          {"ignored", ignored},
          {"left_alone", left_alone},
          {"answers", answers},
          {"compared", texts(outcome.compared, lang)}};
}

Json imports_json(const std::vector<account::ImportRecord>& imports, Lang lang) {
  Json array = Json::array();
  for (const account::ImportRecord& record : imports)
    array.push_back({{"id", record.id},
                     {"report", account::report_id(record.report)},
                     {"path", record.path},
                     {"imported_at", record.imported_at},
                     {"status", account::status_id(record.status)},
                     {"rows_read", record.rows_read},
                     {"rows_imported", record.rows_imported},
                     {"rows_refused", record.rows_refused},
                     {"notes", texts(record.notes, lang)},
                     {"coverage", coverage_json(record.coverage)}});
  return {{"imports", array}};
}

Json shipped_rates_json(const health::AccountFigures& figures) {
  Json list = Json::array();
  for (const auto& rate : figures.shipped_rates)
    list.push_back({{"from", rate.from.str()}, {"to", rate.to.str()}, {"rate", rate.rate}, {"day", iso(rate.day)}});
  return list;
}

Json health_json(const AccountState& state, const market::Playbook& playbook, Lang lang) {
  const account::Account& account = state.account;
  const health::AccountFigures& f = state.health.figures;
  Json bands = Json::object();
  for (const auto& [band, count] : f.bands) bands[std::string(health::band_id(band))] = count;
  Json summary = {{"skus", f.skus},
                  {"units", f.units},
                  {"excess_share", rounded(f.excess_share, 1e4)},
                  {"excess_share_units", rounded(f.excess_share_units, 1e4)},
                  {"excess_units", f.excess_units},
                  {"excess_value", to_json(f.excess_value)},
                  {"stock_value", to_json(f.stock_value)},
                  {"alarm", f.alarm},
                  {"holding_cost_now", to_json(f.holding_cost_now)},
                  {"holding_cost_next_month", to_json(f.holding_cost_next_month)},
                  {"holding_cost_oct_dec", to_json(f.holding_cost_oct_dec)},
                  {"holding_unknown_skus", f.holding_unknown_skus},
                  {"surcharge_unknown_skus", f.surcharge_unknown_skus},
                  {"sell_through", rounded(f.sell_through, 1e4)},
                  {"valued_at_price_skus", f.valued_at_price_skus},
                  {"unvalued_skus", f.unvalued_skus},
                  {"bands", bands},
                  {"missing_rates", f.missing_rates},
                  {"shipped_rates", shipped_rates_json(f)}};
  Json reports = Json::array();
  for (const account::ReportAge& report : account.reports)
    reports.push_back({{"report", account::report_id(report.report)},
                       {"marketplace", report.marketplace},
                       {"day", iso(report.day)},
                       {"age_days", days_between(report.day, account.as_of)},
                       {"import_id", report.import_id},
                       {"newer_set_aside", report.newer_set_aside}});
  Json skus = Json::array();
  for (const health::Diagnosis& diagnosis : state.health.diagnoses)
    if (diagnosis.band != health::Band::kNoStock) skus.push_back(diagnosis_json(account, diagnosis, playbook, lang));
  return {{"as_of", iso(account.as_of)},
          {"account", account.name},
          {"base_currency", f.base_currency.str()},
          {"summary", summary},
          {"warnings", texts(state.health.warnings, lang)},
          {"reports", reports},
          {"skus", skus}};
}

Json ladder_json(const std::array<economics::LadderStage, 3>& stages, Lang lang) {
  Json array = Json::array();
  for (const economics::LadderStage& stage : stages)
    array.push_back({{"stage", economics::stage_id(stage.stage)},
                     {"name", economics::stage_name(stage.stage).in(lang)},
                     {"price", to_json(stage.price)},
                     {"referral_fee", to_json(stage.referral_fee)},
                     {"profit", to_json(stage.profit)}});
  return {{"stages", array}};
}

Json ladder_rows_json(const AccountState& state, const std::vector<deliver::LadderRow>& rows, Lang lang) {
  Json skus = Json::array();
  for (const deliver::LadderRow& row : rows) {
    const account::Listing& listing = state.account.listings[row.listing];
    skus.push_back({{"marketplace", listing.marketplace},
                    {"sku", listing.sku},
                    {"price", to_json(state.account.fees[row.listing].price)},
                    {"landed_cost", to_json(row.landed_cost)},
                    {"stages", row.stages ? ladder_json(*row.stages, lang)["stages"] : Json(nullptr)},
                    {"missing", words(row.missing.in(lang))}});
  }
  return {{"as_of", iso(state.account.as_of)}, {"skus", skus}};
}

}  // namespace destock::app
