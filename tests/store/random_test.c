/* Random histories of calls: SQLite and memory give the same answers and hold the same, after every call. */
#include "contract.h"
#include "memory_store.h"
#include "place.h"
#include "sketch.h"
#include "store/sqlite_store.h"

#include <string.h>

typedef struct Call {
    Pool *pool;   /* what the caller believes the pool to be; sometimes it no longer is */
    Pool *before; /* what it is; NULL if there is none yet */
    AuditEntry audit;
    guint kind, workers, shifts;
    IsoWeek week;
    int revision, step;
    int64_t sequence;
    char *assignments, *tag;
} Call;

static char *assignments_random(const Pool *pool, IsoWeek week)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < pool->shifts->len; i++)
        if (pool_shift(pool, i)->week.monday == week.monday && pool->workers->len > 0 && g_test_rand_bit())
            g_string_append_printf(text, "%s%s:%s%s", text->len ? " " : "", pool_shift(pool, i)->id,
                                   pool_worker(pool, (guint)g_test_rand_int_range(0, (gint32)pool->workers->len))->id,
                                   g_test_rand_bit() ? "!" : "");
    return g_string_free(text, FALSE);
}

/* The result as a text: "done" or the error's code. */
static char *answer(gboolean is_done, GError **error)
{
    char *text = is_done ? g_strdup("done") : g_strdup_printf("refused %d", (*error)->code);
    g_clear_error(error);
    return text;
}

/* As a change of what is stored, or where nothing is, whole. */
static gboolean change_or_save(Store *store, const Call *call, const Pool *pool, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    if (!call->before)
        return store_save_pool(store, pool, none, FALSE, &call->audit, error);
    return store_begin(store, error) && store_change_pool(store, pool, call->before, &call->audit, error) &&
           store_commit(store, error);
}

static char *call_make(Store *store, const Call *call, Pool *new_pool)
{
    GError *error = NULL;
    PlanFigures figures = sketch_figures(call->step * 100 + call->revision);
    g_autoptr(Publication) publication = NULL;
    g_autoptr(GPtrArray) publications = NULL;
    g_autoptr(Roster) draft = NULL;
    g_autofree char *undone = NULL;
    int64_t count;
    switch (call->kind) {
    case 0:
    case 1:
        publications = sketch_publications(g_str_has_suffix(call->tag, "7")
                                               ? sketch_publication(new_pool, call->week, call->revision, "", call->tag)
                                               : NULL);
        return answer(store_save_pool(store, new_pool, publications, call->kind == 1 && call->step % 3 == 0,
                                      &call->audit, &error),
                      &error);
    case 2:
    case 3:
        publication = sketch_publication(call->pool, call->week, call->revision, call->assignments, call->tag);
        return answer(store_publish(store, call->pool, publication, &call->audit, &error), &error);
    case 4:
        if (!store_undo_draft(store, call->week, &call->audit, &undone, &error))
            return answer(FALSE, &error);
        return g_steal_pointer(&undone);
    case 5:
        return answer(store_outbox_delivered(store, call->sequence, 5, &error), &error);
    case 6:
        return answer(store_outbox_dead(store, call->sequence, 5, "no", &error), &error);
    case 7:
        return answer(store_outbox_revive(store, &count, &error), &error);
    case 8:
        return answer(change_or_save(store, call, new_pool, &error), &error);
    default:
        draft = sketch_roster(call->pool, call->week, ROSTER_DRAFT, call->revision - 1, call->assignments);
        return answer(store_save_draft(store, call->pool, draft, &figures, call->step % 3 ? call->tag : NULL,
                                       call->step, &call->audit, &error),
                      &error);
    }
}

static void test_histories(void)
{
    int rounds = g_test_thorough() ? 2000 : 250, refused = 0;
    g_autoptr(TestPlace) place = test_place_new();
    Store *sqlite = test_place_store(place);
    g_autoptr(Store) memory = memory_store_new();
    Pool *known = sketch_pool(3, 4);
    for (int round = 0; round < rounds; round++) {
        IsoWeek week = g_test_rand_bit() ? WEEK_49 : WEEK_50;
        gboolean is_stale = g_test_rand_int_range(0, 8) == 0;
        g_autofree char *tag = g_strdup_printf("t%d", round), *assignments = assignments_random(known, week);
        g_autoptr(Pool) before = store_load_pool(memory, NULL);
        Call call = {.pool = known,
                     .before = before,
                     .audit = sketch_audit("do", tag),
                     .kind = (guint)g_test_rand_int_range(0, 15),
                     .week = week,
                     .revision = store_last_revision(memory, week, NULL) + (is_stale ? g_test_rand_int_range(0, 3) : 1),
                     .step = store_draft_step(memory, week, NULL) - (is_stale ? 1 : 0),
                     .sequence = g_test_rand_int_range(0, 60),
                     .assignments = assignments,
                     .tag = tag};
        g_autoptr(Pool) grown = sketch_pool((guint)g_test_rand_int_range(2, 6), (guint)g_test_rand_int_range(1, 8));
        g_autoptr(Pool) new_pool = g_test_rand_bit()
                                       ? sketch_without_worker(grown, "w1")
                                       : sketch_with_shift_moved(grown, "s0", g_test_rand_bit() ? 7 * 1440 : 60);
        g_autofree char *from_memory = call_make(memory, &call, new_pool),
                        *from_sqlite = call_make(sqlite, &call, new_pool);
        if (!g_str_equal(from_sqlite, from_memory))
            g_error("call %d of kind %u: sqlite says %s, memory %s", round, call.kind, from_sqlite, from_memory);
        g_autofree char *in_memory = store_text(memory), *in_sqlite = store_text(sqlite);
        if (!g_str_equal(in_sqlite, in_memory))
            g_error("after call %d of kind %u (%s):\n--- sqlite\n%s--- memory\n%s", round, call.kind, from_sqlite,
                    in_sqlite, in_memory);
        refused += g_str_has_prefix(from_sqlite, "refused");
        /* Three times out of four the caller reads the pool again after it changed. */
        if ((call.kind <= 1 || call.kind == 8) && g_str_equal(from_memory, "done") && g_test_rand_int_range(0, 4) > 0) {
            pool_free(known);
            known = store_load_pool(memory, NULL);
        }
        if (round % 50 == 49) {
            EXPECT_DONE(sqlite_store_check(sqlite, &error));
            store_close(sqlite);
            sqlite = test_place_open(place->path);
        }
    }
    g_test_message("%d calls, %d refused", rounds, refused);
    g_assert_cmpint(refused, >, rounds / 20);
    g_assert_cmpint(refused, <, rounds * 2 / 3);
    pool_free(known);
    store_close(sqlite);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/random/sqlite-and-memory-agree", test_histories);
    return g_test_run();
}
