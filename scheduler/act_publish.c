/*
 * Publishing: the whole draft, or of its changes only those of some workers and coops; the others stay a draft. And the
 * last publishing taken back, by publishing what it replaced.
 */
#include "act_parts.h"
#include "acts.h"
#include "json_put.h"

#include "rooster/publish.h"

/* --- which changes */

static gboolean names(const ActRun *run, const char *argument, const char *id)
{
    const json_t *list = act_list(run, argument);
    for (size_t i = 0; i < json_array_size(list); i++)
        if (g_str_equal(json_string_value(json_array_get(list, i)), id))
            return TRUE;
    return FALSE;
}

static gboolean is_selection(const ActRun *run)
{
    return act_has(run, "workers") || act_has(run, "coops");
}

static gboolean is_chosen(const ActRun *run, const RosterChange *change)
{
    const Pool *pool = run->desk->pool;
    const Shift *shift = pool_shift(pool, change->shift);
    return names(run, "workers", pool_worker(pool, change->worker)->id) ||
           names(run, "coops", pool_coop(pool, shift->coop)->id);
}

/* What is published with the chosen changes made; *left: how many of the draft's are not among them. Caller frees. */
static Roster *with_chosen(const ActRun *run, const DeskWeek *week, guint *left)
{
    const Pool *pool = run->desk->pool;
    Roster *after = week->published ? roster_copy(week->published) : roster_new(week->week->week, ROSTER_DRAFT, 0);
    g_autoptr(GArray) changes = roster_diff(pool, week->published, week->roster);
    *left = 0;
    for (guint i = 0; i < changes->len; i++) {
        const RosterChange *change = &g_array_index(changes, RosterChange, i);
        if (!is_chosen(run, change)) {
            ++*left;
            continue;
        }
        const Assignment *drafted = roster_find(week->roster, change->shift, change->worker);
        if (change->is_added)
            roster_add(after, change->shift, change->worker, drafted->is_pinned);
        else
            roster_remove(after, change->shift, change->worker);
    }
    return after;
}

/* --- publishing */

/* The rules that it breaks are told beside the refusal. */
static gboolean passes_rules(ActRun *run, const DeskWeek *week, const Roster *after)
{
    g_autoptr(GPtrArray) violations = rules_check(week->week, after);
    if (violations->len == 0)
        return TRUE;
    run->answer->details = json_object();
    json_put(run->answer->details, "violations", act_json_violations(run->desk->pool, violations));
    return FALSE;
}

static gboolean is_lawful(ActRun *run, const DeskWeek *week, const Roster *after, const char *name, GError **error)
{
    if (passes_rules(run, week, after))
        return TRUE;
    return after == week->roster ? act_refuse(error, ACT_ERROR_REFUSED, "the draft of %s breaks rules", name)
                                 : act_refuse(error, ACT_ERROR_REFUSED,
                                              "what was chosen of %s breaks rules without the rest of the draft", name);
}

/* What was not chosen is a draft again, on what is published now. */
static gboolean keep_rest(const ActRun *run, const DeskWeek *week, int revision, GError **error)
{
    PlanFigures figures = {.cost_cents = week->figures.cost_cents, .status = "hand"};
    return desk_week_keep_draft(run->desk, week->roster, &figures, revision, run->request->actor.name, error);
}

static gboolean publish(ActRun *run, const DeskWeek *week, const Roster *after, guint left, GError **error)
{
    int revision = 0;
    IsoWeek iso = week->week->week;
    g_autofree char *name = iso_week_format(iso);
    PlanFigures hand = {.status = "hand"};
    Cost cost = cost_of(week->week, after);
    hand.cost_cents = cost_total(&cost);
    json_t *body = run->answer->body = json_object();
    json_put_taken(body, "week", iso_week_format(iso));
    json_put(body, "changes", act_json_changes(week, after, run->desk->now_s));
    json_put(body, "left", json_integer(left));
    if (!act_begin(run, error))
        return FALSE;
    g_autoptr(AuditEntry) audit =
        desk_audit(run->desk, run->request->actor.name, "publish", "week %s%s", name, left ? ", a part" : "");
    if (!desk_week_publish(run->desk, week, after, left ? &hand : &week->figures, audit, &revision, NULL, error) ||
        (left && !keep_rest(run, week, revision, error)))
        return FALSE;
    g_autoptr(DeskWeek) now = left ? desk_week_open(run->desk, iso, DESK_LOOK, error) : NULL;
    if (left && !now)
        return FALSE;
    json_put(body, "revision", json_integer(revision));
    run->answer->version = now ? desk_week_version(now) : (int64_t)revision << 32;
    return act_commit(run, error);
}

gboolean act_publish(ActRun *run, GError **error)
{
    IsoWeek iso = act_week(run);
    guint left = 0;
    g_autofree char *name = iso_week_format(iso);
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, iso, DESK_LOOK, error);
    if (!week || !act_is_current(run, week, error))
        return FALSE;
    if (week->state != DESK_WEEK_DRAFT)
        return act_refuse(error, ACT_ERROR_REFUSED, "%s has no draft to publish", name);
    g_autoptr(Roster) chosen = is_selection(run) ? with_chosen(run, week, &left) : NULL;
    const Roster *after =
        left ? chosen : week->roster; /* all of it chosen is the draft itself, with what was proven of it */
    return is_lawful(run, week, after, name, error) && publish(run, week, after, left, error);
}

/* --- taken back */

static gboolean can_come_back(ActRun *run, const DeskWeek *week, const char *name, GError **error)
{
    return passes_rules(run, week, week->roster) ||
           act_refuse(error, ACT_ERROR_REFUSED, "revision %d of %s cannot come back: it breaks rules as things are now",
                      week->roster->revision, name);
}

gboolean act_publish_undo(ActRun *run, GError **error)
{
    IsoWeek iso = act_week(run);
    g_autofree char *name = iso_week_format(iso);
    g_autoptr(DeskWeek) week = desk_week_open(run->desk, iso, DESK_FORMER, error);
    if (!week || !act_is_current(run, week, error) || !can_come_back(run, week, name, error))
        return FALSE;
    gboolean is_trial = act_flag(run, "is_trial", FALSE);
    int revision = week->published->revision + 1;
    json_t *body = run->answer->body = json_object();
    json_put(body, "week", json_text(name));
    json_put(body, "is_trial", json_boolean(is_trial));
    json_put(body, "restores", json_integer(week->roster->revision));
    json_put(body, "changes", act_json_changes(week, week->roster, run->desk->now_s));
    if (is_trial) {
        json_put(body, "revision", json_integer(revision));
        run->answer->version = desk_week_version(week);
        return TRUE;
    }
    g_autoptr(AuditEntry) audit = desk_audit(run->desk, run->request->actor.name, "publish",
                                             "week %s as in revision %d", name, week->roster->revision);
    if (!act_begin(run, error) || !desk_week_publish_former(run->desk, week, audit, &revision, NULL, error))
        return FALSE;
    int step = store_draft_step(run->desk->store, iso, error);
    if (step < 0)
        return FALSE;
    json_put(body, "revision", json_integer(revision));
    run->answer->version = (int64_t)revision << 32 | step;
    return act_commit(run, error);
}
