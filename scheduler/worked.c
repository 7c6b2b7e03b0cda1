#include "rooster/worked.h"

#include "kind_names.h"

KIND_NAMES(WorkedReason, worked_reason, "worked", "cancelled_paid", "3h_floor", "moved_paid")

WorkedEntry *worked_entry_copy(const WorkedEntry *entry)
{
    WorkedEntry *copy = g_memdup2(entry, sizeof *entry);
    copy->shift = g_strdup(entry->shift);
    copy->worker = g_strdup(entry->worker);
    copy->coop = g_strdup(entry->coop);
    copy->note = g_strdup(entry->note);
    copy->by = g_strdup(entry->by);
    return copy;
}

void worked_entry_free(WorkedEntry *entry)
{
    if (!entry)
        return;
    g_free(entry->shift);
    g_free(entry->worker);
    g_free(entry->coop);
    g_free(entry->note);
    g_free(entry->by);
    g_free(entry);
}

WorkedEntry *worked_entry_reversal(const WorkedEntry *entry, const char *note, const char *by, int64_t at_s)
{
    g_assert(entry->entry > 0 && entry->reverses == 0);
    WorkedEntry *reversal = worked_entry_copy(entry);
    reversal->entry = 0;
    reversal->reverses = entry->entry;
    reversal->paid_min = -entry->paid_min;
    reversal->at_s = at_s;
    g_free(reversal->note);
    reversal->note = g_strdup(note ? note : "");
    g_free(reversal->by);
    reversal->by = g_strdup(by);
    return reversal;
}
