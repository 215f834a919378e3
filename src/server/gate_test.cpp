#include "server/gate.h"

#include <gtest/gtest.h>

#include "server/problem.h"
#include "temp_dir.h"

namespace destock::server {
namespace {

constexpr const char* kPassword = "a long enough password";
const Caller kHere{"127.0.0.1"};

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
  ASSERT_FALSE(gate.accept(**link, "boss", "short", kHere, owner)) << "the link is not used up by a bad password";
  const auto cookie = gate.accept(**link, "boss", kPassword, kHere, owner);
  ASSERT_TRUE(cookie) << cookie.error().error.message(Lang::kEn);
  EXPECT_NE(cookie->find("HttpOnly"), std::string::npos);
  EXPECT_EQ(owner.role, account::Role::kOwner);
  EXPECT_FALSE(gate.accept(**link, "second", kPassword, kHere, owner));
  EXPECT_FALSE(*gate.first_link()) << "there is an owner";
  const auto who = gate.identify(with_cookie(*cookie));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->person.name, "boss");
}

TEST_F(GateTest, StoresNoSecretInTheClear) {
  Gate gate(open(), false);
  const std::string link = **gate.first_link();
  Identity owner;
  const std::string cookie = *gate.accept(link, "boss", kPassword, kHere, owner);
  const std::string token = *gate.add_token(owner, "erp", account::Role::kViewer);
  const std::string session = cookie.substr(16, 64);
  const std::string file = test::read_file(dir_.file("people.db")) + test::read_file(dir_.file("people.db-wal"));
  for (const std::string& secret : {std::string(kPassword), link, session, token})
    EXPECT_EQ(file.find(secret), std::string::npos);
  EXPECT_NE(file.find("$argon2id$"), std::string::npos);
}

TEST_F(GateTest, FiveFailuresKeepThatCallerWaitingAndNobodyElse) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  for (int i = 0; i < 5; ++i) {
    const auto wrong = gate.sign_in("boss", "wrong", {"10.0.0.1"}, who);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().status, 401);
  }
  const auto refused = gate.sign_in("boss", kPassword, {"10.0.0.1"}, who);
  ASSERT_FALSE(refused) << "the right password, but too soon";
  EXPECT_EQ(refused.error().status, 429);
  EXPECT_GT(refused.error().wait, 0);
  EXPECT_TRUE(gate.sign_in("boss", kPassword, {"10.0.0.2"}, who));
}

TEST_F(GateTest, AKnownDeviceIsLetInWhileOthersGuess) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  const std::string cookie = *gate.device_cookie(who);
  Request browser;
  browser.headers["cookie"] = "a=b; " + cookie.substr(0, cookie.find(';'));
  Caller known = caller_of(browser);
  known.remote = "10.0.0.1";
  ASSERT_FALSE(known.device.empty());
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(gate.sign_in("boss", "wrong", {"10.0.0.1"}, who));
  EXPECT_FALSE(gate.sign_in("boss", kPassword, {"10.0.0.1"}, who));
  EXPECT_TRUE(gate.sign_in("boss", kPassword, known, who)) << "the same address, the owner's browser";
  // It counts for itself, is nobody else's, and a made-up one is none.
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(gate.sign_in("boss", "wrong", known, who));
  EXPECT_EQ(gate.sign_in("boss", kPassword, known, who).error().status, 429);
  Caller made_up{"10.0.0.1", std::string(16, 'a') + "." + std::string(64, 'b')};
  EXPECT_EQ(gate.sign_in("boss", kPassword, made_up, who).error().status, 429);
}

TEST_F(GateTest, ALinkThatIsNoneTellsNoNames) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  const auto taken = gate.accept("made up", "boss", kPassword, {"10.0.0.1"}, who);
  const auto open_name = gate.accept("made up", "nobody", kPassword, {"10.0.0.1"}, who);
  ASSERT_FALSE(taken || open_name);
  EXPECT_EQ(taken.error().error.what.en, open_name.error().error.what.en);
  for (int i = 0; i < 8; ++i) EXPECT_FALSE(gate.accept("made up", "x", kPassword, {"10.0.0.1"}, who));
  EXPECT_EQ(gate.accept("made up", "x", kPassword, {"10.0.0.1"}, who).error().status, 429);
}

TEST_F(GateTest, ALinkIsNotUsedUpByATakenName) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  const std::string link = *gate.invite(account::Role::kViewer, {});
  const auto taken = gate.accept(link, "boss", kPassword, kHere, who);
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().error.what.en.find("taken"), std::string::npos);
  EXPECT_TRUE(gate.accept(link, "viewer", kPassword, kHere, who));
}

TEST_F(GateTest, TheOldPasswordIsGuessedFiveTimes) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(gate.change_password(who, "wrong", "another long password"));
  EXPECT_EQ(gate.change_password(who, kPassword, "another long password").error().status, 429);
}

TEST_F(GateTest, ATokenMayDoNoMoreThanItsPerson) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  ASSERT_TRUE(gate.accept(*gate.invite(account::Role::kViewer, {}), "viewer", kPassword, kHere, who));
  EXPECT_FALSE(gate.add_token(who, "too much", account::Role::kOperator));
  const std::string token = *gate.add_token(who, "mine", account::Role::kViewer);
  Request request;
  request.headers["authorization"] = "Bearer " + token;
  ASSERT_TRUE(gate.identify(request));
  ASSERT_TRUE(gate.people().change_person(who.person.id, {{}, false, {}}));
  ASSERT_TRUE(gate.forget(who.person.id));
  EXPECT_FALSE(gate.identify(request)) << "who is not active any more has no token either";
}

TEST_F(GateTest, WhatIsTooOldIsForgotten) {
  Gate gate(open(), false);
  Identity who;
  ASSERT_TRUE(gate.accept(**gate.first_link(), "boss", kPassword, kHere, who));
  const int64_t now = now_seconds();
  ASSERT_TRUE(gate.people().add_sign_in({"old", who.person.id, "x", now - 1}));
  ASSERT_TRUE(gate.people().add_invitation({"late", account::Role::kViewer, {}, now - 1}));
  ASSERT_TRUE(gate.sign_in("boss", kPassword, kHere, who));
  EXPECT_FALSE(*gate.people().sign_in("old", 0)) << "it is gone, whatever the clock says";
  EXPECT_FALSE(*gate.people().take_invitation("late", 0));
}

TEST_F(GateTest, ASessionEndsWithItsSignOut) {
  Gate gate(open(), true);
  Identity who;
  const std::string cookie = *gate.accept(**gate.first_link(), "boss", kPassword, kHere, who);
  EXPECT_NE(cookie.find("Secure"), std::string::npos);
  ASSERT_TRUE(gate.identify(with_cookie(cookie)));
  ASSERT_TRUE(gate.sign_out(who));
  EXPECT_FALSE(gate.identify(with_cookie(cookie)));
  EXPECT_FALSE(gate.identify(with_cookie("other=1; xdestock_session=abc")));
}

}  // namespace
}  // namespace destock::server
