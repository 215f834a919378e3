# Warnings are errors, and the sanitizers of the chosen preset, for every target of ours.
add_library(destock_warnings INTERFACE)
target_compile_options(destock_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside inlined library code (std::optional, std::string), PR 105329 and PR 80635.
  target_compile_options(destock_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(DESTOCK_SANITIZE)
  # vptr: Debian's SOCI hides the type information that this one check would link to.
  add_compile_options(-fsanitize=${DESTOCK_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${DESTOCK_SANITIZE} -fno-sanitize=vptr)
endif()
