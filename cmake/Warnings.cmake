# Warnings are errors, the sanitizers of the chosen preset, and the hardening of what ships, for every target of ours.
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
if(DESTOCK_FUZZ)
  # What is fuzzed tells the fuzzer which of its branches an input reached.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What ships is hardened: canaries, checked copies, no writable tables of the linker, no path of the build machine inside.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(DESTOCK_HARDEN AND NOT DESTOCK_SANITIZE)
  add_compile_options(-fstack-protector-strong "$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
  add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-ftrivial-auto-var-init=zero)
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection)
  endif()
endif()
