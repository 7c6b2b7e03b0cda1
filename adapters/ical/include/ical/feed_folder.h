/*
 * Feeds as files, for whoever serves a folder: worker/ID.ics, coop/ID.ics and open.ics for every worker and coop of the pool.
 */
#ifndef ICAL_FEED_FOLDER_H
#define ICAL_FEED_FOLDER_H

#include "rooster/feed.h"

G_BEGIN_DECLS

/*
 * Renders every feed of the pool from the stored events (of FeedEvent) into the folder, which is made. Each file appears whole or
 * not at all (FEED_ERROR_WRITE names it), and is left alone where nothing changed. *written (may be NULL) counts the files that
 * changed.
 */
gboolean feed_folder_write(const Pool *pool, const GPtrArray *events, const char *folder, FeedRender render, int64_t now_s,
                           guint *written, GError **error);

G_END_DECLS

#endif
