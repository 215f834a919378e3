#pragma once
// The flags of a diagnosis, and why it differs from Amazon's own opinion.

#include "health/diagnose.h"

namespace destock::health {

std::vector<Flag> flags_of(const account::Account& account, const Diagnosis& diagnosis, const market::Playbook& playbook);
Text difference_from_amazon(const account::Account& account, const Diagnosis& diagnosis, const market::Playbook& playbook);
// P0: the surcharge is paid already, or dead stock; P1: excess above twice the healthy ratio, or units near the surcharge;
// P2: excess or aged over 90 days, or stockout risk; P3: the rest.
int priority_of(const Diagnosis& diagnosis, Date as_of);

} // namespace destock::health
