#include "market/channel.h"

namespace destock::market {

const ChannelFee* fee_in_force(const Channel& channel, std::string_view marketplace, Date day) {
  for (const ChannelFee& fee : channel.fees)
    if (fee.marketplace == marketplace && fee.in_force_on(day)) return &fee;
  return nullptr;
}

}  // namespace destock::market
