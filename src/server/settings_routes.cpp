// Settings of an account: rules, channels, price endings, base currency.

#include "app/settings.h"
#include "server/api.h"

namespace destock::server {
namespace {

using account::Role;
using app::Json;

Response get_settings(const Call& call, store::Store& store, const app::Context& shipped) {
  const auto settings = store.settings(call.account);
  if (!settings) return problem(settings.error(), call.lang);
  const auto base = store.base_currency(call.account);
  if (!base) return problem(base.error(), call.lang);
  return json_answer(app::settings_json(shipped, *settings, *base, call.lang));
}

// The base currency after the change; null takes it back to the marketplaces' own.
Result<std::optional<Currency>> base_after(std::optional<Currency> base, const Json& change) {
  if (!change.contains("base_currency")) return base;
  const Json& asked = change.at("base_currency");
  if (asked.is_null()) return std::optional<Currency>();
  auto currency = Currency::parse(asked.get<std::string>());
  if (!currency)
    return fail(ErrorKind::kBadUsage, {"not a currency", "不是币种"}, asked.get<std::string>(),
                {"three letters: USD, CNY, EUR", "三个字母：USD、CNY、EUR"});
  return currency;
}

Response change_settings(Call& call, store::Store& store, const app::Context& shipped) {
  const auto json = call.json();
  if (!json) return problem(json.error(), call.lang);
  const auto done =
      store.change_settings(call.account, [&](store::Store::Settings now) -> Result<store::Store::Settings> {
        auto changed = app::changed_settings(shipped, std::move(now.values), *json);
        if (!changed) return tl::unexpected(changed.error());
        auto base = base_after(now.base_currency, *json);
        if (!base) return tl::unexpected(base.error());
        return store::Store::Settings{std::move(*changed), *base};
      });
  if (!done) return problem(done.error(), call.lang);
  call.audit_detail = json->dump(-1, ' ', false, Json::error_handler_t::replace);
  return json_answer(app::settings_json(shipped, done->values, done->base_currency, call.lang));
}

}  // namespace

void Api::add_settings_routes() {
  const auto with = [this](auto work) {
    return [this, work](Call& call) {
      return with_store(call, [&](store::Store& store) { return work(call, store, views_.context()); });
    };
  };
  routes_.push_back({"GET", "/accounts/{account}/settings", Role::kViewer, "getSettings", with(get_settings)});
  routes_.push_back({"PATCH", "/accounts/{account}/settings", Role::kOwner, "changeSettings", with(change_settings)});
}

}  // namespace destock::server
