/*
 * Worked hours: what was planned becomes what is paid and billed when the coop confirms it. The entries are a ledger:
 * none is ever changed, a correction is a reversal (its paid minutes negative) and a new entry (DOMAIN 4.2).
 */
#ifndef ROOSTER_WORKED_H
#define ROOSTER_WORKED_H

#include "rooster/zone.h"

G_BEGIN_DECLS

/* Why these hours are paid. */
typedef enum WorkedReason {
    WORKED_DONE,           /* worked as confirmed */
    WORKED_CANCELLED_PAID, /* withdrawn within the notice: the pay stays owed (BW 7:628a(3)) */
    WORKED_THREE_HOURS,    /* a call of less than three hours is paid as three (BW 7:628a(1)) */
    WORKED_MOVED_PAID      /* moved within the notice: the old times stay owed (BW 7:628a(3)) */
} WorkedReason;
#define WORKED_REASONS 4

typedef struct WorkedEntry {
    int64_t entry; /* given by the store, rising; 0 before */
    IsoWeek week;
    char *shift, *worker, *coop;
    int64_t start_min, end_min;
    int32_t break_min;
    int64_t paid_min; /* negative in a reversal */
    WorkedReason reason;
    gboolean is_disputed; /* the coop does not agree with what was planned; `note` says why; nothing is paid or billed
                             on it */
    char *note;
    int64_t reverses; /* the entry that this one takes back; 0 if none */
    char *by;         /* who approved: "coop:kantine" */
    int64_t at_s;
} WorkedEntry;

/* What takes a stored entry back: the same but for paid_min, which is negated, and who, when and why. Caller frees. */
WorkedEntry *worked_entry_reversal(const WorkedEntry *entry, const char *note, const char *by, int64_t at_s);
WorkedEntry *worked_entry_copy(const WorkedEntry *entry);
void worked_entry_free(WorkedEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WorkedEntry, worked_entry_free)

/* "worked", "cancelled_paid", "3h_floor", "moved_paid"; static. */
const char *worked_reason_name(WorkedReason reason);
gboolean worked_reason_parse(const char *text, WorkedReason *reason);

G_END_DECLS

#endif
