#include "rooster/desk.h"
#include "rooster/publish.h"
#include "rooster/sentence.h"

void desk_week_free(DeskWeek *week)
{
    if (!week)
        return;
    week_free(week->week);
    roster_free(week->roster);
    g_free(week);
}

/* The week's draft, if there is one. FALSE on an error only. */
static gboolean load_draft(DeskWeek *week, const Desk *desk, IsoWeek iso, GError **error)
{
    g_autoptr(GError) reason = NULL;
    week->step = store_draft_step(desk->store, iso, error);
    if (week->step <= 0)
        return week->step == 0;
    week->roster = store_load_draft(desk->store, desk->pool, iso, &week->figures, &reason);
    if (!week->roster && !g_error_matches(reason, STORE_ERROR, STORE_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    return TRUE;
}

/* The revision before the newest one, as far as the pool still has its shifts and workers. */
static gboolean load_former(DeskWeek *week, const Desk *desk, IsoWeek iso, GError **error)
{
    g_autofree char *name = iso_week_format(iso);
    g_autoptr(GPtrArray) revisions = store_load_revisions(desk->store, desk->pool, iso, error);
    if (!revisions)
        return FALSE;
    if (revisions->len < 2) {
        sentence_set_error(error, DESK_ERROR, DESK_ERROR_EMPTY, "%s has no earlier published roster to go back to",
                           name);
        return FALSE;
    }
    week->step = store_draft_step(desk->store, iso, error);
    if (week->step < 0)
        return FALSE;
    week->roster = roster_copy(((const Revision *)g_ptr_array_index(revisions, revisions->len - 2))->roster);
    g_autoptr(GArray) changes = roster_diff(desk->pool, week->published, week->roster);
    if (changes->len == 0) {
        sentence_set_error(error, DESK_ERROR, DESK_ERROR_EMPTY, "revision %d of %s changed nobody's week",
                           week->published->revision, name);
        return FALSE;
    }
    week->figures = (PlanFigures){.status = "hand"};
    week->state = DESK_WEEK_DRAFT;
    week_lift_pins(week->week, week->roster);
    return TRUE;
}

/* What is looked at: the draft, else the published roster, else nothing yet. */
static gboolean choose_roster(DeskWeek *week, const Desk *desk, IsoWeek iso, DeskUse use, GError **error)
{
    if (use == DESK_FORMER)
        return load_former(week, desk, iso, error);
    if (!load_draft(week, desk, iso, error))
        return FALSE;
    if (use == DESK_LOOK_PUBLISHED || use == DESK_REPAIR)
        g_clear_pointer(&week->roster, roster_free);
    if (week->roster) {
        week->state = DESK_WEEK_DRAFT;
        week_lift_pins(week->week, week->roster);
    } else if (week->published) {
        week->state = DESK_WEEK_PUBLISHED;
        week->roster = store_load_published_week(desk->store, desk->pool, iso, &week->figures, error);
    } else {
        week->state = DESK_WEEK_EMPTY;
        week->roster = roster_new(iso, ROSTER_DRAFT, 0);
    }
    return week->roster != NULL;
}

static gboolean is_repair(const DeskWeek *week, DeskUse use)
{
    return week->published && (use == DESK_REPAIR || use == DESK_MOVE || use == DESK_KEEP || use == DESK_FORMER ||
                               (use == DESK_LOOK && week->state == DESK_WEEK_DRAFT));
}

DeskWeek *desk_week_open(const Desk *desk, IsoWeek iso, DeskUse use, GError **error)
{
    g_autoptr(DeskWeek) week = g_new0(DeskWeek, 1);
    week->week = week_new(desk->pool, iso, desk->published);
    week->published = week->week->published;
    if ((use == DESK_REPAIR || use == DESK_KEEP) && !week->published) {
        g_autofree char *name = iso_week_format(iso);
        sentence_set_error(error, DESK_ERROR, DESK_ERROR_EMPTY, "%s has no published roster to keep", name);
        return NULL;
    }
    if (!choose_roster(week, desk, iso, use, error))
        return NULL;
    if (is_repair(week, use))
        week_set_repair(week->week, desk_now_min(desk));
    return g_steal_pointer(&week);
}

static int64_t version_of(int revision, int step)
{
    return ((int64_t)revision << 32) | step;
}

int64_t desk_week_version(const DeskWeek *week)
{
    return version_of(week->published ? week->published->revision : 0, week->step);
}

gboolean desk_week_version_of(const Desk *desk, IsoWeek week, int64_t *version, GError **error)
{
    int revision = 0, step = store_draft_step(desk->store, week, error);
    for (guint i = 0; i < desk->published->len; i++) {
        const Roster *roster = g_ptr_array_index(desk->published, i);
        if (roster->week.monday == week.monday)
            revision = roster->revision;
    }
    *version = version_of(revision, step);
    return step >= 0;
}

gboolean desk_week_save(const Desk *desk, DeskWeek *week, Roster *draft, const PlanFigures *figures,
                        const SolveRecord *record, const AuditEntry *audit, GError **error)
{
    g_autofree char *json = record ? solve_record_to_json(record) : NULL;
    draft->state = ROSTER_DRAFT;
    draft->revision = week->published ? week->published->revision : 0;
    if (!store_save_draft(desk->store, desk->pool, draft, figures, json, week->step, audit, error))
        return FALSE;
    week->state = DESK_WEEK_DRAFT;
    week->step = store_draft_step(desk->store, draft->week, error);
    return week->step > 0;
}

gboolean desk_published_record(Desk *desk, IsoWeek week, const SolveRecord **record, GError **error)
{
    g_autofree char *json = NULL;
    if (!desk->records)
        desk->records = g_ptr_array_new_with_free_func((GDestroyNotify)solve_record_free);
    *record = NULL;
    for (guint i = 0; i < desk->records->len && !*record; i++) {
        const SolveRecord *known = g_ptr_array_index(desk->records, i);
        if (known->week.monday == week.monday)
            *record = known;
    }
    if (*record)
        return TRUE;
    if (!store_load_record(desk->store, week, ROSTER_PUBLISHED, &json, error))
        return FALSE;
    SolveRecord *read = json ? solve_record_from_json(json, error) : NULL;
    if (read)
        g_ptr_array_add(desk->records, read);
    *record = read;
    return !json || read;
}

gboolean desk_week_record(const Desk *desk, const DeskWeek *week, RosterState of, SolveRecord **record, GError **error)
{
    g_autofree char *json = NULL;
    *record = NULL;
    if (!store_load_record(desk->store, week->week->week, of, &json, error))
        return FALSE;
    if (json)
        *record = solve_record_from_json(json, error);
    return !json || *record;
}

Roster *desk_week_pins(const DeskWeek *week)
{
    Roster *pins = roster_new(week->roster->week, ROSTER_DRAFT, week->roster->revision);
    for (guint index = 0; index < week->roster->assignments->len; index++) {
        const Assignment *assignment = roster_at(week->roster, index);
        if (assignment->is_pinned)
            roster_add(pins, assignment->shift, assignment->worker, TRUE);
    }
    return pins;
}

Roster *desk_week_start(const DeskWeek *week, gboolean is_keep, gboolean is_fresh)
{
    Roster *start = desk_week_pins(week);
    const Roster *known = is_keep ? week->published : week->roster;
    for (guint index = 0; !is_fresh && index < known->assignments->len; index++) {
        const Assignment *assignment = roster_at(known, index);
        if (!roster_find(start, assignment->shift, assignment->worker))
            roster_add(start, assignment->shift, assignment->worker, FALSE);
    }
    return start;
}

gboolean desk_week_last_solve(const Desk *desk, const DeskWeek *week, gboolean is_keep, SolveRecord **record,
                              GError **error)
{
    RosterState first = is_keep ? ROSTER_PUBLISHED : ROSTER_DRAFT, second = is_keep ? ROSTER_DRAFT : ROSTER_PUBLISHED;
    return desk_week_record(desk, week, first, record, error) &&
           (*record || desk_week_record(desk, week, second, record, error));
}

gboolean desk_week_publish(const Desk *desk, const DeskWeek *week, const Roster *roster, const PlanFigures *figures,
                           const AuditEntry *audit, int *revision, guint *messages, GError **error)
{
    Cost cost = cost_of(week->week, roster);
    PlanFigures published = *figures;
    published.cost_cents = cost_total(&cost);
    /* A repair's bound counts the changes in; once they are made, the week is cheaper than that and the bound too high.
     */
    published.has_bound = published.has_bound && !week->week->is_repair;
    g_autoptr(GPtrArray) known = store_load_events(desk->store, FEED_OPEN, NULL, error);
    int last = known ? store_last_revision(desk->store, roster->week, error) : -1;
    if (last < 0)
        return FALSE;
    g_autoptr(Publication) publication =
        publication_new(week->week, roster, week->published, last + 1, &published, known, desk->now_s);
    if (revision)
        *revision = last + 1;
    if (messages)
        *messages = publication->messages->len;
    return store_publish(desk->store, desk->pool, publication, audit, error);
}

gboolean desk_week_keep_draft(const Desk *desk, const Roster *draft, const PlanFigures *figures, int revision,
                              const char *who, GError **error)
{
    PlanFigures kept = *figures;
    kept.has_bound = FALSE; /* it was of another published roster */
    g_autoptr(Roster) rest = roster_copy(draft);
    g_autofree char *name = iso_week_format(draft->week);
    g_autoptr(AuditEntry) audit = desk_audit(desk, who, "draft", "rest of week %s", name);
    g_autofree char *record = NULL; /* the draft's own, if it had one: the publishing took it along */
    rest->revision = revision;
    return store_load_record(desk->store, draft->week, ROSTER_PUBLISHED, &record, error) &&
           store_save_draft(desk->store, desk->pool, rest, &kept, record, 0, audit, error);
}

gboolean desk_week_publish_former(const Desk *desk, const DeskWeek *week, const AuditEntry *audit, int *revision,
                                  guint *messages, GError **error)
{
    PlanFigures figures = {0};
    g_autoptr(Roster) draft =
        week->step > 0 ? store_load_draft(desk->store, desk->pool, week->week->week, &figures, error) : NULL;
    return (week->step == 0 || draft) &&
           desk_week_publish(desk, week, week->roster, &week->figures, audit, revision, messages, error) &&
           (!draft || desk_week_keep_draft(desk, draft, &figures, *revision, audit->who, error));
}
