#include "rooster/react.h"

#include "rooster/disturb.h"
#include "rooster/publish.h"

Reaction *reaction_new(Store *store, Pool *pool, const GPtrArray *published, int64_t now_s)
{
    Reaction *reaction = g_new0(Reaction, 1);
    *reaction = (Reaction){.store = store, .pool = pool, .published = published, .now_s = now_s};
    reaction->answers = g_ptr_array_new_with_free_func((GDestroyNotify)repair_answer_free);
    reaction->rosters = g_ptr_array_new();
    for (guint i = 0; i < published->len; i++)
        g_ptr_array_add(reaction->rosters, published->pdata[i]);
    return reaction;
}

void reaction_free(Reaction *reaction)
{
    if (!reaction)
        return;
    g_ptr_array_unref(reaction->rosters);
    g_ptr_array_unref(reaction->answers);
    pool_free(reaction->pool);
    g_free(reaction);
}

static int64_t now_min(const Reaction *reaction)
{
    return reaction->now_s / 60;
}

const Roster *reaction_published(const Reaction *reaction, IsoWeek week)
{
    for (guint i = 0; i < reaction->published->len; i++) {
        const Roster *roster = g_ptr_array_index(reaction->published, i);
        if (roster->week.monday == week.monday)
            return roster;
    }
    return NULL;
}

/* --- asking */

static gboolean load_record(const Reaction *reaction, IsoWeek week, SolveRecord **record, GError **error)
{
    g_autofree char *json = NULL;
    *record = NULL;
    if (!store_load_record(reaction->store, week, ROSTER_PUBLISHED, &json, error))
        return FALSE;
    if (json)
        *record = solve_record_from_json(json, error);
    return !json || *record;
}

/* Weeks that come after are judged beside the answer, as it may be published together with theirs. */
static void stand_beside(Reaction *reaction, const RepairAnswer *answer)
{
    for (guint i = 0; i < reaction->rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(reaction->rosters, i);
        if (roster->week.monday == answer->roster->week.monday)
            reaction->rosters->pdata[i] = answer->roster;
    }
}

gboolean reaction_ask(Reaction *reaction, IsoWeek week, const GArray *shifts, const GArray *wanted,
                      const RepairOptions *options, GError **error)
{
    g_autoptr(SolveRecord) record = NULL;
    RepairOptions own = *options;
    if (!own.record && !load_record(reaction, week, &record, error))
        return FALSE;
    if (!own.record)
        own.record = record;
    RepairQuestion question = {reaction->pool, reaction->rosters, week, now_min(reaction), shifts, NULL, wanted};
    RepairAnswer *answer = repair_week(&question, &own, error);
    if (!answer)
        return FALSE;
    g_ptr_array_add(reaction->answers, answer);
    stand_beside(reaction, answer);
    return TRUE;
}

static int week_compare(gconstpointer left, gconstpointer right)
{
    const Roster *a = *(const Roster *const *)left, *b = *(const Roster *const *)right;
    return a->week.monday < b->week.monday ? -1 : a->week.monday > b->week.monday;
}

gboolean reaction_ask_absence(Reaction *reaction, guint worker, int64_t from_min, int64_t until_min,
                              const RepairOptions *options, GError **error)
{
    g_autoptr(GPtrArray) rosters = g_ptr_array_new();
    for (guint i = 0; i < reaction->published->len; i++)
        g_ptr_array_add(rosters, reaction->published->pdata[i]);
    g_ptr_array_sort(rosters, week_compare);
    from_min = MAX(from_min, now_min(reaction));
    for (guint i = 0; i < rosters->len; i++) {
        const Roster *roster = g_ptr_array_index(rosters, i);
        g_autoptr(GArray) left = disturb_left_shifts(reaction->pool, roster, worker, from_min, until_min);
        if (left->len > 0 && !reaction_ask(reaction, roster->week, left, NULL, options, error))
            return FALSE;
    }
    return TRUE;
}

gboolean reaction_has_draft(const Reaction *reaction, gboolean *has_draft, IsoWeek *week, GError **error)
{
    *has_draft = FALSE;
    for (guint i = 0; i < reaction->answers->len && !*has_draft; i++) {
        const RepairAnswer *answer = g_ptr_array_index(reaction->answers, i);
        int step = store_draft_step(reaction->store, answer->roster->week, error);
        if (step < 0)
            return FALSE;
        *has_draft = step > 0;
        *week = answer->roster->week;
    }
    return TRUE;
}

/* --- storing */

gboolean repair_changes_something(const RepairAnswer *answer)
{
    return answer->changes->len > 0;
}

gboolean reaction_save_pool(const Reaction *reaction, const AuditEntry *audit, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    return store_save_pool(reaction->store, reaction->pool, none, FALSE, audit, error);
}

static gboolean propose(const Reaction *reaction, const RepairAnswer *answer, const AuditEntry *audit, GError **error)
{
    PlanFigures figures = repair_figures(answer);
    if (answer->record)
        answer->record->made_s = reaction->now_s;
    g_autofree char *record = answer->record ? solve_record_to_json(answer->record) : NULL;
    int step = store_draft_step(reaction->store, answer->roster->week, error);
    return step >= 0 &&
           store_save_draft(reaction->store, reaction->pool, answer->roster, &figures, record, step, audit, error);
}

gboolean reaction_propose(const Reaction *reaction, const AuditEntry *audit, GError **error)
{
    for (guint i = 0; i < reaction->answers->len; i++) {
        const RepairAnswer *answer = g_ptr_array_index(reaction->answers, i);
        if (repair_changes_something(answer) && !propose(reaction, answer, audit, error))
            return FALSE;
    }
    return TRUE;
}

/* A repair's bound counts the changes in; once they are made, the week is cheaper than that and the bound too high. */
static PlanFigures published_figures(const Week *week, const RepairAnswer *answer)
{
    PlanFigures figures = repair_figures(answer);
    Cost cost = cost_of(week, answer->roster);
    figures.cost_cents = cost_total(&cost);
    figures.has_bound = FALSE;
    return figures;
}

static gboolean publish(const Reaction *reaction, const RepairAnswer *answer, const AuditEntry *audit, GError **error)
{
    g_autoptr(Week) week = week_new(reaction->pool, answer->roster->week, reaction->rosters);
    week->published = reaction_published(reaction, answer->roster->week);
    PlanFigures figures = published_figures(week, answer);
    g_autoptr(GPtrArray) known = store_load_events(reaction->store, FEED_OPEN, NULL, error);
    int last = known ? store_last_revision(reaction->store, answer->roster->week, error) : -1;
    if (last < 0)
        return FALSE;
    Publication *publication =
        publication_new(week, answer->roster, week->published, last + 1, &figures, known, reaction->now_s);
    gboolean is_stored = store_publish(reaction->store, reaction->pool, publication, audit, error);
    publication_free(publication);
    return is_stored;
}

/* What is kept of a solve becomes the published roster's by way of the draft. */
gboolean reaction_publish(const Reaction *reaction, const AuditEntry *audit, GError **error)
{
    for (guint i = 0; i < reaction->answers->len; i++) {
        const RepairAnswer *answer = g_ptr_array_index(reaction->answers, i);
        if ((answer->record && !propose(reaction, answer, audit, error)) || !publish(reaction, answer, audit, error))
            return FALSE;
    }
    return TRUE;
}
