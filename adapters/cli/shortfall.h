/* Why a shift is short, as a proof or as a matter of price. */
#ifndef CLI_SHORTFALL_H
#define CLI_SHORTFALL_H

#include "rooster/worth.h"
#include "sheet.h"

/*
 * Tables "proof" or "nearest", for people and JSON, and what they prove. can_change: some worker can take it, at most
 * by leaving a shift to another, so that no proof is looked for. worth: NULL where there are no prices.
 */
gboolean report_shortfall_proof(Report *report, const Session *session, const Sheet *sheet, Worth *worth, guint shift,
                                gboolean can_change, GError **error);

#endif
