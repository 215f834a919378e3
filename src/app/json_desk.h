#pragma once
// The JSON and the tables of what people carry out: this week, decisions, files, what came of it.

#include <limits>

#include "app/carry_out.h"
#include "app/decisions.h"
#include "app/json.h"
#include "app/track.h"
#include "app/trials.h"

namespace destock::app {

Json todo_item_json(const TodoItem& item, Lang lang);
// At most `most` actions, the most gain first; `total` says how many there are.
Json todo_json(const Todo& list, Lang lang, size_t most = std::numeric_limits<size_t>::max());
deliver::Table todo_table(const Todo& list);

Json trials_json(const TrialsMade& made, Lang lang);
Json decided_json(const ActionsDecided& decided, Lang lang);
Json log_json(const std::vector<LogRow>& rows, Lang lang);
deliver::Table log_table(const std::vector<LogRow>& rows);

Json written_file_json(const account::WrittenFile& file);
Json carried_out_json(const CarriedOut& done, Lang lang);

Json track_json(const Track& track, Lang lang, size_t most = SIZE_MAX);  // actions; all of them are counted
deliver::Table track_table(const Track& track);
// "Of 31,219 planned by now, 27,400 came: …"
Text track_sentence(const TrackTotals& totals);

}  // namespace destock::app
