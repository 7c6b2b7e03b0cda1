#include "options.h"

#include "rooster/hint.h"
#include "session.h"
#include "text.h"

#include <stddef.h>
#include <string.h>

typedef struct OptionRow {
    OptionInfo info;
    size_t offset;    /* of its value in Options */
    gboolean is_list; /* may be given several times; the values are joined by ';' */
} OptionRow;

#define ROW(member)  offsetof(Options, member), FALSE
#define LIST(member) offsetof(Options, member), TRUE

static const OptionRow rows[OPTION_COUNT] = {
    [OPTION_DB] = {{"db", 0, "FILE", "the database (default: rooster.db)"}, ROW(db)},
    [OPTION_NOW] = {{"now", 0, "TIME", "take TIME as now, such as 2026-11-30T08:00 (default: the clock)"}, ROW(now)},
    [OPTION_AS] = {{"as", 0, "NAME", "the name in the audit trail (default: cli: and your user name)"}, ROW(as)},
    [OPTION_HELP] = {{"help", 'h', NULL, "show this help"}, ROW(is_help)},
    [OPTION_VERSION] = {{"version", 0, NULL, "show the version"}, ROW(is_version)},
    [OPTION_FORMAT] = {{"format", 0, "FORM", "table, csv or json (default: table)"}, ROW(format)},
    [OPTION_WEEK] = {{"week", 'w', "WEEK", "the ISO week, such as 2026-W49 (default: the week after now)"}, ROW(week)},
    [OPTION_WEEKS] = {{"weeks", 0, "N", "so many weeks in a row, from that week on (default: 1)"}, ROW(weeks)},
    [OPTION_SHIFT] = {{"shift", 's', "SHIFT", "the shift's id"}, ROW(shift)},
    [OPTION_WORKER] = {{"worker", 'W', "WORKER", "the worker's id"}, ROW(worker)},
    [OPTION_COOP] = {{"coop", 'c', "COOP", "the cooperative's id"}, ROW(coop)},
    [OPTION_BY] = {{"by", 0, "WHAT", "worker, coop or day (default: worker)"}, ROW(by)},
    [OPTION_PUBLISHED] = {{"published", 'p', NULL, "the published roster, even where there is a draft"},
                          ROW(is_published)},
    [OPTION_GAP] = {{"gap", 0, "PERCENT", "stop when the proven gap is at most PERCENT (default: 0.5)"}, ROW(gap)},
    [OPTION_SECONDS] = {{"seconds", 0, "N", "stop after N seconds by the clock, 0: never (default: 60)"}, ROW(seconds)},
    [OPTION_WORK] = {{"work", 0, "N", "stop after N units of work, the same on every machine, 0: never (default: 0)"},
                     ROW(work)},
    [OPTION_THREADS] = {{"threads", 0, "N", "use N threads (default: one per processor)"}, ROW(threads)},
    [OPTION_SEED] = {{"seed", 0, "N", "the seed of what is random (default: 1)"}, ROW(seed)},
    [OPTION_LOG] = {{"log", 0, "FILE", "write the run's events to FILE, a JSON object a line"}, ROW(log)},
    [OPTION_FRESH] = {{"fresh", 0, NULL, "start from nothing but the pins, not from the week's last solve"},
                      ROW(is_fresh)},
    [OPTION_KEEP] = {{"keep", 'k', NULL, "plan as a repair of the published roster: changes are charged"},
                     ROW(is_keep)},
    [OPTION_REPLACE] = {{"replace", 0, NULL, "the folder becomes the whole truth"}, ROW(is_replace)},
    [OPTION_WORKERS] = {{"workers", 'n', "N", "the number of workers"}, ROW(workers)},
    [OPTION_FEEDS] = {{"feeds", 0, "DIR", "write the calendar feeds to DIR (default: feeds, beside the database)"},
                      ROW(feeds)},
    [OPTION_DRAIN] = {{"drain", 0, NULL, "deliver the waiting messages to the broker"}, ROW(is_drain)},
    [OPTION_HOST] = {{"host", 0, "HOST", "the MQTT broker's host (default: $ROOSTER_MQTT_HOST, else localhost)"},
                     ROW(host)},
    [OPTION_PORT] = {{"port", 0, "PORT", "its port (default: $ROOSTER_MQTT_PORT, else 1883, with TLS 8883)"},
                     ROW(port)},
    [OPTION_USER] = {{"user", 0, "NAME", "the user at the broker (default: $ROOSTER_MQTT_USER, else none)"}, ROW(user)},
    [OPTION_PASSWORD_FILE] = {{"password-file", 0, "FILE",
                               "a file whose first line is the password at the broker (default: "
                               "$ROOSTER_MQTT_PASSWORD_FILE, else none)"},
                              ROW(password_file)},
    [OPTION_CA_FILE] = {{"ca-file", 0, "FILE",
                         "speak TLS, with a broker that FILE's authorities vouch for (default: "
                         "$ROOSTER_MQTT_CA_FILE, else no TLS)"},
                        ROW(ca_file)},
    [OPTION_RETRY] = {{"retry", 0, NULL, "let dead letters wait for delivery again"}, ROW(is_retry)},
    [OPTION_ROLE] = {{"role", 0, "ROLE", "of a shift: what is to be done; of a token: planner, worker, coop or open"},
                     ROW(role)},
    [OPTION_LABEL] = {{"label", 0, "TEXT", "a name to know it by"}, ROW(label)},
    [OPTION_FEED] = {{"feed", 0, NULL, "opens the calendar feed and nothing else"}, ROW(is_feed)},
    [OPTION_LINK] = {{"link", 0, NULL, "signs in to the pages, once, within a day"}, ROW(is_link)},
    [OPTION_LISTEN] = {{"listen", 0, "ADDRESS:PORT",
                        "where to answer HTTP (default: 127.0.0.1:8080; port 0: any free)"},
                       ROW(listen)},
    [OPTION_REQUEST_SECONDS] = {{"request-seconds", 0, "N",
                                 "how long a request may take to arrive whole, and its answer to be taken (default: "
                                 "30)"},
                                ROW(request_seconds)},
    [OPTION_CONNECTIONS_PER_PEER] = {{"connections-per-peer", 0, "N",
                                      "open connections from one address at most (default: any number, as behind a "
                                      "proxy all come from one)"},
                                     ROW(connections_per_peer)},
    [OPTION_REASON] =
        {{"reason", 0, "REASON",
          "which of two entries: worked, cancelled_paid or moved_paid (default: worked, if there is one)"},
         ROW(reason)},
    [OPTION_OTHER] = {{"other", 0, "WORKER", "the colleague who is asked (default: whoever takes it)"}, ROW(other)},
    [OPTION_RETURN] = {{"return", 0, "SHIFT", "the colleague's shift that comes in return"}, ROW(in_return)},
    [OPTION_MOST] = {{"most", 0, "N", "the first N rows (default: 20)"}, ROW(most)},
    [OPTION_START] = {{"start", 0, "TIME", "when the shift starts, such as 2026-11-30T08:00"}, ROW(start)},
    [OPTION_END] = {{"end", 0, "TIME", "when it ends"}, ROW(end)},
    [OPTION_FROM] = {{"from", 0, "TIME", "the first moment of the absence"}, ROW(from)},
    [OPTION_UNTIL] = {{"until", 0, "TIME", "the first moment after it"}, ROW(until)},
    [OPTION_HEADCOUNT] = {{"headcount", 0, "N", "how many people are asked, 0: cancelled (default: 1)"},
                          ROW(headcount)},
    [OPTION_CERTIFICATE] = {{"certificate", 0, "NAME", "everyone on the shift holds it; may be given again"},
                            LIST(certificates)},
    [OPTION_TEAM_CERTIFICATE] = {{"team-certificate", 0, "NAME", "somebody on it holds it; may be given again"},
                                 LIST(team_certificates)},
    [OPTION_BREAK] = {{"break", 0, "MINUTES", "minutes of break in it (default: 0)"}, ROW(break_minutes)},
    [OPTION_PRIORITY] = {{"priority", 0, "WORD", "critical, high, normal or low (default: normal)"}, ROW(priority)},
    [OPTION_ACCEPT] = {{"accept", 0, NULL, "publish the answer at once"}, ROW(is_accept)},
    [OPTION_TRIAL] = {{"trial", 0, NULL, "answer, and store nothing"}, ROW(is_trial)},
    [OPTION_MONTH] = {{"month", 'm', "MONTH", "the calendar month, such as 2026-12"}, ROW(month)},
    [OPTION_DAY] = {{"day", 0, "DATE", "the day on which it starts, such as 2026-11-30"}, ROW(day)},
    [OPTION_NOTE] = {{"note", 0, "TEXT", "what there is to say about it"}, ROW(note)},
    [OPTION_UNDO] = {{"undo", 0, NULL, "take the last publishing back: publish the roster that it replaced"},
                     ROW(is_undo)},
    [OPTION_NOTHING] = {{"nothing", 0, NULL, "nothing was worked"}, ROW(is_nothing)},
};

void options_clear(Options *options)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if (rows[id].info.argument != NULL)
            g_free(*(char **)((char *)options + rows[id].offset));
    *options = (Options){0};
}

void options_take(Options *options, Options *later)
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (rows[id].info.argument != NULL) {
            char **mine = (char **)((char *)options + rows[id].offset);
            char **theirs = (char **)((char *)later + rows[id].offset);
            if (*theirs != NULL) {
                g_free(*mine);
                *mine = g_steal_pointer(theirs);
            }
        } else {
            gboolean *mine = (gboolean *)((char *)options + rows[id].offset);
            *mine = *mine || *(const gboolean *)((const char *)later + rows[id].offset);
        }
    }
}

const OptionInfo *option_info(OptionId id)
{
    return &rows[id].info;
}

static gboolean is_in(guint64 set, int id)
{
    return (set & OPTION_SET(id)) != 0;
}

static gboolean option_known(const char *name)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if (g_str_equal(rows[id].info.name, name))
            return TRUE;
    return FALSE;
}

/* Finds the argument that GOption did not know, and names the option that may have been meant. */
static void set_unknown_error(guint64 set, gboolean is_leading, char *const *argv, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (int id = 0; id < OPTION_COUNT; id++)
        if (is_in(set, id))
            g_ptr_array_add(names, (gpointer)rows[id].info.name);
    for (guint index = 1; argv[index] != NULL && strcmp(argv[index], "--") != 0; index++) {
        if (argv[index][0] != '-' || argv[index][1] == '\0')
            continue;
        g_autofree char *name = g_strdup(argv[index] + (g_str_has_prefix(argv[index], "--") ? 2 : 1));
        name[strcspn(name, "=")] = '\0';
        if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            continue;
        if (is_leading && option_known(name)) {
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --%s goes behind the command", name);
            return;
        }
        const char *meant = hint_nearest(name, (const char *const *)names->pdata, names->len);
        if (meant != NULL)
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "unknown option %s; did you mean --%s?", argv[index], meant);
        else
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "unknown option %s; --help lists the options", argv[index]);
        return;
    }
    g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "unknown option; --help lists the options");
}

/* Arguments come as bytes, whatever the locale; all but names of files must be UTF-8. */
static gboolean check_text(const Options *options, GError **error)
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        const char *argument = rows[id].info.argument;
        if (argument == NULL || g_str_equal(argument, "FILE") || g_str_equal(argument, "DIR"))
            continue;
        const char *text = *(char *const *)((const char *)options + rows[id].offset);
        if (text != NULL && !g_utf8_validate(text, -1, NULL)) {
            g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "option --%s: the text is not UTF-8", rows[id].info.name);
            return FALSE;
        }
    }
    return TRUE;
}

static GOptionArg kind_of(const OptionRow *row)
{
    if (row->is_list)
        return G_OPTION_ARG_FILENAME_ARRAY;
    return row->info.argument != NULL ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE;
}

/* What was given several times becomes one text. */
static void join_lists(Options *options, char **lists[OPTION_COUNT])
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (lists[id] != NULL) {
            *(char **)((char *)options + rows[id].offset) = g_strjoinv(";", lists[id]);
            g_strfreev(lists[id]);
        }
    }
}

gboolean options_parse(Options *options, guint64 set, gboolean is_leading, int *argc, char ***argv, GError **error)
{
    g_autofree GOptionEntry *entries = g_new0(GOptionEntry, OPTION_COUNT + 1);
    char **lists[OPTION_COUNT] = {NULL};
    int count = 0;
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (is_in(set, id)) {
            gpointer value = (char *)options + rows[id].offset;
            entries[count++] = (GOptionEntry){
                .long_name = rows[id].info.name,
                .short_name = rows[id].info.letter,
                .arg = kind_of(&rows[id]),
                .arg_data = rows[id].is_list ? (gpointer)&lists[id] : value,
            };
        }
    }
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, is_leading);
    g_option_context_add_main_entries(context, entries, NULL);
    /* A failed parse leaves argv as it was. */
    g_autoptr(GError) reason = NULL;
    gboolean is_parsed = g_option_context_parse(context, argc, argv, &reason);
    join_lists(options, lists);
    if (is_parsed)
        return check_text(options, error);
    if (g_error_matches(reason, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)) {
        set_unknown_error(set, is_leading, *argv, error);
    } else {
        g_autofree char *text = g_strdup(reason->message);
        text[0] = g_ascii_tolower(text[0]);
        g_set_error(error, CLI_ERROR, CLI_ERROR_USE, "%s", text);
    }
    return FALSE;
}

char *options_help(guint64 set)
{
    enum { NAME_COLUMN = 26, TEXT_COLUMNS = 80 - NAME_COLUMN };
    GString *help = g_string_new(NULL);
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (!is_in(set, id))
            continue;
        const OptionInfo *info = &rows[id].info;
        g_autoptr(GString) name = g_string_new("  ");
        if (info->letter != 0)
            g_string_append_printf(name, "-%c, ", info->letter);
        g_string_append_printf(name, "--%s%s%s", info->name, info->argument != NULL ? " " : "",
                               info->argument != NULL ? info->argument : "");
        g_autoptr(GPtrArray) lines = text_wrap(info->text, TEXT_COLUMNS);
        for (guint line = 0; line < lines->len; line++) {
            g_string_append_printf(help, "%-*s%s\n", NAME_COLUMN, line == 0 ? name->str : "",
                                   (const char *)g_ptr_array_index(lines, line));
        }
    }
    return g_string_free(help, FALSE);
}
