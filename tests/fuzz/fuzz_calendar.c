/*
 * Any bytes as a foreign calendar, read as the confined child does, and its answer as the parent reads it: what was
 * understood comes back the same.
 */
#include "fuzz.h"

#include "calendar_text.h"
#include "calendar_wire.h"

#include <string.h>

#define FROM  29873000 /* October 2026 */
#define UNTIL 30300000

static void check_instances(const GPtrArray *instances)
{
    int64_t before = INT64_MIN;
    for (guint i = 0; i < instances->len; i++) {
        const CalendarInstance *instance = instances->pdata[i];
        g_assert_cmpint(instance->start_min, <=, instance->end_min);
        g_assert_cmpint(instance->start_min, >=, before);
        g_assert_cmpint(instance->start_min, <, UNTIL);
        g_assert_cmpint(instance->end_min, >=, FROM);
        g_assert_false(instance->is_busy && instance->is_cancelled);
        before = instance->start_min;
    }
    g_autofree char *answer = calendar_wire_instances(instances);
    gboolean is_answer;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) again = calendar_wire_read(answer, strlen(answer), FROM, UNTIL, &is_answer, &error);
    g_assert_no_error(error);
    g_autofree char *answer_again = calendar_wire_instances(again);
    g_assert_cmpstr(answer, ==, answer_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    g_autoptr(Zone) zone = zone_new("Europe/Amsterdam", NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strndup((const char *)bytes, size); /* ends in NUL, as the child's buffer does */
    memcpy(text, bytes, size);
    g_autoptr(GPtrArray) instances = calendar_text_read(text, size, zone, FROM, UNTIL, &error);
    if (instances) {
        check_instances(instances);
        return 0;
    }
    g_assert_nonnull(error);
    g_autofree char *answer = calendar_wire_fault(error);
    gboolean is_answer;
    g_autoptr(GError) fault = NULL;
    g_assert_null(calendar_wire_read(answer, strlen(answer), FROM, UNTIL, &is_answer, &fault));
    g_assert_true(is_answer);
    g_assert_cmpstr(fault->message, ==, error->message);

    g_autoptr(GError) nonsense = NULL; /* and hostile bytes as an answer */
    g_autoptr(GPtrArray) none = calendar_wire_read(text, size, FROM, UNTIL, &is_answer, &nonsense);
    g_assert_true(none != NULL || nonsense != NULL);
    return 0;
}
