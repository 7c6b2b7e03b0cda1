/*
 * Cases as lines of a text file, so that a planner can read and add them: what is planned, what is around it, what is
 * expected and why, separated by bars. The words of the first two are those of tests/support/test_pool.h.
 */
#ifndef TEST_CASES_H
#define TEST_CASES_H

#include <glib.h>

typedef struct Case {
    char *place; /* "rest.txt:14" */
    char *planned, *around, *expected, *reason;
} Case;

/* Adds a test /theme/reason for each case of tests/scheduler/cases/FILE. */
void cases_add(const char *theme, const char *file, GTestDataFunc test);
/* The cases of a file, to look at them all. Of Case; caller unrefs. */
GPtrArray *cases_read(const char *file);

/* Fails the test with the case, what was expected and what came. */
#define case_fail(example, got)                                                                                        \
    (g_test_fail_printf("%s: %s\n  planned:  %s\n  around:   %s\n  expected: %s\n  got:      %s", (example)->place,    \
                        (example)->reason, (example)->planned, (example)->around, (example)->expected, got))

#endif
