/* Outside material that some tests use where it is there: $ROOSTER_SHARED, else ../shared beside the source tree. */
#ifndef TEST_SHARED_H
#define TEST_SHARED_H

#include <glib.h>

/* The path of something in it; NULL, and the running test marked as skipped, where it is absent. Caller frees. */
char *test_shared(const char *below);

#endif
