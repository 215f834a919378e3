#include "server/http_head.h"

#include <gtest/gtest.h>

namespace destock::server {
namespace {

constexpr std::string_view kHost = "\r\nHost: 127.0.0.1";

int status_of(const std::string& text) {
  const auto head = read_head(text);
  return head ? 0 : head.error();
}

TEST(HttpHead, ReadsAWholeRequest) {
  const auto head = read_head(
      "POST /api/v1/x?a=1&b=%E4%B8%AD HTTP/1.1\r\nHost: h:1\r\nContent-Length: 12\r\nX-A:  b \r\nCookie: "
      "a=1\r\ncookie: "
      "b=2\r\nAccept: x\r\nAccept: y\r\nExpect: 100-continue");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->request.method, "POST");
  EXPECT_EQ(head->request.path, "/api/v1/x");
  EXPECT_EQ(head->request.value("b"), "中");
  EXPECT_EQ(head->request.header("x-a"), "b");
  EXPECT_EQ(head->request.header("cookie"), "a=1; b=2");
  EXPECT_EQ(head->request.header("accept"), "x, y");
  EXPECT_EQ(head->length, 12U);
  EXPECT_TRUE(head->keep && head->waits && head->chunks && !head->chunked);
}

TEST(HttpHead, KnowsWhenAConnectionGoesOn) {
  const auto kept = [](const std::string& version, const std::string& connection) {
    return read_head("GET / " + version + std::string(kHost) +
                     (connection.empty() ? "" : "\r\nConnection: " + connection))
        ->keep;
  };
  EXPECT_TRUE(kept("HTTP/1.1", ""));
  EXPECT_FALSE(kept("HTTP/1.1", "Close"));
  EXPECT_FALSE(kept("HTTP/1.1", "x, close"));
  EXPECT_FALSE(kept("HTTP/1.0", ""));
  EXPECT_TRUE(kept("HTTP/1.0", "keep-alive"));
}

// The shapes by which one request is hidden in another, and what is plainly broken.
TEST(HttpHead, RefusesWhatTwoProgramsCouldReadDifferently) {
  const std::string post = "POST / HTTP/1.1" + std::string(kHost) + "\r\n";
  const std::string get = "GET / HTTP/1.1" + std::string(kHost) + "\r\n";
  for (const std::string& text : {post + "Content-Length: 4\r\nTransfer-Encoding: chunked",
                                  post + "Transfer-Encoding: chunked\r\nContent-Length: 4",
                                  post + "Content-Length: 0\r\nContent-Length: 5",
                                  post + "Content-Length: 5\r\nContent-Length: 5",
                                  post + "Content-Length : 5",
                                  post + "Content-Length: +5",
                                  post + "Content-Length: -1",
                                  post + "Content-Length: 0, 5",
                                  post + "Content-Length: 5x",
                                  post + "Content-Length: ",
                                  post + "Content-Length: 1000000000000000000",
                                  post + "Transfer-Encoding:\r\n chunked",
                                  get + "X",
                                  get + "X Y: 1",
                                  get + ": 1",
                                  get + " X: folded",
                                  get + std::string("X: a\0b", 6),
                                  get + std::string("X: a\x01"),
                                  get + "Host: evil.example",
                                  std::string("GET / HTTP/1.1"),
                                  std::string("GET /"),
                                  std::string("GET"),
                                  std::string(""),
                                  std::string("G\x01T / HTTP/1.1"),
                                  "GET http://evil.example/ HTTP/1.1" + std::string(kHost),
                                  "GET /\xff HTTP/1.1" + std::string(kHost),
                                  "GET /a b HTTP/1.1" + std::string(kHost),
                                  "GET / http/1.1" + std::string(kHost),
                                  "CONNECT a:443 HTTP/1.1" + std::string(kHost)})
    EXPECT_EQ(status_of(text), 400) << text;
  EXPECT_EQ(status_of(post + "Transfer-Encoding: xchunked"), 501);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked, identity"), 501);
  EXPECT_EQ(status_of("GET / HTTP/3.7" + std::string(kHost)), 505);
}

TEST(HttpHead, HasLimits) {
  const auto target = [](size_t bytes) {
    return "GET /" + std::string(bytes - 1, 'a') + " HTTP/1.1" + std::string(kHost);
  };
  EXPECT_EQ(status_of(target(kMostTargetBytes)), 0);
  EXPECT_EQ(status_of(target(kMostTargetBytes + 1)), 414);
  std::string fields = "GET / HTTP/1.1" + std::string(kHost);
  for (size_t i = 1; i < kMostFields; ++i) fields += "\r\nX" + std::to_string(i) + ": a";
  EXPECT_EQ(status_of(fields), 0);
  EXPECT_EQ(status_of(fields + "\r\nY: a"), 431);
}

TEST(HttpHead, EndsAtTheEmptyLine) {
  const auto end = [](const std::string& text, size_t from = 0) { return find_head_end(text, from); };
  EXPECT_EQ(end("GET / HTTP/1.1\r\nA: b\r\n").is, HeadEnd::Is::kNotYet);
  EXPECT_EQ(end("GET / HTTP/1.1\r\nA: b\r\n\r").is, HeadEnd::Is::kNotYet);
  const std::string whole = "GET / HTTP/1.1\r\nA: b\r\n\r\nbody";
  EXPECT_EQ(end(whole).is, HeadEnd::Is::kHere);
  EXPECT_EQ(end(whole).at, whole.find("\r\n\r\n"));
  for (size_t from = 0; from < whole.find("\r\n\r\n") + 3; ++from)
    EXPECT_EQ(end(whole, from).at, whole.find("\r\n\r\n"));
  EXPECT_EQ(end("GET / HTTP/1.1\nA: b\n\n").is, HeadEnd::Is::kBroken);
  EXPECT_EQ(end("GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n").is, HeadEnd::Is::kBroken);
}

TEST(HttpHead, ChunksAreOneBodyHoweverTheyArrive) {
  const std::string sent = "5\r\nhello\r\nA\r\n, and more\r\n0\r\n\r\nGET / HTTP/1.1";
  for (size_t step = 1; step <= sent.size(); ++step) {
    Chunks chunks;
    std::string data;
    std::string body;
    auto is = Chunks::Is::kNotYet;
    for (size_t at = 0; is == Chunks::Is::kNotYet && at < sent.size(); at += step) {
      data += sent.substr(at, step);
      is = chunks.take(data, body);
    }
    EXPECT_EQ(is, Chunks::Is::kWhole) << step;
    EXPECT_EQ(body, "hello, and more") << step;
  }
  for (const char* broken :
       {"5x\r\nhello\r\n0\r\n\r\n", "fffffffffffffffff\r\nhello", "5\r\nhelloX0\r\n\r\n", "-5\r\nhello",
        "5;a=b\r\nhello\r\n0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "\r\n", "12345678901"}) {
    Chunks chunks;
    std::string data = broken;
    std::string body;
    EXPECT_EQ(chunks.take(data, body), Chunks::Is::kBroken) << broken;
  }
}

}  // namespace
}  // namespace destock::server
