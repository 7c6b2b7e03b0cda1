/* Spans of time as test_pool.h words them. */
#ifndef TEST_SPAN_H
#define TEST_SPAN_H

#include "rooster/zone.h"

typedef struct TestSpan {
    int64_t start_min, end_min;
} TestSpan;

/* Reads "each -2..-1 mon,wed 08:00-12:00 rest": one span a day and week; *rest is a copy of what follows, stripped. */
GArray *test_spans(const Zone *zone, Day monday, const char *text, char **rest);
/* Reads "mon 09:00". */
int64_t test_instant(const Zone *zone, Day monday, const char *text);

#endif
