#pragma once
// Text of others that is shown to people: what steers a terminal or turns the text around it is made visible.

#include <string>
#include <string_view>

namespace destock {

// Control characters but those in `kept` become "\u001B"; so do marks that turn the direction of what follows (U+202A
// to U+202E, U+2066 to U+2069, U+200E, U+200F, U+061C); bytes that are no UTF-8 become U+FFFD. JSON means the same
// after it.
std::string plain_text(std::string_view text, std::string_view kept = {});

// How many bytes of the end of a text are a character that is not whole yet.
size_t cut_off_at_end(std::string_view text);

}  // namespace destock
