#include "feed_files.h"

gboolean feed_files_write(const Session *session, const Pool *pool, Report *report, GError **error)
{
    g_autoptr(GPtrArray) events = store_load_events(session->desk.store, FEED_OPEN, NULL, error);
    g_autofree char *beside = g_path_get_dirname(session_db(session));
    g_autofree char *folder =
        session->options.feeds != NULL ? g_strdup(session->options.feeds) : g_build_filename(beside, "feeds", NULL);
    guint written = 0;
    if (events == NULL || !session->ports->feeds_write(pool, events, folder, session->desk.now_s, &written, error))
        return FALSE;
    report_fact(report, "feeds", folder);
    report_fact_number(report, "feeds_written", written);
    report_line(report, "Calendar feeds in %s: %u files changed.", folder, written);
    return TRUE;
}
