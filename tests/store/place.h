/* A folder of its own for one test, and a store in it. */
#ifndef TESTS_STORE_PLACE_H
#define TESTS_STORE_PLACE_H

#include "rooster/store.h"

typedef struct TestPlace {
    char *folder, *path; /* path: "FOLDER/rooster.db" */
} TestPlace;

TestPlace *test_place_new(void);
/* Removes the folder and all in it. */
void test_place_free(TestPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestPlace, test_place_free)

/* A store made in the place, and opened. */
Store *test_place_store(const TestPlace *place);
Store *test_place_open(const char *path);
/* The files as a killed process or a dead machine would leave them now: copied, without shared memory. */
TestPlace *test_place_copy(const TestPlace *place);
/* Of every file in the folder: its name, size and contents' checksum; shared memory aside, which says nothing lasting.
 */
char *test_place_text(const TestPlace *place);

#endif
