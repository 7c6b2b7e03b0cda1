/*
 * The description of the API (OpenAPI 3.1), made from what answers it: the routes, and the acts with their arguments.
 * Only what answers look like is written down apart, in data/answers.json; the tests hold every answer against it.
 */
#include "routes.h"

#include <string.h>

extern const char answers_json[]; /* data/answers.json */

/* --- arguments as schemas */

static json_t *ref(const char *name)
{
    return json_pack("{s:s+}", "$ref", "#/components/schemas/", name);
}

static json_t *object_of(const Argument *arguments, const char *const *without);

static json_t *schema_of(const Argument *argument)
{
    json_t *schema = NULL;
    switch (argument->kind) {
    case ARGUMENT_ID:
        schema = ref("id");
        break;
    case ARGUMENT_TEXT:
        schema = json_pack("{s:s, s:I}", "type", "string", "maxLength", (json_int_t)argument->most);
        break;
    case ARGUMENT_INTEGER:
    case ARGUMENT_NUMBER:
        schema = json_pack("{s:s, s:I, s:I}", "type", argument->kind == ARGUMENT_INTEGER ? "integer" : "number",
                           "minimum", (json_int_t)argument->least, "maximum", (json_int_t)argument->most);
        break;
    case ARGUMENT_BOOLEAN:
        schema = json_pack("{s:s}", "type", "boolean");
        break;
    case ARGUMENT_WEEK:
        schema = ref("week_name");
        break;
    case ARGUMENT_TIME:
        schema = ref("time");
        break;
    case ARGUMENT_CHOICE:
        schema = json_pack("{s:s, s:[]}", "type", "string", "enum");
        for (const char *const *choice = argument->choices; *choice; choice++)
            json_array_append_new(json_object_get(schema, "enum"), json_string(*choice));
        break;
    case ARGUMENT_IDS:
        schema = json_pack("{s:s, s:o, s:I, s:b}", "type", "array", "items", ref("id"), "maxItems",
                           (json_int_t)argument->most, "uniqueItems", 1);
        break;
    case ARGUMENT_LIST:
        schema = json_pack("{s:s, s:o, s:I, s:I}", "type", "array", "items", object_of(argument->members, NULL),
                           "minItems", (json_int_t)argument->least, "maxItems", (json_int_t)argument->most);
        break;
    }
    g_assert(schema);
    json_object_set_new(schema, "description", json_string(argument->about));
    return schema;
}

/* without: NULL-terminated names that are said elsewhere, or NULL. */
static json_t *object_of(const Argument *arguments, const char *const *without)
{
    json_t *properties = json_object(), *required = json_array();
    for (const Argument *argument = arguments; argument->name; argument++) {
        if (without && g_strv_contains(without, argument->name))
            continue;
        json_object_set_new(properties, argument->name, schema_of(argument));
        if (argument->is_required)
            json_array_append_new(required, json_string(argument->name));
    }
    json_t *object =
        json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0, "properties", properties);
    if (json_array_size(required))
        json_object_set(object, "required", required);
    json_decref(required);
    return object;
}

/* --- operations */

/* The names in braces, NULL-terminated. */
static GStrv names_in(const char *path)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part; part++) {
        if (**part != '{')
            continue;
        g_autofree char *name = g_strndup(*part + 1, strlen(*part) - 2);
        g_strv_builder_add(names, name);
    }
    return g_strv_builder_end(names);
}

static json_t *parameter(const char *name, const char *place, gboolean is_required, json_t *schema)
{
    return json_pack("{s:s, s:s, s:b, s:o}", "name", name, "in", place, "required", is_required, "schema", schema);
}

static const Argument *argument_of(const Act *act, const char *name)
{
    for (const Argument *argument = act ? act->arguments : NULL; argument && argument->name; argument++)
        if (g_str_equal(argument->name, name))
            return argument;
    return NULL;
}

static json_t *parameters_of(const Route *route, const Act *act, const char *const *in_path)
{
    json_t *parameters = json_array();
    for (const char *const *name = in_path; *name; name++) {
        const Argument *argument = argument_of(act, *name);
        json_array_append_new(parameters, parameter(*name, "path", TRUE, argument ? schema_of(argument) : ref("id")));
    }
    gboolean is_look = g_str_equal(route->method, "GET");
    for (const Argument *argument = act ? act->arguments : NULL; is_look && argument && argument->name; argument++)
        if (!g_strv_contains(in_path, argument->name))
            json_array_append_new(parameters,
                                  parameter(argument->name, "query", argument->is_required, schema_of(argument)));
    if (act && act->is_write && !act->has_secret && !act->is_watched)
        json_array_append_new(parameters, json_pack("{s:s}", "$ref", "#/components/parameters/key"));
    if (argument_of(act, "week") && !is_look)
        json_array_append_new(parameters, json_pack("{s:s}", "$ref", "#/components/parameters/version"));
    return parameters;
}

static json_t *responses_of(const Route *route, const json_t *answers)
{
    const char *name = route->act ? route->act : route->answer;
    json_t *schema = json_object_get(answers, name);
    g_assert(schema || route->type);
    const char *type = route->type ? route->type : "application/json";
    json_t *content = json_object();
    json_object_set_new(content, type, schema ? json_pack("{s:O}", "schema", schema) : json_object());
    json_t *done = json_pack("{s:s, s:o}", "description", "Done", "content", content);
    json_t *responses = json_object();
    json_object_set(responses, "200", done);
    json_object_set(responses, "201", done);
    json_object_set_new(responses, "202", done);
    json_object_set_new(responses, "304", json_pack("{s:s}", "description", "As it was"));
    json_object_set_new(responses, "default", json_pack("{s:s}", "$ref", "#/components/responses/problem"));
    return responses;
}

static json_t *roles_of(const Route *route, const Act *act)
{
    json_t *roles = json_array();
    for (guint role = 0; role < ACTOR_ROLES; role++)
        if ((act ? act->roles : route->roles) & 1U << role)
            json_array_append_new(roles, json_string(actor_role_name((ActorRole)role)));
    return roles;
}

static json_t *operation_of(const Route *route, const json_t *answers)
{
    const Act *act = route->act ? act_find(route->act) : NULL;
    g_auto(GStrv) in_path = names_in(route->path);
    json_t *operation = json_object();
    json_object_set_new(operation, "operationId", json_string(act ? act->name : route->answer));
    json_object_set_new(operation, "summary", json_string(act ? act->about : route->about));
    json_object_set_new(operation, "x-roles", roles_of(route, act));
    json_object_set_new(operation, "parameters", parameters_of(route, act, (const char *const *)in_path));
    if (act && !g_str_equal(route->method, "GET")) {
        json_t *body = object_of(act->arguments, (const char *const *)in_path);
        json_object_set_new(operation, "requestBody",
                            json_pack("{s:b, s:{s:{s:o}}}", "required", json_object_get(body, "required") != NULL,
                                      "content", "application/json", "schema", body));
    }
    json_object_set_new(operation, "responses", responses_of(route, answers));
    if (route->is_open)
        json_object_set_new(operation, "security", json_array());
    return operation;
}

static json_t *paths_of(const json_t *answers)
{
    json_t *paths = json_object();
    for (const Route *route = routes; route->method; route++) {
        g_autofree char *method = g_ascii_strdown(route->method, -1);
        json_t *path = json_object_get(paths, route->path);
        if (!path)
            json_object_set_new(paths, route->path, path = json_object());
        json_object_set_new(path, method, operation_of(route, answers));
    }
    return paths;
}

char *openapi_text(void)
{
    json_error_t where;
    json_t *document = json_loads(answers_json, JSON_REJECT_DUPLICATES, &where);
    if (!document)
        g_error("data/answers.json:%d: %s", where.line, where.text);
    json_t *answers = json_incref(json_object_get(document, "x-answers"));
    json_object_del(document, "x-answers");
    json_object_set_new(document, "paths", paths_of(answers));
    json_decref(answers);
    char *text = json_dumps(document, JSON_INDENT(1));
    char *copy = g_strdup(text);
    free(text);
    json_decref(document);
    return copy;
}
