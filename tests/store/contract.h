/*
 * What rooster/store.h promises, as tests that every store passes. An adapter's test program hands in how to make,
 * reopen and remove a store, and is done.
 */
#ifndef TESTS_STORE_CONTRACT_H
#define TESTS_STORE_CONTRACT_H

#include "rooster/store.h"

typedef struct StoreAdapter {
    const char *name;
    Store *(*make)(void);          /* an empty one */
    Store *(*again)(Store *store); /* closed and opened again where it outlives its handle; else as it is */
    void (*remove)(Store *store);
    Store *(*open)(void); /* the running test's, which was closed; NULL if a store is gone with its handle */
} StoreAdapter;

void store_contract_add(const StoreAdapter *adapter);

typedef struct ContractFixture {
    Store *store;
    Pool *pool; /* saved: 4 workers, 6 shifts a week */
} ContractFixture;

typedef struct ContractTest {
    const char *name;
    void (*run)(ContractFixture *fixture, gconstpointer adapter);
} ContractTest;

/* The themes; each ends with an empty entry. */
extern const ContractTest contract_pool_tests[], contract_roster_tests[], contract_outbox_tests[],
    contract_transaction_tests[], contract_service_tests[], contract_case_tests[];

/* Closes and opens again: what is not in the store by now is lost. */
void contract_again(ContractFixture *fixture, gconstpointer adapter);

void contract_publish(ContractFixture *fixture, IsoWeek week, int revision, const char *assignments, const char *tag);
/* A step on top of the newest. */
void contract_step(ContractFixture *fixture, IsoWeek week, const char *assignments, const char *detail);
/* The draft or published roster is "s0:w1 ..."; NULL: there is none. */
void contract_expect_draft(ContractFixture *fixture, IsoWeek week, const char *assignments);
void contract_expect_published(ContractFixture *fixture, IsoWeek week, int revision, const char *assignments);

/* `call` (with &error) fails with the code and changes nothing. */
#define EXPECT_REFUSED(fixture, CODE, call)                                                                            \
    do {                                                                                                               \
        g_autofree char *before_ = store_text((fixture)->store);                                                       \
        g_autoptr(GError) error = NULL;                                                                                \
        g_assert_false(call);                                                                                          \
        g_assert_error(error, STORE_ERROR, CODE);                                                                      \
        g_autofree char *after_ = store_text((fixture)->store);                                                        \
        g_assert_cmpstr(after_, ==, before_);                                                                          \
    } while (0)

#define EXPECT_DONE(call)                                                                                              \
    do {                                                                                                               \
        g_autoptr(GError) error = NULL;                                                                                \
        gboolean is_done_ = (call);                                                                                    \
        g_assert_no_error(error);                                                                                      \
        g_assert_true(is_done_);                                                                                       \
    } while (0)

#endif
