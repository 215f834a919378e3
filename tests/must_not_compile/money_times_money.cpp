#include "base/money.h"
auto product = destock::Money::of("1", "USD") * destock::Money::of("2", "USD");
