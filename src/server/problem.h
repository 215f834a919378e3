#pragma once
// Answers in JSON: data with an ETag, and problems as application/problem+json (RFC 9457).

#include "app/json.h"
#include "base/result.h"
#include "server/http.h"

namespace destock::server {

Response json_answer(const app::Json& json, int status = 200);
Response problem(int status, const std::string& code, const Text& title, const Text& next, Lang lang);
// What is wrong with a file or the database of this machine says no path: it is in the log.
Response problem(const Error& error, Lang lang);
// Too much is asked for at once: 429 with Retry-After.
Response too_many(const Text& title, const Text& next, int64_t wait, Lang lang);
// The language that a request asks for: ?lang=, else Accept-Language.
Lang lang_of(const Request& request);

// Adds an ETag of the body, answers 304 where the caller has it, and compresses where the caller takes gzip.
void finish(const Request& request, Response& response);
enum class Effort { kQuick = 3, kBest = 9 };  // an answer made once, or a file sent often
std::string gzipped(std::string_view text, Effort effort);
std::string hash_hex(std::string_view text);  // BLAKE2b-256
std::string random_hex(size_t bytes);

}  // namespace destock::server
