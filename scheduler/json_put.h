/*
 * Small steps of writing JSON, for messages and answers. Keys stay in the order they are put, so equal state gives equal
 * bytes. Private to scheduler.
 */
#ifndef ROOSTER_JSON_PUT_H
#define ROOSTER_JSON_PUT_H

#include "rooster/zone.h"

#include <jansson.h>

/* A string; bytes that are not UTF-8 are replaced. */
json_t *json_text(const char *value);
/* Both take the value. */
void json_put(json_t *object, const char *key, json_t *value);
void json_put_taken(json_t *object, const char *key, char *value);
/* Of a NULL-terminated list. */
json_t *json_list_of(const char *const *names);
/* start, end, start_local, end_local. */
void json_put_times(json_t *object, const Zone *zone, int64_t start_min, int64_t end_min);

#endif
