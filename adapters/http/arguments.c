#include "arguments.h"
#include "headers.h"

#include <string.h>

/* --- the body */

/* What is wrong, in one line: jansson repeats what stands there, with its line breaks. Caller frees. */
static char *complaint(const json_error_t *where)
{
    char *text =
        g_strdup_printf("the body is no JSON: line %d, column %d: %s", where->line, where->column, where->text);
    for (char *at = text; *at; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return text;
}

json_t *arguments_body(const char *type, const GByteArray *body, ArgumentsFault *fault)
{
    json_error_t where;
    if (body->len == 0)
        return json_object();
    if (!header_is_json(type)) {
        *fault = (ArgumentsFault){MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "media-type",
                                  g_strdup("say Content-Type: application/json")};
        return NULL;
    }
    json_t *read = json_loadb((const char *)body->data, body->len, JSON_REJECT_DUPLICATES, &where);
    if (json_is_object(read))
        return read;
    *fault = (ArgumentsFault){MHD_HTTP_BAD_REQUEST, "bad-request",
                              read ? g_strdup("the body is JSON, but no object") : complaint(&where)};
    json_decref(read);
    return NULL;
}

/* --- path and query */

static const Argument *argument_of(const Act *act, const char *name)
{
    for (const Argument *argument = act->arguments; argument->name; argument++)
        if (g_str_equal(argument->name, name))
            return argument;
    return NULL;
}

/* What a path or a query says is text; where a number or a truth is meant, it is read as one. */
static json_t *value_of(const Act *act, const char *name, const char *text)
{
    const Argument *argument = argument_of(act, name);
    gint64 number = 0;
    if (argument && argument->kind == ARGUMENT_INTEGER &&
        g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &number, NULL))
        return json_integer(number);
    if (argument && argument->kind == ARGUMENT_BOOLEAN && (g_str_equal(text, "true") || g_str_equal(text, "false")))
        return json_boolean(g_str_equal(text, "true"));
    return json_string(text); /* NULL where it is not UTF-8 */
}

void arguments_put(Arguments *arguments, const char *name, const char *text)
{
    json_t *value = value_of(arguments->act, name, text);
    if (json_object_get(arguments->object, name))
        arguments->fault = "something is said twice, in the path, the query or the body";
    else if (json_object_set(arguments->object, name, value) != 0)
        arguments->fault = "the path or query is not UTF-8";
    json_decref(value);
}

void arguments_put_path(Arguments *arguments, const Route *route, const GPtrArray *values)
{
    g_auto(GStrv) parts = g_strsplit(route->path, "/", -1);
    guint at = 0;
    for (guint i = 0; parts[i]; i++) {
        if (parts[i][0] != '{')
            continue;
        g_autofree char *name = g_strndup(parts[i] + 1, strlen(parts[i]) - 2);
        arguments_put(arguments, name, g_ptr_array_index(values, at++));
    }
}

gsize arguments_unescape(char *text)
{
    return strstr(text, "%00") ? strlen(text) : MHD_http_unescape(text);
}
