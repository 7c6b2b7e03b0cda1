#include "contract.h"

#include "memory_store.h"

static Store *again(Store *store)
{
    return store;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const StoreAdapter memory = {"memory", memory_store_new, again, store_close, NULL};
    store_contract_add(&memory);
    return g_test_run();
}
