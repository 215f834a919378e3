#include "server/gate.h"

#include <gtest/gtest.h>

#include "server/problem.h"
#include "temp_dir.h"

namespace destock::server {
namespace {

constexpr const char* kPassword = "a long enough password";

class GateTest : public testing::Test {
protected:
  store::People open() { return std::move(*store::People::open(dir_.file("people.db"))); }
  static Request with_cookie(const std::string& cookie) {
    Request request;
    request.headers["cookie"] = cookie.substr(0, cookie.find(';'));
    return request;
  }
  test::TempDir dir_;
};

TEST_F(GateTest, TheFirstLinkMakesOneOwnerOnce) {
  Gate gate(open(), false);
  const auto link = gate.first_link();
  ASSERT_TRUE(link && *link);
  Identity owner;
  ASSERT_FALSE(gate.accept(**link, "boss", "short", owner)) << "the link is not used up by a bad password";
  const auto cookie = gate.accept(**link, "boss", kPassword, owner);
  ASSERT_TRUE(cookie) << cookie.error().message(Lang::kEn);
  EXPECT_NE(cookie->find("HttpOnly"), std::string::npos);
  EXPECT_EQ(owner.role, account::Role::kOwner);
  EXPECT_FALSE(gate.accept(**link, "second", kPassword, owner));
  EXPECT_FALSE(*gate.first_link()) << "there is an owner";
  const auto who = gate.identify(with_cookie(*cookie));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->person.name, "boss");
}

TEST_F(GateTest, StoresNoSecretInTheClear) {
  Gate gate(open(), false);
  const std::string link = **gate.first_link();
  Identity owner;
  const std::string cookie = *gate.accept(link, "boss", kPassword, owner);
  const std::string token = *gate.add_token(owner, "erp", account::Role::kViewer);
  const std::string session = cookie.substr(16, 64);
  const std::string file = test::read_file(dir_.file("people.db")) + test::read_file(dir_.file("people.db-wal"));
  for (const std::string& secret : {std::string(kPassword), link, session, token})
    EXPECT_EQ(file.find(secret), std::string::npos);
  EXPECT_NE(file.find("$argon2id$"), std::string::npos);
}

TEST_F(GateTest, ThrottlesAfterFiveFailures) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, who));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(gate.sign_in("boss", "wrong", "10.0.0.1", who));
  const auto refused = gate.sign_in("boss", kPassword, "10.0.0.2", who);
  ASSERT_FALSE(refused) << "the right password, but too soon";
  EXPECT_NE(refused.error().what.en.find("too many"), std::string::npos);
}

TEST_F(GateTest, ATokenMayDoNoMoreThanItsPerson) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, who));
  ASSERT_TRUE(gate.accept(*gate.invite(account::Role::kViewer, {}), "viewer", kPassword, who));
  EXPECT_FALSE(gate.add_token(who, "too much", account::Role::kOperator));
  const std::string token = *gate.add_token(who, "mine", account::Role::kViewer);
  Request request;
  request.headers["authorization"] = "Bearer " + token;
  ASSERT_TRUE(gate.identify(request));
  ASSERT_TRUE(gate.people().change_person(who.person.id, {{}, false, {}}));
  ASSERT_TRUE(gate.forget(who.person.id));
  EXPECT_FALSE(gate.identify(request)) << "who is not active any more has no token either";
}

TEST_F(GateTest, ASessionEndsWithItsSignOut) {
  Gate gate(open(), true);
  Identity who;
  const std::string cookie = *gate.accept(**gate.first_link(), "boss", kPassword, who);
  EXPECT_NE(cookie.find("Secure"), std::string::npos);
  ASSERT_TRUE(gate.identify(with_cookie(cookie)));
  ASSERT_TRUE(gate.sign_out(who));
  EXPECT_FALSE(gate.identify(with_cookie(cookie)));
  EXPECT_FALSE(gate.identify(with_cookie("other=1; xdestock_session=abc")));
}

}  // namespace
}  // namespace destock::server
