/*
 * What the header fields that we heed say (private to adapters/http). Each takes the field's value as it came; NULL:
 * the field is not there.
 */
#ifndef HTTP_HEADERS_H
#define HTTP_HEADERS_H

#include "rooster/act.h"

G_BEGIN_DECLS

/* Content-Type: JSON, with any parameters. */
gboolean header_is_json(const char *type);
/* Accept-Encoding: whether they unpack gzip (RFC 9110, 12.5.3). */
gboolean header_takes_gzip(const char *encodings);
/* If-None-Match: whether it names this ETag, quoted (RFC 9110, 13.1.2). */
gboolean header_names(const char *tags, const char *etag);
/* If-Match, If-None-Match: an ETag of ours, "WEEK.POOL" or "WEEK.POOL-gzip" with its quotes; FALSE: it is none. */
gboolean header_stamp(const char *tag, ActStamp *stamp);

G_END_DECLS

#endif
