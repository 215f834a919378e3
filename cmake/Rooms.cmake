# by_batches(<target>): with DESTOCK_UNITY seven files are compiled as one, so that headers are parsed once; private names must
# not meet. More at a time take more memory than a small machine has.
function(by_batches target)
  if(DESTOCK_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 7)
  endif()
endfunction()

# room(<name> USES <rooms…> LIBS <libraries…>): one folder of src/, one static library destock_<name>.
# build/rooms/<name>/ holds a symbolic link to the room and to each room it may use, transitively; it is the room's only
# include path. Tests stand beside what they test and are linked into one test program per room.
function(room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBS" ${ARGN})

  set(visible ${name})
  foreach(used ${ROOM_USES})
    get_property(closure GLOBAL PROPERTY DESTOCK_ROOM_${used})
    list(APPEND visible ${closure})
  endforeach()
  list(REMOVE_DUPLICATES visible)
  set_property(GLOBAL PROPERTY DESTOCK_ROOM_${name} ${visible})
  set_property(GLOBAL APPEND PROPERTY DESTOCK_ROOMS ${name})

  set(include_dir ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${include_dir})
  foreach(seen ${visible})
    file(CREATE_LINK ${CMAKE_SOURCE_DIR}/src/${seen} ${include_dir}/${seen} SYMBOLIC)
  endforeach()

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test\\.cpp|/main/main\\.cpp)$")
  add_library(destock_${name} STATIC ${sources})
  by_batches(destock_${name})
  target_include_directories(destock_${name} PRIVATE ${include_dir})
  target_include_directories(destock_${name} INTERFACE ${include_dir})
  list(TRANSFORM ROOM_USES PREPEND destock_ OUTPUT_VARIABLE used_libraries)
  target_link_libraries(destock_${name} PUBLIC ${ROOM_LIBS} PRIVATE destock_warnings)
  # Linked, but without their include paths: the room's own folder of links is all it sees.
  foreach(used ${used_libraries})
    target_link_libraries(destock_${name} PUBLIC $<LINK_ONLY:${used}>)
    target_include_directories(destock_${name} SYSTEM PRIVATE $<TARGET_PROPERTY:${used},INTERFACE_SYSTEM_INCLUDE_DIRECTORIES>)
  endforeach()
  foreach(seen ${visible})
    if(NOT seen STREQUAL name)
      get_property(libs GLOBAL PROPERTY DESTOCK_ROOM_LIBS_${seen})
      target_link_libraries(destock_${name} PUBLIC ${libs})
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY DESTOCK_ROOM_LIBS_${name} ${ROOM_LIBS})

  if(DESTOCK_TESTS AND tests)
    add_executable(${name}_test ${tests})
    by_batches(${name}_test)
    target_include_directories(${name}_test PRIVATE ${include_dir} ${CMAKE_SOURCE_DIR}/tests/support)
    target_link_libraries(${name}_test PRIVATE destock_${name} destock_warnings test_support rapidcheck GTest::gtest GTest::gmock GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# The store's migrations, as text in a header: build/generated/store_migrations.h
function(make_store_migrations)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql)
  set(rows "")
  foreach(script ${scripts})
    get_filename_component(name ${script} NAME)
    string(REGEX MATCH "^[0-9]+" version ${name})
    math(EXPR version "${version}")
    file(READ ${script} text)
    string(APPEND rows "    {${version}, R\"sql(${text})sql\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${script})
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/store_migrations.h CONTENT
"#pragma once
#include <string_view>
namespace destock::store {
struct Migration {
  int version;
  std::string_view script;
};
inline constexpr Migration kMigrations[] = {
@rows@};
} // namespace destock::store
" @ONLY)
endfunction()

# The API's description, as text in a header: build/generated/openapi.h
function(make_openapi)
  set(file ${CMAKE_SOURCE_DIR}/src/server/openapi.yaml)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  # A literal holds 64 kB at most: in parts, which the compiler joins.
  string(LENGTH "${text}" length)
  set(parts "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 part)
    string(APPEND parts "R\"yaml(${part})yaml\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/openapi.h CONTENT
"#pragma once
#include <string_view>
namespace destock::server {
inline constexpr std::string_view kOpenApi = @parts@;
} // namespace destock::server
" @ONLY)
endfunction()
