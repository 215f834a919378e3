// destock decide < skus.jsonl > plans.jsonl

#include <iostream>
#include <thread>

#include "app/decide.h"
#include "cli/command.h"

namespace destock::cli {

void add_decide(Commands& commands) {
  auto threads = std::make_shared<unsigned>(std::max(1u, std::thread::hardware_concurrency()));
  const Flags command =
      commands.add("decide", {"one SKU a line of JSON in, its best plan a line of JSON out; no database",
                              "每行输入一个 SKU 的 JSON，输出其最优方案；无需数据库"});
  command.number("--threads", *threads, {"how many at once", "并行线程数"}).within(1u, 256u);
  command.example({"Example: destock decide < skus.jsonl > plans.jsonl; the fields: docs/decide.md",
                   "示例：destock decide < skus.jsonl > plans.jsonl；字段说明：docs/decide.md"});
  command.runs([threads](const Session& session) {
    std::ios::sync_with_stdio(false);
    const auto context = session.context();
    if (!context) return session.code();
    const size_t refused = app::decide_stream(std::cin, std::cout, context->facts.playbook, *threads, session.lang());
    if (refused == 0) return kDone;
    session.note({std::to_string(refused) + (refused == 1 ? " line was" : " lines were") +
                      " refused: the answer says which field and why",
                  std::to_string(refused) + " 行未采用：对应输出已说明字段与原因"});
    return kSomeRefused;
  });
}

}  // namespace destock::cli
