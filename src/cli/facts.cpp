// destock facts [--check] [--date 2026-03-01] · destock facts lint FILE

#include <filesystem>
#include <memory>

#include "app/fact_check.h"
#include "app/json_fees.h"
#include "cli/command.h"

namespace destock::cli {
namespace {

struct FactsFlags {
  std::string date;
  bool check = false;
};

// The account, where there is one: facts are there without.
std::optional<app::AccountState> state_if_any(const Session& session, app::Context& context) {
  if (!session.has_account()) return std::nullopt;
  auto opened = session.open(context);
  if (!opened) return std::nullopt;
  return session.state(*opened, context);
}

void print_check(const Session& session, const app::Context& context, const app::AccountState* state, Date day) {
  const auto changes = app::card_changes(context.facts, day);
  const auto unknown = state ? app::unknown_fees(state->account, context.facts) : std::vector<app::UnknownFee>{};
  const auto audit = state ? economics::audit_fees(state->account, context.facts) : economics::FeeAudit{};
  if (session.format() == Format::kJson) {
    app::Json json = {{"date", iso(day)}, {"cards", app::card_changes_json(changes, day)}};
    json["own_rates"] = state ? app::own_rates_json(state->own_rates) : app::Json(nullptr);
    json["disagree"] = state ? app::fee_audit_json(state->account, audit, session.lang()) : app::Json(nullptr);
    json["unknown_fees"] = state ? app::unknown_fees_json(unknown, session.lang()) : app::Json(nullptr);
    return session.print_json(json);
  }
  session.print(app::card_changes_table(changes, day));
  if (!state) return session.note({"no account here: only the cards are checked", "没有账户：仅检查费率表"});
  session.print(app::own_rates_table(state->own_rates), 20);
  session.print(app::fee_audit_table(state->account, audit), 20);
  session.print(app::unknown_fees_table(unknown));
}

void print_facts(const Session& session, const app::Context& context, const app::AccountState* state, Date day) {
  const auto rows = app::fact_coverage(context.facts, day);
  const auto unknown = state ? app::unknown_fees(state->account, context.facts) : std::vector<app::UnknownFee>{};
  const auto lines = app::unknown_lines(unknown);
  if (session.format() == Format::kJson) {
    app::Json json = app::facts_json(rows, day, session.lang());
    json["unknown_fees"] = state ? app::unknown_fees_json(unknown, session.lang()) : app::Json(nullptr);
    json["own_rates"] = state ? app::own_rates_json(state->own_rates) : app::Json(nullptr);
    json["unknown"] = app::Json::array();
    for (const Text& line : lines) json["unknown"].push_back(session.say(line));
    return session.print_json(json);
  }
  session.print(app::facts_table(rows, day));
  if (session.format() == Format::kTable) session.warn(lines);
}

int run_facts(const Session& session, const FactsFlags& flags) {
  auto context = session.context();
  if (!context) return session.code();
  const auto state = state_if_any(session, *context);
  if (!state && session.code() != kDone) return session.code();
  Date day = context->today();
  if (!flags.date.empty()) {
    const auto given = parse_iso_date(flags.date);
    if (!given) return session.cannot_read("--date", flags.date, {"write it as 2026-03-01", "请写成 2026-03-01"});
    day = *given;
  }
  const app::AccountState* of = state ? &*state : nullptr;
  flags.check ? print_check(session, *context, of, day) : print_facts(session, *context, of, day);
  return kDone;
}

int run_lint(const Session& session, const std::string& file) {
  const auto context = session.context();
  if (!context) return session.code();
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return session.failed({ErrorKind::kNotFound,
                           {"there is no such file: " + file, "没有该文件：" + file},
                           {},
                           {"name the file itself, as my/ratecards/de.toml", "请写文件路径，如 my/ratecards/de.toml"}});
  const auto found = market::lint_fact_file(file, context->facts);
  if (!found) return session.failed(found.error());
  if (session.format() == Format::kJson) {
    app::Json warnings = app::Json::array();
    for (const Text& warning : found->warnings) warnings.push_back(session.say(warning));
    session.print_json({{"file", file}, {"kind", found->kind}, {"rows", found->rows}, {"warnings", warnings}});
  } else {
    session.note({found->kind + ": " + std::to_string(found->rows) + " rows, no error",
                  found->kind + "：" + std::to_string(found->rows) + " 行，无错误"});
    session.warn(found->warnings);
  }
  return kDone;
}

}  // namespace

void add_facts(Commands& commands) {
  auto flags = std::make_shared<FactsFlags>();
  const Flags command =
      commands.add("facts", {"which fees, rules and calendars are known, how old and how sure, and what is unknown",
                             "已知的费率、规则与日历：时效、可信度，以及暂无数据的项"});
  command.text("--date", flags->date, {"in force on this day; default today", "该日有效；默认今天"});
  command.toggle("--check", flags->check,
                 {"every card's age and next known change, and which of your own figures disagree",
                  "各费率表的时效与下次已知变更，以及与您实际费用不符之处"});
  command.runs([flags](const Session& session) { return run_facts(session, *flags); });
  auto file = std::make_shared<std::string>();
  const Flags lint = command.add(
      "lint", {"is a file of facts right: line and reason of what is not", "检查数据文件：指出错误的行与原因"});
  lint.text("FILE", *file).required();
  lint.runs([file](const Session& session) { return run_lint(session, *file); });
  command.example({"How to correct a rate card: docs/facts.md", "如何更正费率表：docs/facts.md"});
}

}  // namespace destock::cli
