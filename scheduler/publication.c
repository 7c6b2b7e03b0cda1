#include "publication.h"

#include <string.h>

static char *event_key(FeedKind kind, const char *owner, const char *uid)
{
    return g_strdup_printf("%d\n%s\n%s", (int)kind, owner, uid);
}

const FeedEvent *publishing_known(const Publishing *publishing, FeedKind kind, const char *owner, const char *uid)
{
    g_autofree char *key = event_key(kind, owner, uid);
    return g_hash_table_lookup(publishing->known_by_key, key);
}

char *publication_domain(const Pool *pool)
{
    return g_strdup_printf("%s.rooster", pool->id);
}

const char *worker_full_name(const Worker *worker)
{
    return *worker->name ? worker->name : worker->id;
}

char *worker_first_name(const Worker *worker)
{
    const char *name = worker_full_name(worker);
    return g_strndup(name, strcspn(name, " \t"));
}

Publication *publication_new(const Week *week, const Roster *roster, const Roster *published, int revision,
                             const PlanFigures *figures, const GPtrArray *known, int64_t now_s)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    Publishing publishing = {
        .week = week,
        .pool = week->pool,
        .roster = roster,
        .published = published,
        .revision = revision,
        .figures = figures,
        .now_s = now_s,
        .known = known ? known : none,
        .known_by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .events = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free),
    };
    for (guint i = 0; i < publishing.known->len; i++) {
        FeedEvent *event = g_ptr_array_index(publishing.known, i);
        g_hash_table_replace(publishing.known_by_key, event_key(event->kind, event->owner, event->uid), event);
    }
    publication_add_events(&publishing);

    Publication *publication = g_new0(Publication, 1);
    publication->roster = roster_copy(roster);
    publication->roster->state = ROSTER_PUBLISHED;
    publication->roster->revision = revision;
    publication->figures = *figures;
    publication->messages = publication_messages(&publishing);
    publication->events = publishing.events;
    g_hash_table_unref(publishing.known_by_key);
    return publication;
}
