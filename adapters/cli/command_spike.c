#include "command.h"

#include "reacting.h"
#include "rooster/disturb.h"
#include "sheet.h"

enum { HEADCOUNT_MOST = 10000, BREAK_MOST = 24 * 60 };

static gboolean read_time(const Session *session, const char *name, const char *text, int64_t *at_min, GError **error)
{
    if (text == NULL || zone_parse(session->desk.pool->zone, text, at_min, error))
        return TRUE;
    g_prefix_error(error, "option --%s: ", name);
    return FALSE;
}

/* What is said of the shift, over what is known of it. Lists live with `lists`. */
static gboolean read_facts(const Session *session, Pool *lists, Shift *shift, GError **error)
{
    const Options *options = &session->options;
    int64_t headcount = shift->headcount, break_min = shift->break_min;
    if (!read_time(session, "start", options->start, &shift->start_min, error) ||
        !read_time(session, "end", options->end, &shift->end_min, error) ||
        !session_integer("headcount", options->headcount, 0, HEADCOUNT_MOST, &headcount, error) ||
        !session_integer("break", options->break_minutes, 0, BREAK_MOST, &break_min, error))
        return FALSE;
    if (options->priority != NULL && !priority_parse(options->priority, &shift->priority)) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE,
                    "option --priority: %s is none; critical, high, normal or low would be right", options->priority);
        return FALSE;
    }
    shift->headcount = (int32_t)headcount;
    shift->break_min = (int32_t)break_min;
    if (options->role != NULL)
        shift->role = options->role;
    if (options->certificates != NULL)
        shift->certificates = pool_string_list(lists, options->certificates);
    if (options->team_certificates != NULL)
        shift->team_certificates = pool_string_list(lists, options->team_certificates);
    return TRUE;
}

/* A shift that --shift names, as it is to be. */
static gboolean read_known(Session *session, Pool *lists, guint index, Shift *shift, GError **error)
{
    const Pool *pool = session->desk.pool;
    *shift = *pool_shift(pool, index);
    if (session->options.coop != NULL && !session_coop(session, &shift->coop, error))
        return FALSE;
    return read_facts(session, lists, shift, error);
}

/* A new one, with the id of --shift or one made for it, which the caller frees. */
static gboolean read_new(Session *session, Pool *lists, Shift *shift, char **id, GError **error)
{
    const Options *options = &session->options;
    *shift = (Shift){.role = "", .headcount = 1, .priority = PRIORITY_NORMAL};
    if (!session_coop(session, &shift->coop, error))
        return FALSE;
    if (options->start == NULL || options->end == NULL) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "when? A new shift needs --start and --end");
        return FALSE;
    }
    if (!read_facts(session, lists, shift, error))
        return FALSE;
    *id = options->shift != NULL ? g_strdup(options->shift)
                                 : disturb_shift_id(session->desk.pool, shift->coop, shift->start_min);
    shift->id = *id;
    return TRUE;
}

static void report_spike(Report *report, const Reaction *reaction, guint index, gboolean is_published)
{
    const Pool *pool = reaction->pool;
    const Shift *shift = pool_shift(pool, index);
    g_autofree char *times = shift_times(pool, index), *week = iso_week_format(shift->week);
    report_fact(report, "shift", shift->id);
    report_fact(report, "coop", pool_coop(pool, shift->coop)->id);
    report_fact(report, "week", week);
    report_line(report, "Shift %s: %s%s%s, %s, %s priority, %d people.", shift->id, pool_coop(pool, shift->coop)->name,
                *shift->role != '\0' ? ", " : "", shift->role, times, priority_name(shift->priority), shift->headcount);
    if (!is_published)
        report_line(report, "%s is not published yet: the next plan of it looks after the shift.\n", week);
    else
        report_line(report, "%s", "");
}

/* Asks, stores unless it is a trial, and tells. Takes the pool. */
static ExitCode answer(Session *session, Pool *changed, guint index, GError **error)
{
    RepairOptions options;
    g_autoptr(Reaction) reaction = reaction_new(&session->desk, changed);
    const Shift *shift = pool_shift(reaction->pool, index);
    gboolean is_published = reaction_published(reaction, shift->week) != NULL;
    g_autoptr(GArray) shifts = g_array_new(FALSE, FALSE, sizeof(guint));
    g_array_append_val(shifts, index);
    if (!reacting_options(session, &options, error) ||
        (is_published && !reaction_ask(reaction, shift->week, shifts, NULL, &options, error)))
        return EXIT_BY_ERROR;
    g_autoptr(AuditEntry) audit = session_audit(session, "spike", "shift %s, %d people%s", shift->id, shift->headcount,
                                                session->options.is_accept ? ", published" : "");
    if (!session->options.is_trial && !reacting_store(session, reaction, audit, error))
        return EXIT_BY_ERROR;
    g_autoptr(Report) report = report_new(session->format);
    report_spike(report, reaction, index, is_published);
    reacting_report(session, reaction, report);
    report_print(report);
    return EXIT_DONE;
}

ExitCode command_spike(Session *session, char **arguments, GError **error)
{
    (void)arguments;
    Shift shift;
    guint index;
    g_autofree char *id = NULL;
    if (session->options.is_trial && session->options.is_accept) {
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "--trial stores nothing and --accept publishes: give one of them");
        return EXIT_BY_ERROR;
    }
    if (!session_open(session, error))
        return EXIT_BY_ERROR;
    g_autoptr(Pool) lists = pool_copy_settings(session->desk.pool);
    gboolean is_known = pool_find_shift(session->desk.pool, session->options.shift, &index);
    if (!is_known)
        index = session->desk.pool->shifts->len;
    if (is_known ? !read_known(session, lists, index, &shift, error) : !read_new(session, lists, &shift, &id, error))
        return EXIT_BY_ERROR;
    Pool *changed = disturb_spike(session->desk.pool, &shift, session_now_min(session), error);
    return changed != NULL ? answer(session, changed, index, error) : EXIT_BY_ERROR;
}
