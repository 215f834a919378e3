#pragma once
// data/playbooks/<name>.toml → Playbook; data/words/playbook.toml → what its rules are called

#include "market/playbook.h"
#include "market/toml_file.h"

namespace destock::market {

Playbook read_playbook(const FactTable& root);
std::vector<RuleGroup> read_rule_words(const FactTable& root);

}  // namespace destock::market
