#pragma once
// DESTOCK_WIDE before a function of loops over many numbers: made for wide vectors too, taken where the processor has
// them. Not under sanitizers, whose own set-up comes after the choice between the versions.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define DESTOCK_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DESTOCK_WIDE
#endif
