/* A desk with a small pool in a store in memory, and requests to it. */
#ifndef TESTS_ACTS_DESK_CASE_H
#define TESTS_ACTS_DESK_CASE_H

#include "rooster/act.h"
#include "sketch.h"

#define CASE_NOW_S (INT64_C(20780) * 86400)

typedef struct DeskCase {
    Store *store;
    Desk desk;
} DeskCase;

void desk_case_open(DeskCase *test, gconstpointer unused);
void desk_case_close(DeskCase *test, gconstpointer unused);

extern const Actor case_planner, case_worker, case_coop; /* of worker w0, of coop c0 */

/* JSON of the text, which must be some. The caller decrefs. */
json_t *case_json(const char *text);

/* The pool is saved again, as another process might at any moment: its version is another one then. */
void case_disturb(Store *store);
/* How many messages ever went into the outbox. */
guint case_messages(Store *store);

/* One test of the desk. */
#define DESK_TEST(path, run) g_test_add(path, DeskCase, NULL, desk_case_open, run, desk_case_close)

#endif
