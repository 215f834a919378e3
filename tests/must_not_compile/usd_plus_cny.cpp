#include "base/money.h"
auto sum = destock::MoneyOf<"USD">(1) + destock::MoneyOf<"CNY">(2);
