/*
 * Any bytes as a request to the API, with a head as HTTP has it and without a network: "GET
 * /weeks/2026-W49?roster=draft", fields, an empty line, the body. Of what it says an act's arguments are made, and the
 * act is done for a planner, a worker and a coop, on a pool in memory. What is refused is told in one sentence, is
 * nobody's fault but the sender's, and leaves everything as it was; so does what only looks.
 */
#include "fuzz.h"

#include "arguments.h"
#include "desk_case.h"
#include "headers.h"

#include <string.h>

typedef struct Request {
    char *method, *path, *query;
    GHashTable *fields; /* in lower case -> value */
    GByteArray *body;
} Request;

static void request_clear(Request *request)
{
    g_free(request->method);
    g_free(request->path);
    g_free(request->query);
    g_hash_table_unref(request->fields);
    g_byte_array_unref(request->body);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

/* The next line, or the rest; moves behind it. Caller frees. */
static char *next_line(const char **at, const char *end)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    char *line = g_strndup(*at, (gsize)((stop ? stop : end) - *at));
    *at = stop ? stop + 1 : end;
    return line;
}

static const char *field(const Request *request, const char *name)
{
    return g_hash_table_lookup(request->fields, name);
}

static void read_request(Request *request, const char *at, const char *end)
{
    g_autofree char *first = next_line(&at, end);
    char *target = strchr(first, ' ');
    request->method = g_strndup(first, target ? (gsize)(target - first) : strlen(first));
    target = target ? target + 1 : first + strlen(first);
    char *query = strchr(target, '?');
    request->query = g_strdup(query ? query + 1 : "");
    request->path = g_strndup(target, query ? (gsize)(query - target) : strlen(target));
    request->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    request->body = g_byte_array_new();
    while (at < end) {
        g_autofree char *line = next_line(&at, end);
        char *colon = strchr(line, ':');
        if (!*line)
            break;
        if (colon)
            g_hash_table_replace(request->fields, g_ascii_strdown(line, colon - line), g_strdup(g_strstrip(colon + 1)));
    }
    g_byte_array_append(request->body, (const guint8 *)at, (guint)(end - at));
}

/* As libmicrohttpd takes a query apart. */
static void put_query(Arguments *arguments, const char *query)
{
    g_auto(GStrv) pairs = g_strsplit(query, "&", -1);
    for (char **pair = pairs; *pair; pair++) {
        char *value = strchr(*pair, '=');
        g_strdelimit(*pair, "+", ' ');
        if (value)
            *value++ = '\0';
        arguments_unescape(*pair);
        if (value)
            arguments_unescape(value);
        arguments_put(arguments, *pair, value ? value : "");
    }
}

static void check_sentence(const char *text)
{
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_assert_null(strchr(text, '\n'));
    g_assert_cmpuint(strlen(text), >, 0);
    g_assert_cmpuint(strlen(text), <, 2000);
}

/* NULL: refused. */
static json_t *arguments_of(const Request *request, const Route *route, const Act *act, const GPtrArray *values)
{
    ArgumentsFault fault = {0};
    Arguments arguments = {.act = act, .object = arguments_body(field(request, "content-type"), request->body, &fault)};
    if (!arguments.object) {
        g_assert_true(fault.kind && fault.status >= 400 && fault.status < 500);
        g_autofree char *valid = g_utf8_make_valid(fault.detail, -1); /* as a problem tells it */
        check_sentence(valid);
        g_free(fault.detail);
        return NULL;
    }
    g_assert_true(json_is_object(arguments.object));
    arguments_put_path(&arguments, route, values);
    put_query(&arguments, request->query);
    if (!arguments.fault)
        return arguments.object;
    check_sentence(arguments.fault);
    json_decref(arguments.object);
    return NULL;
}

static void lay(DeskCase *test)
{
    g_autoptr(GError) error = NULL;
    desk_case_open(test, NULL);
    g_autoptr(Pool) pool = sketch_pool(4, 6);
    g_autoptr(GPtrArray) published = sketch_publications(sketch_publication(pool, WEEK_49, 1, "s1:w1 s2:w2", "f"));
    AuditEntry audit = sketch_audit("import", "with a week");
    store_save_pool(test->store, pool, published, FALSE, &audit, &error);
    g_assert_no_error(error);
}

static void ask(DeskCase *test, const ActRequest *request)
{
    ActAnswer answer;
    g_autoptr(GError) error = NULL;
    g_autofree char *before = store_text(test->store);
    if (act_run(&test->desk, request, &answer, &error)) {
        g_assert_true(answer.is_known || json_is_object(answer.body));
    } else {
        g_assert_true(error->domain == ACT_ERROR || error->domain == DESK_ERROR);
        check_sentence(error->message);
    }
    if (error || !request->act->is_write) {
        g_autofree char *after = store_text(test->store);
        g_assert_cmpstr(before, ==, after);
    }
    act_answer_clear(&answer);
}

static void ask_all(const Request *request, const Act *act, json_t *arguments)
{
    const Actor *actors[] = {&case_planner, &case_worker, &case_coop};
    ActStamp seen, known;
    const char *tag = field(request, "if-none-match"), *key = field(request, "idempotency-key");
    gboolean has_seen = header_stamp(field(request, "if-match"), &seen);
    gboolean is_known = header_stamp(tag, &known);
    DeskCase test;
    lay(&test);
    for (guint i = 0; i < G_N_ELEMENTS(actors); i++) {
        const ActRequest asked = {.act = act,
                                  .actor = *actors[i],
                                  .arguments = arguments,
                                  .key = act->is_write && key && *key && g_utf8_validate(key, -1, NULL) ? key : NULL,
                                  .version = has_seen ? seen.week : -1,
                                  .known = &known,
                                  .known_count = is_known && !act->is_write ? 1 : 0};
        g_autoptr(GError) error = NULL;
        if (!act_is_sound(&test.desk, &asked, &error)) {
            g_assert_true(error->domain == ACT_ERROR);
            check_sentence(error->message);
        } else if (!act->is_long) { /* those solve, in a process of their own */
            ask(&test, &asked);
        }
    }
    desk_case_close(&test, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_auto(Request) request = {0};
    read_request(&request, (const char *)bytes, (const char *)bytes + size);
    header_takes_gzip(field(&request, "accept-encoding"));
    header_names(field(&request, "if-none-match"), "\"1.2\"");
    arguments_unescape(request.path);

    g_autoptr(GPtrArray) values = NULL;
    g_autoptr(GString) methods = g_string_new(NULL);
    const Route *route = routes_find(request.method, request.path, &values, methods);
    g_assert_true(!route || methods->len > 0);
    const Act *act = route && route->act ? act_find(route->act) : NULL;
    json_t *arguments = act ? arguments_of(&request, route, act, values) : NULL;
    if (arguments)
        ask_all(&request, act, arguments);
    json_decref(arguments);
    return 0;
}
