#include "table.h"

static const Column columns[] = {{"shift", "Shift", 0},
                                 {"role", "Role", COLUMN_CUT},
                                 {"cents", "euro", COLUMN_RIGHT},
                                 {"secret", "", COLUMN_PROGRAM},
                                 {"", "Why", COLUMN_PEOPLE | COLUMN_WRAP}};

static void add_row(Table *table, const char *shift, const char *role, int64_t cents, const char *why)
{
    table_text(table, shift);
    table_text(table, role);
    table_cents(table, cents);
    table_text(table, "not for people");
    table_text(table, why);
}

static Table *example(void)
{
    Table *table = table_new(columns, G_N_ELEMENTS(columns));
    add_row(table, "S1", "gardening in the west", 123456, "rest is too short");
    add_row(table, "S2", "cook", -50, "");
    return table;
}

/* The table with each ruled line as its length: "[57]". */
static char *format(const Table *table, int width, gboolean is_bold)
{
    g_autofree char *text = table_format(table, width, is_bold);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (g_str_has_prefix(lines[i], "─")) {
            char *length = g_strdup_printf("[%ld]", g_utf8_strlen(lines[i], -1));
            g_free(lines[i]);
            lines[i] = length;
        }
    }
    return g_strjoinv("\n", lines);
}

static void expect(const Table *table, int width, gboolean is_bold, const char *expected)
{
    g_autofree char *got = format(table, width, is_bold);
    g_assert_cmpstr(got, ==, expected);
}

static void a_table_that_fits_has_its_natural_width(void)
{
    Table *table = example();
    expect(table, 80, FALSE,
           "Shift  Role                       euro  Why\n"
           "[57]\n"
           "S1     gardening in the west  1,234.56  rest is too short\n"
           "S2     cook                      -0.50\n");
    table_free(table);
}

static void a_narrow_one_is_cut_and_wrapped_where_it_may_be(void)
{
    Table *table = example();
    expect(table, 36, FALSE,
           "Shift Role           euro Why\n"
           "[36]\n"
           "S1    gardening… 1,234.56 rest is\n"
           "                          too short\n"
           "S2    cook          -0.50\n");
    table_free(table);
}

static void sections_and_totals_are_set_off(void)
{
    static const Column two[] = {{"a", "A", 0}, {"n", "N", COLUMN_RIGHT}};
    Table *table = table_new(two, G_N_ELEMENTS(two));
    table_section(table, "First");
    table_text(table, "x");
    table_number(table, 1);
    table_section(table, "Second");
    table_text(table, "y");
    table_minutes(table, 90);
    table_total(table);
    table_text(table, "all");
    table_none(table);
    expect(table, 80, FALSE, "A       N\n[9]\nFirst\nx       1\n\nSecond\ny    1:30\n[9]\nall\n");
    table_free(table);
}

static void bold_is_the_header_and_nothing_else(void)
{
    static const Column one[] = {{"a", "A", 0}};
    Table *table = table_new(one, G_N_ELEMENTS(one));
    table_text(table, "x");
    expect(table, 80, TRUE, "\033[1mA\033[0m\n[1]\nx\n");
    table_free(table);
}

static void an_empty_table_is_a_sentence(void)
{
    Table *table = table_new(columns, G_N_ELEMENTS(columns));
    table_set_empty(table, "No rule is broken.");
    expect(table, 80, FALSE, "No rule is broken.\n");
    table_free(table);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/table/a-table-that-fits-has-its-natural-width", a_table_that_fits_has_its_natural_width);
    g_test_add_func("/table/a-narrow-one-is-cut-and-wrapped-where-it-may-be",
                    a_narrow_one_is_cut_and_wrapped_where_it_may_be);
    g_test_add_func("/table/sections-and-totals-are-set-off", sections_and_totals_are_set_off);
    g_test_add_func("/table/bold-is-the-header-and-nothing-else", bold_is_the_header_and_nothing_else);
    g_test_add_func("/table/an-empty-table-is-a-sentence", an_empty_table_is_a_sentence);
    return g_test_run();
}
