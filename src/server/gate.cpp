#include "server/gate.h"

#include <sodium.h>
#include <algorithm>

#include "base/clock.h"
#include "server/names.h"
#include "server/problem.h"

namespace destock::server {
namespace {

constexpr int64_t kSessionSeconds = 14 * 86'400;
constexpr int64_t kInvitationSeconds = 2 * 86'400;
constexpr int64_t kKnownSeconds = 30;  // a session is looked up again after so long
constexpr size_t kShortestPassword = 10;
constexpr size_t kLongestPassword = 200;
constexpr size_t kLongestName = 60;
constexpr int64_t kDeviceSeconds = 365 * 86'400;
constexpr size_t kMostRemembered = 10'000;
constexpr std::string_view kCookie = "destock_session=";
constexpr std::string_view kDeviceCookie = "destock_device=";

std::string password_hash(const std::string& password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw std::bad_alloc();
  hash.resize(hash.find('\0'));
  return hash;
}

bool password_fits(const std::string& hash, const std::string& password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

Result<void> check_password(const std::string& password) {
  if (password.size() >= kShortestPassword && password.size() <= kLongestPassword) return {};
  return fail(ErrorKind::kBadUsage, {"the password has to have 10 characters or more", "密码至少 10 个字符"}, {},
              {"a sentence is easy to keep in mind", "可用一句话作密码"});
}

// The value of a cookie; `name` with its "=".
std::string cookie_of(const std::string& header, std::string_view name) {
  for (size_t at = header.find(name); at != std::string::npos; at = header.find(name, at + 1)) {
    if (at > 0 && header[at - 1] != ' ' && header[at - 1] != ';') continue;
    const size_t from = at + name.size();
    return header.substr(from, header.find(';', from) - from);
  }
  return {};
}

// What a device is known by for a person: nobody can make it who has not the hash of the password.
std::string device_mark(const account::Person& person, const std::string& id) {
  return hash_hex("device " + id + " of " + person.name + " " + person.password);
}

// The number of a device that has signed in as this person before; empty: it has not.
std::string known_device(const account::Person& person, const std::string& device) {
  const size_t dot = device.find('.');
  if (dot != 16) return {};
  const std::string id = device.substr(0, dot);
  const std::string mark = device_mark(person, id);
  const std::string given = device.substr(dot + 1);
  return given.size() == mark.size() && sodium_memcmp(given.data(), mark.data(), mark.size()) == 0 ? id : std::string();
}

// Five wrong passwords of one caller for one name, twenty for any; and of all callers together one name is guessed
// slowly. A device that is known counts for itself alone: nobody else can keep its person out.
std::vector<Throttle::Rule> rules_of(const std::string& name, const Caller& caller, const std::string& device) {
  const std::string who = name.substr(0, kLongestName);
  const std::string client = client_of(caller.remote);
  if (!device.empty()) return {{"device " + device + " of " + who, 5, 900}};
  return {{"name " + who + " from " + client, 5, 900}, {"from " + client, 20, 900}, {"name " + who, 50, 30}};
}

NotIn too_often(int64_t wait) {
  const std::string seconds = std::to_string(wait);
  return {{ErrorKind::kRefused,
           {"too many failed log-ins: wait " + seconds + " seconds", "登录失败次数过多：请等待 " + seconds + " 秒"},
           {},
           {}},
          429,
          wait};
}

NotIn as_is(const Error& error) {
  return {error};
}

NotIn wrong_sign_in() {
  return {{ErrorKind::kRefused,
           {"name or password is wrong", "用户名或密码错误"},
           {},
           {"an owner can send a new link", "可请所有者发送新的邀请链接"}},
          401};
}

}  // namespace

std::string now_utc() {
  return Clock().now_utc();
}

int64_t now_seconds() {
  return Clock().seconds();
}

bool Identity::sees(int64_t account) const {
  return person.role == account::Role::kOwner ||
         std::find(person.accounts.begin(), person.accounts.end(), account) != person.accounts.end();
}

Caller caller_of(const Request& request) {
  return {request.remote, cookie_of(request.header("cookie"), kDeviceCookie)};
}

Gate::Gate(store::People people, bool secure_cookie) : people_(std::move(people)), secure_cookie_(secure_cookie) {}

Result<std::optional<std::string>> Gate::first_link() {
  const auto people = people_.people();
  if (!people) return tl::unexpected(people.error());
  for (const account::Person& person : *people)
    if (person.role == account::Role::kOwner && person.active) return std::nullopt;
  auto token = invite(account::Role::kOwner, {});
  if (!token) return tl::unexpected(token.error());
  return std::optional<std::string>(std::move(*token));
}

Result<std::string> Gate::invite(account::Role role, std::vector<int64_t> accounts) {
  const std::string token = random_hex(24);
  const auto done =
      people_.add_invitation({hash_hex(token), role, std::move(accounts), now_seconds() + kInvitationSeconds});
  if (!done) return tl::unexpected(done.error());
  return token;
}

Entry<std::string> Gate::accept(const std::string& token, const std::string& name, const std::string& password,
                                const Caller& caller, Identity& identity) {
  if (const auto good = check_password(password); !good) return tl::unexpected(as_is(good.error()));
  if (const auto fault = name_fault(name)) return tl::unexpected(as_is(*fault));
  const std::vector<Throttle::Rule> rules{{"link from " + client_of(caller.remote), 10, 900}};
  if (const int64_t wait = throttle_.begin(rules); wait > 0) return tl::unexpected(too_often(wait));
  // The link first: what names there are is nobody's business who has none.
  const auto invitation = people_.take_invitation(hash_hex(token), now_seconds());
  if (!invitation) return tl::unexpected(as_is(invitation.error()));
  if (!*invitation)
    return tl::unexpected(as_is({ErrorKind::kRefused,
                                 {"the link was used already, or is too old", "链接已被使用或已过期"},
                                 {},
                                 {"ask for a new one; destock serve prints one while there is no owner",
                                  "请索取新链接；尚无所有者时 destock serve 会打印一个"}}));
  throttle_.worked(rules);
  account::Person person{0,    name,      (**invitation).role,    password_hash(password),
                         true, now_utc(), (**invitation).accounts};
  const auto id = people_.add_person(person);
  if (!id) {
    // The name is taken, mostly: the link is still good.
    if (const auto back = people_.add_invitation(**invitation); !back) return tl::unexpected(as_is(back.error()));
    return tl::unexpected(as_is(id.error()));
  }
  person.id = *id;
  auto cookie = open_session(person, identity);
  return cookie ? Entry<std::string>(std::move(*cookie)) : tl::unexpected(as_is(cookie.error()));
}

Entry<std::string> Gate::sign_in(const std::string& name, const std::string& password, const Caller& caller,
                                 Identity& identity) {
  const auto person = people_.person(name);
  if (!person) return tl::unexpected(as_is(person.error()));
  const auto rules = rules_of(name, caller, *person ? known_device(**person, caller.device) : std::string());
  if (const int64_t wait = throttle_.begin(rules); wait > 0) return tl::unexpected(too_often(wait));
  // A name that is not there takes as long as one that is.
  static const std::string kNobody = password_hash("nobody has this password");
  const bool fits = password.size() <= kLongestPassword &&
                    password_fits(*person ? (**person).password : kNobody, password) && *person && (**person).active;
  if (!fits) return tl::unexpected(wrong_sign_in());
  throttle_.worked(rules);
  auto cookie = open_session(**person, identity);
  return cookie ? Entry<std::string>(std::move(*cookie)) : tl::unexpected(as_is(cookie.error()));
}

Result<std::string> Gate::device_cookie(const Identity& identity) {
  const auto person = people_.person(identity.person.name);
  if (!person) return tl::unexpected(person.error());
  const std::string id = random_hex(8);
  return std::string(kDeviceCookie) + id + "." + (*person ? device_mark(**person, id) : std::string()) +
         "; Path=/api/v1/session; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(kDeviceSeconds) +
         (secure_cookie_ ? "; Secure" : "");
}

Result<std::string> Gate::open_session(const account::Person& person, Identity& identity) {
  const std::string secret = random_hex(32);
  const account::SignIn sign_in{hash_hex(secret), person.id, random_hex(16), now_seconds() + kSessionSeconds};
  if (const auto done = people_.forget_expired(now_seconds()); !done) return tl::unexpected(done.error());
  if (const auto done = people_.add_sign_in(sign_in); !done) return tl::unexpected(done.error());
  identity = {person, person.role, sign_in.hash, sign_in.csrf};
  return std::string(kCookie) + secret +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(kSessionSeconds) +
         (secure_cookie_ ? "; Secure" : "");
}

Result<std::string> Gate::sign_out(const Identity& identity) {
  if (!identity.session.empty())
    if (const auto done = people_.end_sign_in(identity.session); !done) return tl::unexpected(done.error());
  const std::scoped_lock one(mutex_);
  ++forgotten_;
  known_.erase(identity.session);
  known_until_.erase(identity.session);
  return std::string(kCookie) + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
}

Entry<void> Gate::change_password(const Identity& identity, const std::string& old_password,
                                  const std::string& new_password) {
  const std::vector<Throttle::Rule> rules{{"old password in " + identity.session, 5, 900}};
  if (const int64_t wait = throttle_.begin(rules); wait > 0) return tl::unexpected(too_often(wait));
  const auto person = people_.person(identity.person.name);
  if (!person) return tl::unexpected(as_is(person.error()));
  const NotIn wrong = as_is({ErrorKind::kRefused, {"the old password is wrong", "原密码错误"}, {}, {}});
  if (!*person || old_password.size() > kLongestPassword || !password_fits((**person).password, old_password))
    return tl::unexpected(wrong);
  throttle_.worked(rules);
  if (const auto good = check_password(new_password); !good) return tl::unexpected(as_is(good.error()));
  const auto done = people_.change_password((**person).id, (**person).password, password_hash(new_password));
  if (!done) return tl::unexpected(as_is(done.error()));
  if (!*done) return tl::unexpected(wrong);  // changed by another meanwhile
  if (const auto forgotten = forget((**person).id, identity.session); !forgotten)
    return tl::unexpected(as_is(forgotten.error()));
  return {};
}

Result<std::string> Gate::add_token(const Identity& identity, const std::string& name, account::Role role) {
  if (role > identity.role)
    return fail(ErrorKind::kRefused, {"a token may not do more than you may", "令牌权限不能超过本人"});
  const std::string secret = "dst_" + random_hex(24);
  const auto id = people_.add_token({0, identity.person.id, name, role, hash_hex(secret), now_utc()});
  if (!id) return tl::unexpected(id.error());
  return secret;
}

Result<void> Gate::forget(int64_t person, const std::string& but) {
  const auto done = people_.end_sign_ins(person, but);
  const std::scoped_lock one(mutex_);
  ++forgotten_;
  known_.clear();
  known_until_.clear();
  return done;
}

std::optional<Identity> Gate::identify(const Request& request) {
  const std::string bearer = request.header("authorization");
  const bool by_token = bearer.starts_with("Bearer ");
  const std::string secret = by_token ? bearer.substr(7) : cookie_of(request.header("cookie"), kCookie);
  if (secret.empty()) return std::nullopt;
  const std::string hash = hash_hex(secret);
  const int64_t now = now_seconds();
  uint64_t forgotten = 0;
  {
    const std::scoped_lock one(mutex_);
    forgotten = forgotten_;
    const auto found = known_.find(hash);
    if (found != known_.end() && known_until_[hash] > Clock().steady_seconds() &&
        found->second.session.empty() == by_token)
      return found->second;
  }
  Identity identity;
  int64_t whose = 0;
  std::optional<account::Role> most;
  if (by_token) {
    const auto token = people_.token(hash);
    if (!token || !*token) return std::nullopt;
    whose = (**token).person;
    most = (**token).role;
  } else {
    const auto sign_in = people_.sign_in(hash, now);
    if (!sign_in || !*sign_in) return std::nullopt;
    whose = (**sign_in).person;
    identity.session = hash;
    identity.csrf = (**sign_in).csrf;
  }
  const auto people = people_.people();
  if (!people) return std::nullopt;
  for (const account::Person& person : *people)
    if (person.id == whose && person.active) identity.person = person;
  if (identity.person.id == 0) return std::nullopt;
  identity.role = most ? std::min(*most, identity.person.role) : identity.person.role;
  const std::scoped_lock one(mutex_);
  // Somebody was forgotten while this was read: it may be he. Read again at the next call.
  if (forgotten != forgotten_) return identity;
  if (known_.size() > kMostRemembered) known_.clear();
  known_[hash] = identity;
  known_until_[hash] = Clock().steady_seconds() + kKnownSeconds;
  return identity;
}

}  // namespace destock::server
