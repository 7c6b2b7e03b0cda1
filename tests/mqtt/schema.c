#include "schema.h"

#include <stdlib.h>
#include <string.h>

static char *fault_at(const json_t *root, const json_t *schema, const json_t *value, const char *path);

static const json_t *resolve(const json_t *root, const char *reference)
{
    g_assert_true(g_str_has_prefix(reference, "#/"));
    g_auto(GStrv) steps = g_strsplit(reference + 2, "/", -1);
    for (char **step = steps; *step; step++)
        root = json_object_get(root, *step);
    g_assert_nonnull(root);
    return root;
}

static gboolean has_type(const char *type, const json_t *value)
{
    static const struct {
        const char *name;
        json_type type;
    } types[] = {{"object", JSON_OBJECT},   {"array", JSON_ARRAY}, {"string", JSON_STRING},
                 {"integer", JSON_INTEGER}, {"number", JSON_REAL}, {"null", JSON_NULL}};
    if (strcmp(type, "boolean") == 0)
        return json_is_boolean(value);
    if (strcmp(type, "number") == 0 && json_is_integer(value))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(types); i++)
        if (strcmp(type, types[i].name) == 0)
            return json_typeof(value) == types[i].type;
    g_error("schema type %s is not known", type);
}

static gboolean fits_type(const json_t *type, const json_t *value)
{
    if (json_is_string(type))
        return has_type(json_string_value(type), value);
    for (gsize i = 0; i < json_array_size(type); i++)
        if (has_type(json_string_value(json_array_get(type, i)), value))
            return TRUE;
    return FALSE;
}

static gboolean is_one_of(const json_t *list, const json_t *value)
{
    for (gsize i = 0; i < json_array_size(list); i++)
        if (json_equal(json_array_get(list, i), value))
            return TRUE;
    return FALSE;
}

static char *missing_key(const json_t *required, const json_t *value, const char *path)
{
    for (gsize i = 0; i < json_array_size(required); i++) {
        const char *key = json_string_value(json_array_get(required, i));
        if (!json_object_get(value, key))
            return g_strdup_printf("%s: %s is missing", path, key);
    }
    return NULL;
}

static char *fault_in_members(const json_t *root, const json_t *schema, const json_t *value, const char *path)
{
    const json_t *properties = json_object_get(schema, "properties");
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)value, key, member)
    {
        const json_t *of = json_object_get(properties, key);
        g_autofree char *inner = g_strdup_printf("%s.%s", path, key);
        if (!of)
            return g_strdup_printf("%s: is not described", inner);
        char *fault = fault_at(root, of, member, inner);
        if (fault)
            return fault;
    }
    return NULL;
}

static char *fault_in_items(const json_t *root, const json_t *items, const json_t *value, const char *path)
{
    for (gsize i = 0; i < json_array_size(value); i++) {
        g_autofree char *inner = g_strdup_printf("%s[%zu]", path, i);
        char *fault = fault_at(root, items, json_array_get(value, i), inner);
        if (fault)
            return fault;
    }
    return NULL;
}

/* NULL if exactly one of them fits; else the first one's fault. */
static char *fault_of_one(const json_t *root, const json_t *schemas, const json_t *value, const char *path)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < json_array_size(schemas); i++) {
        char *fault = fault_at(root, json_array_get(schemas, i), value, path);
        if (fault)
            g_ptr_array_add(faults, fault);
    }
    return faults->len + 1 == json_array_size(schemas) ? NULL : g_strdup(g_ptr_array_index(faults, 0));
}

/* One keyword. A value of another type is no concern of a keyword about objects, arrays, strings or numbers. */
static char *fault_of(const json_t *root, const json_t *schema, const char *keyword, const json_t *argument,
                      const json_t *value, const char *path)
{
    gboolean fits = TRUE;
    if (strcmp(keyword, "$ref") == 0)
        return fault_at(root, resolve(root, json_string_value(argument)), value, path);
    if (strcmp(keyword, "oneOf") == 0)
        return fault_of_one(root, argument, value, path);
    if (strcmp(keyword, "required") == 0)
        return missing_key(argument, value, path);
    if (strcmp(keyword, "properties") == 0)
        return json_is_object(value) ? fault_in_members(root, schema, value, path) : NULL;
    if (strcmp(keyword, "items") == 0)
        return fault_in_items(root, argument, value, path);
    if (strcmp(keyword, "type") == 0)
        fits = fits_type(argument, value);
    else if (strcmp(keyword, "const") == 0)
        fits = json_equal(argument, value);
    else if (strcmp(keyword, "enum") == 0)
        fits = is_one_of(argument, value);
    else if (strcmp(keyword, "minimum") == 0)
        fits = !json_is_number(value) || json_number_value(value) >= json_number_value(argument);
    else if (strcmp(keyword, "minItems") == 0)
        fits = !json_is_array(value) || (json_int_t)json_array_size(value) >= json_integer_value(argument);
    else if (strcmp(keyword, "pattern") == 0)
        fits =
            !json_is_string(value) || g_regex_match_simple(json_string_value(argument), json_string_value(value), 0, 0);
    else if (strcmp(keyword, "additionalProperties") == 0)
        g_assert_true(json_is_false(argument)); /* what fault_in_members enforces */
    else if (strcmp(keyword, "description") != 0)
        g_error("schema keyword %s is not known", keyword);
    if (fits)
        return NULL;
    char *shown = json_dumps(value, JSON_ENCODE_ANY);
    char *fault = g_strdup_printf("%s: %s breaks %s", path, shown, keyword);
    free(shown);
    return fault;
}

static char *fault_at(const json_t *root, const json_t *schema, const json_t *value, const char *path)
{
    const char *keyword;
    json_t *argument;
    json_object_foreach((json_t *)schema, keyword, argument)
    {
        char *fault = fault_of(root, schema, keyword, argument, value, path);
        if (fault)
            return fault;
    }
    return NULL;
}

char *schema_fault(const json_t *root, const json_t *schema, const json_t *value)
{
    return fault_at(root, schema, value, "$");
}

json_t *schema_load_description(void)
{
    json_error_t error;
    json_t *root = json_load_file("data/asyncapi.json", JSON_REJECT_DUPLICATES, &error);
    if (!root)
        g_error("data/asyncapi.json:%d: %s", error.line, error.text);
    return root;
}

/* TRUE if the topic is one of the channel's: equal but for {parameters}. */
static gboolean is_of_channel(const char *channel, const char *topic)
{
    g_auto(GStrv) wanted = g_strsplit(channel, "/", -1), parts = g_strsplit(topic, "/", -1);
    if (g_strv_length(wanted) != g_strv_length(parts))
        return FALSE;
    for (guint i = 0; wanted[i]; i++)
        if (wanted[i][0] != '{' && strcmp(wanted[i], parts[i]) != 0)
            return FALSE;
    return TRUE;
}

const json_t *schema_channel(const json_t *root, const char *topic, const char **name)
{
    json_t *channel;
    json_object_foreach(json_object_get(root, "channels"), *name, channel)
    {
        if (is_of_channel(*name, topic))
            return channel;
    }
    g_error("no channel describes %s", topic);
}

const json_t *schema_member(const json_t *object, const char *path)
{
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    for (char **step = steps; *step; step++)
        object = json_object_get(object, *step);
    g_assert_nonnull(object);
    return object;
}
