/*
 * The options of all commands, each described once. A command lists those it takes; parsing, help and the tests of the
 * man page and of the completion read the same descriptions.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <glib.h>

typedef struct Options {
    /* for every command */
    char *db, *now, *as;
    gboolean is_help, is_version;
    /* by command */
    char *format, *week, *shift, *worker, *coop, *by, *feeds, *host, *port, *user, *password_file, *ca_file;
    char *listen, *request_seconds, *connections_per_peer, *reason, *other, *in_return, *role, *label;
    char *weeks, *gap, *seconds, *work, *threads, *seed, *log, *workers, *most;
    char *start, *end, *from, *until, *headcount, *break_minutes, *priority, *month, *day, *note;
    char *certificates, *team_certificates; /* "A;B" */
    gboolean is_published, is_replace, is_keep, is_fresh, is_drain, is_retry, is_accept, is_trial, is_feed, is_link, is_undo;
    gboolean is_nothing;
} Options;

void options_clear(Options *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* What was said later wins. */
void options_take(Options *options, Options *later);

typedef enum OptionId {
    OPTION_DB,
    OPTION_NOW,
    OPTION_AS,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_FORMAT,
    OPTION_WEEK,
    OPTION_WEEKS,
    OPTION_SHIFT,
    OPTION_WORKER,
    OPTION_COOP,
    OPTION_BY,
    OPTION_PUBLISHED,
    OPTION_GAP,
    OPTION_SECONDS,
    OPTION_WORK,
    OPTION_THREADS,
    OPTION_SEED,
    OPTION_LOG,
    OPTION_KEEP,
    OPTION_FRESH,
    OPTION_REPLACE,
    OPTION_WORKERS,
    OPTION_FEEDS,
    OPTION_DRAIN,
    OPTION_HOST,
    OPTION_PORT,
    OPTION_USER,
    OPTION_PASSWORD_FILE,
    OPTION_CA_FILE,
    OPTION_RETRY,
    OPTION_LISTEN,
    OPTION_REQUEST_SECONDS,
    OPTION_CONNECTIONS_PER_PEER,
    OPTION_REASON,
    OPTION_OTHER,
    OPTION_RETURN,
    OPTION_ROLE,
    OPTION_LABEL,
    OPTION_FEED,
    OPTION_LINK,
    OPTION_MOST,
    OPTION_START,
    OPTION_END,
    OPTION_FROM,
    OPTION_UNTIL,
    OPTION_HEADCOUNT,
    OPTION_CERTIFICATE,
    OPTION_TEAM_CERTIFICATE,
    OPTION_BREAK,
    OPTION_PRIORITY,
    OPTION_ACCEPT,
    OPTION_TRIAL,
    OPTION_MONTH,
    OPTION_DAY,
    OPTION_NOTE,
    OPTION_NOTHING,
    OPTION_UNDO,
    OPTION_COUNT
} OptionId;

/* A set of options: the bits 1 << OptionId. */
#define OPTION_SET(id) (UINT64_C(1) << (id))
#define OPTIONS_GLOBAL                                                                                                 \
    (OPTION_SET(OPTION_DB) | OPTION_SET(OPTION_NOW) | OPTION_SET(OPTION_AS) | OPTION_SET(OPTION_HELP) |                \
     OPTION_SET(OPTION_VERSION))

typedef struct OptionInfo {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* "WEEK"; NULL: a switch */
    const char *text;     /* what it means, for help */
} OptionInfo;

const OptionInfo *option_info(OptionId id);

/*
 * Takes the options in `set` out of argv (with is_leading: only those before the first other argument) and fills
 * *options. FALSE with CLI_ERROR_USE and a hint at what may have been meant.
 */
gboolean options_parse(Options *options, guint64 set, gboolean is_leading, int *argc, char ***argv, GError **error);

/* The lines of help for the options in `set`. Caller frees. */
char *options_help(guint64 set);

#endif
