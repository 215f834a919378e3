// destock rate set USD CNY 7.295 [--date 2026-01-05] · rate list · rate base CNY

#include <iostream>
#include <memory>

#include "app/settings.h"
#include "base/number.h"
#include "cli/amount.h"
#include "cli/command.h"

namespace destock::cli {
namespace {

struct RateFlags {
  std::string from, to, rate, date, base;
};

std::optional<Currency> currency_or_complaint(const Session& session, const std::string& text, int& code) {
  const auto currency = Currency::parse(text);
  if (!currency)
    code = session.failed({ErrorKind::kBadUsage,
                           {"not a currency: " + text, "不是币种：" + text},
                           {},
                           {"three letters, as USD", "请使用三个字母的代码，如 USD"}});
  return currency;
}

int run_set(const Session& session, const RateFlags& flags) {
  int code = kDone;
  const auto from = currency_or_complaint(session, flags.from, code);
  if (!from) return code;
  const auto to = currency_or_complaint(session, flags.to, code);
  if (!to) return code;
  const auto rate = is_bare(flags.rate) ? parse_real(flags.rate, NumberStyle::kPoint) : std::nullopt;
  if (!rate || !is_rate(*rate) || *from == *to)
    return session.failed({ErrorKind::kBadUsage,
                           {"not a rate: " + flags.rate, "不是汇率：" + flags.rate},
                           {},
                           {"one " + flags.from + " in " + flags.to + ", between 0.000001 and 1,000,000, as 7.295",
                            "1 " + flags.from + " 合多少 " + flags.to + "，在 0.000001 与 1,000,000 之间，如 7.295"}});
  const auto context = session.context();
  if (!context) return session.code();
  Date day = context->today();
  if (!flags.date.empty()) {
    const auto given = parse_iso_date(flags.date);
    if (!given)
      return session.failed({ErrorKind::kBadUsage,
                             {"not a date: " + flags.date, "不是日期：" + flags.date},
                             "--date",
                             {"write it as 2026-01-05", "请写成 2026-01-05"}});
    day = *given;
  }
  if (const auto fits = app::check_rate(*context, day, *from, *to, *rate); !fits) return session.failed(fits.error());
  auto opened = session.open_or_make(Session::Making::kFirst);
  if (!opened) return session.code();
  if (const auto done = opened->store.add_rate(opened->account, {day, *from, *to, *rate}); !done)
    return session.failed(done.error());
  std::cout << "1 " << from->str() << " = " << flags.rate << " " << to->str() << " (" << iso(day) << ")\n";
  return kDone;
}

int run_rates(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto rates = opened->store.rates(opened->account);
  if (!rates) return session.failed(rates.error());
  deliver::Table table{"rates",
                       {"Exchange rates", "汇率"},
                       {{"day", {"From day", "生效日期"}, deliver::Kind::kDay},
                        {"from", {"From", "原币种"}, deliver::Kind::kText},
                        {"to", {"To", "目标币种"}, deliver::Kind::kText},
                        {"rate", {"Rate", "汇率"}, deliver::Kind::kNumber, 6}},
                       {}};
  app::Json list = app::Json::array();
  for (const account::ExchangeRateRow& row : *rates) {
    table.rows.push_back({row.day, row.from.str(), row.to.str(), row.rate});
    list.push_back({{"day", iso(row.day)}, {"from", row.from.str()}, {"to", row.to.str()}, {"rate", row.rate}});
  }
  if (session.format() == Format::kJson)
    session.print_json({{"rates", list}});
  else
    session.print(table);
  return kDone;
}

int run_base(const Session& session, const RateFlags& flags) {
  int code = kDone;
  const auto currency = currency_or_complaint(session, flags.base, code);
  if (!currency) return code;
  auto opened = session.open_or_make(Session::Making::kFirst);
  if (!opened) return session.code();
  if (const auto done = opened->store.set_base_currency(opened->account, *currency); !done)
    return session.failed(done.error());
  session.note({"account totals are in " + currency->str() + " from now on", "账户合计改用 " + currency->str()});
  return kDone;
}

}  // namespace

void add_rate(Commands& commands) {
  auto flags = std::make_shared<RateFlags>();
  const Flags command = commands.add("rate", {"exchange rates and the account's base currency", "汇率与账户本位币"});
  const Flags set = command.add("set", {"one unit of FROM is RATE of TO", "1 单位 FROM 等于 RATE 单位 TO"});
  set.text("FROM", flags->from).required();
  set.text("TO", flags->to).required();
  set.text("RATE", flags->rate).required();
  set.text("--date", flags->date, {"from this day on; default today", "自该日起生效；默认今天"});
  set.example({"Example: destock rate set USD CNY 7.295", "示例：destock rate set USD CNY 7.295"});
  set.runs([flags](const Session& session) { return run_set(session, *flags); });
  command.add("list", {"the rates that are known", "列出已知汇率"}).runs(run_rates);
  const Flags base = command.add("base", {"the currency that account totals are in", "账户合计所用币种"});
  base.text("CURRENCY", flags->base).required();
  base.runs([flags](const Session& session) { return run_base(session, *flags); });
}

}  // namespace destock::cli
