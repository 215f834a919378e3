#include "server/gate.h"

#include <sodium.h>
#include <algorithm>

#include "base/clock.h"
#include "server/problem.h"

namespace destock::server {
namespace {

constexpr int64_t kSessionSeconds = 14 * 86'400;
constexpr int64_t kInvitationSeconds = 2 * 86'400;
constexpr int64_t kKnownSeconds = 30;  // a session is looked up again after so long
constexpr size_t kShortestPassword = 10;
constexpr size_t kLongestPassword = 200;
constexpr int kFreeTries = 5;
constexpr int64_t kMostWaitSeconds = 900;
constexpr size_t kMostRemembered = 10'000;
constexpr std::string_view kCookie = "destock_session=";

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

std::string cookie_of(const std::string& header) {
  const size_t at = header.find(kCookie);
  if (at == std::string::npos || (at > 0 && header[at - 1] != ' ' && header[at - 1] != ';')) return {};
  const size_t from = at + kCookie.size();
  return header.substr(from, header.find(';', from) - from);
}

Error wrong_sign_in() {
  return {ErrorKind::kRefused,
          {"name or password is wrong", "用户名或密码错误"},
          {},
          {"an owner can send a new link", "可请所有者发送新的邀请链接"}};
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

Result<std::string> Gate::accept(const std::string& token, const std::string& name, const std::string& password,
                                 Identity& identity) {
  if (const auto good = check_password(password); !good) return tl::unexpected(good.error());
  if (name.empty() || name.size() > 60)
    return fail(ErrorKind::kBadUsage, {"a name is needed, of 60 characters at most", "请填写用户名，最长 60 个字符"});
  const auto taken = people_.person(name);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken)
    return fail(ErrorKind::kRefused, {"the name is taken", "该用户名已被使用"}, name, {"choose another", "请换一个"});
  const auto invitation = people_.take_invitation(hash_hex(token), now_seconds());
  if (!invitation) return tl::unexpected(invitation.error());
  if (!*invitation)
    return fail(ErrorKind::kRefused, {"the link was used already, or is too old", "链接已被使用或已过期"}, {},
                {"ask for a new one; destock serve prints one while there is no owner",
                 "请索取新链接；尚无所有者时 destock serve 会打印一个"});
  account::Person person{0,    name,      (**invitation).role,    password_hash(password),
                         true, now_utc(), (**invitation).accounts};
  const auto id = people_.add_person(person);
  if (!id) return tl::unexpected(id.error());
  person.id = *id;
  return open_session(person, identity);
}

Result<void> Gate::check_throttle(const std::string& key) {
  const std::scoped_lock one(mutex_);
  const auto found = tries_.find(key);
  if (found == tries_.end() || found->second.until <= now_seconds()) return {};
  const std::string wait = std::to_string(found->second.until - now_seconds());
  return fail(ErrorKind::kRefused,
              {"too many failed log-ins: wait " + wait + " seconds", "登录失败次数过多：请等待 " + wait + " 秒"});
}

void Gate::count(const std::string& key, bool failed) {
  const std::scoped_lock one(mutex_);
  if (!failed) {
    tries_.erase(key);
    return;
  }
  if (tries_.size() > kMostRemembered) tries_.clear();
  Tries& tries = tries_[key];
  if (++tries.failed >= kFreeTries)
    tries.until = now_seconds() + std::min<int64_t>(kMostWaitSeconds, int64_t{1} << std::min(tries.failed, 20));
}

Result<std::string> Gate::sign_in(const std::string& name, const std::string& password, const std::string& remote,
                                  Identity& identity) {
  for (const std::string& key : {"name " + name, "from " + remote})
    if (const auto open = check_throttle(key); !open) return tl::unexpected(open.error());
  const auto person = people_.person(name);
  if (!person) return tl::unexpected(person.error());
  // A name that is not there takes as long as one that is.
  static const std::string kNobody = password_hash("nobody has this password");
  const bool fits = password.size() <= kLongestPassword &&
                    password_fits(*person ? (**person).password : kNobody, password) && *person && (**person).active;
  for (const std::string& key : {"name " + name, "from " + remote}) count(key, !fits);
  if (!fits) return tl::unexpected(wrong_sign_in());
  return open_session(**person, identity);
}

Result<std::string> Gate::open_session(const account::Person& person, Identity& identity) {
  const std::string secret = random_hex(32);
  const account::SignIn sign_in{hash_hex(secret), person.id, random_hex(16), now_seconds() + kSessionSeconds};
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

Result<void> Gate::change_password(const Identity& identity, const std::string& old_password,
                                   const std::string& new_password) {
  const auto person = people_.person(identity.person.name);
  if (!person) return tl::unexpected(person.error());
  if (!*person || !password_fits((**person).password, old_password)) return tl::unexpected(wrong_sign_in());
  if (const auto good = check_password(new_password); !good) return good;
  const auto done = people_.change_password((**person).id, (**person).password, password_hash(new_password));
  if (!done) return tl::unexpected(done.error());
  if (!*done) return tl::unexpected(wrong_sign_in());  // changed by another meanwhile
  return forget((**person).id, identity.session);
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
  const std::string secret = by_token ? bearer.substr(7) : cookie_of(request.header("cookie"));
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
