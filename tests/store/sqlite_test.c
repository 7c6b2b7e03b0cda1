#include "contract.h"

#include "place.h"
#include "store/sqlite_store.h"

static TestPlace *place;
static GPtrArray *earlier; /* places of stores that one test uses beside another */

static Store *make(void)
{
    if (place)
        g_ptr_array_add(earlier, place);
    place = test_place_new();
    return test_place_store(place);
}

static Store *again(Store *store)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(sqlite_store_check(store, &error));
    g_assert_no_error(error);
    store_close(store);
    return test_place_open(place->path);
}

static Store *open_again(void)
{
    return test_place_open(place->path);
}

static void remove_store(Store *store)
{
    store_close(store);
    test_place_free(place);
    place = earlier->len ? g_ptr_array_steal_index(earlier, earlier->len - 1) : NULL;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    earlier = g_ptr_array_new();
    static const StoreAdapter sqlite = {"sqlite", make, again, remove_store, open_again};
    store_contract_add(&sqlite);
    int result = g_test_run();
    g_ptr_array_unref(earlier);
    return result;
}
