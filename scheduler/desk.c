#include "rooster/desk.h"

#include "rooster/hint.h"
#include "rooster/publish.h"
#include "rooster/sentence.h"

SENTENCE_ERRORS(desk_error)

static gboolean load(Desk *desk, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!store_version(desk->store, &desk->version, error))
        return FALSE;
    desk->pool = store_load_pool(desk->store, &reason);
    if (!desk->pool && g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        sentence_set_error(error, DESK_ERROR, DESK_ERROR_EMPTY,
                           "there is no pool yet; `rooster import DIR` brings one in");
        return FALSE;
    }
    if (!desk->pool) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    desk->published = store_load_published(desk->store, desk->pool, error);
    return desk->published != NULL;
}

gboolean desk_open(Desk *desk, Store *store, int64_t now_s, GError **error)
{
    *desk = (Desk){.store = store, .now_s = now_s};
    if (load(desk, error))
        return TRUE;
    desk_clear(desk);
    return FALSE;
}

gboolean desk_refresh(Desk *desk, GError **error)
{
    int64_t version = 0;
    if (!store_version(desk->store, &version, error))
        return FALSE;
    if (desk->pool && desk->published && version == desk->version)
        return TRUE;
    desk_clear(desk);
    return load(desk, error);
}

void desk_prepare(Desk *desk)
{
    enum { WEEKS_MOST = 2 }; /* the last ones: those that are still to come */
    for (guint i = 0; desk->published && i < MIN(WEEKS_MOST, desk->published->len); i++) {
        const Roster *roster = g_ptr_array_index(desk->published, desk->published->len - 1 - i);
        const SolveRecord *record;
        desk_published_record(desk, roster->week, &record, NULL);
    }
}

void desk_clear(Desk *desk)
{
    g_clear_pointer(&desk->records, g_ptr_array_unref);
    g_clear_pointer(&desk->published, g_ptr_array_unref);
    g_clear_pointer(&desk->pool, pool_free);
}

/* --- names */

typedef gboolean (*FindById)(const Pool *pool, const char *id, guint *index);

/* Every entity of the pool begins with its id. */
static gboolean find(const Desk *desk, const char *noun, const char *id, FindById find_by_id, const GArray *entities,
                     guint *index, GError **error)
{
    if (find_by_id(desk->pool, id, index))
        return TRUE;
    g_autoptr(GPtrArray) ids = g_ptr_array_sized_new(entities->len);
    gsize size = g_array_get_element_size((GArray *)entities);
    for (guint entity = 0; entity < entities->len; entity++)
        g_ptr_array_add(ids, *(gpointer *)(gpointer)(entities->data + entity * size));
    const char *meant = hint_nearest(id, (const char *const *)ids->pdata, ids->len);
    g_autofree char *hint = meant ? g_strdup_printf("; did you mean %s?", meant) : g_strdup("");
    sentence_set_error(error, DESK_ERROR, DESK_ERROR_UNKNOWN, "no %s %s in pool %s%s", noun, id, desk->pool->id, hint);
    return FALSE;
}

gboolean desk_worker(const Desk *desk, const char *id, guint *worker, GError **error)
{
    return find(desk, "worker", id, pool_find_worker, desk->pool->workers, worker, error);
}

gboolean desk_coop(const Desk *desk, const char *id, guint *coop, GError **error)
{
    return find(desk, "coop", id, pool_find_coop, desk->pool->coops, coop, error);
}

gboolean desk_shift(const Desk *desk, const char *id, guint *shift, GError **error)
{
    return find(desk, "shift", id, pool_find_shift, desk->pool->shifts, shift, error);
}

AuditEntry *desk_audit(const Desk *desk, const char *who, const char *what, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *detail = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    AuditEntry *entry = g_new0(AuditEntry, 1);
    *entry = (AuditEntry){.at_s = desk->now_s, .who = g_strdup(who), .what = g_strdup(what)};
    entry->detail = g_utf8_make_valid(detail, -1); /* a path may be any bytes */
    return entry;
}
