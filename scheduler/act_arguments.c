#include "act_parts.h"

#include "rooster/hint.h"

#include <math.h>
#include <string.h>

gboolean act_refuse(GError **error, ActError code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    sentence_set_error_valist(error, ACT_ERROR, (gint)code, format, arguments);
    va_end(arguments);
    return FALSE;
}

/* --- one value */

static gboolean is_plain(const char *text)
{
    for (const char *at = text; *at; at++)
        if ((guchar)*at < 0x20 && *at != '\n' && *at != '\t')
            return FALSE;
    return TRUE;
}

static gboolean check_text(const Argument *argument, const json_t *value, const char *where, GError **error)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) != json_string_length(value))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not a text", where);
    if ((int64_t)strlen(text) > argument->most)
        return act_refuse(error, ACT_ERROR_INVALID, "%s: %zu bytes, at most %" G_GINT64_FORMAT, where, strlen(text),
                          argument->most);
    if (!is_plain(text))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: has control characters", where);
    return TRUE;
}

static gboolean check_id(const json_t *value, const char *where, GError **error)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) != json_string_length(value) || !id_is_valid(text))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not a name of %s", where, ID_RULE);
    return TRUE;
}

static gboolean check_number(const Argument *argument, const json_t *value, const char *where, GError **error)
{
    gboolean is_whole = argument->kind == ARGUMENT_INTEGER;
    double number = json_number_value(value);
    if ((is_whole ? json_is_integer(value) : json_is_number(value)) && number >= (double)argument->least &&
        number <= (double)argument->most)
        return TRUE;
    if (is_whole)
        return act_refuse(error, ACT_ERROR_INVALID,
                          "%s: not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, where,
                          argument->least, argument->most);
    return act_refuse(error, ACT_ERROR_INVALID, "%s: not a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                      where, argument->least, argument->most);
}

static gboolean check_choice(const Argument *argument, const json_t *value, const char *where, GError **error)
{
    const char *text = json_string_value(value);
    if (text && strlen(text) == json_string_length(value) && g_strv_contains(argument->choices, text))
        return TRUE;
    g_autofree char *choices = g_strjoinv(", ", (char **)argument->choices);
    return act_refuse(error, ACT_ERROR_INVALID, "%s: not one of %s", where, choices);
}

/* A text that may be a week or a time: with no NUL in it, and short, as the sentence about a wrong one repeats it. */
static gboolean is_short(const json_t *value)
{
    enum { SHORT = 64 };
    return json_is_string(value) && json_string_length(value) <= SHORT &&
           strlen(json_string_value(value)) == json_string_length(value);
}

gboolean act_in_argument(gboolean is_right, GError **reason, const char *where, GError **error)
{
    if (is_right)
        return TRUE;
    sentence_pass_error(error, ACT_ERROR, ACT_ERROR_INVALID, *reason);
    g_prefix_error(error, "%s: ", where);
    g_clear_error(reason);
    return FALSE;
}

static gboolean check_week(const json_t *value, const char *where, GError **error)
{
    IsoWeek week;
    GError *reason = NULL;
    if (!is_short(value))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not a week such as 2026-W49", where);
    return act_in_argument(iso_week_parse(json_string_value(value), &week, &reason), &reason, where, error);
}

static gboolean check_time(const Desk *desk, const json_t *value, const char *where, GError **error)
{
    int64_t at_min;
    GError *reason = NULL;
    if (!is_short(value))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not a time such as 2026-11-30T08:00", where);
    return act_in_argument(zone_parse(desk->pool->zone, json_string_value(value), &at_min, &reason), &reason, where,
                           error);
}

/* --- arrays and objects */

static gboolean check_object(const Desk *desk, const Argument *arguments, const json_t *object, const char *within,
                             GError **error);

static gboolean check_ids(const Argument *argument, const json_t *list, const char *where, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    if (!json_is_array(list) || (int64_t)json_array_size(list) > argument->most)
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not a list of at most %" G_GINT64_FORMAT " names", where,
                          argument->most);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        if (!check_id(value, where, error))
            return FALSE;
        if (!g_hash_table_add(seen, (gpointer)json_string_value(value)))
            return act_refuse(error, ACT_ERROR_INVALID, "%s: %s stands twice", where, json_string_value(value));
    }
    return TRUE;
}

static gboolean check_list(const Desk *desk, const Argument *argument, const json_t *list, const char *where,
                           GError **error)
{
    if (!json_is_array(list) || (int64_t)json_array_size(list) > argument->most ||
        (int64_t)json_array_size(list) < argument->least)
        return act_refuse(error, ACT_ERROR_INVALID,
                          "%s: not a list of %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " objects", where,
                          argument->least, argument->most);
    for (size_t i = 0; i < json_array_size(list); i++) {
        g_autofree char *within = g_strdup_printf("%s/%zu", where, i);
        if (!check_object(desk, argument->members, json_array_get(list, i), within, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean check_value(const Desk *desk, const Argument *argument, const json_t *value, const char *where,
                            GError **error)
{
    switch (argument->kind) {
    case ARGUMENT_ID:
        return check_id(value, where, error);
    case ARGUMENT_TEXT:
        return check_text(argument, value, where, error);
    case ARGUMENT_INTEGER:
    case ARGUMENT_NUMBER:
        return check_number(argument, value, where, error);
    case ARGUMENT_BOOLEAN:
        return json_is_boolean(value) || act_refuse(error, ACT_ERROR_INVALID, "%s: neither true nor false", where);
    case ARGUMENT_WEEK:
        return check_week(value, where, error);
    case ARGUMENT_TIME:
        return check_time(desk, value, where, error);
    case ARGUMENT_CHOICE:
        return check_choice(argument, value, where, error);
    case ARGUMENT_IDS:
        return check_ids(argument, value, where, error);
    case ARGUMENT_LIST:
        return check_list(desk, argument, value, where, error);
    }
    g_assert_not_reached();
}

static const Argument *argument_find(const Argument *arguments, const char *name)
{
    for (const Argument *argument = arguments; argument && argument->name; argument++)
        if (g_str_equal(argument->name, name))
            return argument;
    return NULL;
}

static gboolean refuse_unknown(const Argument *arguments, const char *name, const char *within, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const Argument *argument = arguments; argument && argument->name; argument++)
        g_ptr_array_add(names, (gpointer)argument->name);
    g_autofree char *hint = names->len ? hint_format(name, (const char *const *)names->pdata, names->len)
                                       : g_strdup("nothing is to be said here");
    g_autofree char *where = g_strdup_printf("%s/%.80s", within, name);
    return act_refuse(error, ACT_ERROR_INVALID, "%s: unknown; %s", where, hint);
}

static gboolean check_object(const Desk *desk, const Argument *arguments, const json_t *object, const char *within,
                             GError **error)
{
    const char *name;
    json_t *value;
    if (!json_is_object(object))
        return act_refuse(error, ACT_ERROR_INVALID, "%s: not an object", *within ? within : "the body");
    json_object_foreach((json_t *)object, name, value)
    {
        const Argument *argument = argument_find(arguments, name);
        if (!argument)
            return refuse_unknown(arguments, name, within, error);
        g_autofree char *where = g_strdup_printf("%s/%s", within, name);
        if (!json_is_null(value) && !check_value(desk, argument, value, where, error))
            return FALSE;
    }
    for (const Argument *argument = arguments; argument && argument->name; argument++) {
        const json_t *given = json_object_get(object, argument->name);
        if (!argument->is_required || (given && !json_is_null(given)))
            continue;
        g_autofree char *where = g_strdup_printf("%s/%s", within, argument->name);
        return act_refuse(error, ACT_ERROR_INVALID, "%s: missing; it is %s", where, argument->about);
    }
    return TRUE;
}

/* --- whose */

/* A worker or coop speaks for itself: named or not, it is the one whose token this is. */
static gboolean put_own(const ActRequest *request, json_t *arguments, GError **error)
{
    if (request->actor.role == ACTOR_PLANNER)
        return TRUE;
    const char *noun = request->actor.role == ACTOR_WORKER ? "worker" : "coop";
    const json_t *named = json_object_get(arguments, noun);
    const char *whose = json_string_value(named);
    if (whose && id_is_valid(whose) && !g_str_equal(whose, request->actor.id))
        return act_refuse(error, ACT_ERROR_FORBIDDEN, "this is %s %s's own, and not yours", noun, whose);
    if ((!named || json_is_null(named)) && argument_find(request->act->arguments, noun))
        json_object_set_new(arguments, noun, json_string(request->actor.id));
    return TRUE;
}

json_t *act_arguments_check(const Desk *desk, const ActRequest *request, GError **error)
{
    json_t *arguments = request->arguments ? json_copy(request->arguments) : json_object();
    if (json_is_object(arguments) && !put_own(request, arguments, error)) {
        json_decref(arguments);
        return NULL;
    }
    if (!check_object(desk, request->act->arguments, arguments, "", error)) {
        json_decref(arguments);
        return NULL;
    }
    return arguments;
}

/* --- reading what was checked */

static json_t *value_of(const ActRun *run, const char *name)
{
    g_assert(argument_find(run->request->act->arguments, name));
    json_t *value = json_object_get(run->arguments, name);
    return value && !json_is_null(value) ? value : NULL;
}

gboolean act_has(const ActRun *run, const char *name)
{
    return value_of(run, name) != NULL;
}

const char *act_text(const ActRun *run, const char *name, const char *otherwise)
{
    const json_t *value = value_of(run, name);
    return value ? json_string_value(value) : otherwise;
}

int64_t act_integer(const ActRun *run, const char *name, int64_t otherwise)
{
    const json_t *value = value_of(run, name);
    return value ? json_integer_value(value) : otherwise;
}

double act_number(const ActRun *run, const char *name, double otherwise)
{
    const json_t *value = value_of(run, name);
    return value ? json_number_value(value) : otherwise;
}

gboolean act_flag(const ActRun *run, const char *name, gboolean otherwise)
{
    const json_t *value = value_of(run, name);
    return value ? json_is_true(value) : otherwise;
}

json_t *act_list(const ActRun *run, const char *name)
{
    return value_of(run, name);
}

IsoWeek act_week(const ActRun *run)
{
    IsoWeek week = {0};
    gboolean is_week = iso_week_parse(act_text(run, "week", ""), &week, NULL);
    g_assert(is_week);
    return week;
}

int64_t act_time(const ActRun *run, const char *name)
{
    int64_t at_min = INT64_MIN;
    const char *text = act_text(run, name, NULL);
    if (text)
        zone_parse(run->desk->pool->zone, text, &at_min, NULL);
    return at_min;
}

gboolean act_worker(const ActRun *run, guint *worker, GError **error)
{
    return desk_worker(run->desk, act_text(run, "worker", ""), worker, error);
}

gboolean act_coop(const ActRun *run, guint *coop, GError **error)
{
    return desk_coop(run->desk, act_text(run, "coop", ""), coop, error);
}

gboolean act_shift(const ActRun *run, guint *shift, GError **error)
{
    return desk_shift(run->desk, act_text(run, "shift", ""), shift, error);
}

gboolean act_is_known(ActRun *run, int64_t version)
{
    for (guint i = 0; i < run->request->known_count; i++) {
        const ActStamp *known = &run->request->known[i];
        run->answer->is_known |= known->week == version && known->pool == run->desk->version;
    }
    if (run->answer->is_known)
        run->answer->version = version;
    return run->answer->is_known;
}

gboolean act_is_current(const ActRun *run, const DeskWeek *week, GError **error)
{
    if (run->request->version < 0 || run->request->version == desk_week_version(week))
        return TRUE;
    g_autofree char *name = iso_week_format(week->week->week);
    return act_refuse(error, ACT_ERROR_STALE, "the roster of %s was changed since you looked; look again", name);
}
