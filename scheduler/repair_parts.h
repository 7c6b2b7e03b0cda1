/*
 * The steps of a repair (private to scheduler), each in the file of its name.
 */
#ifndef ROOSTER_REPAIR_PARTS_H
#define ROOSTER_REPAIR_PARTS_H

#include "rooster/repair.h"

/*
 * The published roster of the week without what cannot stay. `week` comes out as a repair from now, with the pins
 * lifted that belong to people who are away. Caller frees.
 */
Roster *repair_standing(Week *week, int64_t now_min);

/* Adds the cheapest people to the shifts (of guint), one by one, as long as each saves more than it costs; with 2 steps
 * also those for whom somebody else has to take another shift. */
void repair_quickly(const Week *week, Roster *roster, const GArray *shifts, guint steps_most);

/* What keeps people off a short shift of the answer; counts whoever could take it, too. Of RepairReason. */
GPtrArray *repair_reasons(const Week *week, const Roster *roster, guint shift, guint *able);

/* Sets the nearest time at which somebody could take the shift. */
void repair_find_nearest(const RepairQuestion *question, const Roster *roster, RepairShift *asked);

/* Who is to be asked for each shift on which the answer adds people within the notice. Of RepairConsent. */
GPtrArray *repair_consents(const Week *week, const RepairAnswer *answer);

#endif
