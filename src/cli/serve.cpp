// destock serve [--listen 127.0.0.1] [--port 8377] [--tls-cert F --tls-key F] [--behind-proxy]

#include "server/serve.h"

#include <malloc.h>
#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <memory>

#include "cli/command.h"

namespace destock::cli {
namespace {

// A connection is a file: as many as the machine allows.
void allow_many_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Parts of uploads and answers of megabytes come and go on many threads: each in a piece of memory of its own, that
// goes back to the system with it, instead of holes that no other thread fills.
void give_memory_back() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

int run_serve(const Session& session, const server::ServeOptions& given) {
  // Blocked before any thread starts, so that this one alone is told.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  allow_many_files();
  give_memory_back();
  const auto context = session.context();
  if (!context) return session.code();
  server::ServeOptions options = given;
  options.database = session.database();
  const auto service = server::Service::start(options, *context);
  if (!service) return session.failed(service.error());
  if (!(*service)->notice().empty()) session.note((*service)->notice());
  std::cout << session.say({"dashboard: ", "看板：    "}) << (*service)->address() << "\n";
  if (const auto link = (*service)->first_link())
    std::cout << session.say({"first sign-in, once, within two days: ", "首次登录（一次有效，两天内）："}) << *link
              << "\n";
  std::cout << session.say({"Ctrl+C ends it", "按 Ctrl+C 结束"}) << std::endl;
  int signal = 0;
  sigwait(&ends, &signal);
  return kDone;
}

}  // namespace

void add_serve(Commands& commands) {
  auto options = std::make_shared<server::ServeOptions>();
  const Flags command = commands.add(
      "serve", {"the dashboard and its API, on this machine's port 8377", "启动看板与 API（本机端口 8377）"});
  command
      .text("--listen", options->listen.address,
            {"address to listen on; others than this machine's need TLS or a proxy",
             "监听地址；非本机地址需要 TLS 或反向代理"})
      .shows_default();
  command.number("--port", options->listen.port, {"port; 0: any that is free", "端口；0 为任意空闲端口"})
      .shows_default();
  command.text("--tls-cert", options->listen.certificate, {"certificate, PEM", "证书（PEM）"});
  command.text("--tls-key", options->listen.key, {"its key, PEM", "私钥（PEM）"});
  command.toggle_or_text("--behind-proxy", options->listen.behind_proxy, options->listen.proxy,
                         {"another program does TLS in front of it; its address, where it is not on this machine",
                          "由前置代理负责 TLS；代理不在本机时填写其地址"});
  command.text("--uploads", options->upload_folder,
               {"folder for files on their way in; default beside the database", "上传暂存目录；默认在数据库旁"});
  command.example({"Example: destock serve --db demo/destock.db", "示例：destock serve --db demo/destock.db"});
  command.runs([options](const Session& session) { return run_serve(session, *options); });
}

}  // namespace destock::cli
