#include "shortfall.h"

#include "findings.h"
#include "pricing.h"
#include "rooster/shortage.h"

static const struct {
    const char *key, *words;
} limits[SHORTAGE_LIMITS] = {
    [SHORTAGE_HOURS] = {"hours", "hours of the contract and of the weeks around"},
    [SHORTAGE_RESTS] = {"rests", "duties, rests and nights"},
    [SHORTAGE_DAYS] = {"days", "shifts a day and days in a row or off"},
    [SHORTAGE_WORK] = {"work_around", "work in the weeks before and after"},
    [SHORTAGE_PINS] = {"pins", "pinned or begun work"},
};

static void report_proof_shifts(Report *report, const Sheet *sheet, const Shortage *found)
{
    static const Column columns[] = {{"shift", "Shift", COLUMN_WRAP},  {"coop", "Coop", 0},
                                     {"", "When", COLUMN_PEOPLE},      {"certificates", "Certificates", COLUMN_WRAP},
                                     {"asked", "Asked", COLUMN_RIGHT}, {"cover", "Has", COLUMN_RIGHT}};
    const Pool *pool = sheet->week->pool;
    Table *table = report_table(report, FOR_PEOPLE | FOR_JSON, "proof", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < found->shifts->len; i++) {
        guint index = g_array_index(found->shifts, guint, i);
        const Shift *shift = pool_shift(pool, index);
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (const char **name = shift->certificates; *name != NULL; name++)
            g_ptr_array_add(names, (gpointer)*name);
        g_autofree char *times = shift_times(pool, index);
        table_text(table, shift->id);
        table_text(table, pool_coop(pool, shift->coop)->id);
        table_text(table, times);
        table_list(table, names, " ");
        table_number(table, g_array_index(found->asked, int, i));
        table_number(table, roster_cover(sheet->roster, index, NULL));
    }
}

static void report_proof_workers(Report *report, const Sheet *sheet, const Shortage *found)
{
    static const Column columns[] = {{"worker", "", COLUMN_PROGRAM}, {"name", "", COLUMN_PROGRAM}};
    const Pool *pool = sheet->week->pool;
    Table *table = report_table(report, FOR_JSON, "proof_workers", columns, G_N_ELEMENTS(columns));
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < found->workers->len; i++) {
        const Worker *worker = pool_worker(pool, g_array_index(found->workers, guint, i));
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", worker_name(worker));
    }
    if (found->workers->len > 0)
        report_line(report, "%s: %s.",
                    found->workers->len == 1 ? "The one worker who can take any of them"
                                             : "All who can take one of them",
                    names->str);
}

static void report_limits(Report *report, const Shortage *found)
{
    g_autoptr(GString) words = g_string_new(NULL), keys = g_string_new(NULL);
    for (int limit = 0; limit < SHORTAGE_LIMITS; limit++) {
        if (!found->takes[limit])
            continue;
        g_string_append_printf(words, "%s%s", words->len > 0 ? "; " : "", limits[limit].words);
        g_string_append_printf(keys, "%s%s", keys->len > 0 ? " " : "", limits[limit].key);
    }
    report_fact_flag(report, "proof_is_smallest", found->is_smallest);
    if (!found->is_smallest) {
        report_line(report, "The work given was not enough to look for a smaller set; --work N gives more.");
        return;
    }
    report_fact(report, "proof_limits", keys->str);
    if (words->len > 0)
        report_line(report, "Besides that nobody is in two places at once it takes: %s.", words->str);
    if (found->shifts->len + words->len > 1)
        report_line(report, "Without any one of these shifts%s there would be enough people.",
                    words->len > 0 ? " or limits" : "");
}

static void report_unavoidable(Report *report, const Sheet *sheet, const Shortage *found)
{
    int asked = 0;
    for (guint i = 0; i < found->asked->len; i++)
        asked += g_array_index(found->asked, int, i);
    report_fact(report, "proof_verdict", "unavoidable");
    report_fact_flag(report, "proof_is_checked", found->is_checked);
    if (found->shifts->len == 1 && found->workers->len == 0)
        report_line(report, "\nProven unavoidable: nobody can take it at all.");
    else if (found->shifts->len == 1)
        report_line(report, "\nProven unavoidable: of the %u who can take it at all, no %d can at once.",
                    found->workers->len, asked);
    else
        report_line(report,
                    "\nProven unavoidable: these %u shifts ask for %d people together, and in every lawful roster, "
                    "whatever it costs, at least one of them is missing:",
                    found->shifts->len, asked);
    report_proof_shifts(report, sheet, found);
    report_proof_workers(report, sheet, found);
    report_limits(report, found);
    if (found->is_checked)
        report_line(report, "The proof was counted again in whole numbers.");
}

/* It can be filled; then only the price speaks. */
static void report_chosen(Report *report, const Sheet *sheet, const Shortage *found)
{
    int64_t cents = cost_total(&found->price);
    g_autofree char *price = cents_format_people(cents < 0 ? -cents : cents);
    Cost before = cost_of(sheet->week, sheet->roster), after = cost_of(sheet->week, found->roster);
    report_fact(report, "proof_verdict", "chosen");
    report_line(
        report,
        "\nNot unavoidable: a lawful roster fills it and leaves no other shift with fewer people. The one found "
        "costs %s euro %s:",
        price, cents < 0 ? "less; plan again" : "more");
    report_price(report, &before, &after);
}

gboolean report_shortfall_proof(Report *report, const Session *session, const Sheet *sheet, Worth *worth, guint shift,
                                gboolean can_change, GError **error)
{
    g_autoptr(Shortage) found = NULL;
    ShortageOptions options = {.program = "/proc/self/exe"};
    if (!session_integer("work", session->options.work, 1, G_MAXINT64, &options.work, error))
        return FALSE;
    g_autoptr(GPtrArray) violations = rules_check(sheet->week, sheet->roster);
    if (can_change) {
        report_fact(report, "proof_verdict", "chosen");
        report_line(report, "\nSo it is not unavoidable that it is short.");
    } else if (violations->len > 0) {
        report_fact(report, "proof_verdict", "undecided");
        report_line(report, "\nThe roster breaks a rule, so nothing can be proven of it; `rooster check` says which.");
        return TRUE;
    } else {
        found = shortage_of(sheet->week, sheet->roster, shift, &options, error);
        if (found == NULL)
            return FALSE;
    }
    if (found != NULL && found->verdict == SHORTAGE_UNAVOIDABLE) {
        report_unavoidable(report, sheet, found);
        return TRUE;
    }
    if (found != NULL && found->verdict == SHORTAGE_CHOSEN)
        report_chosen(report, sheet, found);
    if (found != NULL && found->verdict == SHORTAGE_UNDECIDED) {
        report_fact(report, "proof_verdict", "undecided");
        report_line(report, "\nNot proven unavoidable, and no roster found that fills it; --work N looks longer.");
    }
    if (worth != NULL)
        report_nearest(report, sheet, worth, shift);
    return TRUE;
}
