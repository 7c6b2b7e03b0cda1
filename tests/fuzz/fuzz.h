/*
 * What a fuzz target defines: one call per input. It must neither crash, hang, leak nor keep anything from the call
 * before.
 */
#ifndef ROOSTER_TESTS_FUZZ_H
#define ROOSTER_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
