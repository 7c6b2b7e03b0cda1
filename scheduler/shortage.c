/*
 * The proof that a shortfall is unavoidable, by growing and shrinking.
 *
 *   Question of a set T of shifts: can each t in T have wanted_t people at once, lines of work and learners lawful? The
 *   workers who can take none of T have no say in it; the others may take any other shift or none, so that every lawful
 *   roster of the week answers it. The optimiser minimises the people missing on T; a bound above nothing means no.
 *
 * wanted_t is what the roster has, one more on the short shift. Growing: T begins with the short shift alone. An answer
 * yes comes with lines of work; the shifts that these leave with too few people, or with people who may not stand there
 * together, join T, until there are none (a roster that fills it) or the answer is no. Where two answers are as good,
 * one that keeps people where they are is preferred, in prices far below that of a missing person. Shrinking: shifts
 * and then kinds of limits are taken away one by one as long as the answer stays no (a deletion filter: Chinneck and
 * Dravnieks, ORSA Journal on Computing 3, 1991). What is left is smallest in the sense that nothing more can be taken
 * away.
 */
#include "rooster/shortage.h"

#include "rooster/rules.h"
#include "shortage_question.h"

#include <string.h>

enum { WORK_DEFAULT = 200000, WORK_LITTLE = 30000, WORK_MUCH = 300000 };

void shortage_free(Shortage *shortage)
{
    if (!shortage)
        return;
    g_array_unref(shortage->shifts);
    g_array_unref(shortage->asked);
    g_array_unref(shortage->workers);
    roster_free(shortage->roster);
    g_free(shortage);
}

static Shortage *shortage_new(ShortageVerdict verdict)
{
    Shortage *shortage = g_new0(Shortage, 1);
    shortage->verdict = verdict;
    shortage->shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    shortage->asked = g_array_new(FALSE, FALSE, sizeof(int));
    shortage->workers = g_array_new(FALSE, FALSE, sizeof(guint));
    return shortage;
}

/* --- growing */

static gboolean breaks_shift(const ShortageSearch *search, const Roster *roster, guint shift)
{
    g_autoptr(GPtrArray) violations = rules_check_shift(search->week, roster, shift);
    return violations->len > 0;
}

/* Adds to the set what the roster leaves short or breaks; FALSE if that is nothing new. */
static gboolean grow(ShortageSearch *search, const Roster *roster)
{
    gboolean has_grown = FALSE;
    for (guint at = 0; at < search->week->shifts->len; at++) {
        guint shift = g_array_index(search->week->shifts, guint, at);
        if (search->is_in[shift] ||
            ((int)roster_cover(roster, shift, NULL) >= search->wanted[shift] && !breaks_shift(search, roster, shift)))
            continue;
        search->is_in[shift] = TRUE;
        has_grown = TRUE;
    }
    return has_grown;
}

/* Asks with ever more work, at last without guidance, until there is an answer. */
static gboolean ask_harder(ShortageSearch *search, ShortageAnswer *answer, Roster **roster, GError **error)
{
    static const struct {
        gboolean is_guided;
        int64_t work;
    } tries[] = {{TRUE, WORK_LITTLE}, {TRUE, WORK_MUCH}, {FALSE, WORK_MUCH}};
    *answer = SHORTAGE_UNKNOWN;
    for (guint i = 0; i < G_N_ELEMENTS(tries) && *answer == SHORTAGE_UNKNOWN && search->work > 0; i++) {
        search->work_now = tries[i].work;
        if (!shortage_ask(search, tries[i].is_guided, answer, roster, error))
            return FALSE;
    }
    search->work_now = WORK_MUCH;
    return TRUE;
}

/* Grows the set until the answer is no or a roster is there; *roster is taken over. */
static gboolean grow_all(ShortageSearch *search, ShortageAnswer *answer, Roster **roster, GError **error)
{
    for (;;) {
        g_autoptr(Roster) found = NULL;
        if (!ask_harder(search, answer, &found, error))
            return FALSE;
        if (*answer != SHORTAGE_YES)
            return TRUE;
        if (!grow(search, found)) {
            *roster = g_steal_pointer(&found);
            return TRUE;
        }
    }
}

/* --- shrinking */

/* Asks again without something; keeps it out if the answer stays no. */
static gboolean is_needed(ShortageSearch *search, gboolean *part, gboolean without, Shortage *shortage, GError **error)
{
    ShortageAnswer answer = SHORTAGE_UNKNOWN;
    gboolean with = *part;
    if (search->work <= 0) {
        shortage->is_smallest = FALSE;
        return TRUE;
    }
    *part = without;
    if (!shortage_ask(search, FALSE, &answer, NULL, error))
        return FALSE;
    if (answer != SHORTAGE_NO)
        *part = with;
    shortage->is_smallest &= answer != SHORTAGE_UNKNOWN;
    return TRUE;
}

/* Those far from the short shift in time first: they are the least likely to matter. */
static GArray *shifts_by_distance(const ShortageSearch *search)
{
    const Pool *pool = search->week->pool;
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint at = 0; at < search->week->shifts->len; at++) {
        guint shift = g_array_index(search->week->shifts, guint, at);
        if (!search->is_in[shift] || shift == search->shift)
            continue;
        int64_t apart = ABS(pool_shift(pool, shift)->start_min - pool_shift(pool, search->shift)->start_min);
        guint place = 0;
        while (place < order->len && ABS(pool_shift(pool, g_array_index(order, guint, place))->start_min -
                                         pool_shift(pool, search->shift)->start_min) >= apart)
            place++;
        g_array_insert_val(order, place, shift);
    }
    return order;
}

static gboolean shrink(ShortageSearch *search, int64_t work, Shortage *shortage, GError **error)
{
    ShortageAnswer answer = SHORTAGE_UNKNOWN;
    shortage->is_smallest = TRUE;
    search->work = MAX(search->work, work / 2); /* a proof is there: it should be a readable one */
    if (!shortage_narrow(search, error))
        return FALSE;
    g_autoptr(GArray) order = shifts_by_distance(search);
    for (guint i = 0; i < order->len; i++)
        if (!is_needed(search, &search->is_in[g_array_index(order, guint, i)], FALSE, shortage, error))
            return FALSE;
    for (int limit = 0; limit < SHORTAGE_LIMITS; limit++)
        if (!is_needed(search, &search->is_lifted[limit], TRUE, shortage, error))
            return FALSE;
    search->is_final = TRUE;
    search->work = MAX(search->work, WORK_MUCH);
    if (!shortage_ask(search, FALSE, &answer, NULL, error))
        return FALSE;
    shortage->is_checked = search->is_checked;
    for (int limit = 0; limit < SHORTAGE_LIMITS; limit++)
        shortage->takes[limit] = !search->is_lifted[limit];
    return TRUE;
}

static void take_set(const ShortageSearch *search, Shortage *shortage)
{
    for (guint at = 0; at < search->week->shifts->len; at++) {
        guint shift = g_array_index(search->week->shifts, guint, at);
        if (!search->is_in[shift])
            continue;
        g_array_append_val(shortage->shifts, shift);
        g_array_append_val(shortage->asked, search->wanted[shift]);
    }
    for (guint worker = 0; worker < search->week->pool->workers->len; worker++)
        if (shortage_has_say(search, worker))
            g_array_append_val(shortage->workers, worker);
}

/* --- the whole */

static void take_roster(const ShortageSearch *search, Shortage *shortage, Roster *roster)
{
    g_autoptr(GPtrArray) violations = rules_check(search->week, roster);
    shortage->roster = roster;
    if (violations->len > 0) { /* what cannot be shown to be lawful is not claimed */
        shortage->verdict = SHORTAGE_UNDECIDED;
        return;
    }
    Cost before = cost_of(search->week, search->roster), after = cost_of(search->week, roster);
    for (int term = 0; term < COST_TERMS; term++)
        shortage->price.cents[term] = after.cents[term] - before.cents[term];
}

Shortage *shortage_of(const Week *week, const Roster *roster, guint shift, const ShortageOptions *options,
                      GError **error)
{
    ShortageSearch search;
    int64_t work = options->work > 0 ? options->work : WORK_DEFAULT;
    shortage_search_init(&search, week, roster, shift, options->program, work);
    g_autoptr(Shortage) shortage = NULL;
    Roster *found = NULL;
    ShortageAnswer answer;
    gboolean is_done = grow_all(&search, &answer, &found, error);
    if (is_done) {
        shortage = shortage_new(answer == SHORTAGE_NO    ? SHORTAGE_UNAVOIDABLE
                                : answer == SHORTAGE_YES ? SHORTAGE_CHOSEN
                                                         : SHORTAGE_UNDECIDED);
        if (answer == SHORTAGE_NO && (is_done = shrink(&search, work, shortage, error)))
            take_set(&search, shortage);
        if (answer == SHORTAGE_YES)
            take_roster(&search, shortage, found);
    }
    shortage_search_clear(&search);
    return is_done ? g_steal_pointer(&shortage) : NULL;
}
