#include "rooster/proof.h"

#include "rooster/cost.h"
#include "solve_record.h"

const char *proof_state_name(ProofState state)
{
    static const char *const names[] = {[PROOF_CONFIRMED] = "confirmed",
                                        [PROOF_REFUTED] = "refuted",
                                        [PROOF_CHANGED] = "changed",
                                        [PROOF_UNPINNED] = "unpinned",
                                        [PROOF_NOTHING] = "nothing"};
    return names[state];
}

/* The pins of then, NULL if one of them names what is no more. */
static Roster *pins_of(const Pool *pool, const SolveRecord *record)
{
    Roster *pins = roster_new(record->week, ROSTER_DRAFT, 0);
    for (guint i = 0; i < record->pins->len; i++) {
        const RecordPin *pin = g_ptr_array_index(record->pins, i);
        guint shift, worker;
        if (!pool_find_shift(pool, pin->shift, &shift) || !pool_find_worker(pool, pin->worker, &worker)) {
            roster_free(pins);
            return NULL;
        }
        roster_add(pins, shift, worker, TRUE);
    }
    return pins;
}

/*
 * Of one worker's search. A worker cut short counts with what was proven until then, so a limit that is met makes a
 * true bound look false: of three hundred workers one needed more than the two million that were allowed at first.
 */
enum { STEPS_MOST = 500000000 };

static gboolean keeps_pins(const Roster *roster, const Roster *pins)
{
    for (guint i = 0; i < pins->assignments->len; i++)
        if (!roster_find(roster, roster_at(pins, i)->shift, roster_at(pins, i)->worker))
            return FALSE;
    return TRUE;
}

static void check(const WeekProblem *problem, const SolveRecord *record, int threads, Proof *proof)
{
    g_autofree SolverPair *pairs = g_new0(SolverPair, record->pairs->len + 1);
    for (guint i = 0; i < record->pairs->len; i++) {
        const RecordPair *pair = &g_array_index(record->pairs, RecordPair, i);
        pairs[i] = (SolverPair){pair->first, pair->second, pair->price};
    }
    SolverCertificate certificate = {.bits = record->bits,
                                     .row_count = (int32_t)record->row_prices->len,
                                     .row_price = (int64_t *)(void *)record->row_prices->data,
                                     .pair_count = (int32_t)record->pairs->len,
                                     .pairs = pairs};
    SolverCheckOptions options = {.steps_most = STEPS_MOST,
                                  .threads = threads > 0 ? threads : (int32_t)g_get_num_processors()};
    SolverCheck answer;
    gboolean is_proven = solver_certificate_check(&problem->problem, &certificate, &options, &answer);
    proof->fault = answer.fault;
    proof->certified_cents = is_proven ? answer.bound_cents + problem->constant_cents : INT64_MIN;
    proof->state = is_proven && proof->certified_cents >= record->certified_cents ? PROOF_CONFIRMED : PROOF_REFUTED;
}

Proof proof_check(const Pool *pool, const GPtrArray *published, const SolveRecord *record, const Roster *roster,
                  int threads)
{
    int64_t begin_us = g_get_monotonic_time();
    Proof proof = {.state = PROOF_CHANGED, .claimed_cents = record->bound_cents};
    g_autoptr(Week) week = week_new(pool, record->week, published);
    g_autoptr(Roster) pins = pins_of(pool, record);
    gboolean is_same_base = !record->is_repair || (week->published && week->published->revision == record->revision);
    if (pins && is_same_base) {
        week_lift_pins(week, pins);
        if (record->is_repair)
            week_set_repair(week, record->now_min);
        g_autoptr(WeekProblem) problem = week_problem_new(week, pins);
        g_autofree char *fingerprint = week_problem_fingerprint(problem);
        Cost cost = cost_of(week, roster);
        proof.cost_cents = cost_total(&cost);
        if (!record->is_certified)
            proof.state = PROOF_NOTHING;
        else if (!g_str_equal(fingerprint, record->fingerprint))
            proof.state = PROOF_CHANGED;
        else if (!keeps_pins(roster, pins))
            proof.state = PROOF_UNPINNED;
        else
            check(problem, record, threads, &proof);
    }
    proof.seconds = (double)(g_get_monotonic_time() - begin_us) / G_USEC_PER_SEC;
    return proof;
}
