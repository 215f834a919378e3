#include "ingest/exchange_rates/exchange_rates.h"

namespace destock::ingest {
namespace {

enum Column : size_t { kFrom, kTo, kRate, kDate };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"from", "from-currency", "原币种", "原币", "源币种"}},
      {Need::kRequired, {"to", "to-currency", "目标币种", "本位币"}},
      {Need::kRequired, {"rate", "exchange-rate", "汇率"}},
      {Need::kOptional, {"date", "日期", "生效日期"}},
  };
}

class ExchangeRatesReader final : public ReportReader {
public:
  explicit ExchangeRatesReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto from = currency(row, kFrom);
    const auto to = currency(row, kTo);
    const auto rate = row.real(kRate);
    if (rate && *rate <= 0)
      row.refuse(kRate, {"a rate must be above zero", "汇率必须大于零"}, {"correct the value", "请更正该值"});
    else if (rate && !is_rate(*rate))
      row.refuse(kRate, {"a rate lies between 0.000001 and 1,000,000", "汇率应在 0.000001 与 1,000,000 之间"},
                 {"correct the value", "请更正该值"});
    if (!rate) row.refuse(kRate, {"the rate is missing", "缺少汇率"}, {"fill in the rate", "请填写汇率"});
    auto day = row.day(kDate);
    if (row.refused()) return;
    context_.facts.rates.push_back({day.value_or(row.conventions().snapshot), *from, *to, *rate});
  }

  void finish() override {}

private:
  static std::optional<Currency> currency(Row& row, size_t column) {
    const auto parsed = Currency::parse(row.text(column));
    if (!parsed)
      row.refuse(column, {"not a currency of three letters", "不是三个字母的币种代码"},
                 {"write a code such as CNY or USD", "请填写 CNY、USD 等币种代码"});
    return parsed;
  }

  ReadContext& context_;
};

}  // namespace

ReportFormat exchange_rates_format() {
  return {account::ReportKind::kExchangeRates,
          columns(),
          make_reader<ExchangeRatesReader>,
          true,
          true,
          kFrom,
          {kRate},
          {kDate},
          -1};
}

}  // namespace destock::ingest
