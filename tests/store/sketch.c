#include "sketch.h"

#include <string.h>

/* --- pools */

static void worker_fill(Pool *pool, guint worker)
{
    const Worker *who = pool_worker(pool, worker);
    int64_t monday = iso_week_start(pool->zone, WEEK_49);
    Certificate held[] = {{"VCA", DAY_MIN, DAY_MAX, CERTIFICATE_HOLDER},
                          {"BHV", 20000, 21000, CERTIFICATE_LEARNER},
                          {"VCA", 19000, DAY_MAX, CERTIFICATE_LEARNER},
                          {"kitchen, \"hot\"", DAY_MIN, 20999, CERTIFICATE_HOLDER}};
    for (guint i = 0; i < G_N_ELEMENTS(held) && i <= worker; i++)
        g_assert_true(pool_add_certificate(pool, worker, &held[i], NULL));
    for (int i = 0; i < 3; i++) {
        int64_t start_min = monday + i * 1440 - (int64_t)worker;
        Window window = {start_min, start_min + 60 + i, (WindowKind)i};
        Preference preference = {(guint)(2 - i), (PreferenceKind)i};
        /* With credited time, and a coop that the pool does not know. */
        HistoryPiece piece = {i == 0   ? ""
                              : i == 1 ? "c0"
                                       : "gone",
                              start_min - 30 * 1440, start_min - 30 * 1440 + 480, i * 15};
        g_assert_true(pool_add_window(pool, worker, &window, NULL));
        g_assert_true(pool_add_preference(pool, worker, &preference, NULL));
        g_assert_true(pool_add_history(pool, worker, &piece, NULL));
    }
    const WorkerRule rules[] = {{"max_weekends", "1"}, {"forbidden_after_late", "early;day"}, {"min_days_off", "off"}};
    for (guint i = 0; i < G_N_ELEMENTS(rules) && i < worker; i++)
        g_assert_true(pool_add_worker_rule(pool, worker, &rules[i], NULL));
    g_assert_nonnull(who->id);
}

static void shift_fill(Pool *pool, const char *prefix, IsoWeek week, guint number)
{
    g_autofree char *id = g_strdup_printf("%s%u", prefix, number);
    int64_t start_min = iso_week_start(pool->zone, week) + (int64_t)(number % 7) * 1440 + 8 * 60;
    const char *each[] = {"VCA", "BHV", NULL}, *team[] = {"BHV", NULL};
    Shift shift = {.id = id,
                   .role = number % 2 ? "cook" : "",
                   .coop = number % 3,
                   .start_min = start_min,
                   .end_min = start_min + 300 + number,
                   .break_min = (int32_t)(number % 20),
                   .headcount = (int32_t)(number % 4),
                   .certificates = number % 3 ? each : NULL,
                   .team_certificates = number % 2 ? team : NULL,
                   .priority = (Priority)(number % PRIORITIES)};
    g_assert_true(pool_add_shift(pool, &shift, NULL, NULL));
}

Pool *sketch_pool(guint workers, guint shifts)
{
    Prices prices = prices_default();
    g_assert_true(prices_set(&prices, "travel_km", "0.3333", NULL));
    g_assert_true(prices_set(&prices, "idle_far_hours", "7.5", NULL));
    RuleProfile *profile = profile_new("nl-atw", NULL);
    g_assert_true(profile_override(profile, "week_start", "sunday", NULL));
    g_assert_true(profile_override(profile, "max_consecutive_days", "5", NULL));
    Pool *pool =
        pool_new("nieuw-west", "De Werker 'Nieuw-West'; \"één\"", zone_new("Europe/Amsterdam", NULL), profile, &prices);
    pool->accept = ACCEPT_AUTO;
    pool->swaps = ACCEPT_AUTO;
    Coop coops[] = {
        {.id = "c2", .name = "Keuken", .place = {52.3702157, 4.8951679, TRUE}, .rate = 312345},
        {.id = "c0", .name = "Groen", .sector = "green", .address = "Sloterpark 1\nAmsterdam", .contact = "Zoë"},
        {.id = "Ω 1", .name = "", .place = {-0.1, 1e-9, TRUE}}};
    for (guint i = 0; i < G_N_ELEMENTS(coops); i++)
        g_assert_true(pool_add_coop(pool, &coops[i], NULL, NULL));
    /* Ids fall while positions rise, so that an order by id would show. */
    for (guint i = 0; i < workers; i++) {
        g_autofree char *id = g_strdup_printf("w%u", workers - 1 - i);
        Worker worker = {.id = id,
                         .name = i % 2 ? "Amina 'A' \"B\"" : "",
                         .language = "nl",
                         .birth = (Day)(5000 + i),
                         .contract_min = 160000,
                         .contract_max = 367500,
                         .hourly_cost = 235001,
                         .place = {52.0 + 1.0 / (3 + i), 4.9, i % 3 != 0}};
        if (i % 3 == 0)
            worker.place = (Place){0};
        g_assert_true(pool_add_worker(pool, &worker, NULL, NULL));
        worker_fill(pool, i);
    }
    for (guint i = shifts; i-- > 0;) {
        shift_fill(pool, "s", WEEK_49, i);
        shift_fill(pool, "l", WEEK_50, i);
    }
    pool_close(pool);
    return pool;
}

static Pool *closed(Pool *pool)
{
    pool_close(pool);
    return pool;
}

Pool *sketch_without_worker(const Pool *pool, const char *id)
{
    Pool *copy = pool_copy_settings(pool);
    for (guint i = 0; i < pool->coops->len; i++)
        g_assert_true(pool_add_coop(copy, pool_coop(pool, i), NULL, NULL));
    for (guint i = 0; i < pool->workers->len; i++)
        if (!g_str_equal(pool_worker(pool, i)->id, id))
            g_assert_true(pool_copy_worker(copy, pool_worker(pool, i), NULL, NULL));
    for (guint i = 0; i < pool->shifts->len; i++)
        g_assert_true(pool_add_shift(copy, pool_shift(pool, i), NULL, NULL));
    return closed(copy);
}

/* by_min: how far the shift moves; G_MAXINT64: out of the pool. */
static Pool *shift_changed(const Pool *pool, const char *id, int64_t by_min)
{
    Pool *copy = pool_copy_people(pool);
    for (guint i = 0; i < pool->shifts->len; i++) {
        Shift shift = *pool_shift(pool, i);
        gboolean is_it = g_str_equal(shift.id, id);
        if (is_it && by_min == G_MAXINT64)
            continue;
        shift.start_min += is_it ? by_min : 0;
        shift.end_min += is_it ? by_min : 0;
        g_assert_true(pool_add_shift(copy, &shift, NULL, NULL));
    }
    return closed(copy);
}

Pool *sketch_without_shift(const Pool *pool, const char *id)
{
    return shift_changed(pool, id, G_MAXINT64);
}

Pool *sketch_with_shift_moved(const Pool *pool, const char *id, int64_t by_min)
{
    return shift_changed(pool, id, by_min);
}

/* --- rosters and what follows from them */

Roster *sketch_roster(const Pool *pool, IsoWeek week, RosterState state, int revision, const char *assignments)
{
    Roster *roster = roster_new(week, state, revision);
    g_auto(GStrv) words = g_strsplit(assignments, " ", -1);
    for (char **word = words; *word && **word; word++) {
        g_auto(GStrv) pair = g_strsplit(*word, ":", 2);
        gboolean is_pinned = g_str_has_suffix(pair[1], "!");
        guint shift, worker;
        pair[1][strcspn(pair[1], "!")] = '\0';
        g_assert_true(pool_find_shift(pool, pair[0], &shift));
        g_assert_true(pool_find_worker(pool, pair[1], &worker));
        roster_add(roster, shift, worker, is_pinned);
    }
    return roster;
}

PlanFigures sketch_figures(int64_t cost_cents)
{
    return (PlanFigures){TRUE, cost_cents, cost_cents - 77, "gap", 1.0 / 3};
}

AuditEntry sketch_audit(const char *what, const char *detail)
{
    static int64_t now_s = 1795996800;
    return (AuditEntry){++now_s, (char *)"cli:anna", (char *)what, (char *)detail};
}

FeedEvent *sketch_event(FeedKind kind, const char *owner, const char *uid, int64_t start_min)
{
    FeedEvent event = {.kind = kind,
                       .owner = (char *)owner,
                       .uid = (char *)uid,
                       .shift = (char *)"s0",
                       .week = WEEK_49,
                       .start_min = start_min,
                       .end_min = start_min + 480,
                       .created_s = 1795996800,
                       .modified_s = 1795996801,
                       .sequence = 3,
                       .is_cancelled = kind == FEED_COOP,
                       .summary = (char *)"Keuken; \"één\"",
                       .location = (char *)"",
                       .description = (char *)"line one\nline two",
                       .category = (char *)"kitchen",
                       .place = {52.1, 4.75, kind == FEED_WORKER}};
    if (!event.place.is_known)
        event.place = (Place){0};
    return feed_event_copy(&event);
}

Publication *sketch_publication(const Pool *pool, IsoWeek week, int revision, const char *assignments, const char *tag)
{
    Publication *publication = g_new0(Publication, 1);
    publication->roster = sketch_roster(pool, week, ROSTER_PUBLISHED, revision, assignments);
    publication->figures = sketch_figures(1000 * revision);
    publication->events = g_ptr_array_new_with_free_func((GDestroyNotify)feed_event_free);
    publication->messages = g_ptr_array_new_with_free_func((GDestroyNotify)message_free);
    for (guint i = 0; i < publication->roster->assignments->len; i++) {
        const Assignment *at = roster_at(publication->roster, i);
        const char *shift = pool_shift(pool, at->shift)->id, *worker = pool_worker(pool, at->worker)->id;
        g_autofree char *uid = g_strdup_printf("%s-%s@test", shift, worker);
        g_autofree char *id = g_strdup_printf("%s-%s-%s", tag, shift, worker);
        g_autofree char *passing = g_strconcat(id, "-event", NULL);
        g_autofree char *topic = g_strdup_printf("worker/%s/roster", worker);
        g_autofree char *events = g_strdup_printf("worker/%s/events", worker);
        g_autofree char *body = g_strdup_printf("{\"revision\":%d,\"shift\":\"%s\"}", revision, shift);
        g_ptr_array_add(publication->events,
                        sketch_event(FEED_WORKER, worker, uid, pool_shift(pool, at->shift)->start_min));
        g_ptr_array_add(publication->messages, message_new(id, topic, body, TRUE, 1795996800));
        g_ptr_array_add(publication->messages, message_new(passing, events, body, FALSE, 1795996800));
    }
    return publication;
}

GPtrArray *sketch_publications(Publication *publication)
{
    GPtrArray *publications = g_ptr_array_new_with_free_func((GDestroyNotify)publication_free);
    if (publication)
        g_ptr_array_add(publications, publication);
    return publications;
}
