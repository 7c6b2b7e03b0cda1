#include "session.h"

#include "rooster/plan_weeks.h"

#include "text.h"

#include <stdio.h>

G_DEFINE_QUARK(cli - error, cli_error)

void session_clear(Session *session)
{
    options_clear(&session->options);
    desk_clear(&session->desk);
    g_clear_pointer(&session->desk.store, store_close);
}

const char *session_db(const Session *session)
{
    return session->options.db != NULL ? session->options.db : "rooster.db";
}

gboolean session_open_store(Session *session, GError **error)
{
    const char *path = session_db(session);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s does not exist; `rooster init` makes a database", path);
        return FALSE;
    }
    session->desk.store = session->ports->store_open(path, error);
    return session->desk.store != NULL;
}

gboolean session_open_empty(Session *session, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!session_open_store(session, error))
        return FALSE;
    if (desk_refresh(&session->desk, &reason))
        return session_set_now(session, session->desk.pool->zone, error);
    if (!g_error_matches(reason, DESK_ERROR, DESK_ERROR_EMPTY)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return FALSE;
    }
    g_autoptr(Zone) utc = zone_new("UTC", error);
    return utc != NULL && session_set_now(session, utc, error);
}

gboolean session_open(Session *session, GError **error)
{
    if (!session_open_empty(session, error))
        return FALSE;
    if (session->desk.pool != NULL)
        return TRUE;
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s holds no pool yet; `rooster import DIR` brings one in",
                session_db(session));
    return FALSE;
}

gboolean session_set_now(Session *session, const Zone *zone, GError **error)
{
    if (session->options.now == NULL) {
        session->desk.now_s = g_get_real_time() / G_USEC_PER_SEC;
        return TRUE;
    }
    int64_t now_min = 0;
    if (!zone_parse(zone, session->options.now, &now_min, error)) {
        g_prefix_error(error, "option --now: ");
        return FALSE;
    }
    session->desk.now_s = now_min * 60;
    return TRUE;
}

gboolean session_week(const Session *session, IsoWeek *week, GError **error)
{
    return session_week_in(session, session->desk.pool->zone, week, error);
}

gboolean session_week_in(const Session *session, const Zone *zone, IsoWeek *week, GError **error)
{
    if (session->options.week == NULL) {
        *week = iso_week_of(zone_day(zone, session_now_min(session)) + 7);
        return TRUE;
    }
    if (!iso_week_parse(session->options.week, week, error)) {
        g_prefix_error(error, "option --week: ");
        return FALSE;
    }
    return TRUE;
}

static gboolean is_named(const char *noun, const char *id, GError **error)
{
    if (id == NULL)
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "which %s? Name it with --%s", noun, noun);
    return id != NULL;
}

gboolean session_shift(const Session *session, guint *shift, GError **error)
{
    const char *id = session->options.shift;
    return is_named("shift", id, error) && desk_shift(&session->desk, id, shift, error);
}

gboolean session_worker(const Session *session, guint *worker, GError **error)
{
    const char *id = session->options.worker;
    return is_named("worker", id, error) && desk_worker(&session->desk, id, worker, error);
}

gboolean session_coop(const Session *session, guint *coop, GError **error)
{
    const char *id = session->options.coop;
    return is_named("coop", id, error) && desk_coop(&session->desk, id, coop, error);
}

gboolean session_week_count(const Session *session, int *count, GError **error)
{
    int64_t weeks = 1;
    gboolean is_read = session_integer("weeks", session->options.weeks, 1, PLAN_WEEKS_MOST, &weeks, error);
    *count = (int)weeks;
    return is_read;
}

gboolean session_week_of_shift(const Session *session, guint shift, IsoWeek *week, GError **error)
{
    IsoWeek named = {0};
    *week = pool_shift(session->desk.pool, shift)->week;
    if (session->options.week == NULL)
        return TRUE;
    if (!session_week(session, &named, error))
        return FALSE;
    if (named.monday != week->monday) {
        g_autofree char *right = iso_week_format(*week);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "shift %s is in %s, not in %s", session->options.shift, right,
                    session->options.week);
        return FALSE;
    }
    return TRUE;
}

gboolean session_integer(const char *name, const char *text, int64_t least, int64_t most, int64_t *value,
                         GError **error)
{
    gint64 number = 0;
    if (text == NULL)
        return TRUE;
    if (!g_ascii_string_to_signed(text, 10, least, most, &number, NULL)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "option --%s: %s is not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, text,
                    least, most);
        return FALSE;
    }
    *value = number;
    return TRUE;
}

gboolean session_real(const char *name, const char *text, double least, double most, double *value, GError **error)
{
    Decimal number = 0;
    if (text == NULL)
        return TRUE;
    if (!decimal_parse(text, &number) || (double)number < least * DECIMAL_ONE || (double)number > most * DECIMAL_ONE) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --%s: %s is not a number from %g to %g, such as 2.5", name,
                    text, least, most);
        return FALSE;
    }
    *value = (double)number / DECIMAL_ONE;
    return TRUE;
}

char *session_actor(const Session *session)
{
    return session->options.as != NULL ? g_strdup(session->options.as) : g_strconcat("cli:", g_get_user_name(), NULL);
}

AuditEntry *session_audit(const Session *session, const char *what, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *detail = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *who = session_actor(session);
    return desk_audit(&session->desk, who, what, "%s", detail);
}

void session_warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *clean = text_clean(text);
    fprintf(stderr, "rooster: warning: %s\n", clean);
}
