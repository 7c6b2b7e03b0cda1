/* Every class of fault with the message it gives; the cases are in faults.txt. */
#include "pool_texts.h"

#include <string.h>

typedef struct FaultCase {
    char *name, *files, *expected;
} FaultCase;

static void fault_case_free(FaultCase *fault_case)
{
    g_free(fault_case->name);
    g_free(fault_case->files);
    g_free(fault_case->expected);
    g_free(fault_case);
}

static void gives_its_message(gconstpointer data)
{
    const FaultCase *fault_case = data;
    g_autoptr(GHashTable) texts = pool_texts_good();
    pool_texts_add(texts, fault_case->files, strlen(fault_case->files));
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_texts_read(texts, NULL, &error);
    const char *got = error ? error->message : "(no fault)";
    if (import || strcmp(got, fault_case->expected) != 0)
        g_error("%s\ninput:\n%sexpected: %s\n     got: %s", fault_case->name, fault_case->files, fault_case->expected,
                got);
    g_assert_true(error->domain == IMPORT_ERROR);
    g_assert_false(strchr(got, '\n'));
}

/* The lines of one case: its files, in which \r, \t and octal \303 stand for bytes, and after >> the message. */
static void add_line(FaultCase *fault_case, GString *files, const char *line)
{
    if (g_str_has_prefix(line, ">> ")) {
        fault_case->expected = g_strdup(line + strlen(">> "));
        return;
    }
    g_autofree char *bytes = g_strcompress(line);
    g_string_append_printf(files, "%s\n", bytes);
}

static GPtrArray *read_cases(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        g_error("%s", error->message);
    g_auto(GStrv) blocks = g_strsplit(text, "\n== ", -1);
    GPtrArray *cases = g_ptr_array_new_with_free_func((GDestroyNotify)fault_case_free);
    for (char **block = blocks + 1; *block; block++) {
        FaultCase *fault_case = g_new0(FaultCase, 1);
        g_auto(GStrv) lines = g_strsplit(*block, "\n", -1);
        GString *files = g_string_new(NULL);
        fault_case->name = g_strdup(lines[0]);
        for (char **line = lines + 1; *line && !fault_case->expected; line++)
            add_line(fault_case, files, *line);
        fault_case->files = g_string_free(files, FALSE);
        if (!fault_case->expected)
            g_error("%s: case %s has no line >> message", path, fault_case->name);
        g_ptr_array_add(cases, fault_case);
    }
    return cases;
}

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    if (count != 2)
        g_error("usage: %s FAULTS.TXT", arguments[0]);
    g_autoptr(GPtrArray) cases = read_cases(arguments[1]);
    g_assert_cmpuint(cases->len, >, 0);
    for (guint number = 0; number < cases->len; number++) {
        FaultCase *fault_case = cases->pdata[number];
        g_autofree char *path = g_strdup_printf("/csv/refuses-%s", fault_case->name);
        g_test_add_data_func(path, fault_case, gives_its_message);
    }
    return g_test_run();
}
