/*
 * Swaps and offers by hand: the planner at the desk says what a worker says on the phone. The acts are the service's,
 * so what may be, who is told and what is kept are the same.
 */
#include "command.h"

#include "sheet.h"

#include "rooster/act.h"
#include "rooster/swap.h"

#include <string.h>

typedef enum VerbWorker { WORKER_NONE, WORKER_GIVER, WORKER_TAKER, WORKER_NAMED } VerbWorker;

typedef struct Verb {
    const char *name, *act;
    gboolean takes_case, may_have_shift;
    VerbWorker worker; /* who says it, where the act asks: of the case, or as --worker names them */
    int accept;        /* 1 yes, 0 no, -1: not said */
} Verb;

static const Verb swap_verbs[] = {{"give", "swap_offer", FALSE, TRUE, WORKER_NAMED, -1},
                                  {"take", "swap_take", TRUE, TRUE, WORKER_NAMED, -1},
                                  {"accept", "swap_answer", TRUE, FALSE, WORKER_TAKER, 1},
                                  {"decline", "swap_answer", TRUE, FALSE, WORKER_TAKER, 0},
                                  {"withdraw", "swap_withdraw", TRUE, FALSE, WORKER_GIVER, -1},
                                  {"approve", "swap_approve", TRUE, FALSE, WORKER_NONE, -1},
                                  {"refuse", "swap_refuse", TRUE, FALSE, WORKER_NONE, -1},
                                  {.name = NULL}};
static const Verb offer_verbs[] = {{"accept", "offer_accept", TRUE, FALSE, WORKER_NONE, -1},
                                   {"decline", "offer_decline", TRUE, FALSE, WORKER_NONE, -1},
                                   {.name = NULL}};

static const Verb *verb_find(const Verb *verbs, const char *name)
{
    for (; verbs->name != NULL; verbs++)
        if (g_str_equal(verbs->name, name))
            return verbs;
    return NULL;
}

/* --- the list */

static const char *stage_of(const Case *some)
{
    return some->kind == CASE_SWAP && some->state == CASE_WAITING ? swap_stage_name(swap_stage(some))
                                                                  : case_state_name(some->state);
}

static Table *case_table(Report *report, const char *key)
{
    static const Column columns[] = {
        {"case", "Case", 0},   {"state", "State", 0}, {"shift", "Shift", COLUMN_WRAP}, {"", "When", COLUMN_PEOPLE},
        {"worker", "From", 0}, {"other", "To", 0},    {"return", "In return", 0},      {"due", "Answer by", 0}};
    return report_table(report, FOR_ALL, key, columns, G_N_ELEMENTS(columns));
}

static void put_case(Table *table, const Pool *pool, const Case *some)
{
    guint shift = 0;
    gboolean is_known = pool_find_shift(pool, some->shift, &shift);
    g_autofree char *times = is_known ? shift_times(pool, shift) : g_strdup("");
    g_autofree char *in_return = some->kind == CASE_SWAP ? swap_return(some) : NULL;
    table_text(table, some->id);
    table_text(table, stage_of(some));
    table_text(table, some->shift);
    table_text(table, times);
    table_text(table, some->worker);
    table_text(table, some->other);
    table_text(table, in_return != NULL ? in_return : "");
    if (some->due_s)
        table_time(table, pool->zone, some->due_s / 60);
    else
        table_none(table);
}

static ExitCode list(const Session *session, CaseKind kind, GError **error)
{
    CaseFilter filter = {.kinds = 1U << kind, .states = 1U << CASE_WAITING, .worker = session->options.worker};
    guint worker = 0;
    filter.has_week = session->options.week != NULL;
    if ((filter.worker != NULL && !session_worker(session, &worker, error)) ||
        (filter.has_week && !session_week(session, &filter.week, error)))
        return EXIT_BY_ERROR;
    g_autoptr(GPtrArray) found = store_find_cases(session->desk.store, &filter, error);
    if (found == NULL)
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    Table *table = case_table(report, kind == CASE_SWAP ? "swaps" : "offers");
    table_set_empty(table, kind == CASE_SWAP ? "No swap waits." : "No offer waits.");
    for (guint i = 0; i < found->len; i++)
        put_case(table, session->desk.pool, g_ptr_array_index(found, i));
    report_print(report);
    return EXIT_DONE;
}

/* --- what is said */

static gboolean put(json_t *arguments, const char *name, const char *text)
{
    return text == NULL || json_object_set_new(arguments, name, json_string(text)) == 0;
}

/* Who says it. */
static gboolean put_worker(const Session *session, const Verb *verb, const char *id, json_t *arguments, GError **error)
{
    const char *named = session->options.worker;
    if (verb->worker == WORKER_NONE)
        return TRUE;
    if (named == NULL && verb->worker == WORKER_NAMED) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "who says so? Say --worker");
        return FALSE;
    }
    g_autoptr(Case) some = named == NULL ? store_load_case(session->desk.store, id, error) : NULL;
    if (named == NULL && some == NULL)
        return FALSE;
    return put(arguments, "worker", named != NULL ? named : verb->worker == WORKER_GIVER ? some->worker : some->other);
}

static json_t *arguments_of(const Session *session, const Verb *verb, const char *id, GError **error)
{
    const Options *options = &session->options;
    json_t *arguments = json_object();
    gboolean has_shift = verb->may_have_shift && options->shift != NULL;
    if ((verb->takes_case && id == NULL && !has_shift) || (!verb->takes_case && !has_shift))
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "which one? Say %s",
                    !verb->takes_case      ? "--shift"
                    : verb->may_have_shift ? "the case, or --shift"
                                           : "the case");
    else if (put_worker(session, verb, id, arguments, error) && put(arguments, "case", id) &&
             put(arguments, "shift", options->shift) && put(arguments, "other", options->other) &&
             put(arguments, "return", options->in_return) &&
             (verb->accept < 0 || json_object_set_new(arguments, "accept", json_boolean(verb->accept)) == 0))
        return arguments;
    json_decref(arguments);
    return NULL;
}

/* The refusal, with the first rule that it is for. */
static void complain(const ActAnswer *answer, GError *reason, GError **error)
{
    const json_t *first = json_array_get(json_object_get(answer->details, "violations"), 0);
    const char *text = json_string_value(json_object_get(first, "text"));
    if (text != NULL && strstr(reason->message, text) == NULL)
        g_set_error(error, reason->domain, reason->code, "%s: %s", reason->message, text);
    else
        g_propagate_error(error, g_error_copy(reason));
}

static void tell(const Session *session, CaseKind kind, const Case *some)
{
    g_autoptr(Report) report = report_new(session->format);
    put_case(case_table(report, kind == CASE_SWAP ? "swap" : "offer"), session->desk.pool, some);
    report_print(report);
}

static ExitCode say(Session *session, CaseKind kind, const Verb *verb, const char *id, GError **error)
{
    json_t *arguments = arguments_of(session, verb, id, error);
    if (arguments == NULL)
        return EXIT_BY_ERROR;
    g_autofree char *who = session_actor(session);
    ActRequest request = {.act = act_find(verb->act),
                          .actor = {ACTOR_PLANNER, "", who},
                          .arguments = arguments,
                          .version = -1,
                          .program = "/proc/self/exe"};
    ActAnswer answer = {.version = -1};
    g_autoptr(GError) reason = NULL;
    g_autoptr(Case) now = NULL;
    if (!act_run(&session->desk, &request, &answer, &reason))
        complain(&answer, reason, error);
    else if (desk_refresh(&session->desk, error))
        now = store_load_case(session->desk.store, json_string_value(json_object_get(answer.body, "case")), error);
    act_answer_clear(&answer);
    json_decref(arguments);
    if (now == NULL)
        return EXIT_BY_ERROR;
    tell(session, kind, now);
    return EXIT_DONE;
}

/* What was said and has no meaning for the verb (NULL: the list); NULL: nothing. */
static const char *said_in_vain(const Options *options, const Verb *verb, const char *id)
{
    gboolean is_given = verb != NULL && g_str_equal(verb->act, "swap_offer");
    if (id != NULL && (verb == NULL || !verb->takes_case))
        return "case";
    if (options->week != NULL && verb != NULL)
        return "--week";
    if (options->worker != NULL && verb != NULL && verb->worker == WORKER_NONE)
        return "--worker";
    if (options->shift != NULL && (verb == NULL || !verb->may_have_shift))
        return "--shift";
    if (options->other != NULL && !is_given)
        return "--other";
    return options->in_return != NULL && !is_given ? "--return" : NULL;
}

static ExitCode command(Session *session, CaseKind kind, const Verb *verbs, char **arguments, GError **error)
{
    gboolean is_list = g_str_equal(arguments[0], "list");
    const Verb *verb = verb_find(verbs, arguments[0]);
    if (!is_list && verb == NULL) {
        g_autoptr(GString) names = g_string_new("list");
        for (; verbs->name != NULL; verbs++)
            g_string_append_printf(names, "%s%s", verbs[1].name != NULL ? ", " : " or ", verbs->name);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "cannot %s; it is %s", arguments[0], names->str);
        return EXIT_BY_ERROR;
    }
    const char *vain = said_in_vain(&session->options, verb, arguments[1]);
    if (vain != NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s takes no %s", arguments[0], vain);
        return EXIT_BY_ERROR;
    }
    if (!session_open(session, error))
        return EXIT_BY_ERROR;
    return is_list ? list(session, kind, error) : say(session, kind, verb, arguments[1], error);
}

ExitCode command_swap(Session *session, char **arguments, GError **error)
{
    return command(session, CASE_SWAP, swap_verbs, arguments, error);
}

ExitCode command_offer(Session *session, char **arguments, GError **error)
{
    return command(session, CASE_OFFER, offer_verbs, arguments, error);
}
