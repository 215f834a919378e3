#pragma once
// How well bytes read in each encoding that sellers' files come in: characters that people use against those that
// nobody does. For text that is no UTF-8, be it a word or a megabyte.

#include <string>
#include <string_view>
#include <vector>

namespace destock::ingest {

struct Reading {
  std::string encoding;   // as ICU knows it
  double score = 0;       // of a character, on average; 1 and more: common ones
  size_t characters = 0;  // beyond ASCII
};

// Those that can be, the likeliest first; windows-1252 always is. `marketplace`: what is known of where the text comes
// from ("JP"), which speaks for an encoding where the bytes leave it open; empty: nothing.
std::vector<Reading> readings_of(std::string_view bytes, std::string_view marketplace);

}  // namespace destock::ingest
