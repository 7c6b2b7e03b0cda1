/*
 * Every kind of argument: what is right, what is wrong, and that the sentence says where and what.
 */
#include "desk_case.h"

#include <string.h>

static gboolean never(ActRun *run, GError **error)
{
    (void)run, (void)error;
    g_assert_not_reached();
}

static const char *const choices[] = {"draft", "published", NULL};
static const Argument members[] = {{.name = "shift", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "the shift"},
                                   {.name = "names", .kind = ARGUMENT_IDS, .most = 2, .about = "some"},
                                   {.name = NULL}};
static const Argument every_kind[] = {
    {.name = "must", .kind = ARGUMENT_ID, .is_required = TRUE, .about = "what must be"},
    {.name = "text", .kind = ARGUMENT_TEXT, .most = 8, .about = "words"},
    {.name = "whole", .kind = ARGUMENT_INTEGER, .least = -2, .most = 7, .about = "a count"},
    {.name = "big", .kind = ARGUMENT_INTEGER, .most = INT64_MAX, .about = "a count"},
    {.name = "number", .kind = ARGUMENT_NUMBER, .most = 100, .about = "a share"},
    {.name = "is_so", .kind = ARGUMENT_BOOLEAN, .about = "whether"},
    {.name = "week", .kind = ARGUMENT_WEEK, .about = "when"},
    {.name = "time", .kind = ARGUMENT_TIME, .about = "when"},
    {.name = "choice", .kind = ARGUMENT_CHOICE, .choices = choices, .about = "which"},
    {.name = "ids", .kind = ARGUMENT_IDS, .most = 3, .about = "whom"},
    {.name = "list", .kind = ARGUMENT_LIST, .least = 1, .most = 2, .members = members, .about = "what"},
    {.name = NULL}};
static const Act all_kinds = {.name = "all_kinds", .roles = 1U << ACTOR_PLANNER, .arguments = every_kind, .run = never};
static const Argument nothing[] = {{.name = NULL}};
static const Act no_kinds = {.name = "no_kinds", .roles = 1U << ACTOR_PLANNER, .arguments = nothing, .run = never};

/* NULL where it is sound. Caller frees. */
static char *complaint(const DeskCase *test, const Act *act, const char *text)
{
    json_t *arguments = case_json(text);
    g_autofree char *before = json_dumps(arguments, JSON_SORT_KEYS);
    const ActRequest request = {.act = act, .actor = case_planner, .arguments = arguments, .version = -1};
    g_autoptr(GError) error = NULL;
    gboolean is_sound = act_is_sound(&test->desk, &request, &error);
    g_autofree char *after = json_dumps(arguments, JSON_SORT_KEYS);
    g_assert_cmpstr(after, ==, before); /* it is the caller's */
    json_decref(arguments);
    if (is_sound) {
        g_assert_no_error(error);
        return NULL;
    }
    g_assert_error(error, ACT_ERROR, ACT_ERROR_INVALID);
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    return g_strdup(error->message);
}

/* An argument's value beside {"must": "x"}; what the sentence must say, NULL: it is sound. */
static const struct ArgumentCase {
    const char *name, *value, *complaint;
} cases[] = {
    {"must", "\"a-B.9_x\"", NULL},
    {"must", "null", "/must: missing; it is what must be"},
    {"must", "7", "/must: not a name"},
    {"must", "\"\"", "/must: not a name"},
    {"must", "\"a/b\"", "/must: not a name"},
    {"must", "\"a#\"", "/must: not a name"},
    {"must", "\"+\"", "/must: not a name"},
    {"must", "\"a\\nb\"", "/must: not a name"},
    {"must", "[\"x\"]", "/must: not a name"},
    {"must", "{\"id\": \"x\"}", "/must: not a name"},
    {"text", "\"\"", NULL},
    {"text", "null", NULL},
    {"text", "\"12345678\"", NULL},
    {"text", "\"a\\nb\\tc\"", NULL},
    {"text", "\"\\u20ac\\u20ac\"", NULL},
    {"text", "\"\\u20ac\\u20ac\\u20ac\"", "/text: 9 bytes, at most 8"},
    {"text", "\"123456789\"", "/text: 9 bytes, at most 8"},
    {"text", "\"a\\u0001\"", "/text: has control characters"},
    {"text", "\"a\\u001b[2J\"", "/text: has control characters"},
    {"text", "\"a\\r\"", "/text: has control characters"},
    {"text", "7", "/text: not a text"},
    {"text", "true", "/text: not a text"},
    {"text", "[]", "/text: not a text"},
    {"whole", "-2", NULL},
    {"whole", "7", NULL},
    {"whole", "-3", "/whole: not a whole number from -2 to 7"},
    {"whole", "8", "/whole: not a whole number from -2 to 7"},
    {"whole", "9223372036854775807", "/whole: not a whole number"},
    {"whole", "-9223372036854775808", "/whole: not a whole number"},
    {"whole", "1.0", "/whole: not a whole number"},
    {"whole", "1e0", "/whole: not a whole number"},
    {"whole", "\"1\"", "/whole: not a whole number"},
    {"whole", "true", "/whole: not a whole number"},
    {"big", "9223372036854775807", NULL},
    {"big", "-1", "/big: not a whole number from 0"},
    {"number", "0", NULL},
    {"number", "0.5", NULL},
    {"number", "1e2", NULL},
    {"number", "100.0001", "/number: not a number from 0 to 100"},
    {"number", "-0.0001", "/number: not a number from 0 to 100"},
    {"number", "1e300", "/number: not a number from 0 to 100"},
    {"number", "\"1\"", "/number: not a number"},
    {"is_so", "true", NULL},
    {"is_so", "false", NULL},
    {"is_so", "0", "/is_so: neither true nor false"},
    {"is_so", "\"true\"", "/is_so: neither true nor false"},
    {"week", "\"2026-W49\"", NULL},
    {"week", "\"2026-W54\"", "/week: "},
    {"week", "\"2025-W53\"", "/week: "},
    {"week", "\"\"", "/week: "},
    {"week", "202649", "/week: not a week such as 2026-W49"},
    {"time", "\"2026-11-30T08:00\"", NULL},
    {"time", "\"2026-11-30T08:00+01:00\"", NULL},
    {"time", "\"2026-11-31T08:00\"", "/time: "},
    {"time", "\"2026-03-29T02:30\"", "/time: "},
    {"time", "\"2026-11-30\"", "/time: "},
    {"time", "1795507200", "/time: not a time such as 2026-11-30T08:00"},
    {"choice", "\"draft\"", NULL},
    {"choice", "\"Draft\"", "/choice: not one of draft, published"},
    {"choice", "\"\"", "/choice: not one of"},
    {"choice", "0", "/choice: not one of"},
    {"ids", "[]", NULL},
    {"ids", "[\"a\", \"b\", \"c\"]", NULL},
    {"ids", "[\"a\", \"b\", \"c\", \"d\"]", "/ids: not a list of at most 3 names"},
    {"ids", "[\"a\", \"a\"]", "/ids: a stands twice"},
    {"ids", "[\"a\", 7]", "/ids: not a name"},
    {"ids", "[null]", "/ids: not a name"},
    {"ids", "\"a\"", "/ids: not a list"},
    {"list", "[{\"shift\": \"s0\"}]", NULL},
    {"list", "[{\"shift\": \"s0\"}, {\"shift\": \"s1\", \"names\": [\"a\"]}]", NULL},
    {"list", "[]", "/list: not a list of 1 to 2 objects"},
    {"list", "[{\"shift\": \"a\"}, {\"shift\": \"b\"}, {\"shift\": \"c\"}]", "/list: not a list of 1 to 2 objects"},
    {"list", "{\"shift\": \"s0\"}", "/list: not a list"},
    {"list", "[7]", "/list/0: not an object"},
    {"list", "[{\"shift\": \"s0\"}, null]", "/list/1: not an object"},
    {"list", "[{\"shift\": \"s0\"}, {}]", "/list/1/shift: missing; it is the shift"},
    {"list", "[{\"shift\": \"s0\", \"nams\": []}]", "/list/0/nams: unknown; "},
    {"list", "[{\"shift\": \"s0\", \"names\": [\"a\", \"a\"]}]", "/list/0/names: a stands twice"},
    {"wole", "7", "/wole: unknown; "},
    {"", "7", "/: unknown; "},
};

static void test_values(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct ArgumentCase *one = &cases[i];
        gboolean is_must = g_str_equal(one->name, "must");
        g_autofree char *text =
            g_strdup_printf("{%s\"%s\": %s}", is_must ? "" : "\"must\": \"x\", ", one->name, one->value);
        g_autofree char *got = complaint(test, &all_kinds, text);
        if (one->complaint ? !got || !g_str_has_prefix(got, one->complaint) : got != NULL)
            g_error("%s: expected %s, got %s", text, one->complaint ? one->complaint : "nothing wrong", got);
    }
}

static void test_bodies(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    static const char *const others[] = {"[]", "[{\"must\": \"x\"}]"};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *got = complaint(test, &all_kinds, others[i]);
        g_assert_cmpstr(got, ==, "the body: not an object");
    }
    g_autofree char *missing = complaint(test, &all_kinds, "{}"), *sound = complaint(test, &no_kinds, "{}"),
                    *too_much = complaint(test, &no_kinds, "{\"must\": \"x\"}"),
                    *meant = complaint(test, &all_kinds, "{\"must\": \"x\", \"weak\": \"2026-W49\"}");
    g_assert_cmpstr(missing, ==, "/must: missing; it is what must be");
    g_assert_null(sound);
    g_assert_cmpstr(too_much, ==, "/must: unknown; nothing is to be said here");
    g_assert_nonnull(strstr(meant, "week"));
}

/* A value of a megabyte is no reason for a sentence of one. */
static void test_huge(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    g_autofree char *long_text = g_strnfill(1000000, 'x');
    g_autoptr(GString) deep = g_string_new("{\"must\": ");
    for (int level = 0; level < 1000; level++)
        g_string_append_c(deep, '[');
    for (int level = 0; level < 1000; level++)
        g_string_append_c(deep, ']');
    g_string_append_c(deep, '}');
    static const char *const forms[] = {"{\"must\": \"%s\"}",
                                        "{\"must\": \"x\", \"text\": \"%s\"}",
                                        "{\"must\": \"x\", \"choice\": \"%s\"}",
                                        "{\"must\": \"x\", \"week\": \"%s\"}",
                                        "{\"must\": \"x\", \"time\": \"%s\"}",
                                        "{\"must\": \"x\", \"%s\": 1}"};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_auto(GStrv) parts = g_strsplit(forms[i], "%s", 2);
        g_autofree char *text = g_strconcat(parts[0], long_text, parts[1], NULL);
        g_autofree char *got = complaint(test, &all_kinds, text);
        g_assert_nonnull(got);
        g_assert_cmpuint(strlen(got), <, 1000);
    }
    g_autofree char *got = complaint(test, &all_kinds, deep->str);
    g_assert_true(g_str_has_prefix(got, "/must: not a name"));
}

/* A text with a NUL in it, which only a JSON reader that lets it pass could bring, ends nowhere early. */
static void test_nul(DeskCase *test, gconstpointer unused)
{
    (void)unused;
    static const char *const names[] = {"must", "text", "week", "time", "choice"};
    static const char *const starts[] = {"x", "x", "2026-W49", "2026-11-30T08:00", "draft"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *bytes = g_strdup_printf("%s.more", starts[i]);
        gsize length = strlen(bytes);
        bytes[strlen(starts[i])] = '\0';
        json_t *arguments = json_pack("{s:s, s:o}", "must", "x", names[i], json_stringn(bytes, length));
        const ActRequest request = {.act = &all_kinds, .actor = case_planner, .arguments = arguments, .version = -1};
        g_autoptr(GError) error = NULL;
        if (act_is_sound(&test->desk, &request, &error))
            g_error("%s: a text with a NUL in it is taken", names[i]);
        g_assert_error(error, ACT_ERROR, ACT_ERROR_INVALID);
        json_decref(arguments);
    }
}

/* The table's own arguments make sense: what the checks rely on. */
static void expect_sound(const char *act, const Argument *arguments)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (const Argument *argument = arguments; argument->name; argument++) {
        g_test_message("%s %s", act, argument->name);
        g_assert_true(g_hash_table_add(names, (gpointer)argument->name));
        g_assert_true(argument->about && *argument->about);
        g_assert_cmpint(argument->least, <=, argument->most);
        gboolean has_most = argument->kind == ARGUMENT_TEXT || argument->kind == ARGUMENT_INTEGER ||
                            argument->kind == ARGUMENT_NUMBER || argument->kind == ARGUMENT_IDS ||
                            argument->kind == ARGUMENT_LIST;
        g_assert_true(has_most == (argument->most > 0));
        g_assert_true((argument->choices != NULL) == (argument->kind == ARGUMENT_CHOICE));
        g_assert_true((argument->members != NULL) == (argument->kind == ARGUMENT_LIST));
        if (argument->members)
            expect_sound(act, argument->members);
    }
}

static void test_table(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (const Act *act = act_table; act->name; act++) {
        g_assert_true(g_hash_table_add(names, (gpointer)act->name));
        g_assert_true(act_find(act->name) == act);
        g_assert_true(act->run && act->arguments && act->about);
        g_assert_cmpuint(act->roles, !=, 0);
        g_assert_cmpuint(act->roles, <, 1U << ACTOR_ROLES);
        expect_sound(act->name, act->arguments);
    }
    g_assert_null(act_find("no such act"));
    g_assert_null(act_find(""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    DESK_TEST("/acts/arguments/each-kind-takes-what-is-right-and-says-what-is-wrong", test_values);
    DESK_TEST("/acts/arguments/a-body-is-an-object-of-known-names", test_bodies);
    DESK_TEST("/acts/arguments/huge-values-get-short-sentences", test_huge);
    DESK_TEST("/acts/arguments/a-nul-ends-no-text-early", test_nul);
    g_test_add_func("/acts/arguments/the-table-is-sound", test_table);
    return g_test_run();
}
