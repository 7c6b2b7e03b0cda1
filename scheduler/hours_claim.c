#include "hours_parts.h"

#include "rooster/sentence.h"

#include <string.h>

#define LONGEST_MIN (24 * 60)
#define BESIDE_MIN  (12 * 60) /* so far from its plan may work begin */

/* --- what a claim must fit in with */

static const HoursLine *line_of_claim(const Hours *hours, const HoursClaim *claim, GError **error)
{
    const HoursLine *line = hours_find(hours, claim->shift, claim->worker, claim->reason);
    if (line)
        return line;
    sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_UNKNOWN, "worker %s was %s on shift %s", claim->worker,
                       claim->reason == WORKED_CANCELLED_PAID ? "not withdrawn too late"
                       : claim->reason == WORKED_MOVED_PAID   ? "not called for other times too late"
                                                              : "not planned",
                       claim->shift);
    return NULL;
}

static gboolean refuse_times(const HoursClaim *claim, const char *why, GError **error)
{
    sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_TIMES, "shift %s, worker %s: %s", claim->shift, claim->worker,
                       why);
    return FALSE;
}

static gboolean times_fit(const Hours *hours, const HoursLine *line, const HoursClaim *claim, GError **error)
{
    if (!claim->has_times)
        return TRUE;
    if (claim->reason != WORKED_DONE)
        return refuse_times(claim, "what was withdrawn or moved is paid as it was planned", error);
    if (claim->end_min <= claim->start_min || claim->break_min < 0 ||
        claim->end_min - claim->start_min - claim->break_min <= 0)
        return refuse_times(claim, "start, end and break leave no work", error);
    if (claim->end_min - claim->start_min > LONGEST_MIN)
        return refuse_times(claim, "more than 24 hours at a stretch", error);
    if (ABS(claim->start_min - line->start_min) > BESIDE_MIN)
        return refuse_times(claim, "begins more than 12 hours from its plan", error);
    if (claim->end_min * 60 > hours->now_s)
        return refuse_times(claim, "ends later than now", error);
    return TRUE;
}

/* Nobody works in two places at once. */
static gboolean is_alone(const Hours *hours, const GPtrArray *fresh, const WorkedEntry *entry, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_extend(all, (GPtrArray *)hours->ledger, NULL, NULL);
    g_ptr_array_extend(all, (GPtrArray *)fresh, NULL, NULL);
    g_autoptr(GPtrArray) standing = ledger_standing(all);
    for (guint i = 0; i < standing->len && entry->reason == WORKED_DONE && entry->paid_min > 0; i++) {
        const WorkedEntry *other = g_ptr_array_index(standing, i);
        if (other != entry && other->reason == WORKED_DONE && !other->is_disputed && other->paid_min > 0 &&
            g_str_equal(other->worker, entry->worker) && other->start_min < entry->end_min &&
            entry->start_min < other->end_min) {
            sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_TIMES,
                               "shift %s, worker %s: overlaps what they worked on shift %s", entry->shift,
                               entry->worker, other->shift);
            return FALSE;
        }
    }
    return TRUE;
}

/* --- entries */

static WorkedEntry *entry_of(const Hours *hours, const HoursLine *line, const HoursClaim *claim, gboolean is_disputed,
                             const char *by)
{
    WorkedEntry *entry = g_new0(WorkedEntry, 1);
    *entry = (WorkedEntry){.week = hours->week,
                           .shift = g_strdup(line->shift),
                           .worker = g_strdup(line->worker),
                           .coop = g_strdup(line->coop),
                           .start_min = claim->has_times ? claim->start_min : line->start_min,
                           .end_min = claim->has_times ? claim->end_min : line->end_min,
                           .break_min = claim->has_times ? claim->break_min : line->break_min,
                           .reason = claim->reason,
                           .is_disputed = is_disputed,
                           .note = g_strdup(claim->note ? claim->note : ""),
                           .by = g_strdup(by),
                           .at_s = hours->now_s};
    if (!is_disputed && !claim->is_nothing)
        entry->paid_min = entry->end_min - entry->start_min - entry->break_min;
    return entry;
}

static gboolean is_open(const HoursLine *line, GError **error)
{
    if (line->state == HOURS_PLANNED)
        return TRUE;
    sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_SETTLED, "shift %s, worker %s: was %s by %s; correct it instead",
                       line->shift, line->worker, hours_state_name(line->state), line->entry->by);
    return FALSE;
}

static gboolean has_ended(const Hours *hours, const HoursLine *line, GError **error)
{
    if (line->has_ended)
        return TRUE;
    g_autofree char *end = zone_format_short(hours->pool->zone, line->end_min);
    sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_EARLY, "shift %s, worker %s: ends %s, which has not come yet",
                       line->shift, line->worker, end);
    return FALSE;
}

static gboolean has_standing(const HoursLine *line, GError **error)
{
    if (line->entry)
        return TRUE;
    sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_OPEN,
                       "shift %s, worker %s: nothing is booked yet; confirm or dispute it instead", line->shift,
                       line->worker);
    return FALSE;
}

typedef enum ClaimKind { CLAIM_CONFIRM, CLAIM_DISPUTE, CLAIM_CORRECT } ClaimKind;

static gboolean may_claim(const Hours *hours, const HoursLine *line, ClaimKind kind, GError **error)
{
    return kind == CLAIM_CORRECT ? has_standing(line, error) : is_open(line, error) && has_ended(hours, line, error);
}

static gboolean is_twice(const GPtrArray *fresh, const WorkedEntry *entry, GError **error)
{
    for (guint i = 0; i < fresh->len; i++) {
        const WorkedEntry *other = g_ptr_array_index(fresh, i);
        if (!other->reverses && other->reason == entry->reason && g_str_equal(other->shift, entry->shift) &&
            g_str_equal(other->worker, entry->worker)) {
            sentence_set_error(error, HOURS_ERROR, HOURS_ERROR_SETTLED, "shift %s, worker %s: named twice",
                               entry->shift, entry->worker);
            return TRUE;
        }
    }
    return FALSE;
}

static GPtrArray *claim_all(const Hours *hours, const HoursClaim *claims, guint count, ClaimKind kind, const char *by,
                            GError **error)
{
    g_autoptr(GPtrArray) fresh = g_ptr_array_new_with_free_func((GDestroyNotify)worked_entry_free);
    for (guint i = 0; i < count; i++) {
        const HoursLine *line = line_of_claim(hours, &claims[i], error);
        if (!line || !may_claim(hours, line, kind, error) || !times_fit(hours, line, &claims[i], error))
            return NULL;
        g_autoptr(WorkedEntry) entry = entry_of(hours, line, &claims[i], kind == CLAIM_DISPUTE, by);
        if (is_twice(fresh, entry, error))
            return NULL;
        if (kind == CLAIM_CORRECT)
            g_ptr_array_add(fresh, worked_entry_reversal(line->entry, claims[i].note, by, hours->now_s));
        g_ptr_array_add(fresh, g_steal_pointer(&entry));
    }
    for (guint i = 0; i < fresh->len; i++) { /* last, as a correction may make room for another */
        const WorkedEntry *entry = g_ptr_array_index(fresh, i);
        if (!entry->reverses && !entry->is_disputed && !is_alone(hours, fresh, entry, error))
            return NULL;
    }
    hours_settle_floors(hours, fresh, by);
    return g_steal_pointer(&fresh);
}

GPtrArray *hours_confirm(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error)
{
    return claim_all(hours, claims, count, CLAIM_CONFIRM, by, error);
}

GPtrArray *hours_dispute(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error)
{
    return claim_all(hours, claims, count, CLAIM_DISPUTE, by, error);
}

GPtrArray *hours_correct(const Hours *hours, const HoursClaim *claims, guint count, const char *by, GError **error)
{
    return claim_all(hours, claims, count, CLAIM_CORRECT, by, error);
}
