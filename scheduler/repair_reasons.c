#include "repair_parts.h"

#include <string.h>

static void reason_free(gpointer data)
{
    RepairReason *reason = data;
    g_free(reason->text);
    g_free(reason);
}

/* The first violation of the rule, and whether there is one of another. */
static const Violation *block_by(const Candidate *candidate, const char *rule, gboolean *is_alone)
{
    const Violation *found = NULL;
    *is_alone = TRUE;
    for (guint i = 0; i < candidate->blocks->len; i++) {
        const Violation *block = g_ptr_array_index(candidate->blocks, i);
        if (strcmp(block->rule, rule) != 0)
            *is_alone = FALSE;
        else if (!found)
            found = block;
    }
    return found;
}

static RepairReason *reason_of(const GPtrArray *candidates, const char *rule)
{
    RepairReason *reason = NULL;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        gboolean is_alone;
        const Violation *block = block_by(candidate, rule, &is_alone);
        if (!block)
            continue;
        if (!reason) {
            reason = g_new0(RepairReason, 1);
            *reason = (RepairReason){.rule = block->rule, .article = block->article, .example = candidate->worker};
            reason->text = g_strdup(block->text);
        }
        reason->workers++;
        reason->alone += is_alone ? 1 : 0;
    }
    return reason;
}

GPtrArray *repair_reasons(const Week *week, const Roster *roster, guint shift, guint *able)
{
    GPtrArray *reasons = g_ptr_array_new_with_free_func(reason_free);
    g_autoptr(GPtrArray) candidates = explain_candidates(week, roster, shift);
    *able = 0;
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        *able += !candidate->is_on && candidate->blocks->len == 0 ? 1 : 0;
    }
    for (const char *const *rule = rule_names(); *rule; rule++) {
        RepairReason *reason = reason_of(candidates, *rule);
        if (reason)
            g_ptr_array_add(reasons, reason);
    }
    return reasons;
}

/* --- who is to be asked */

static void consent_free(gpointer data)
{
    RepairConsent *consent = data;
    g_ptr_array_unref(consent->workers);
    g_free(consent);
}

static RepairConsent *consent_of(GPtrArray *consents, guint shift)
{
    for (guint i = 0; i < consents->len; i++) {
        RepairConsent *consent = g_ptr_array_index(consents, i);
        if (consent->shift == shift)
            return consent;
    }
    RepairConsent *consent = g_new0(RepairConsent, 1);
    consent->shift = shift;
    consent->workers = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(consents, consent);
    return consent;
}

static void add_candidate(RepairConsent *consent, guint worker, gboolean is_chosen, int64_t price_cents)
{
    RepairCandidate *candidate = g_new0(RepairCandidate, 1);
    *candidate = (RepairCandidate){worker, is_chosen, price_cents};
    g_ptr_array_add(consent->workers, candidate);
}

static RepairCandidate *find_candidate(const RepairConsent *consent, guint worker)
{
    for (guint i = 0; i < consent->workers->len; i++) {
        RepairCandidate *candidate = g_ptr_array_index(consent->workers, i);
        if (candidate->worker == worker)
            return candidate;
    }
    return NULL;
}

/* The others, cheapest first; those of the answer get their own price if they could step in as things stand. */
static void add_others(const Week *week, const RepairAnswer *answer, RepairConsent *consent)
{
    g_autoptr(GPtrArray) candidates = explain_candidates(week, answer->standing, consent->shift);
    for (guint i = 0; i < candidates->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        if (candidate->is_on || candidate->blocks->len)
            continue;
        RepairCandidate *chosen = find_candidate(consent, candidate->worker);
        if (chosen)
            chosen->price_cents = candidate->price_cents;
        else
            add_candidate(consent, candidate->worker, FALSE, candidate->price_cents);
    }
}

GPtrArray *repair_consents(const Week *week, const RepairAnswer *answer)
{
    GPtrArray *consents = g_ptr_array_new_with_free_func(consent_free);
    for (guint i = 0; i < answer->changes->len; i++) {
        const RepairChange *change = &g_array_index(answer->changes, RepairChange, i);
        if (!change->is_added || !change->is_late)
            continue;
        RepairConsent *consent = consent_of(consents, change->shift);
        consent->places++;
        add_candidate(consent, change->worker, TRUE, answer->price_cents);
    }
    for (guint i = 0; i < consents->len; i++)
        add_others(week, answer, g_ptr_array_index(consents, i));
    return consents;
}
