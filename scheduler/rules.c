#include "rooster/rules.h"

#include "rooster/sentence.h"
#include "rules_table.h"

#include <stdarg.h>

static const struct {
    const char *name, *article;
    void (*judge)(const Line *line, Verdict *verdict);
} line_rules[] = {
#define ENTRY(name, article) {#name, article, rule_##name},
    LINE_RULES(ENTRY)};

static const struct {
    const char *name, *article;
    void (*judge)(const Week *week, const Roster *roster, guint shift, Verdict *verdict);
} shift_rules[] = {SHIFT_RULES(ENTRY)};

static const struct {
    const char *name, *article;
    void (*judge)(const Week *week, const Roster *roster, Verdict *verdict);
} roster_rules[] = {ROSTER_RULES(ENTRY)};
#undef ENTRY

const char *const *rule_names(void)
{
#define NAME(name, article) #name,
    static const char *const names[] = {LINE_RULES(NAME) SHIFT_RULES(NAME) ROSTER_RULES(NAME) NULL};
#undef NAME
    return names;
}

/* --- verdicts */

void violation_free(Violation *violation)
{
    if (!violation)
        return;
    g_array_unref(violation->shifts);
    g_strfreev(violation->words);
    g_free(violation->text);
    g_free(violation);
}

Violation *verdict_add(Verdict *verdict, guint worker, GArray *shifts, const char *format, ...)
{
    Violation *violation = g_new0(Violation, 1);
    *violation = (Violation){.rule = verdict->rule, .article = verdict->article, .worker = worker, .shifts = shifts};
    va_list figures;
    va_start(figures, format);
    violation->text = g_strdup_vprintf(format, figures);
    va_end(figures);
    va_start(figures, format);
    violation->words = sentence_words(format, figures);
    va_end(figures);
    g_ptr_array_add(verdict->violations, violation);
    return violation;
}

void verdict_add_limit(Verdict *verdict, const Line *line, GArray *shifts, Limit limit)
{
    g_autofree char *figure = minutes_format(limit.figure_min), *most = minutes_format(limit.limit_min);
    g_autofree char *from = limit.from;
    verdict_add(verdict, line->worker_index, shifts, "%s %s h from %s, at %s %s h", limit.what, figure, from,
                limit.is_least ? "least" : "most", most);
}

char *violation_format(const Violation *violation, const Pool *pool)
{
    GString *text = g_string_new(NULL);
    if (violation->worker != VIOLATION_NO_WORKER) {
        const Worker *worker = pool_worker(pool, violation->worker);
        g_string_append(text, worker->id);
        if (worker->name != worker->id)
            g_string_append_printf(text, " %s", worker->name);
        g_string_append(text, ": ");
    }
    g_string_append_printf(text, "%s (%s)", violation->rule, violation->article);
    for (guint i = 0; i < violation->shifts->len; i++)
        g_string_append_printf(text, "%s %s",
                               i                             ? ""
                               : violation->shifts->len == 1 ? ", shift"
                                                             : ", shifts",
                               pool_shift(pool, g_array_index(violation->shifts, guint, i))->id);
    g_string_append_printf(text, ": %s", violation->text);
    return g_string_free(text, FALSE);
}

/* --- judging */

/* With `most` violations the judgement ends. */
static void judge_line(Line *line, guint worker, const guint *shifts, guint count, guint most, GPtrArray *violations)
{
    line_set(line, worker, shifts, count);
    for (guint i = 0; i < G_N_ELEMENTS(line_rules) && violations->len < most; i++) {
        Verdict verdict = {line_rules[i].name, line_rules[i].article, violations};
        line_rules[i].judge(line, &verdict);
    }
}

GPtrArray *rules_check_line(const Week *week, guint worker, const guint *shifts, guint count)
{
    GPtrArray *violations = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    if (count > 0) {
        Line line;
        line_init(&line, week);
        judge_line(&line, worker, shifts, count, G_MAXUINT, violations);
        line_clear(&line);
    }
    return violations;
}

struct LineJudge {
    Line line;
    GPtrArray *violations;
};

LineJudge *line_judge_new(const Week *week)
{
    LineJudge *judge = g_new0(LineJudge, 1);
    line_init(&judge->line, week);
    judge->violations = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    return judge;
}

void line_judge_free(LineJudge *judge)
{
    if (!judge)
        return;
    line_clear(&judge->line);
    g_ptr_array_unref(judge->violations);
    g_free(judge);
}

gboolean line_judge_passes(LineJudge *judge, guint worker, const guint *shifts, guint count)
{
    g_ptr_array_set_size(judge->violations, 0);
    if (count > 0)
        judge_line(&judge->line, worker, shifts, count, 1, judge->violations);
    return judge->violations->len == 0;
}

/* Every worker who is on the roster, with the shifts of each side by side: shifts[begin[w]] to shifts[begin[w + 1] -
 * 1]. */
static void judge_lines(const Week *week, const Roster *roster, GPtrArray *violations)
{
    guint workers = week->pool->workers->len, assignments = roster->assignments->len;
    g_autofree guint *begin = g_new0(guint, workers + 2), *shifts = g_new0(guint, assignments + 1);
    for (guint i = 0; i < assignments; i++)
        begin[roster_at(roster, i)->worker + 2]++;
    for (guint worker = 2; worker < workers + 2; worker++)
        begin[worker] += begin[worker - 1];
    for (guint i = 0; i < assignments; i++)
        shifts[begin[roster_at(roster, i)->worker + 1]++] = roster_at(roster, i)->shift;

    Line line;
    line_init(&line, week);
    for (guint worker = 0; worker < workers; worker++)
        if (begin[worker] < begin[worker + 1])
            judge_line(&line, worker, shifts + begin[worker], begin[worker + 1] - begin[worker], G_MAXUINT, violations);
    line_clear(&line);
}

static void judge_shift(const Week *week, const Roster *roster, guint shift, GPtrArray *violations)
{
    for (guint i = 0; i < G_N_ELEMENTS(shift_rules); i++) {
        Verdict verdict = {shift_rules[i].name, shift_rules[i].article, violations};
        shift_rules[i].judge(week, roster, shift, &verdict);
    }
}

GPtrArray *rules_check_shift(const Week *week, const Roster *roster, guint shift)
{
    GPtrArray *violations = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    judge_shift(week, roster, shift, violations);
    return violations;
}

static void judge_roster(const Week *week, const Roster *roster, GPtrArray *violations)
{
    for (guint i = 0; i < G_N_ELEMENTS(roster_rules); i++) {
        Verdict verdict = {roster_rules[i].name, roster_rules[i].article, violations};
        roster_rules[i].judge(week, roster, &verdict);
    }
}

GPtrArray *rules_check_around(const Week *week, const Roster *roster, guint shift, guint worker)
{
    g_autoptr(GArray) shifts = roster_shifts_of(roster, worker);
    GPtrArray *violations = rules_check_line(week, worker, (const guint *)(gpointer)shifts->data, shifts->len);
    judge_shift(week, roster, shift, violations);
    judge_roster(week, roster, violations);
    return violations;
}

GPtrArray *rules_check(const Week *week, const Roster *roster)
{
    g_assert(roster->week.monday == week->week.monday);
    GPtrArray *violations = g_ptr_array_new_with_free_func((GDestroyNotify)violation_free);
    judge_lines(week, roster, violations);
    for (guint at = 0; at < week->shifts->len; at++)
        judge_shift(week, roster, g_array_index(week->shifts, guint, at), violations);
    judge_roster(week, roster, violations);
    return violations;
}
