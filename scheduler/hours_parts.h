/*
 * What the hours are made of (private to scheduler).
 */
#ifndef ROOSTER_HOURS_PARTS_H
#define ROOSTER_HOURS_PARTS_H

#include "rooster/hours.h"

/* A published assignment that is no longer one, and stays owed. */
typedef struct Withdrawal {
    guint shift, worker;
    WorkedReason reason; /* WORKED_CANCELLED_PAID, or WORKED_MOVED_PAID */
    ShiftTimes times;    /* that stay owed; of what was moved, the break is what is worked or free of it */
    gboolean is_of_coop; /* the coop asked for fewer people or other times; else the pool bears it */
} Withdrawal;

/* Of Withdrawal, each pair once; the caller unrefs. hours_moved: of what is published still, at other times. */
GArray *hours_withdrawals(const HoursSource *source);
GArray *hours_moved(const HoursSource *source);

/* What stands in a ledger: neither a reversal nor reversed. Of const WorkedEntry *, in its order; the caller unrefs. */
GPtrArray *ledger_standing(const GPtrArray *ledger);

/*
 * Brings the floors up to date: appends to `fresh` the entries by which those of the workers whom it names become what
 * BW 7:628a(1) says of the ledger with `fresh`.
 */
void hours_settle_floors(const Hours *hours, GPtrArray *fresh, const char *by);

#endif
