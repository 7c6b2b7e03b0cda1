#include "rooster/moves.h"

#include "rooster/sentence.h"

#include <string.h>

SENTENCE_ERRORS(move_error)

const char *move_kind_name(MoveKind kind)
{
    static const char *const names[] = {"assign", "unassign", "pin", "unpin"};
    return names[kind];
}

void move_result_free(MoveResult *result)
{
    if (!result)
        return;
    roster_free(result->roster);
    if (result->violations)
        g_ptr_array_unref(result->violations);
    g_free(result);
}

/* --- what is newly broken */

static gboolean has_shift(const GArray *shifts, guint shift)
{
    for (guint i = 0; i < shifts->len; i++)
        if (g_array_index(shifts, guint, i) == shift)
            return TRUE;
    return FALSE;
}

static gboolean is_within(const GArray *some, const GArray *all)
{
    for (guint i = 0; i < some->len; i++)
        if (!has_shift(all, g_array_index(some, guint, i)))
            return FALSE;
    return TRUE;
}

/*
 * TRUE if `old` is what `now` was before the move. Who puts somebody on a shift can only make a breach worse, so then
 * it must be the same to the letter; who takes somebody off leaves less of it: 60 hours too many on six shifts become
 * 52 on five.
 */
static gboolean is_old(const Violation *old, const Violation *now, MoveKind kind)
{
    if (strcmp(old->rule, now->rule) != 0 || old->worker != now->worker || !is_within(now->shifts, old->shifts))
        return FALSE;
    return kind == MOVE_UNASSIGN || strcmp(old->text, now->text) == 0;
}

/* Drops from `after` what was broken before; each old violation excuses one. */
static void keep_new(GPtrArray *before, GPtrArray *after, MoveKind kind)
{
    for (guint i = after->len; i-- > 0;) {
        for (guint j = 0; j < before->len; j++) {
            if (is_old(g_ptr_array_index(before, j), g_ptr_array_index(after, i), kind)) {
                g_ptr_array_remove_index(before, j);
                g_ptr_array_remove_index(after, i);
                break;
            }
        }
    }
}

/*
 * A row of days that is too short yet can only be made day by day, and only be taken back so. Publishing looks again.
 */
static gboolean must_be_refused(const GPtrArray *violations)
{
    for (guint i = 0; i < violations->len; i++)
        if (!((const Violation *)g_ptr_array_index(violations, i))->is_unfinished)
            return TRUE;
    return FALSE;
}

/* --- the move */

/* Why there is nothing to judge, or NULL. */
static const char *fault(const Week *week, const Assignment *at, const Move *move, MoveError *code)
{
    *code = MOVE_ERROR_NOTHING;
    if (!week_has_shift(week, move->shift)) {
        *code = MOVE_ERROR_WEEK;
        return "cannot be planned in this week on";
    }
    if (move->kind == MOVE_ASSIGN)
        return at ? "is already on" : NULL;
    if (!at)
        return "is not on";
    if (move->kind == MOVE_UNASSIGN && at->is_pinned) {
        *code = MOVE_ERROR_PINNED;
        return "must be unpinned before being taken off";
    }
    if (move->kind == MOVE_PIN && at->is_pinned)
        return "is already pinned to";
    if (move->kind == MOVE_UNPIN && !at->is_pinned)
        return "is not pinned to";
    return NULL;
}

static void apply(Roster *roster, const Move *move)
{
    if (move->kind == MOVE_UNASSIGN)
        roster_remove(roster, move->shift, move->worker);
    else
        roster_add(roster, move->shift, move->worker, move->kind == MOVE_PIN);
}

MoveResult *move_try(Week *week, const Roster *draft, const Move *move, GError **error)
{
    MoveError code;
    const char *why = fault(week, roster_find(draft, move->shift, move->worker), move, &code);
    if (why) {
        sentence_set_error(error, MOVE_ERROR, (gint)code, "worker %s %s shift %s",
                           pool_worker(week->pool, move->worker)->id, why, pool_shift(week->pool, move->shift)->id);
        return NULL;
    }
    week_lift_pins(week, draft);
    MoveResult *result = g_new0(MoveResult, 1);
    result->roster = roster_copy(draft);
    apply(result->roster, move);
    g_autoptr(GPtrArray) before = rules_check_around(week, draft, move->shift, move->worker);
    result->violations = rules_check_around(week, result->roster, move->shift, move->worker);
    keep_new(before, result->violations, move->kind);
    result->before = cost_of(week, draft);
    result->after = cost_of(week, result->roster);
    if (must_be_refused(result->violations))
        g_clear_pointer(&result->roster, roster_free);
    return result;
}
