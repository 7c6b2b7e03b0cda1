#include "text.h"

static void wide_and_combining_characters_count_as_the_terminal_shows_them(void)
{
    g_assert_cmpint(text_width(""), ==, 0);
    g_assert_cmpint(text_width("Anna"), ==, 4);
    g_assert_cmpint(text_width("Öztürk"), ==, 6);
    g_assert_cmpint(text_width("O\u0308zturk"), ==, 6);
    g_assert_cmpint(text_width("李小龙"), ==, 6);
}

static void a_cut_text_ends_in_an_ellipsis_and_never_is_wider(void)
{
    static const struct {
        const char *text;
        int width;
        const char *expected;
    } cases[] = {
        {"gardening", 9, "gardening"}, {"gardening", 8, "gardeni…"},
        {"gardening", 1, "…"},         {"gardening", 0, ""},
        {"Anna de Vries", 6, "Anna…"}, {"李小龙", 4, "李…"},
        {"Öztürk", 5, "Öztü…"},        {"o\u0308o\u0308o\u0308", 2, "o\u0308…"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = text_truncate(cases[i].text, cases[i].width);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_cmpint(text_width(got), <=, cases[i].width);
    }
}

static void wrapping_breaks_at_blanks_and_inside_a_word_only_where_it_must(void)
{
    static const struct {
        const char *text;
        int width;
        const char *expected; /* lines joined by '|' */
    } cases[] = {
        {"", 10, ""},
        {"one two three", 7, "one two|three"},
        {"one two three", 6, "one|two|three"},
        {"one  two", 4, "one|two"},
        {"overlong word", 4, "over|long|word"},
        {"canteen-20261203-0800", 12, "canteen-|20261203-|0800"},
        {"one\ntwo", 10, "one|two"},
        {"one\n\ntwo", 10, "one||two"},
        {"李小龙", 3, "李|小|龙"},
        {"李", 1, "李"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) lines = text_wrap(cases[i].text, cases[i].width);
        g_ptr_array_add(lines, NULL);
        g_autofree char *got = g_strjoinv("|", (char **)lines->pdata);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void control_characters_and_broken_bytes_cannot_reach_a_terminal(void)
{
    g_autofree char *escape = text_clean("a\033[2Jb\tc\nd");
    g_assert_cmpstr(escape, ==, "a?[2Jb?c?d");
    g_autofree char *c1 = text_clean("a\xc2\x9b"
                                     "b");
    g_assert_cmpstr(c1, ==, "a?b");
    g_autofree char *broken = text_clean("a\xff");
    g_assert_cmpstr(broken, ==, "a\uFFFD");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/wide-and-combining-characters-count-as-the-terminal-shows-them",
                    wide_and_combining_characters_count_as_the_terminal_shows_them);
    g_test_add_func("/text/a-cut-text-ends-in-an-ellipsis-and-never-is-wider",
                    a_cut_text_ends_in_an_ellipsis_and_never_is_wider);
    g_test_add_func("/text/wrapping-breaks-at-blanks-and-inside-a-word-only-where-it-must",
                    wrapping_breaks_at_blanks_and_inside_a_word_only_where_it_must);
    g_test_add_func("/text/control-characters-and-broken-bytes-cannot-reach-a-terminal",
                    control_characters_and_broken_bytes_cannot_reach_a_terminal);
    return g_test_run();
}
