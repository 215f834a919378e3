#pragma once
// The flags of a diagnosis, and why it differs from Amazon's own opinion.

#include "health/diagnose.h"

namespace destock::health {

// What a reader should know beside the figures; ids are stable, texts are shown. Made when they are shown: a diagnosis
// of 100,000 SKUs writes no sentences.
struct Flag {
  std::string_view id;
  Text text;
};

std::vector<Flag> flags_of(const account::Account& account, const Diagnosis& diagnosis,
                           const market::Playbook& playbook);
// Why our excess is not Amazon's; empty where both agree or Amazon is silent.
Text difference_from_amazon(const account::Account& account, const Diagnosis& diagnosis,
                            const market::Playbook& playbook);
// P0: the surcharge is paid already, or dead stock; P1: excess above twice the healthy ratio, units near the
// surcharge, or stock above what sells until its season ends; P2: excess or aged over 90 days, or stockout risk; P3:
// the rest.
int priority_of(const Diagnosis& diagnosis, Date as_of, const market::AccountRule& rule);

}  // namespace destock::health
