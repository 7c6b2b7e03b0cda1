#include "shortage_question.h"

#include "solve_child.h"

#include <string.h>

/* Prices of a question in cents; a missing person's rises above the sum of the others. */
enum { MISSING = 100000, LEFT = 100, MOVED = 1, MARGIN = 1000 };
#define GAP 0.85 /* far enough to tell yes from no */

typedef struct Question {
    SolverProblem problem;
    GArray *workers, *entries, *rows;    /* of SolverWorker, SolverEntry, SolverRow */
    GArray *begin, *row, *coefficient;   /* of int64_t, int32_t, int64_t */
    GArray *base_worker, *base_entry;    /* of guint, int32_t: what they are in the week's problem */
    GArray *shift_of_row;                /* of guint; PIECE_NO_SHIFT: of learners */
    GArray *start;                       /* of int32_t: entries of the roster */
    int64_t missing_cents, others_cents; /* of one missing person; of everything else together, at most */
} Question;

/* --- the search */

void shortage_search_init(ShortageSearch *search, const Week *week, const Roster *roster, guint shift,
                          const char *program, int64_t work)
{
    guint shifts = week->pool->shifts->len, workers = week->pool->workers->len;
    *search = (ShortageSearch){.week = week, .roster = roster, .shift = shift, .program = program, .work = work};
    search->base = week_problem_new(week, roster);
    search->first_entry = g_new0(int32_t, workers + 1);
    int32_t entry = 0;
    for (guint worker = 0; worker <= workers; worker++) {
        while (entry < search->base->problem.entry_count && (guint)search->base->problem.entries[entry].worker < worker)
            entry++;
        search->first_entry[worker] = entry;
    }
    search->wanted = g_new0(int, shifts + 1);
    search->is_in = g_new0(gboolean, shifts + 1);
    for (guint at = 0; at < week->shifts->len; at++) {
        guint index = g_array_index(week->shifts, guint, at);
        search->wanted[index] = (int)roster_cover(roster, index, NULL) + (index == shift ? 1 : 0);
    }
    search->is_in[shift] = TRUE;
}

void shortage_search_clear(ShortageSearch *search)
{
    week_problem_free(search->base);
    g_free(search->first_entry);
    g_free(search->wanted);
    g_free(search->is_in);
}

static guint shift_of(const ShortageSearch *search, int32_t entry)
{
    return search->base->slot_shift[search->base->problem.entries[entry].slot];
}

gboolean shortage_has_say(const ShortageSearch *search, guint worker)
{
    for (int32_t entry = search->first_entry[worker]; entry < search->first_entry[worker + 1]; entry++)
        if (search->is_in[shift_of(search, entry)])
            return TRUE;
    return FALSE;
}

/* --- the problem */

/* The worker, whose hours cost nothing here, without the limits that are lifted. */
static SolverWorker worker_of(const ShortageSearch *search, guint worker)
{
    SolverWorker of = search->base->problem.workers[worker];
    of.below = of.above = (SolverCurve){.denominator = 1};
    of.minutes_wanted = 0;
    if (search->is_lifted[SHORTAGE_HOURS]) {
        of.minutes_most = G_MAXINT32;
        of.window_count = 0;
    }
    if (search->is_lifted[SHORTAGE_WORK])
        of.fixed_count = 0;
    if (search->is_lifted[SHORTAGE_DAYS]) {
        of.day_rules = NULL;
        of.tally_count = 0;
    }
    for (guint i = 0; search->is_lifted[SHORTAGE_RESTS] && i < G_N_ELEMENTS(of.limits); i++)
        of.limits[i] = (SolverDutyLimits){
            .work_most_min = G_MAXINT32,
            .span_most_min = G_MAXINT32,
            .curfew_most_min = of.limits[i].curfew_most_min,
            .breaks = {{G_MAXINT32, 0}, {G_MAXINT32, 0}, {G_MAXINT32, 0}},
        };
    return of;
}

static SolverLineRules rules_of(const ShortageSearch *search)
{
    SolverLineRules rules = search->base->problem.rules;
    if (search->is_lifted[SHORTAGE_RESTS]) {
        rules.stretch_span_most_min = rules.night_work_most_min = G_MAXINT32;
        rules.late_night_rest_least_min = rules.night_run_rest_least_min = 0;
        rules.night_run_long = rules.series_duties_most = G_MAXINT32;
    }
    if (search->is_lifted[SHORTAGE_DAYS])
        rules.days_in_row_most = rules.slots_a_day_most = G_MAXINT32;
    return rules;
}

static int32_t add_row(Question *question, SolverRow row, guint shift)
{
    g_array_append_val(question->rows, row);
    g_array_append_val(question->shift_of_row, shift);
    return (int32_t)question->rows->len - 1;
}

static void add_member(Question *question, int32_t row, int64_t coefficient)
{
    g_array_append_val(question->row, row);
    g_array_append_val(question->coefficient, coefficient);
}

/* The rows of the shifts: cover of the set and, guided, of the others as far as those without a say leave it. */
static void add_cover(const ShortageSearch *search, Question *question, const gboolean *has_say, gboolean is_guided,
                      int32_t *cover_row)
{
    for (guint at = 0; at < search->week->shifts->len; at++) {
        guint shift = g_array_index(search->week->shifts, guint, at);
        cover_row[shift] = -1;
        int64_t wanted = search->wanted[shift];
        if (search->is_in[shift]) {
            SolverRow row = {.most = pool_shift(search->week->pool, shift)->headcount,
                             .wanted = wanted,
                             .below = {.pieces = 1, .denominator = 1}};
            cover_row[shift] = add_row(question, row, shift);
        } else if (is_guided) {
            guint first, cover = roster_cover(search->roster, shift, &first);
            for (guint i = first; i < first + cover; i++)
                wanted -= !has_say[roster_at(search->roster, i)->worker];
            SolverRow row = {
                .most = SOLVER_NEVER, .wanted = wanted, .below = {.pieces = 1, .rate = {LEFT}, .denominator = 1}};
            if (wanted > 0)
                cover_row[shift] = add_row(question, row, shift);
            question->others_cents += wanted * LEFT;
        }
    }
}

static void add_entry(const ShortageSearch *search, Question *question, int32_t base, gboolean is_guided,
                      const int32_t *cover_row, GHashTable *learner_rows)
{
    const SolverProblem *problem = &search->base->problem;
    SolverEntry entry = problem->entries[base];
    guint shift = shift_of(search, base);
    gboolean is_there = roster_find(search->roster, shift, (guint)entry.worker) != NULL;
    entry.worker = (int32_t)question->workers->len - 1;
    entry.cost_cents = is_guided && !is_there ? MOVED : 0;
    entry.is_required = entry.is_required && !search->is_lifted[SHORTAGE_PINS];
    question->others_cents += entry.cost_cents;
    int32_t index = (int32_t)question->entries->len;
    if (is_there)
        g_array_append_val(question->start, index);
    g_array_append_val(question->entries, entry);
    g_array_append_val(question->base_entry, base);
    if (cover_row[shift] >= 0)
        add_member(question, cover_row[shift], 1);
    for (int64_t k = problem->entry_row_begin[base]; search->is_in[shift] && k < problem->entry_row_begin[base + 1];
         k++) {
        int32_t row = problem->entry_row[k];
        if (search->base->meaning[row].kind != ROW_LEARNERS)
            continue;
        gpointer known = g_hash_table_lookup(learner_rows, GINT_TO_POINTER(row + 1));
        if (!known) {
            known = GINT_TO_POINTER(add_row(question, problem->rows[row], PIECE_NO_SHIFT) + 1);
            g_hash_table_insert(learner_rows, GINT_TO_POINTER(row + 1), known);
        }
        add_member(question, GPOINTER_TO_INT(known) - 1, problem->entry_coefficient[k]);
    }
    int64_t end = question->row->len;
    g_array_append_val(question->begin, end);
}

static void question_init(Question *question, const ShortageSearch *search, gboolean is_guided)
{
    guint workers = search->week->pool->workers->len;
    g_autofree gboolean *has_say = g_new0(gboolean, workers + 1);
    g_autofree int32_t *cover_row = g_new0(int32_t, search->week->pool->shifts->len + 1);
    g_autoptr(GHashTable) learner_rows = g_hash_table_new(NULL, NULL);
    *question = (Question){.workers = g_array_new(FALSE, FALSE, sizeof(SolverWorker)),
                           .entries = g_array_new(FALSE, FALSE, sizeof(SolverEntry)),
                           .rows = g_array_new(FALSE, FALSE, sizeof(SolverRow)),
                           .begin = g_array_new(FALSE, TRUE, sizeof(int64_t)),
                           .row = g_array_new(FALSE, FALSE, sizeof(int32_t)),
                           .coefficient = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                           .base_worker = g_array_new(FALSE, FALSE, sizeof(guint)),
                           .base_entry = g_array_new(FALSE, FALSE, sizeof(int32_t)),
                           .shift_of_row = g_array_new(FALSE, FALSE, sizeof(guint)),
                           .start = g_array_new(FALSE, FALSE, sizeof(int32_t))};
    for (guint worker = 0; worker < workers; worker++)
        has_say[worker] = shortage_has_say(search, worker);
    add_cover(search, question, has_say, is_guided, cover_row);
    g_array_set_size(question->begin, 1);
    for (guint worker = 0; worker < workers; worker++) {
        if (!has_say[worker])
            continue;
        SolverWorker of = worker_of(search, worker);
        g_array_append_val(question->workers, of);
        g_array_append_val(question->base_worker, worker);
        for (int32_t entry = search->first_entry[worker]; entry < search->first_entry[worker + 1]; entry++)
            add_entry(search, question, entry, is_guided, cover_row, learner_rows);
    }
    question->missing_cents = MAX(MISSING, 10 * question->others_cents);
    for (guint i = 0; i < question->rows->len; i++) {
        guint shift = g_array_index(question->shift_of_row, guint, i);
        if (shift != PIECE_NO_SHIFT && search->is_in[shift])
            g_array_index(question->rows, SolverRow, i).below.rate[0] = question->missing_cents;
    }
    question->problem = (SolverProblem){.rules = rules_of(search),
                                        .worker_count = (int32_t)question->workers->len,
                                        .slot_count = search->base->problem.slot_count,
                                        .entry_count = (int32_t)question->entries->len,
                                        .row_count = (int32_t)question->rows->len,
                                        .workers = (SolverWorker *)(void *)question->workers->data,
                                        .slots = search->base->problem.slots,
                                        .entries = (SolverEntry *)(void *)question->entries->data,
                                        .rows = (SolverRow *)(void *)question->rows->data,
                                        .entry_row_begin = (int64_t *)(void *)question->begin->data,
                                        .entry_row = (int32_t *)(void *)question->row->data,
                                        .entry_coefficient = (int64_t *)(void *)question->coefficient->data};
}

static void question_clear(Question *question)
{
    GArray *arrays[] = {question->workers,      question->entries,     question->rows,        question->begin,
                        question->row,          question->coefficient, question->base_worker, question->base_entry,
                        question->shift_of_row, question->start};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
}

/* --- asking */

static SolverResult *question_solve(ShortageSearch *search, const Question *question, GError **error)
{
    SolverStart start = {.chosen = (const int32_t *)(const void *)question->start->data,
                         .chosen_count = (int32_t)question->start->len};
    SolverOptions options = {.gap = GAP,
                             .work_most = CLAMP(search->work, 1, search->work_now),
                             .threads = (int32_t)g_get_num_processors(),
                             .seed = 1,
                             .start = &start};
    SolverResult *result = solve_anywhere(search->program, &question->problem, &options, (SolveMeanwhile){0}, error);
    search->work -= result ? result->statistics.work : 0;
    return result;
}

/* A missing person in every roster: the bound is above all that can be charged besides, and by more than rounding. */
static gboolean is_no(const Question *question, int64_t bound_cents)
{
    return bound_cents != INT64_MIN && bound_cents > question->others_cents + question->missing_cents / MARGIN;
}

/* The week in which those with a say do what was found and the others what they did. */
static Roster *roster_of(const ShortageSearch *search, const Question *question, const SolverResult *result)
{
    Roster *roster = roster_copy(search->roster);
    for (guint i = search->roster->assignments->len; i-- > 0;) {
        const Assignment *at = roster_at(search->roster, i);
        if (shortage_has_say(search, at->worker))
            roster_remove(roster, at->shift, at->worker);
    }
    for (int32_t i = 0; i < result->chosen_count; i++) {
        int32_t base = g_array_index(question->base_entry, int32_t, result->chosen[i]);
        guint shift = shift_of(search, base), worker = (guint)search->base->problem.entries[base].worker;
        const Assignment *before = roster_find(search->roster, shift, worker);
        roster_add(roster, shift, worker, before && before->is_pinned);
    }
    return roster;
}

gboolean shortage_ask(ShortageSearch *search, gboolean is_guided, ShortageAnswer *answer, Roster **roster,
                      GError **error)
{
    Question question;
    question_init(&question, search, is_guided);
    SolverResult *result = question_solve(search, &question, error);
    *answer = SHORTAGE_UNKNOWN;
    gboolean is_possible = result && result->status != SOLVER_INFEASIBLE &&
                           result->status != SOLVER_UNDECIDED; /* pins that cannot hold are told elsewhere */
    if (is_possible && result->cost_cents <= question.others_cents) {
        *answer = SHORTAGE_YES;
        if (roster)
            *roster = roster_of(search, &question, result);
    } else if (is_possible && is_no(&question, result->bound_cents)) {
        *answer = SHORTAGE_NO;
        SolverCheckOptions options = {.threads = 1};
        SolverCheck check;
        if (search->is_final)
            search->is_checked = solver_certificate_check(&question.problem, &result->certificate, &options, &check) &&
                                 is_no(&question, check.bound_cents);
    }
    gboolean is_solved = result != NULL;
    solver_result_free(result);
    question_clear(&question);
    return is_solved;
}

gboolean shortage_narrow(ShortageSearch *search, GError **error)
{
    Question question;
    question_init(&question, search, FALSE);
    SolverResult *result = question_solve(search, &question, error);
    gboolean is_solved = result != NULL;
    guint shifts = search->week->pool->shifts->len;
    g_autofree gboolean *all = g_memdup2(search->is_in, sizeof(gboolean) * (gsize)(shifts + 1));
    ShortageAnswer answer = SHORTAGE_UNKNOWN;
    for (guint i = 0; result && i < question.shift_of_row->len; i++) {
        guint shift = g_array_index(question.shift_of_row, guint, i);
        if (shift != PIECE_NO_SHIFT && shift != search->shift &&
            result->row_price[i] < (double)question.missing_cents * 1e-6)
            search->is_in[shift] = FALSE;
    }
    solver_result_free(result);
    question_clear(&question);
    is_solved = is_solved && shortage_ask(search, FALSE, &answer, NULL, error);
    if (answer != SHORTAGE_NO)
        memcpy(search->is_in, all, sizeof(gboolean) * (gsize)(shifts + 1));
    return is_solved;
}
