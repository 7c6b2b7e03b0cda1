#include "ical/feed_folder.h"

#include "rooster/publish.h"

#include <errno.h>
#include <string.h>

typedef struct FeedFolder {
    const Pool *pool;
    const char *folder;
    FeedRender render;
    int64_t now_s;
    GHashTable *by_owner; /* "kind/owner" -> GPtrArray of FeedEvent: so a pool of thousands is not searched per feed */
    guint written;
} FeedFolder;

static char *owner_key(FeedKind kind, const char *owner)
{
    return g_strdup_printf("%s/%s", feed_kind_name(kind), owner);
}

static GHashTable *group_by_owner(const GPtrArray *events)
{
    GHashTable *by_owner = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < events->len; i++) {
        FeedEvent *event = g_ptr_array_index(events, i);
        g_autofree char *key = owner_key(event->kind, event->owner);
        GPtrArray *group = g_hash_table_lookup(by_owner, key);
        if (!group) {
            group = g_ptr_array_new();
            g_hash_table_insert(by_owner, g_steal_pointer(&key), group);
        }
        g_ptr_array_add(group, event);
    }
    return by_owner;
}

/*
 * An id as a file name. Ids have no "/" (id_is_valid), but may be "." or "..", or start with a dot, which hides a file
 * from web servers and people; "%" is written out too, so that no two ids share a file.
 */
static char *safe_file_name(const char *id)
{
    GString *name = g_string_new(NULL);
    for (const char *at = id; *at; at++) {
        if (*at == '%' || *at == '/' || (*at == '.' && at == id))
            g_string_append_printf(name, "%%%02X", (guint)*at);
        else
            g_string_append_c(name, *at);
    }
    g_string_append(name, ".ics");
    return g_string_free(name, FALSE);
}

static gboolean has_text(const char *path, const char *text)
{
    g_autofree char *held = NULL;
    gsize length = 0;
    return g_file_get_contents(path, &held, &length, NULL) && length == strlen(text) && memcmp(held, text, length) == 0;
}

static gboolean write_feed(FeedFolder *to, FeedKind kind, const char *owner, const char *path, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autofree char *key = owner_key(kind, owner);
    const GPtrArray *events = g_hash_table_lookup(to->by_owner, key);
    Feed *feed = feed_new(to->pool, kind, owner, events ? events : none, to->now_s);
    g_autofree char *text = to->render(feed, error);
    feed_free(feed);
    if (!text) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    if (has_text(path, text))
        return TRUE;
    g_autoptr(GError) cause = NULL;
    /* Written beside, synced, renamed: a calendar program reads the old feed or the new one, never a half. 0640: it is
     * personal. */
    if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0640,
                                  &cause)) {
        g_set_error(error, FEED_ERROR, FEED_ERROR_WRITE, "cannot write the feed %s: %s", path, cause->message);
        return FALSE;
    }
    to->written++;
    return TRUE;
}

static gboolean write_owned(FeedFolder *to, FeedKind kind, const char *owner, GError **error)
{
    g_autofree char *name = safe_file_name(owner);
    g_autofree char *path = g_build_filename(to->folder, feed_kind_name(kind), name, NULL);
    return write_feed(to, kind, owner, path, error);
}

static gboolean make_folder(const char *folder, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_mkdir_with_parents(path, 0750) == 0)
        return TRUE;
    g_set_error(error, FEED_ERROR, FEED_ERROR_WRITE, "cannot make the feed folder %s: %s", path, g_strerror(errno));
    return FALSE;
}

static gboolean write_all(FeedFolder *to, GError **error)
{
    const Pool *pool = to->pool;
    if (!make_folder(to->folder, feed_kind_name(FEED_WORKER), error) ||
        !make_folder(to->folder, feed_kind_name(FEED_COOP), error))
        return FALSE;
    for (guint worker = 0; worker < pool->workers->len; worker++)
        if (!write_owned(to, FEED_WORKER, pool_worker(pool, worker)->id, error))
            return FALSE;
    for (guint coop = 0; coop < pool->coops->len; coop++)
        if (!write_owned(to, FEED_COOP, pool_coop(pool, coop)->id, error))
            return FALSE;
    g_autofree char *open = g_build_filename(to->folder, "open.ics", NULL);
    return write_feed(to, FEED_OPEN, "", open, error);
}

gboolean feed_folder_write(const Pool *pool, const GPtrArray *events, const char *folder, FeedRender render,
                           int64_t now_s, guint *written, GError **error)
{
    FeedFolder to = {pool, folder, render, now_s, group_by_owner(events), 0};
    gboolean is_done = write_all(&to, error);
    g_hash_table_unref(to.by_owner);
    if (written)
        *written = to.written;
    return is_done;
}
