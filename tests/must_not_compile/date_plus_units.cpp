#include "base/date.h"
auto day = destock::make_date(2026, 1, 5) + 14;
