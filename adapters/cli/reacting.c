#include "reacting.h"

#include "feed_files.h"
#include "findings.h"
#include "text.h"

#define SECONDS_DEFAULT 1.0

enum { THREADS_MOST = 256 };

gboolean reacting_options(const Session *session, RepairOptions *repair, GError **error)
{
    const Options *options = &session->options;
    int64_t threads = 0;
    *repair =
        (RepairOptions){.seconds = SECONDS_DEFAULT, .program = "/proc/self/exe", .is_unrecorded = options->is_trial};
    if (!session_real("seconds", options->seconds, 0, 1000000, &repair->seconds, error) ||
        !session_integer("work", options->work, 0, G_MAXINT64, &repair->work, error) ||
        !session_integer("threads", options->threads, 1, THREADS_MOST, &threads, error))
        return FALSE;
    repair->threads = (int)threads;
    return TRUE;
}

/* --- storing */

static gboolean refuse_draft(const Reaction *reaction, GError **error)
{
    gboolean has_draft = FALSE;
    IsoWeek week = {0};
    if (!reaction_has_draft(reaction, &has_draft, &week, error))
        return FALSE;
    if (!has_draft)
        return TRUE;
    g_autofree char *name = iso_week_format(week);
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                "%s has a draft, which --accept would end; publish it or take it back with `rooster undo --week %s` "
                "first, or leave --accept out",
                name, name);
    return FALSE;
}

static gboolean store_all(const Session *session, const Reaction *reaction, const AuditEntry *audit, GError **error)
{
    return reaction_save_pool(reaction, audit, error) &&
           (session->options.is_accept ? reaction_publish(reaction, audit, error)
                                       : reaction_propose(reaction, audit, error));
}

gboolean reacting_store(const Session *session, const Reaction *reaction, const AuditEntry *audit, GError **error)
{
    if (session->options.is_accept && !refuse_draft(reaction, error))
        return FALSE;
    if (!store_begin(session->desk.store, error))
        return FALSE;
    if (store_all(session, reaction, audit, error) && store_commit(session->desk.store, error))
        return TRUE;
    store_rollback(session->desk.store);
    return FALSE;
}

/* --- telling */

static const RepairAnswer *answer_at(const Reaction *reaction, guint index)
{
    return g_ptr_array_index(reaction->answers, index);
}

static Decimal tenthousandths(double number)
{
    return (Decimal)(number * DECIMAL_ONE + 0.5);
}

static void report_weeks(const Session *session, const Reaction *reaction, Report *report)
{
    static const Column columns[] = {{"week", "Week", 0},
                                     {"outcome", "Outcome", 0},
                                     {"state", "Answer", 0},
                                     {"price_cents", "euro", COLUMN_RIGHT},
                                     {"cost_cents", "", COLUMN_PROGRAM},
                                     {"bound_cents", "", COLUMN_PROGRAM},
                                     {"gap_percent", "", COLUMN_PROGRAM},
                                     {"status", "Proof", 0},
                                     {"seconds", "", COLUMN_PROGRAM}};
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "weeks", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No published week is touched.");
    for (guint i = 0; i < reaction->answers->len; i++) {
        const RepairAnswer *answer = answer_at(reaction, i);
        g_autofree char *week = iso_week_format(answer->roster->week);
        table_text(table, week);
        table_text(table, repair_outcome_name(answer->outcome));
        table_text(table, session->options.is_trial          ? "trial"
                          : session->options.is_accept       ? "published"
                          : repair_changes_something(answer) ? "proposed"
                                                             : "unchanged");
        table_cents(table, answer->price_cents);
        table_cents(table, answer->cost_cents);
        if (answer->has_bound) {
            table_cents(table, answer->bound_cents);
            table_decimal(table, tenthousandths(plan_gap_percent(answer->cost_cents, answer->bound_cents)));
        } else {
            table_none(table);
            table_none(table);
        }
        table_text(table, answer->status);
        table_decimal(table, tenthousandths(answer->seconds));
    }
}

static void put_worker(Table *table, const Pool *pool, guint index)
{
    const Worker *worker = pool_worker(pool, index);
    table_text(table, worker->id);
    table_text(table, worker_name(worker));
}

static void report_repairs(const Reaction *reaction, Report *report)
{
    static const char *const why[] = {
        [REPAIR_ASKED] = "asked for", [REPAIR_FORCED] = "cannot stay", [REPAIR_ELSEWHERE] = "elsewhere"};
    static const Column columns[] = {{"worker", "Worker", 0},       {"name", "Name", COLUMN_CUT},
                                     {"change", "Change", 0},       {"shift", "Shift", COLUMN_WRAP},
                                     {"start", "", COLUMN_PROGRAM}, {"", "When", COLUMN_PEOPLE | COLUMN_WRAP},
                                     {"cause", "Why", COLUMN_WRAP}, {"is_late", "Short notice", COLUMN_WRAP}};
    Table *table = report_table(report, FOR_ALL, "changes", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nobody's week changes.");
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GArray *changes = answer_at(reaction, i)->changes;
        for (guint k = 0; k < changes->len; k++) {
            const RepairChange *change = &g_array_index(changes, RepairChange, k);
            const Shift *shift = pool_shift(reaction->pool, change->shift);
            g_autofree char *times = shift_times(reaction->pool, change->shift);
            put_worker(table, reaction->pool, change->worker);
            table_text(table, change->is_added ? "added" : "dropped");
            table_text(table, shift->id);
            table_time(table, reaction->pool->zone, shift->start_min);
            table_text(table, times);
            table_both(table, why[change->cause], repair_cause_name(change->cause));
            table_flag(table, change->is_late, change->is_added ? "may refuse" : "pay owed");
        }
    }
}

static void report_asked(const Reaction *reaction, Report *report)
{
    static const Column columns[] = {{"shift", "Shift", COLUMN_WRAP},
                                     {"coop", "Coop", COLUMN_CUT},
                                     {"start", "", COLUMN_PROGRAM},
                                     {"end", "", COLUMN_PROGRAM},
                                     {"", "When", COLUMN_PEOPLE | COLUMN_WRAP},
                                     {"headcount", "Asked", COLUMN_RIGHT},
                                     {"before", "Without", COLUMN_RIGHT},
                                     {"cover", "With", COLUMN_RIGHT},
                                     {"able", "", COLUMN_PROGRAM},
                                     {"nearest_start", "", COLUMN_PROGRAM},
                                     {"nearest_end", "", COLUMN_PROGRAM},
                                     {"nearest_workers", "", COLUMN_PROGRAM},
                                     {"", "Possible on", COLUMN_PEOPLE | COLUMN_WRAP}};
    const Zone *zone = reaction->pool->zone;
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "shifts", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No shift is asked about.");
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GPtrArray *shifts = answer_at(reaction, i)->shifts;
        for (guint k = 0; k < shifts->len; k++) {
            const RepairShift *asked = g_ptr_array_index(shifts, k);
            const Shift *shift = pool_shift(reaction->pool, asked->shift);
            g_autofree char *times = shift_times(reaction->pool, asked->shift);
            table_text(table, shift->id);
            table_text(table, pool_coop(reaction->pool, shift->coop)->id);
            table_time(table, zone, shift->start_min);
            table_time(table, zone, shift->end_min);
            table_text(table, times);
            table_number(table, shift->headcount);
            table_number(table, asked->before);
            table_number(table, asked->cover);
            table_number(table, asked->able);
            if (asked->has_nearest) {
                g_autofree char *nearest = zone_format_short(zone, asked->nearest_start_min);
                g_autofree char *words = g_strdup_printf("%s, by %u", nearest, asked->nearest_workers);
                table_time(table, zone, asked->nearest_start_min);
                table_time(table, zone, asked->nearest_end_min);
                table_number(table, asked->nearest_workers);
                table_text(table, words);
            } else {
                for (int cell = 0; cell < 4; cell++)
                    table_none(table);
            }
        }
    }
}

static gboolean has_reasons(const Reaction *reaction)
{
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GPtrArray *shifts = answer_at(reaction, i)->shifts;
        for (guint k = 0; k < shifts->len; k++)
            if (((const RepairShift *)g_ptr_array_index(shifts, k))->reasons->len > 0)
                return TRUE;
    }
    return FALSE;
}

static void add_section(Table *table, const char *about, const Pool *pool, guint shift)
{
    g_autofree char *times = shift_times(pool, shift);
    g_autofree char *section = g_strdup_printf("%s%s, %s", about, pool_shift(pool, shift)->id, times);
    table_section(table, section);
}

static void report_reasons(const Reaction *reaction, Report *report)
{
    static const Column columns[] = {{"shift", "", COLUMN_PROGRAM},
                                     {"rule", "Rule", 0},
                                     {"article", "Article", COLUMN_WRAP},
                                     {"workers", "Workers", COLUMN_RIGHT},
                                     {"alone", "By it alone", COLUMN_RIGHT | COLUMN_WRAP},
                                     {"example", "For example", COLUMN_WRAP}};
    unsigned forms = has_reasons(reaction) ? FOR_PEOPLE | FOR_JSON : FOR_JSON;
    Table *table = report_table(report, forms, "reasons", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GPtrArray *shifts = answer_at(reaction, i)->shifts;
        for (guint k = 0; k < shifts->len; k++) {
            const RepairShift *asked = g_ptr_array_index(shifts, k);
            if (asked->reasons->len > 0)
                add_section(table, "Short: ", reaction->pool, asked->shift);
            for (guint r = 0; r < asked->reasons->len; r++) {
                const RepairReason *reason = g_ptr_array_index(asked->reasons, r);
                g_autofree char *example =
                    g_strdup_printf("%s: %s", pool_worker(reaction->pool, reason->example)->id, reason->text);
                table_text(table, pool_shift(reaction->pool, asked->shift)->id);
                table_text(table, reason->rule);
                table_text(table, reason->article);
                table_number(table, reason->workers);
                table_number(table, reason->alone);
                table_text(table, example);
            }
        }
    }
}

static void report_consents(const Reaction *reaction, Report *report)
{
    enum { SHOWN = 5 };
    static const Column columns[] = {{"shift", "", COLUMN_PROGRAM},
                                     {"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},
                                     {"is_chosen", "In the answer", 0},
                                     {"price_cents", "euro", COLUMN_RIGHT}};
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "consents", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nobody has to agree: all who are added have four days' notice (BW 7:628a).");
    for (guint i = 0; i < reaction->answers->len; i++) {
        const GPtrArray *consents = answer_at(reaction, i)->consents;
        for (guint k = 0; k < consents->len; k++) {
            const RepairConsent *consent = g_ptr_array_index(consents, k);
            if (consent->workers->len > 0)
                add_section(table, "To be asked for ", reaction->pool, consent->shift);
            for (guint c = 0; c < MIN(consent->workers->len, consent->places + SHOWN); c++) {
                const RepairCandidate *candidate = g_ptr_array_index(consent->workers, c);
                table_text(table, pool_shift(reaction->pool, consent->shift)->id);
                put_worker(table, reaction->pool, candidate->worker);
                table_flag(table, candidate->is_chosen, "yes");
                table_cents(table, candidate->price_cents);
            }
        }
    }
}

static void report_prices(const Reaction *reaction, Report *report)
{
    Cost before = {0}, after = {0};
    for (guint i = 0; i < reaction->answers->len; i++) {
        const RepairAnswer *answer = answer_at(reaction, i);
        for (int term = 0; term < COST_TERMS; term++) {
            before.cents[term] += answer->nothing.cents[term];
            after.cents[term] += answer->nothing.cents[term] + answer->price.cents[term];
        }
    }
    report_price(report, &before, &after);
}

void reacting_report(const Session *session, const Reaction *reaction, Report *report)
{
    report_weeks(session, reaction, report);
    report_line(report, "%s", "");
    report_repairs(reaction, report);
    report_line(report, "%s", "");
    report_asked(reaction, report);
    report_line(report, "%s", "");
    report_reasons(reaction, report);
    if (has_reasons(reaction))
        report_line(report, "%s", "");
    report_prices(reaction, report);
    report_line(report, "%s", "");
    report_consents(reaction, report);
    for (guint i = 0; i < reaction->answers->len; i++)
        if (answer_at(reaction, i)->trouble != NULL)
            session_warn("the global repair failed, the quick answer stands: %s", answer_at(reaction, i)->trouble);
    if (!session->options.is_accept || reaction->answers->len == 0)
        return;
    g_autoptr(GError) reason = NULL;
    report_line(report, "%s", "");
    if (!feed_files_write(session, reaction->pool, report, &reason))
        session_warn(
            "the answer is published, but its feeds are not written: %s; `rooster publish --feeds DIR` writes them",
            reason->message);
}
