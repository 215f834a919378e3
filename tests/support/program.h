#pragma once
// The real program, run as a user runs it.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "temp_dir.h"

namespace destock::test {

struct Ran {
  int exit_code = -1;  // −signal where one ended it
  std::string out, err;
};

inline Ran run_command(const std::vector<std::string>& words,
                       const std::map<std::string, std::string>& environment = {}, const std::string& folder = {},
                       void (*in_child)() = nullptr) {
  TempDir dir;
  const std::string out = dir.file("out");
  const std::string err = dir.file("err");
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    const int o = open(out.c_str(), O_WRONLY | O_CREAT, 0600);
    const int e = open(err.c_str(), O_WRONLY | O_CREAT, 0600);
    dup2(o, 1);
    dup2(e, 2);
    if (in_child) in_child();
    execvp(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read_file(out), read_file(err)};
  return ran;
}

// destock with these arguments, in English unless they say otherwise.
inline Ran destock(const std::vector<std::string>& arguments,
                   const std::map<std::string, std::string>& environment = {{"LC_ALL", "C"}},
                   const std::string& folder = {}) {
  std::vector<std::string> words = {DESTOCK_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run_command(words, environment, folder);
}

}  // namespace destock::test
