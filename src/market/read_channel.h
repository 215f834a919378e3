#pragma once
// data/channels/<id>.toml → Channel

#include "market/channel.h"
#include "market/toml_file.h"

namespace destock::market {

Channel read_channel(const FactTable& root);

}  // namespace destock::market
