#pragma once
// data/playbooks/<name>.toml → Playbook

#include "market/playbook.h"
#include "market/toml_file.h"

namespace destock::market {

Playbook read_playbook(const FactTable& root);

}  // namespace destock::market
