/* What the tests of a failing disk and of damaged files share: a store with something in every table, and every write.
 */
#ifndef TESTS_STORE_FAULT_CASE_H
#define TESTS_STORE_FAULT_CASE_H

#include "place.h"
#include "sketch.h"

TestPlace *fault_template_new(void);

/* All that a store holds (store_text) that is opened on the files as they lie there now, after a check. Caller frees.
 */
char *fault_text_of_killed(const TestPlace *place);

/* The calls that write, each once on a template; ended by a NULL name. */
typedef struct StoreWrite {
    const char *name;
    gboolean (*run)(Store *store, const Pool *pool, GError **error);
} StoreWrite;
extern const StoreWrite fault_writes[];

/* The one of the name. */
gboolean fault_write(const char *name, Store *store, const Pool *pool, GError **error);

#endif
