#include "sketch.h"

/* Everything is written, nothing is rounded: two pools are equal when their texts are. */

static void place_append(GString *text, const Place *place)
{
    if (place->is_known)
        g_string_append_printf(text, " at %a %a", place->latitude, place->longitude);
    g_string_append_c(text, '\n');
}

static void list_append(GString *text, const char *name, const char **list)
{
    g_string_append_printf(text, "  %s:", name);
    for (; *list; list++)
        g_string_append_printf(text, " '%s'", *list);
    g_string_append_c(text, '\n');
}

static void worker_append(GString *text, const Pool *pool, const Worker *worker)
{
    g_string_append_printf(
        text, "worker '%s' '%s' '%s' born %d, %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " h, %" G_GINT64_FORMAT,
        worker->id, worker->name, worker->language, worker->birth, worker->contract_min, worker->contract_max,
        worker->hourly_cost);
    place_append(text, &worker->place);
    for (guint i = 0; i < worker->certificates->len; i++) {
        const Certificate *held = &g_array_index(worker->certificates, Certificate, i);
        g_string_append_printf(text, "  holds '%s' %d..%d %s\n", held->name, held->valid_from, held->valid_until,
                               certificate_level_name(held->level));
    }
    for (guint i = 0; i < worker->windows->len; i++) {
        const Window *window = &g_array_index(worker->windows, Window, i);
        g_string_append_printf(text, "  %s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "\n", window_kind_name(window->kind),
                               window->start_min, window->end_min);
    }
    for (guint i = 0; i < worker->preferences->len; i++) {
        const Preference *preference = &g_array_index(worker->preferences, Preference, i);
        g_string_append_printf(text, "  %s '%s'\n", preference_kind_name(preference->kind),
                               pool_coop(pool, preference->coop)->id);
    }
    for (guint i = 0; i < worker->rules->len; i++) {
        const WorkerRule *rule = &g_array_index(worker->rules, WorkerRule, i);
        g_string_append_printf(text, "  %s = '%s'\n", rule->key, rule->value);
    }
    for (guint i = 0; i < worker->history->len; i++) {
        const HistoryPiece *piece = &g_array_index(worker->history, HistoryPiece, i);
        g_string_append_printf(text, "  worked '%s' %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " break %d\n", piece->coop,
                               piece->start_min, piece->end_min, piece->break_min);
    }
}

char *pool_text(const Pool *pool)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "pool '%s' '%s' %s %s\n", pool->id, pool->name, zone_name(pool->zone),
                           profile_name(pool->profile));
    const GPtrArray *overrides = profile_overrides(pool->profile);
    for (guint i = 0; i < overrides->len; i++)
        g_string_append_printf(text, "rule %s\n", (const char *)g_ptr_array_index(overrides, i));
    for (int price = 0; price < PRICE_COUNT; price++)
        g_string_append_printf(text, "price %s %" G_GINT64_FORMAT "\n", price_name((Price)price),
                               pool->prices.of[price]);
    g_string_append_printf(text, "accept %s\nswaps %s\n", accept_name(pool->accept), accept_name(pool->swaps));
    for (guint i = 0; i < pool->coops->len; i++) {
        const Coop *coop = pool_coop(pool, i);
        g_string_append_printf(text, "coop '%s' '%s' '%s' '%s' '%s' %" G_GINT64_FORMAT, coop->id, coop->name,
                               coop->sector, coop->address, coop->contact, coop->rate);
        place_append(text, &coop->place);
    }
    for (guint i = 0; i < pool->workers->len; i++)
        worker_append(text, pool, pool_worker(pool, i));
    for (guint i = 0; i < pool->shifts->len; i++) {
        const Shift *shift = pool_shift(pool, i);
        g_string_append_printf(text,
                               "shift '%s' '%s' coop %u, %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                               " break %d, %d people, %s, week %d\n",
                               shift->id, shift->role, shift->coop, shift->start_min, shift->end_min, shift->break_min,
                               shift->headcount, priority_name(shift->priority), shift->week.monday);
        list_append(text, "each", shift->certificates);
        list_append(text, "team", shift->team_certificates);
    }
    return g_string_free(text, FALSE);
}

char *roster_text(const Pool *pool, const Roster *roster)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "week %d %s %d:", roster->week.monday,
                           roster->state == ROSTER_DRAFT ? "draft" : "published", roster->revision);
    for (guint i = 0; i < roster->assignments->len; i++) {
        const Assignment *at = roster_at(roster, i);
        g_string_append_printf(text, " %s:%s%s", pool_shift(pool, at->shift)->id, pool_worker(pool, at->worker)->id,
                               at->is_pinned ? "!" : "");
    }
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}

static void figures_append(GString *text, const PlanFigures *figures)
{
    g_string_append_printf(text, "  figures %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %a\n", figures->has_bound,
                           figures->cost_cents, figures->bound_cents, figures->status, figures->seconds);
}

char *events_text(const GPtrArray *events)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < events->len; i++) {
        const FeedEvent *event = g_ptr_array_index(events, i);
        g_string_append_printf(text, "event %s '%s' '%s' '%s' week %d, %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                               feed_kind_name(event->kind), event->owner, event->uid, event->shift, event->week.monday,
                               event->start_min, event->end_min);
        g_string_append_printf(text,
                               " made %" G_GINT64_FORMAT " changed %" G_GINT64_FORMAT " %d %d '%s' '%s' '%s' '%s'",
                               event->created_s, event->modified_s, event->sequence, event->is_cancelled,
                               event->summary, event->location, event->description, event->category);
        place_append(text, &event->place);
    }
    return g_string_free(text, FALSE);
}

char *messages_text(const GPtrArray *messages)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < messages->len; i++) {
        const Message *message = g_ptr_array_index(messages, i);
        g_string_append_printf(text, "message %" G_GINT64_FORMAT " %s %s %s %d %s %" G_GINT64_FORMAT "\n",
                               message->sequence, message->id, message->topic, message->body, message->is_retained,
                               message->correlation ? message->correlation : "-", message->created_s);
    }
    return g_string_free(text, FALSE);
}

static void taken_append(GString *text, char *part)
{
    g_string_append(text, part);
    g_free(part);
}

static void weeks_append(GString *text, Store *store, const Pool *pool)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) published = store_load_published(store, pool, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < published->len; i++)
        taken_append(text, roster_text(pool, g_ptr_array_index(published, i)));
    const IsoWeek weeks[] = {WEEK_49, WEEK_50};
    for (guint i = 0; i < G_N_ELEMENTS(weeks); i++) {
        PlanFigures figures;
        g_string_append_printf(text, "week %d: revision %d, step %d\n", weeks[i].monday,
                               store_last_revision(store, weeks[i], &error), store_draft_step(store, weeks[i], &error));
        g_assert_no_error(error);
        g_autoptr(Roster) roster = store_load_published_week(store, pool, weeks[i], &figures, NULL);
        if (roster)
            figures_append(text, &figures);
        g_autoptr(Roster) draft = store_load_draft(store, pool, weeks[i], &figures, NULL);
        if (draft) {
            taken_append(text, roster_text(pool, draft));
            figures_append(text, &figures);
        }
        for (RosterState state = ROSTER_DRAFT; state <= ROSTER_PUBLISHED; state++) {
            g_autofree char *record = NULL;
            g_assert_true(store_load_record(store, weeks[i], state, &record, &error));
            g_string_append_printf(text, "record: %s\n", record ? record : "none");
        }
    }
}

char *store_text(Store *store)
{
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    g_autoptr(Pool) pool = store_load_pool(store, &error);
    if (pool) {
        taken_append(text, pool_text(pool));
        weeks_append(text, store, pool);
    } else {
        g_assert_error(error, STORE_ERROR, STORE_ERROR_NOT_FOUND);
        g_clear_error(&error);
    }
    g_autoptr(GPtrArray) events = store_load_events(store, FEED_WORKER, NULL, &error);
    g_assert_no_error(error);
    taken_append(text, events_text(events));
    g_autoptr(GPtrArray) waiting = store_outbox_waiting(store, 0, G_MAXINT, &error);
    g_assert_no_error(error);
    taken_append(text, messages_text(waiting));
    g_autoptr(GPtrArray) retained = store_outbox_retained(store, &error);
    g_assert_no_error(error);
    g_string_append(text, "retained:\n");
    taken_append(text, messages_text(retained));
    OutboxCounts counts;
    g_assert_true(store_outbox_counts(store, &counts, &error));
    g_string_append_printf(text,
                           "%" G_GINT64_FORMAT " waiting, %" G_GINT64_FORMAT " delivered, %" G_GINT64_FORMAT " dead\n",
                           counts.waiting, counts.delivered, counts.dead);
    g_autoptr(GPtrArray) audit = store_load_audit(store, G_MAXINT, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < audit->len; i++) {
        const AuditEntry *entry = g_ptr_array_index(audit, i);
        g_string_append_printf(text, "audit %" G_GINT64_FORMAT " %s %s %s\n", entry->at_s, entry->who, entry->what,
                               entry->detail);
    }
    taken_append(text, service_text(store));
    return g_string_free(text, FALSE);
}
