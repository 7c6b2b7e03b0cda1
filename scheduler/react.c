#include "rooster/react.h"

#include "rooster/disturb.h"
#include "rooster/publish.h"

Reaction *reaction_new(Desk *desk, Pool *pool)
{
    Reaction *reaction = g_new0(Reaction, 1);
    *reaction = (Reaction){.desk = desk, .pool = pool};
    reaction->answers = g_ptr_array_new_with_free_func((GDestroyNotify)repair_answer_free);
    reaction->rosters = g_ptr_array_new();
    for (guint i = 0; i < desk->published->len; i++)
        g_ptr_array_add(reaction->rosters, desk->published->pdata[i]);
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

const Roster *reaction_published(const Reaction *reaction, IsoWeek week)
{
    for (guint i = 0; i < reaction->desk->published->len; i++) {
        const Roster *roster = g_ptr_array_index(reaction->desk->published, i);
        if (roster->week.monday == week.monday)
            return roster;
    }
    return NULL;
}

/* --- asking */

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
    RepairOptions own = *options;
    if (!own.record && !desk_published_record(reaction->desk, week, &own.record, error))
        return FALSE;
    RepairQuestion question = {reaction->pool, reaction->rosters, week, desk_now_min(reaction->desk), shifts, NULL,
                               wanted};
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
    for (guint i = 0; i < reaction->desk->published->len; i++)
        g_ptr_array_add(rosters, reaction->desk->published->pdata[i]);
    g_ptr_array_sort(rosters, week_compare);
    from_min = MAX(from_min, desk_now_min(reaction->desk));
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
        int step = store_draft_step(reaction->desk->store, answer->roster->week, error);
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
    const Desk *desk = reaction->desk;
    int64_t version = 0;
    if (!store_version(desk->store, &version, error))
        return FALSE;
    if (version != desk->version) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_CONFLICT, "the pool was changed meanwhile; try it again");
        return FALSE;
    }
    return store_change_pool(desk->store, reaction->pool, desk->pool, audit, error);
}

static gboolean propose(const Reaction *reaction, const RepairAnswer *answer, const AuditEntry *audit, GError **error)
{
    PlanFigures figures = repair_figures(answer);
    if (answer->record)
        answer->record->made_s = reaction->desk->now_s;
    g_autofree char *record = answer->record ? solve_record_to_json(answer->record) : NULL;
    int step = store_draft_step(reaction->desk->store, answer->roster->week, error);
    return step >= 0 && store_save_draft(reaction->desk->store, reaction->pool, answer->roster, &figures, record, step,
                                         audit, error);
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
    g_autoptr(GPtrArray) known = store_load_events(reaction->desk->store, FEED_OPEN, NULL, error);
    int last = known ? store_last_revision(reaction->desk->store, answer->roster->week, error) : -1;
    if (last < 0)
        return FALSE;
    Publication *publication =
        publication_new(week, answer->roster, week->published, last + 1, &figures, known, reaction->desk->now_s);
    gboolean is_stored = store_publish(reaction->desk->store, reaction->pool, publication, audit, error);
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
