#include "cases.h"

#include <string.h>

#define FOLDER "tests/scheduler/cases/"

static void case_free(gpointer data)
{
    Case *example = data;
    g_free(example->place);
    g_free(example->planned);
    g_free(example->around);
    g_free(example->expected);
    g_free(example->reason);
    g_free(example);
}

static Case *case_read(const char *file, guint line_number, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "|", -1);
    if (g_strv_length(fields) != 4)
        g_error("%s:%u: %u fields, four would be right", file, line_number, g_strv_length(fields));
    Case *example = g_new0(Case, 1);
    example->place = g_strdup_printf("%s:%u", file, line_number);
    example->planned = g_strdup(g_strstrip(fields[0]));
    example->around = g_strdup(g_strstrip(fields[1]));
    example->expected = g_strdup(g_strstrip(fields[2]));
    example->reason = g_strdup(g_strstrip(fields[3]));
    return example;
}

GPtrArray *cases_read(const char *file)
{
    g_autofree char *path = g_strconcat(FOLDER, file, NULL), *text = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        g_error("%s", error->message);
    GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (*g_strstrip(lines[i]) && lines[i][0] != '#')
            g_ptr_array_add(cases, case_read(file, i + 1, lines[i]));
    return cases;
}

void cases_add(const char *theme, const char *file, GTestDataFunc test)
{
    g_autoptr(GPtrArray) cases = cases_read(file);
    g_ptr_array_set_free_func(cases, NULL); /* each test owns its case */
    for (guint i = 0; i < cases->len; i++) {
        Case *example = g_ptr_array_index(cases, i);
        g_autofree char *name = g_strdup_printf("/%s/%s", theme, example->reason);
        g_test_add_data_func_full(name, example, test, case_free);
    }
}
