#include "base/money.h"
auto sum = destock::MoneyOf<"USD">(1) + destock::MoneyOf<"USD">(2);
