/*
 * The API's routes, one a line: method, path, act. Path, query and body together are the act's arguments; who may do
 * it and what the arguments must be says the act (scheduler/act_table.c).
 */
#include "arguments.h"
#include "headers.h"
#include "server_parts.h"

#include <stdlib.h>
#include <string.h>

enum { BODY_MOST = 256 * 1024, BODY_LARGE = 32 * 1024 * 1024 };

#define PLANNER (1U << ACTOR_PLANNER)
#define ALL     (PLANNER | 1U << ACTOR_WORKER | 1U << ACTOR_COOP)

const Route routes[] = {{.method = "GET", .path = "/me", .act = "me"},
                        {.method = "GET", .path = "/pool", .act = "pool"},
                        {.method = "GET", .path = "/weeks", .act = "weeks"},
                        {.method = "GET", .path = "/weeks/{week}", .act = "week"},
                        {.method = "PUT", .path = "/weeks/{week}/draft", .act = "draft", .body_most = BODY_LARGE},
                        {.method = "GET", .path = "/weeks/{week}/diff", .act = "diff"},
                        {.method = "POST", .path = "/weeks/{week}/moves", .act = "move"},
                        {.method = "POST", .path = "/weeks/{week}/undo", .act = "undo"},
                        {.method = "POST", .path = "/weeks/{week}/publish", .act = "publish"},
                        {.method = "POST", .path = "/weeks/{week}/publish/undo", .act = "publish_undo"},
                        {.method = "POST", .path = "/weeks/{week}/plans", .act = "plan"},
                        {.method = "GET",
                         .path = "/plans",
                         .handler = jobs_list,
                         .answer = "plans",
                         .about = "Plans under way and done",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/plans/{plan}",
                         .handler = jobs_show,
                         .answer = "plan_show",
                         .about = "A plan's course and its proposal",
                         .roles = PLANNER},
                        {.method = "POST",
                         .path = "/plans/{plan}/stop",
                         .handler = jobs_stop,
                         .answer = "plan_stop",
                         .about = "Let a plan end with the best so far",
                         .roles = PLANNER},
                        {.method = "POST",
                         .path = "/plans/{plan}/take",
                         .handler = jobs_take,
                         .answer = "plan_take",
                         .about = "Make a plan's proposal the draft",
                         .roles = PLANNER},
                        {.method = "GET", .path = "/shifts/{shift}/candidates", .act = "candidates"},
                        {.method = "GET",
                         .path = "/shifts/{shift}/explanation",
                         .handler = commands_explain_shift,
                         .answer = "explain_shift",
                         .about = "Why a shift is short",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/workers/{worker}/weeks/{week}/explanation",
                         .handler = commands_explain_worker,
                         .answer = "explain_worker",
                         .about = "Why a worker got this week",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/weeks/{week}/check",
                         .handler = commands_check,
                         .answer = "check",
                         .about = "The checker's judgement, and the bound's",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/weeks/{week}/advice/{kind}",
                         .handler = commands_advise,
                         .answer = "advise",
                         .about = "What training, standby or contracts would be worth",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/weeks/{week}/export/{kind}",
                         .handler = commands_export_week,
                         .answer = "export_week",
                         .about = "The week's roster, hours, invoices or payroll as CSV",
                         .type = "text/csv",
                         .roles = PLANNER},
                        {.method = "GET",
                         .path = "/export",
                         .handler = commands_export,
                         .answer = "export",
                         .about = "The pool as files",
                         .roles = PLANNER},
                        {.method = "POST",
                         .path = "/import",
                         .handler = commands_import,
                         .answer = "import",
                         .about = "Take files of a pool folder",
                         .body_most = BODY_LARGE,
                         .roles = PLANNER},
                        {.method = "PATCH", .path = "/shifts/{shift}", .act = "shift_change"},
                        {.method = "POST", .path = "/coops/{coop}/shifts", .act = "shift_add"},
                        {.method = "GET", .path = "/coops/{coop}/weeks/{week}", .act = "coop_week"},
                        {.method = "GET", .path = "/workers/{worker}/weeks/{week}", .act = "worker_week"},
                        {.method = "GET", .path = "/workers/{worker}/availability", .act = "availability"},
                        {.method = "PUT", .path = "/workers/{worker}/availability", .act = "availability_set"},
                        {.method = "PUT", .path = "/workers/{worker}/language", .act = "language_set"},
                        {.method = "POST", .path = "/coops/{coop}/spikes", .act = "spike"},
                        {.method = "POST", .path = "/shifts/{shift}/cancel", .act = "spike_cancel"},
                        {.method = "POST", .path = "/workers/{worker}/absences", .act = "absence"},
                        {.method = "POST", .path = "/workers/{worker}/back", .act = "absence_end"},
                        {.method = "GET", .path = "/cases", .act = "cases"},
                        {.method = "POST", .path = "/cases/{case}/accept", .act = "case_accept"},
                        {.method = "POST", .path = "/cases/{case}/decline", .act = "case_decline"},
                        {.method = "GET", .path = "/offers", .act = "offers"},
                        {.method = "POST", .path = "/shifts/{shift}/offers", .act = "offer_make"},
                        {.method = "POST", .path = "/offers/{case}/accept", .act = "offer_accept"},
                        {.method = "POST", .path = "/offers/{case}/decline", .act = "offer_decline"},
                        {.method = "GET", .path = "/workers/{worker}/open-shifts", .act = "open_shifts"},
                        {.method = "GET", .path = "/workers/{worker}/shifts/{shift}/colleagues", .act = "colleagues"},
                        {.method = "POST", .path = "/workers/{worker}/swaps", .act = "swap_offer"},
                        {.method = "POST", .path = "/workers/{worker}/swaps/take", .act = "swap_take"},
                        {.method = "POST", .path = "/workers/{worker}/swaps/{case}/answer", .act = "swap_answer"},
                        {.method = "POST", .path = "/workers/{worker}/swaps/{case}/withdraw", .act = "swap_withdraw"},
                        {.method = "POST", .path = "/swaps/{case}/approve", .act = "swap_approve"},
                        {.method = "POST", .path = "/swaps/{case}/refuse", .act = "swap_refuse"},
                        {.method = "GET", .path = "/weeks/{week}/hours", .act = "hours"},
                        {.method = "POST", .path = "/weeks/{week}/hours/confirm", .act = "hours_confirm"},
                        {.method = "POST", .path = "/weeks/{week}/hours/dispute", .act = "hours_dispute"},
                        {.method = "POST", .path = "/weeks/{week}/hours/correct", .act = "hours_correct"},
                        {.method = "POST",
                         .path = "/session",
                         .handler = sessions_open,
                         .answer = "session_open",
                         .about = "Sign in: the code of a link for a session's cookie; the body is {code}",
                         .roles = ALL,
                         .is_open = TRUE},
                        {.method = "DELETE",
                         .path = "/session",
                         .handler = sessions_close,
                         .answer = "session_close",
                         .about = "Sign out",
                         .roles = ALL},
                        {.method = "GET", .path = "/tokens", .act = "tokens"},
                        {.method = "POST", .path = "/tokens", .act = "token_create"},
                        {.method = "DELETE", .path = "/tokens/{token}", .act = "token_revoke"},
                        {.method = "GET", .path = "/feeds", .act = "feeds"},
                        {.method = "POST", .path = "/feeds/rotate", .act = "feed_rotate"},
                        {.method = "GET",
                         .path = "/events",
                         .handler = events_answer,
                         .answer = "events",
                         .about = "What happens, as it happens",
                         .type = "text/event-stream",
                         .roles = ALL},
                        {.method = "GET", .path = "/audit", .act = "audit"},
                        {.method = "GET", .path = "/outbox", .act = "dead_letters"},
                        {.method = "POST", .path = "/outbox/retry", .act = "dead_letters_retry"},
                        {.method = NULL}};

#define PREFIX "/api/v1"

/* --- finding the route */

/* The values of a matching path, in the order of the template; NULL: it does not match. */
static GPtrArray *match(const char *template, const char *path)
{
    g_auto(GStrv) asked = g_strsplit(path, "/", -1), known = g_strsplit(template, "/", -1);
    if (g_strv_length(asked) != g_strv_length(known))
        return NULL;
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; known[i]; i++) {
        if (known[i][0] == '{')
            g_ptr_array_add(values, g_strdup(asked[i]));
        else if (!g_str_equal(known[i], asked[i]))
            return NULL;
    }
    return g_steal_pointer(&values);
}

const Route *routes_find(const char *method, const char *path, GPtrArray **values, GString *methods)
{
    const Route *found = NULL;
    if (g_str_equal(method, "HEAD"))
        method = "GET";
    for (const Route *route = routes; route->method; route++) {
        g_autoptr(GPtrArray) matched = match(route->path, path);
        if (!matched)
            continue;
        g_string_append_printf(methods, "%s%s", methods->len ? ", " : "", route->method);
        if (!found && g_str_equal(route->method, method)) {
            found = route;
            *values = g_steal_pointer(&matched);
        }
    }
    return found;
}

gsize routes_body_most(const char *method, const char *path)
{
    g_autoptr(GPtrArray) values = NULL;
    g_autoptr(GString) methods = g_string_new(NULL);
    if (!g_str_has_prefix(path, PREFIX "/"))
        return BODY_MOST;
    const Route *route = routes_find(method, path + strlen(PREFIX), &values, methods);
    return route && route->body_most ? route->body_most : BODY_MOST;
}

/* --- arguments */

static enum MHD_Result read_query(void *user, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    arguments_put(user, name, value ? value : "");
    return MHD_YES;
}

json_t *routes_body(Exchange *exchange)
{
    ArgumentsFault fault = {0};
    json_t *body = arguments_body(exchange_header(exchange, "Content-Type"), exchange->body, &fault);
    if (!body)
        exchange_reply_problem(exchange, fault.status, fault.kind, fault.detail, NULL);
    g_free(fault.detail);
    return body;
}

static json_t *read_arguments(Exchange *exchange, const Route *route, const Act *act, const GPtrArray *values)
{
    Arguments arguments = {.act = act, .object = routes_body(exchange)};
    if (!arguments.object)
        return NULL;
    arguments_put_path(&arguments, route, values);
    MHD_get_connection_values(exchange->connection, MHD_GET_ARGUMENT_KIND, read_query, &arguments);
    if (!arguments.fault)
        return arguments.object;
    exchange_reply_problem(exchange, MHD_HTTP_BAD_REQUEST, "bad-request", arguments.fault, NULL);
    json_decref(arguments.object);
    return NULL;
}

/* --- what the request wants to be sure of */

enum { KEY_MOST = 200 };

/* FALSE: a problem is answered. */
static gboolean read_key(Exchange *exchange, const Act *act, const char **key)
{
    *key = exchange_header(exchange, "Idempotency-Key");
    if (!*key)
        return TRUE;
    if (**key && strlen(*key) <= KEY_MOST && g_utf8_validate(*key, -1, NULL)) {
        *key = act->is_write ? *key : NULL;
        return TRUE;
    }
    exchange_reply_problem(exchange, MHD_HTTP_BAD_REQUEST, "bad-request", "Idempotency-Key: a text of 1 to 200 bytes",
                           NULL);
    return FALSE;
}

/* An edit is of the week that was seen; what else the pool has is not its matter. */
static gboolean read_version(Exchange *exchange, int64_t *version)
{
    const char *text = exchange_header(exchange, "If-Match");
    ActStamp stamp = {-1, 0};
    *version = -1;
    if (!text || g_str_equal(text, "*"))
        return TRUE;
    if (header_stamp(text, &stamp)) {
        *version = stamp.week;
        return TRUE;
    }
    exchange_reply_problem(exchange, MHD_HTTP_CONFLICT, "stale", "If-Match: not an ETag of ours", NULL);
    return FALSE;
}

/* --- acts */

static void on_done(ActAnswer *answer, const GError *error, gpointer context)
{
    Exchange *exchange = context;
    exchange->task = NULL;
    if (error) {
        exchange_reply_error(exchange, error, answer->details);
        return;
    }
    exchange_reply_answer(exchange, answer->is_created && !answer->is_repeat ? MHD_HTTP_CREATED : MHD_HTTP_OK, answer);
}

/*
 * What they have and what is kept: the stamps of answers that need not be made again if they are still so. Either may
 * be older than the other: who moves has what nobody has read yet. The number of them.
 */
static guint look_up(Exchange *exchange, const Act *act, const json_t *arguments, ActStamp stamps[2])
{
    guint count = 0;
    HttpServer *server = exchange->server;
    const char *known = exchange_header(exchange, "If-None-Match");
    Actor actor = access_actor(exchange);
    char *asked = json_dumps(arguments, JSON_COMPACT | JSON_SORT_KEYS);
    exchange->key = g_strdup_printf("%s %s %s %s", act->name, actor_role_name(actor.role), actor.id, asked);
    free(asked);
    exchange->kept = answers_find(server->kept, exchange->key, office_now_s(server->office), &exchange->stamp);
    exchange->known.week = -1;
    if (known && header_stamp(g_str_has_prefix(known, "W/") ? known + 2 : known, &exchange->known))
        stamps[count++] = exchange->known;
    if (exchange->kept)
        stamps[count++] = exchange->stamp;
    return count;
}

static void call_act(Exchange *exchange, const Act *act, json_t *arguments)
{
    ActStamp known[2];
    OfficeCall call = {.act = act,
                       .actor = access_actor(exchange),
                       .arguments = arguments,
                       .known = known,
                       .done = on_done,
                       .context = exchange};
    if (!read_key(exchange, act, &call.key) || !read_version(exchange, &call.version))
        return;
    if (!act->is_write && !act->is_long)
        call.known_count = look_up(exchange, act, arguments, known);
    OfficeTask *task = office_call(exchange->server->office, &call);
    if (!exchange->is_answered)
        exchange->task = task;
}

/* Of routes with a handler; acts know it themselves. FALSE: a problem is answered. */
static gboolean may_use(Exchange *exchange, const Route *route)
{
    if (route->roles & 1U << access_actor(exchange).role)
        return TRUE;
    g_autofree char *detail = g_strdup_printf("%s may not do this", exchange->actor_name);
    exchange_reply_problem(exchange, MHD_HTTP_FORBIDDEN, "forbidden", detail, NULL);
    return FALSE;
}

static void answer_route(Exchange *exchange, const Route *route, GPtrArray *values)
{
    if (route->is_open) {
        route->handler(exchange, NULL);
        return;
    }
    if (!access_check(exchange))
        return;
    if (route->handler) {
        g_ptr_array_add(values, NULL);
        if (may_use(exchange, route))
            route->handler(exchange, (char **)values->pdata);
        return;
    }
    const Act *act = act_find(route->act);
    json_t *arguments = read_arguments(exchange, route, act, values);
    if (!arguments)
        return;
    if (act->is_watched)
        jobs_start(exchange, arguments);
    else
        call_act(exchange, act, arguments);
    json_decref(arguments);
}

static void answer_api(Exchange *exchange, const char *path)
{
    g_autoptr(GPtrArray) values = NULL;
    g_autoptr(GString) methods = g_string_new(NULL);
    const Route *route = routes_find(exchange->method, path, &values, methods);
    if (route) {
        answer_route(exchange, route, values);
    } else if (methods->len) {
        g_autofree char *detail = g_strdup_printf("there is %s", methods->str);
        exchange_reply_problem(exchange, MHD_HTTP_METHOD_NOT_ALLOWED, "method", detail, NULL);
        MHD_add_response_header(exchange->reply.response, "Allow", methods->str);
    } else {
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", "the API has no such path", NULL);
    }
}

static void answer_health(Exchange *exchange)
{
    g_autoptr(GError) error = NULL;
    gboolean has_pool = office_desk(exchange->server->office, &error) != NULL;
    gboolean is_well = has_pool || g_error_matches(error, DESK_ERROR, DESK_ERROR_EMPTY);
    json_t *object = json_object();
    json_object_set_new(object, "status", json_string(is_well ? "ok" : "troubled"));
    if (!is_well)
        json_object_set_new(object, "why", json_string("the database cannot be read"));
    exchange_reply_json(exchange, is_well ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE, object, NULL);
}

static gboolean is_look(const Exchange *exchange)
{
    if (g_str_equal(exchange->method, "GET") || g_str_equal(exchange->method, "HEAD"))
        return TRUE;
    exchange_reply_problem(((Exchange *)(gintptr)exchange), MHD_HTTP_METHOD_NOT_ALLOWED, "method", "there is GET",
                           NULL);
    MHD_add_response_header(exchange->reply.response, "Allow", "GET, HEAD");
    return FALSE;
}

void routes_answer(Exchange *exchange)
{
    const char *path = exchange->path;
    if (g_str_has_prefix(path, PREFIX "/")) {
        if (g_str_equal(path, PREFIX "/openapi.json")) {
            if (is_look(exchange))
                exchange_reply_text(exchange, MHD_HTTP_OK, "application/json", exchange->server->openapi,
                                    strlen(exchange->server->openapi));
        } else {
            answer_api(exchange, path + strlen(PREFIX));
        }
    } else if (g_str_has_prefix(path, "/feeds/")) {
        if (is_look(exchange))
            feeds_answer(exchange, path + strlen("/feeds/"));
    } else if (g_str_equal(path, "/healthz")) {
        if (is_look(exchange))
            answer_health(exchange);
    } else if (g_str_equal(path, "/metrics")) {
        if (is_look(exchange))
            metrics_answer(exchange);
    } else if (!is_look(exchange)) {
        return;
    } else if (!assets_answer(exchange)) {
        exchange_reply_problem(exchange, MHD_HTTP_NOT_FOUND, "not-found", "there is nothing here", NULL);
    }
}
