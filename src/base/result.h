#pragma once
// Result<T>: an expected failure is a value with what went wrong, where, and what to do next.
// Exceptions are for broken invariants and for the edges of libraries.

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "base/text.h"

namespace destock {

enum class ErrorKind {
  kNotFound,      // a file, SKU, plan or account that is not there
  kBadInput,      // a file or value that cannot be read as what it claims to be
  kBadUsage,      // options that make no sense together
  kRefused,       // understood, and not done: a rule forbids it
  kIo,            // disk full, read-only folder, lost connection
  kIncompatible,  // a database or file of another program or a newer version
};

struct Error {
  ErrorKind kind;
  Text what;          // what went wrong, with the value found
  std::string where;  // file:line, table or option; may be empty
  Text next;          // what the reader can do about it; may be empty

  // "what (where). next", in one language.
  std::string message(Lang lang) const;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, Text what, std::string where = {}, Text next = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(what), std::move(where), std::move(next)});
}

}  // namespace destock
