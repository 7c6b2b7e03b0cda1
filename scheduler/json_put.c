#include "json_put.h"

json_t *json_text(const char *value)
{
    json_t *string = json_string(value);
    if (string)
        return string;
    g_autofree char *valid = g_utf8_make_valid(value, -1);
    return json_string(valid);
}

void json_put(json_t *object, const char *key, json_t *value)
{
    /* The keys are ours and the values just made: only a lack of memory could fail here. */
    if (json_object_set_new(object, key, value) != 0)
        g_error("no memory for a message");
}

void json_put_taken(json_t *object, const char *key, char *value)
{
    json_put(object, key, json_text(value));
    g_free(value);
}

json_t *json_list_of(const char *const *names)
{
    json_t *list = json_array();
    for (; *names; names++)
        json_array_append_new(list, json_text(*names));
    return list;
}

void json_put_times(json_t *object, const Zone *zone, int64_t start_min, int64_t end_min)
{
    json_put_taken(object, "start", utc_format(start_min));
    json_put_taken(object, "end", utc_format(end_min));
    json_put_taken(object, "start_local", zone_format(zone, start_min));
    json_put_taken(object, "end_local", zone_format(zone, end_min));
}
