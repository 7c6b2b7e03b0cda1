#include "command.h"

#include "findings.h"
#include "pricing.h"
#include "rooster/explain.h"
#include "shortfall.h"

static gboolean open_sheet_of_shift(Session *session, guint *shift, Sheet **sheet, GError **error)
{
    IsoWeek week = {0};
    if (!session_open(session, error) || !session_shift(session, shift, error) ||
        !session_week_of_shift(session, *shift, &week, error))
        return FALSE;
    *sheet = sheet_look(session, week, error);
    return *sheet != NULL;
}

/* In a repair, who is on a shift that has begun stays, and nobody is added. */
static gboolean is_begun(const Sheet *sheet, guint shift)
{
    return sheet->week->is_repair && pool_shift(sheet->week->pool, shift)->start_min < sheet->week->now_min;
}

static gboolean is_able(const Sheet *sheet, guint shift, const Candidate *candidate)
{
    return !candidate->is_on && candidate->blocks->len == 0 && !is_begun(sheet, shift);
}

/* What the shift is and how it stands. */
static void report_shift(Report *report, const Sheet *sheet, guint index)
{
    const Pool *pool = sheet->week->pool;
    const Shift *shift = pool_shift(pool, index);
    const Coop *coop = pool_coop(pool, shift->coop);
    guint cover = roster_cover(sheet->roster, index, NULL);
    g_autofree char *times = shift_times(pool, index);
    g_autofree char *start = zone_format(pool->zone, shift->start_min), *end = zone_format(pool->zone, shift->end_min);
    report_fact(report, "shift", shift->id);
    report_fact(report, "coop", coop->id);
    report_fact(report, "start", start);
    report_fact(report, "end", end);
    report_fact_number(report, "headcount", shift->headcount);
    report_fact_number(report, "cover", cover);
    report_line(report, "Shift %s: %s%s%s, %s, %s priority: %u of %d people.", shift->id, coop->name,
                *shift->role != '\0' ? ", " : "", shift->role, times, priority_name(shift->priority), cover,
                shift->headcount);
    for (const char **name = shift->certificates; *name != NULL; name++)
        report_line(report, "Everyone on it holds %s.", *name);
    for (const char **name = shift->team_certificates; *name != NULL; name++)
        report_line(report, "Somebody on it should hold %s.", *name);
    if (is_begun(sheet, index))
        report_line(report, "It has begun: who is on it stays, and nobody is added.");
    report_line(report, "%s", "");
}

/* The first reasons in full, the number of the others. */
static char *reasons_format(const GPtrArray *blocks)
{
    enum { IN_FULL = 2 };
    GString *text = g_string_new(NULL);
    for (guint index = 0; index < MIN(blocks->len, IN_FULL); index++) {
        const Violation *violation = g_ptr_array_index(blocks, index);
        g_string_append_printf(text, "%s%s: %s", index > 0 ? "; " : "", violation->rule, violation->text);
    }
    if (blocks->len > IN_FULL)
        g_string_append_printf(text, "; and %u more", blocks->len - IN_FULL);
    return g_string_free(text, FALSE);
}

static GPtrArray *rules_of(const GPtrArray *blocks)
{
    GPtrArray *rules = g_ptr_array_new();
    for (guint index = 0; index < blocks->len; index++) {
        const char *rule = ((const Violation *)g_ptr_array_index(blocks, index))->rule;
        if (!g_ptr_array_find_with_equal_func(rules, rule, g_str_equal, NULL))
            g_ptr_array_add(rules, (gpointer)rule);
    }
    return rules;
}

static void report_candidates(Report *report, const Sheet *sheet, guint shift, const GPtrArray *candidates)
{
    static const Column columns[] = {{"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},
                                     {"state", "", 0},
                                     {"price_cents", "euro", COLUMN_RIGHT},
                                     {"planned_min", "Hours", COLUMN_RIGHT},
                                     {"rules", "", COLUMN_PROGRAM},
                                     {"why", "Why not", COLUMN_WRAP}};
    Table *table = report_table(report, FOR_ALL, "candidates", columns, G_N_ELEMENTS(columns));
    const Pool *pool = sheet->week->pool;
    table_set_empty(table, "The pool has no workers.");
    for (guint index = 0; index < candidates->len; index++) {
        const Candidate *candidate = g_ptr_array_index(candidates, index);
        const Worker *worker = pool_worker(pool, candidate->worker);
        g_autofree char *why = reasons_format(candidate->blocks);
        g_autoptr(GPtrArray) rules = rules_of(candidate->blocks);
        gboolean can = is_able(sheet, shift, candidate);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        table_text(table, candidate->is_on ? "on it" : can ? "can" : "cannot");
        if (can)
            table_cents(table, candidate->price_cents);
        else
            table_none(table);
        table_minutes(table, candidate->planned_min);
        table_list(table, rules, ", ");
        table_text(table, why);
    }
}

ExitCode command_candidates(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    guint shift = 0;
    g_autoptr(Sheet) sheet = NULL;
    if (!open_sheet_of_shift(session, &shift, &sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) candidates = explain_candidates(sheet->week, sheet->roster, shift);
    g_autoptr(Report) report = report_new(session->format);
    sheet_report(sheet, report);
    report_shift(report, sheet, shift);
    report_candidates(report, sheet, shift, candidates);
    report_print(report);
    return EXIT_DONE;
}

/* --- a shift */

/* How many workers each rule keeps off the shift; a worker counts once for every rule. */
static void report_blocks(Report *report, const Pool *pool, const GPtrArray *candidates)
{
    static const Column columns[] = {{"rule", "Rule", 0},
                                     {"article", "Article", COLUMN_WRAP},
                                     {"count", "Workers", COLUMN_RIGHT},
                                     {"only", "By it alone", COLUMN_RIGHT},
                                     {"workers", "", COLUMN_PROGRAM},
                                     {"example", "For example", COLUMN_WRAP}};
    Table *table = report_table(report, FOR_ALL, "blocks", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No rule keeps anybody off it.");
    for (const char *const *rule = rule_names(); *rule != NULL; rule++) {
        g_autoptr(GPtrArray) workers = g_ptr_array_new();
        const Violation *example = NULL;
        int64_t alone = 0;
        for (guint index = 0; index < candidates->len; index++) {
            const Candidate *candidate = g_ptr_array_index(candidates, index);
            g_autoptr(GPtrArray) rules = rules_of(candidate->blocks);
            for (guint block = 0; block < candidate->blocks->len; block++) {
                const Violation *violation = g_ptr_array_index(candidate->blocks, block);
                if (g_str_equal(violation->rule, *rule)) {
                    example = example != NULL ? example : violation;
                    alone += rules->len == 1;
                    g_ptr_array_add(workers, (gpointer)pool_worker(pool, candidate->worker)->id);
                    break;
                }
            }
        }
        if (example == NULL)
            continue;
        g_autofree char *text = g_strdup_printf("%s: %s", (const char *)g_ptr_array_index(workers, 0), example->text);
        table_text(table, *rule);
        table_text(table, example->article);
        table_number(table, workers->len);
        table_number(table, alone);
        table_list(table, workers, " ");
        table_text(table, text);
    }
}

/* FALSE where there is none. */
static gboolean report_smallest_change(Report *report, const Sheet *sheet, guint shift)
{
    static const Column columns[] = {{"worker", "Worker", 0},
                                     {"name", "Name", COLUMN_CUT},
                                     {"from", "Leaves", 0},
                                     {"to", "Takes", 0},
                                     {"", "When", COLUMN_PEOPLE}};
    const Pool *pool = sheet->week->pool;
    int64_t price_cents = 0;
    g_autoptr(GArray) steps = explain_smallest_change(sheet->week, sheet->roster, shift, &price_cents);
    if (steps->len > 0) {
        g_autofree char *price = cents_format_people(price_cents);
        report_fact_number(report, "change_cents", price_cents);
        report_line(report,
                    "\nThe smallest change that puts one more person on it changes the cost by %s euro:", price);
    } else {
        report_fact_none(report, "change_cents");
        report_line(report, "%s", "");
    }
    Table *table = report_table(report, FOR_ALL, "change", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "Nobody can take it, not even if one worker leaves another shift to a third.");
    for (guint index = 0; index < steps->len; index++) {
        const ExplainStep *step = &g_array_index(steps, ExplainStep, index);
        const Worker *worker = pool_worker(pool, step->worker);
        g_autofree char *times = shift_times(pool, step->to_shift);
        table_text(table, worker->id);
        table_text(table, worker_name(worker));
        if (step->from_shift != PIECE_NO_SHIFT)
            table_text(table, pool_shift(pool, step->from_shift)->id);
        else
            table_none(table);
        table_text(table, pool_shift(pool, step->to_shift)->id);
        table_text(table, times);
    }
    return steps->len > 0;
}

/* What one more person on the shift is worth. */
static void report_worth(Report *report, const Sheet *sheet, const Worth *worth, guint index)
{
    double cents = worth_shift_cents(worth, index);
    g_autofree char *euro = cents_format_people(cents_rounded(cents));
    g_autofree char *hour =
        cents_format_people(cents_rounded(cents * 60 / (double)shift_paid_min(pool_shift(sheet->week->pool, index))));
    report_fact_number(report, "worth_cents", cents_rounded(cents));
    report_line(report, "One more person on it is worth %s euro, %s an hour.", euro, hour);
}

static ExitCode explain_shift(Session *session, GError **error)
{
    guint shift = 0, able = 0;
    g_autoptr(Sheet) sheet = NULL;
    g_autoptr(Worth) worth = NULL;
    g_autoptr(Report) report = report_new(session->format);
    if (!open_sheet_of_shift(session, &shift, &sheet, error))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) candidates = explain_candidates(sheet->week, sheet->roster, shift);
    for (guint index = 0; index < candidates->len; index++) {
        const Candidate *candidate = g_ptr_array_index(candidates, index);
        able += is_able(sheet, shift, candidate) ? 1 : 0;
    }
    sheet_report(sheet, report);
    report_shift(report, sheet, shift);
    if (!sheet_load_worth(session, sheet, report, &worth, error))
        return EXIT_BY_ERROR;
    if (worth != NULL)
        report_worth(report, sheet, worth, shift);
    report_line(report, "%s", "");
    report_fact_number(report, "able", able);
    report_line(report, "%u of %u workers could take it as the week stands; what keeps the others off it:", able,
                session->desk.pool->workers->len);
    report_blocks(report, session->desk.pool, candidates);
    if (roster_cover(sheet->roster, shift, NULL) >= (guint)pool_shift(session->desk.pool, shift)->headcount) {
        report_line(report, "\nIt is not short.");
    } else if (!is_begun(sheet, shift)) {
        gboolean can_change = report_smallest_change(report, sheet, shift);
        if (!report_shortfall_proof(report, session, sheet, worth, shift, can_change, error))
            return EXIT_BY_ERROR;
    }
    report_print(report);
    return EXIT_DONE;
}

/* --- a worker */

static void report_week_of_worker(Report *report, const Sheet *sheet, guint worker, int64_t *planned_min)
{
    static const Column columns[] = {{"shift", "Shift", COLUMN_WRAP},
                                     {"coop", "Coop", 0},
                                     {"start", "", COLUMN_PROGRAM},
                                     {"end", "", COLUMN_PROGRAM},
                                     {"", "When", COLUMN_PEOPLE},
                                     {"paid_min", "Hours", COLUMN_RIGHT},
                                     {"is_pinned", "Pin", 0},
                                     {"price_cents", "euro", COLUMN_RIGHT},
                                     {"", "Of which", COLUMN_PEOPLE | COLUMN_WRAP}};
    const Pool *pool = sheet->week->pool;
    Table *table = report_table(report, FOR_ALL, "shifts", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No shift this week.");
    *planned_min = 0;
    for (guint at = 0; at < sheet->week->shifts->len; at++) {
        guint index = g_array_index(sheet->week->shifts, guint, at);
        const Assignment *assignment = roster_find(sheet->roster, index, worker);
        if (assignment == NULL)
            continue;
        const Shift *shift = pool_shift(pool, index);
        Cost cost = {0};
        cost_add_assignment(sheet->week, index, worker, &cost);
        g_autoptr(GString) terms = g_string_new(NULL);
        for (int term = 0; term < COST_TERMS; term++) {
            if (cost.cents[term] != 0) {
                g_autofree char *euro = cents_format_people(cost.cents[term]);
                g_string_append_printf(terms, "%s%s %s", terms->len > 0 ? ", " : "", cost_term_name((CostTerm)term),
                                       euro);
            }
        }
        g_autofree char *times = shift_times(pool, index);
        table_text(table, shift->id);
        table_text(table, pool_coop(pool, shift->coop)->id);
        table_time(table, pool->zone, shift->start_min);
        table_time(table, pool->zone, shift->end_min);
        table_text(table, times);
        table_minutes(table, shift_paid_min(shift));
        table_flag(table, assignment->is_pinned, "*");
        table_cents(table, cost_total(&cost));
        table_text(table, terms->str);
        *planned_min += shift_paid_min(shift);
    }
}

static void report_hours(Report *report, const Sheet *sheet, guint index, int64_t planned_min)
{
    const Worker *worker = pool_worker(sheet->week->pool, index);
    Cost cost = {0};
    cost_add_hours(sheet->week, index, planned_min, &cost);
    g_autofree char *planned = minutes_format(planned_min), *euro = cents_format_people(cost_total(&cost));
    g_autofree char *least = decimal_format(worker->contract_min), *most = decimal_format(worker->contract_max);
    report_fact_number(report, "planned_min", planned_min);
    report_fact_number(report, "idle_cents", cost.cents[COST_IDLE]);
    report_fact_number(report, "extra_cents", cost.cents[COST_EXTRA]);
    report_line(report, "\nPlanned %s hours; the contract guarantees %s and allows %s.", planned, least, most);
    if (cost.cents[COST_IDLE] > 0)
        report_line(report, "Guaranteed hours without work cost %s euro.", euro);
    else if (cost.cents[COST_EXTRA] > 0)
        report_line(report, "Hours above the guarantee cost %s euro.", euro);
}

static GArray *shifts_of(const Sheet *sheet, guint worker)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint at = 0; at < sheet->week->shifts->len; at++) {
        guint shift = g_array_index(sheet->week->shifts, guint, at);
        if (roster_find(sheet->roster, shift, worker) != NULL)
            g_array_append_val(shifts, shift);
    }
    return shifts;
}

/* The shifts of the week that are short, have not begun and do not have the worker. */
static GArray *open_shifts(const Sheet *sheet, guint worker)
{
    GArray *shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint at = 0; at < sheet->week->shifts->len; at++) {
        guint index = g_array_index(sheet->week->shifts, guint, at);
        guint headcount = (guint)pool_shift(sheet->week->pool, index)->headcount;
        if (roster_cover(sheet->roster, index, NULL) < headcount && !is_begun(sheet, index) &&
            roster_find(sheet->roster, index, worker) == NULL)
            g_array_append_val(shifts, index);
    }
    return shifts;
}

/* The short shifts that the worker could take besides, at what price; what keeps them off the others. */
static void report_open_shifts(Report *report, const Sheet *sheet, guint worker)
{
    static const Column columns[] = {{"shift", "Shift", COLUMN_WRAP},
                                     {"coop", "Coop", 0},
                                     {"start", "", COLUMN_PROGRAM},
                                     {"", "When", COLUMN_PEOPLE},
                                     {"can", "Can", 0},
                                     {"price_cents", "euro", COLUMN_RIGHT},
                                     {"rules", "", COLUMN_PROGRAM},
                                     {"why", "Why not", COLUMN_WRAP}};
    const Pool *pool = sheet->week->pool;
    g_autoptr(GArray) shifts = open_shifts(sheet, worker);
    g_autoptr(GPtrArray) candidates = explain_shifts(sheet->week, sheet->roster, worker, shifts);
    report_line(report, "\nShort shifts of the week:");
    Table *table = report_table(report, FOR_ALL, "open", columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No shift is short.");
    for (guint i = 0; i < shifts->len; i++) {
        const Candidate *candidate = g_ptr_array_index(candidates, i);
        guint index = g_array_index(shifts, guint, i);
        const Shift *shift = pool_shift(pool, index);
        g_autofree char *why = reasons_format(candidate->blocks), *times = shift_times(pool, index);
        g_autoptr(GPtrArray) rules = rules_of(candidate->blocks);
        table_text(table, shift->id);
        table_text(table, pool_coop(pool, shift->coop)->id);
        table_time(table, pool->zone, shift->start_min);
        table_text(table, times);
        table_flag(table, candidate->blocks->len == 0, "yes");
        if (candidate->blocks->len == 0)
            table_cents(table, candidate->price_cents);
        else
            table_none(table);
        table_list(table, rules, ", ");
        table_text(table, why);
    }
}

static ExitCode explain_worker(Session *session, GError **error)
{
    IsoWeek week = {0};
    guint index = 0;
    int64_t planned_min = 0;
    if (!session_open(session, error) || !session_worker(session, &index, error) ||
        !session_week(session, &week, error))
        return EXIT_BY_ERROR;
    g_autoptr(Sheet) sheet = sheet_look(session, week, error);
    if (sheet == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Worth) worth = NULL;
    const Worker *worker = pool_worker(session->desk.pool, index);
    g_autoptr(Report) report = report_new(session->format);
    sheet_report(sheet, report);
    report_fact(report, "worker", worker->id);
    report_line(report, "Worker %s, %s.\n", worker->id, worker_name(worker));
    report_week_of_worker(report, sheet, index, &planned_min);
    report_hours(report, sheet, index, planned_min);
    report_line(report, "%s", "");
    if (!sheet_load_worth(session, sheet, report, &worth, error))
        return EXIT_BY_ERROR;
    if (worth != NULL) {
        g_autoptr(GArray) mine = shifts_of(sheet, index);
        report_line_worth(report, sheet, worth, index, mine);
    }
    report_open_shifts(report, sheet, index);
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_explain(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    if ((session->options.shift != NULL) == (session->options.worker != NULL)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "explain what? Name one --shift or one --worker");
        return EXIT_BY_ERROR;
    }
    return session->options.shift != NULL ? explain_shift(session, error) : explain_worker(session, error);
}
