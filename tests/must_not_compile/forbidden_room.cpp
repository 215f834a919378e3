// base may use no other room: the include path shows it none.
#include "market/facts.h"
