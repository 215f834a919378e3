#include "market/channel.h"

namespace destock::market {

const ChannelFee* fee_in_force(const Channel& channel, std::string_view marketplace, Date day, std::string_view event) {
  const ChannelFee* ordinary = nullptr;
  for (const ChannelFee& fee : channel.fees) {
    if (fee.marketplace != marketplace || !fee.in_force_on(day)) continue;
    if (!event.empty() && fee.event == event) return &fee;
    if (fee.event.empty()) ordinary = &fee;
  }
  return ordinary;
}

}  // namespace destock::market
