#include "cli/summary.h"

#include <algorithm>
#include <iostream>

#include "app/plan_figures.h"
#include "cli/terminal.h"

namespace destock::cli {

void print_figures(const Session& session, const std::vector<deliver::Figure>& figures) {
  size_t widest = 0;
  for (const deliver::Figure& figure : figures) widest = std::max(widest, shown_width(session.say(figure.name)));
  for (const deliver::Figure& figure : figures) {
    const std::string name = session.say(figure.name);
    const deliver::Column column{figure.id, figure.name, figure.kind, 2, 0, true};
    std::cout << name << std::string(widest + 2 - shown_width(name), ' ')
              << deliver::shown(figure.value, column, session.lang(), false) << "\n";
  }
  std::cout << "\n";
}

void print_plan_totals(const Session& session, const account::PlanRecord& plan, const app::PlanTotals& totals) {
  print_figures(session, app::plan_figures(plan, totals));
}

void print_plan_notes(const Session& session, const account::PlanRecord& plan, const market::Facts& facts) {
  for (const Text& note : app::plan_notes(plan, facts)) session.note(note);
}

}  // namespace destock::cli
