#include "world.h"

#include <string.h>

#define AMSTERDAM "Europe/Amsterdam"

World *world_new(void)
{
    World *world = g_new0(World, 1);
    world->zone = g_strdup(AMSTERDAM);
    world->workers = g_strdup("W1,Amina Bakkali\nW2,Jan de Vries\nW3,Jan Jansen");
    world->shifts = g_strdup("S1,C1,gardener,2026-11-30T08:00,2026-11-30T16:00,30,2,VCA\n"
                             "S2,C2,,2026-12-01T09:00,2026-12-01T13:00,0,1,\n"
                             "S3,C1,driver,2026-12-08T08:00,2026-12-08T12:00,0,1,RIJD;VCA");
    world->windows = g_strdup("");
    world->history = g_strdup("");
    world->published = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    world->revisions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    world->known = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    world->now_s = world_time(world, "2026-11-23T09:00");
    return world;
}

void world_free(World *world)
{
    g_free(world->zone);
    g_free(world->workers);
    g_free(world->shifts);
    g_free(world->windows);
    g_free(world->history);
    g_hash_table_unref(world->published);
    g_hash_table_unref(world->revisions);
    g_ptr_array_unref(world->known);
    pool_free(world->pool);
    g_free(world);
}

void world_set(char **text, const char *value)
{
    g_free(*text);
    *text = g_strdup(value);
}

int64_t world_time(const World *world, const char *local)
{
    g_autoptr(Zone) zone = zone_new(world->zone, NULL);
    int64_t at_min = 0;
    g_assert_true(zone_parse(zone, local, &at_min, NULL));
    return at_min * 60;
}

static int64_t minute(const World *world, const char *local)
{
    return world_time(world, local) / 60;
}

static guint worker_of(const World *world, const char *id)
{
    guint worker = 0;
    g_assert_true(pool_find_worker(world->pool, id, &worker));
    return worker;
}

/* The fields of the next line; NULL at the end. */
static GStrv next_line(char **at, guint fields)
{
    if (!*at || **at == '\0')
        return NULL;
    char *line = strsep(at, "\n");
    GStrv parts = g_strsplit(line, ",", -1);
    g_assert_cmpuint(g_strv_length(parts), ==, fields);
    return parts;
}

static void add_people(World *world)
{
    GError *error = NULL;
    g_autofree char *workers = g_strdup(world->workers);
    char *at = workers;
    for (GStrv parts; (parts = next_line(&at, 2)) != NULL; g_strfreev(parts)) {
        Worker worker = {.id = parts[0], .name = parts[1], .birth = day_from_civil(1990, 1, 1)};
        worker.contract_max = 40 * DECIMAL_ONE;
        pool_add_worker(world->pool, &worker, NULL, &error);
        g_assert_no_error(error);
    }
    g_autofree char *windows = g_strdup(world->windows);
    at = windows;
    for (GStrv parts; (parts = next_line(&at, 3)) != NULL; g_strfreev(parts)) {
        Window window = {minute(world, parts[1]), minute(world, parts[2]), WINDOW_UNAVAILABLE};
        pool_add_window(world->pool, worker_of(world, parts[0]), &window, &error);
        g_assert_no_error(error);
    }
    g_autofree char *history = g_strdup(world->history);
    at = history;
    for (GStrv parts; (parts = next_line(&at, 4)) != NULL; g_strfreev(parts)) {
        HistoryPiece piece = {parts[1], minute(world, parts[2]), minute(world, parts[3]), 0};
        pool_add_history(world->pool, worker_of(world, parts[0]), &piece, &error);
        g_assert_no_error(error);
    }
}

void world_build(World *world)
{
    GError *error = NULL;
    Prices prices = prices_default();
    pool_free(world->pool);
    world->pool = pool_new("west", "De Werker West", zone_new(world->zone, NULL), profile_new("nl-atw", NULL), &prices);
    Coop green = {.id = "C1",
                  .name = "Green Coop",
                  .sector = "green",
                  .address = "Plein 154, Amsterdam",
                  .contact = "c1@example.org",
                  .place = {52.375, 4.8125, TRUE}};
    Coop bare = {.id = "C2"};
    pool_add_coop(world->pool, &green, NULL, &error);
    pool_add_coop(world->pool, &bare, NULL, &error);
    g_assert_no_error(error);
    add_people(world);
    g_autofree char *shifts = g_strdup(world->shifts);
    char *at = shifts;
    for (GStrv parts; (parts = next_line(&at, 8)) != NULL; g_strfreev(parts)) {
        guint coop = 0;
        g_assert_true(pool_find_coop(world->pool, parts[1], &coop));
        Shift shift = {.id = parts[0],
                       .coop = coop,
                       .role = parts[2],
                       .start_min = minute(world, parts[3]),
                       .end_min = minute(world, parts[4]),
                       .break_min = (int32_t)g_ascii_strtoll(parts[5], NULL, 10),
                       .headcount = (int32_t)g_ascii_strtoll(parts[6], NULL, 10),
                       .certificates = pool_string_list(world->pool, parts[7]),
                       .team_certificates = pool_string_list(world->pool, "")};
        pool_add_shift(world->pool, &shift, NULL, &error);
        g_assert_no_error(error);
    }
    pool_close(world->pool);
}

Roster *world_roster(const World *world, const char *week, const char *pairs)
{
    IsoWeek iso_week;
    g_assert_true(iso_week_parse(week, &iso_week, NULL));
    Roster *roster = roster_new(iso_week, ROSTER_DRAFT, 0);
    g_auto(GStrv) list = g_strsplit(pairs, " ", -1);
    for (char **pair = list; *pair; pair++) {
        guint shift, worker;
        char *split = strrchr(*pair, '.');
        if (!split)
            continue;
        *split = '\0';
        /* As in a store, what names a shift or worker that is gone is gone. */
        if (pool_find_shift(world->pool, *pair, &shift) && pool_find_worker(world->pool, split + 1, &worker))
            roster_add(roster, shift, worker, FALSE);
    }
    return roster;
}

static void take_over(World *world, const Publication *publication)
{
    for (guint i = 0; i < publication->events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(publication->events, i);
        for (guint j = world->known->len; j-- > 0;) {
            const FeedEvent *old = g_ptr_array_index(world->known, j);
            if (old->kind == event->kind && strcmp(old->owner, event->owner) == 0 && strcmp(old->uid, event->uid) == 0)
                g_ptr_array_remove_index(world->known, j);
        }
        g_ptr_array_add(world->known, feed_event_copy(event));
    }
}

Publication *world_publish(World *world, const char *week, const char *pairs)
{
    world_build(world);
    g_autoptr(GPtrArray) rosters = g_ptr_array_new_with_free_func((GDestroyNotify)roster_free);
    GHashTableIter each;
    gpointer name, text;
    g_hash_table_iter_init(&each, world->published);
    while (g_hash_table_iter_next(&each, &name, &text))
        g_ptr_array_add(rosters, world_roster(world, name, text));
    g_autoptr(Roster) roster = world_roster(world, week, pairs);
    g_autoptr(Week) around = week_new(world->pool, roster->week, rosters);
    int revision = GPOINTER_TO_INT(g_hash_table_lookup(world->revisions, week)) + 1;
    PlanFigures figures = {.has_bound = TRUE, .cost_cents = 12345, .bound_cents = 12300, .status = "gap"};
    Publication *publication =
        publication_new(around, roster, around->published, revision, &figures, world->known, world->now_s);
    g_hash_table_replace(world->published, g_strdup(week), g_strdup(pairs));
    g_hash_table_replace(world->revisions, g_strdup(week), GINT_TO_POINTER(revision));
    take_over(world, publication);
    return publication;
}

void world_go(World *world, const char *week, const char *pairs)
{
    publication_free(world_publish(world, week, pairs));
}

const FeedEvent *find_event(const GPtrArray *events, const char *owner, const char *uid)
{
    g_autofree char *whole = g_strconcat(uid, "@west.rooster", NULL);
    for (guint i = 0; i < events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(events, i);
        if (strcmp(event->owner, owner) == 0 && strcmp(event->uid, whole) == 0)
            return event;
    }
    return NULL;
}

const Message *find_message(const Publication *publication, const char *topic)
{
    const Message *found = NULL;
    for (guint i = 0; i < publication->messages->len; i++) {
        const Message *message = g_ptr_array_index(publication->messages, i);
        if (strcmp(message->topic, topic) != 0)
            continue;
        g_assert_null(found);
        found = message;
    }
    return found;
}
