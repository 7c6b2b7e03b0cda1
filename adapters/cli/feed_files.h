/* The calendar feeds as files, in --feeds DIR or beside the database. */
#ifndef CLI_FEED_FILES_H
#define CLI_FEED_FILES_H

#include "report.h"
#include "session.h"

/* From what is stored, so files that a crash kept from being written appear with the next publishing. */
gboolean feed_files_write(const Session *session, const Pool *pool, Report *report, GError **error);

#endif
