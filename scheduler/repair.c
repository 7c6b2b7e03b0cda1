#include "repair_parts.h"

#include "explain_parts.h"
#include "rooster/publish.h"

const char *repair_outcome_name(RepairOutcome outcome)
{
    static const char *const names[] = {[REPAIR_FILLED] = "filled", [REPAIR_PARTLY] = "partly", [REPAIR_NOT] = "not"};
    return names[outcome];
}

const char *repair_cause_name(RepairCause cause)
{
    static const char *const names[] = {
        [REPAIR_ASKED] = "asked", [REPAIR_FORCED] = "forced", [REPAIR_ELSEWHERE] = "elsewhere"};
    return names[cause];
}

static void repair_shift_free(gpointer data)
{
    RepairShift *shift = data;
    g_ptr_array_unref(shift->reasons);
    g_free(shift);
}

void repair_answer_free(RepairAnswer *answer)
{
    if (!answer)
        return;
    roster_free(answer->roster);
    roster_free(answer->standing);
    g_clear_pointer(&answer->changes, g_array_unref);
    g_clear_pointer(&answer->shifts, g_ptr_array_unref);
    g_clear_pointer(&answer->consents, g_ptr_array_unref);
    solve_record_free(answer->record);
    g_free(answer->trouble);
    g_free(answer);
}

PlanFigures repair_figures(const RepairAnswer *answer)
{
    PlanFigures figures = {.has_bound = answer->has_bound,
                           .cost_cents = answer->cost_cents,
                           .bound_cents = answer->has_bound ? answer->bound_cents : 0,
                           .seconds = answer->seconds};
    g_strlcpy(figures.status, answer->status, sizeof figures.status);
    return figures;
}

/* --- the roster */

static gboolean is_lawful(const Week *week, const Roster *roster)
{
    g_autoptr(GPtrArray) violations = rules_check(week, roster);
    return violations->len == 0;
}

static void add_pins(const RepairQuestion *question, Roster *roster)
{
    for (guint i = 0; question->pins && i < question->pins->assignments->len; i++) {
        const Assignment *pin = roster_at(question->pins, i);
        roster_add(roster, pin->shift, pin->worker, TRUE);
    }
}

static RepairShift *shift_of(const RepairQuestion *question, const Week *week, const RepairAnswer *answer, guint shift)
{
    RepairShift *asked = g_new0(RepairShift, 1);
    asked->shift = shift;
    asked->before = roster_cover(answer->standing, shift, NULL);
    asked->cover = roster_cover(answer->roster, shift, NULL);
    if (asked->cover < (guint)pool_shift(week->pool, shift)->headcount) {
        asked->reasons = repair_reasons(week, answer->roster, shift, &asked->able);
        repair_find_nearest(question, answer->roster, asked);
    } else {
        asked->reasons = g_ptr_array_new();
    }
    return asked;
}

/* What can be told of the quick answer while a better one is looked for. */
typedef struct Telling {
    const RepairQuestion *question;
    const Week *week;
    RepairAnswer *answer;
} Telling;

static void tell_of_shifts(gpointer context)
{
    const Telling *telling = context;
    RepairAnswer *answer = telling->answer;
    answer->shifts = g_ptr_array_new_with_free_func(repair_shift_free);
    for (guint i = 0; i < telling->question->shifts->len; i++)
        g_ptr_array_add(answer->shifts, shift_of(telling->question, telling->week, answer,
                                                 g_array_index(telling->question->shifts, guint, i)));
}

/* The global repair from the answer's roster on. */
static PlanResult *repair_globally(Telling *telling, const RepairOptions *options, GError **error)
{
    PlanOptions plan = {.seconds = options->seconds,
                        .patience = options->patience,
                        .work = options->work,
                        .threads = options->threads,
                        .seed = 1,
                        .program = options->program,
                        .start = telling->answer->roster,
                        .meanwhile = tell_of_shifts,
                        .meanwhile_context = telling,
                        .record = options->record,
                        .is_unrecorded = options->is_unrecorded,
                        .progress = options->progress,
                        .context = options->context};
    return plan_week(telling->week, &plan, error);
}

static void take_plan(RepairAnswer *answer, PlanResult *result, gboolean is_quick_lawful)
{
    answer->status = result->status;
    answer->has_bound = result->has_bound;
    answer->bound_cents = result->bound_cents;
    if (is_quick_lawful && answer->cost_cents <= result->cost_cents)
        return;
    roster_free(answer->roster);
    g_clear_pointer(&answer->shifts, g_ptr_array_unref); /* they were told of the other */
    answer->roster = g_steal_pointer(&result->roster);
    answer->cost_cents = result->cost_cents;
    answer->record = g_steal_pointer(&result->record);
}

/* What somebody wants instead of an answer of ours, as far as it is lawful. */
static gboolean take_wanted(const RepairQuestion *question, const Week *week, RepairAnswer *answer)
{
    g_autoptr(Roster) roster = roster_copy(answer->standing);
    for (guint i = 0; question->wanted && i < question->wanted->len; i++) {
        const RosterChange *change = &g_array_index(question->wanted, RosterChange, i);
        if (change->is_added)
            roster_add(roster, change->shift, change->worker, FALSE);
        else
            roster_remove(roster, change->shift, change->worker);
    }
    if (!question->wanted || !is_lawful(week, roster))
        return FALSE;
    Cost cost = cost_of(week, roster);
    answer->cost_cents = cost_total(&cost);
    answer->status = "hand";
    answer->roster = g_steal_pointer(&roster);
    return TRUE;
}

static gboolean find_roster(const RepairQuestion *question, const RepairOptions *options, const Week *week,
                            RepairAnswer *answer, GError **error)
{
    if (take_wanted(question, week, answer))
        return TRUE;
    answer->roster = roster_copy(answer->standing);
    answer->status = "quick";
    add_pins(question, answer->roster);
    gboolean is_global = options->seconds > 0 || options->work > 0;
    repair_quickly(week, answer->roster, question->shifts, is_global ? 1 : 2);
    Cost cost = cost_of(week, answer->roster);
    answer->cost_cents = cost_total(&cost);
    gboolean is_quick_lawful = is_lawful(week, answer->roster);
    if (is_global || !is_quick_lawful) {
        g_autoptr(GError) reason = NULL;
        Telling telling = {question, week, answer};
        g_autoptr(PlanResult) result = repair_globally(&telling, options, &reason);
        if (!result && !is_quick_lawful) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return FALSE;
        }
        if (result)
            take_plan(answer, result, is_quick_lawful);
        else
            answer->trouble = g_strdup(reason->message); /* the quick answer stands */
    }
    return TRUE;
}

/* --- what it means */

static gboolean is_asked(const RepairQuestion *question, guint shift)
{
    for (guint i = 0; i < question->shifts->len; i++)
        if (g_array_index(question->shifts, guint, i) == shift)
            return TRUE;
    return FALSE;
}

static RepairCause cause_of(const RepairQuestion *question, const RepairAnswer *answer, const RosterChange *change)
{
    if (!change->is_added && !roster_find(answer->standing, change->shift, change->worker))
        return REPAIR_FORCED;
    return is_asked(question, change->shift) ? REPAIR_ASKED : REPAIR_ELSEWHERE;
}

static GArray *changes_of(const RepairQuestion *question, const Week *week, const RepairAnswer *answer)
{
    GArray *changes = g_array_new(FALSE, FALSE, sizeof(RepairChange));
    g_autoptr(GArray) differences = roster_diff(week->pool, week->published, answer->roster);
    for (guint i = 0; i < differences->len; i++) {
        const RosterChange *difference = &g_array_index(differences, RosterChange, i);
        gboolean is_own = !difference->is_added && week_is_away(week, difference->shift, difference->worker);
        int64_t ahead_min = pool_shift(week->pool, difference->shift)->start_min - week->now_min;
        RepairChange change = {difference->shift, difference->worker, difference->is_added,
                               cause_of(question, answer, difference), ahead_min < NOTICE_MIN && !is_own};
        g_array_append_val(changes, change);
    }
    return changes;
}

static RepairOutcome outcome_of(const Pool *pool, const GPtrArray *shifts)
{
    int64_t missing = 0, added = 0;
    for (guint i = 0; i < shifts->len; i++) {
        const RepairShift *asked = g_ptr_array_index(shifts, i);
        missing += MAX(0, (int64_t)pool_shift(pool, asked->shift)->headcount - asked->cover);
        added += (int64_t)asked->cover - asked->before;
    }
    return missing == 0 ? REPAIR_FILLED : added > 0 ? REPAIR_PARTLY : REPAIR_NOT;
}

RepairAnswer *repair_week(const RepairQuestion *question, const RepairOptions *options, GError **error)
{
    int64_t begin_us = g_get_monotonic_time();
    g_autoptr(RepairAnswer) answer = g_new0(RepairAnswer, 1);
    g_autoptr(Week) week = week_new(question->pool, question->week, question->published);
    g_assert(week->published);
    answer->standing = repair_standing(week, question->now_min);
    if (!find_roster(question, options, week, answer, error))
        return NULL;
    Cost after = cost_of(week, answer->roster);
    answer->nothing = cost_of(week, answer->standing);
    cost_add_difference(&after, &answer->nothing, &answer->price);
    answer->price_cents = cost_total(&answer->price);
    answer->changes = changes_of(question, week, answer);
    if (!answer->shifts)
        tell_of_shifts(&(Telling){question, week, answer});
    answer->outcome = outcome_of(question->pool, answer->shifts);
    answer->consents = repair_consents(week, answer);
    answer->seconds = (double)(g_get_monotonic_time() - begin_us) / G_USEC_PER_SEC;
    return g_steal_pointer(&answer);
}
