/*
 * A small JSON Schema validator: the keywords that data/asyncapi.json uses. One it does not know is a fault of the
 * test, so that no constraint goes unchecked in silence.
 */
#ifndef TEST_SCHEMA_H
#define TEST_SCHEMA_H

#include <glib.h>
#include <jansson.h>

/* NULL if the value fits; else where and why. root resolves "$ref": "#/...". Caller frees. */
char *schema_fault(const json_t *root, const json_t *schema, const json_t *value);

/* data/asyncapi.json. Caller unrefs. */
json_t *schema_load_description(void);
/* The channel that describes the topic, and its name; fails where there is none. */
const json_t *schema_channel(const json_t *root, const char *topic, const char **name);
/* The member at a path, "a/b/c"; fails where there is none. */
const json_t *schema_member(const json_t *object, const char *path);

#endif
