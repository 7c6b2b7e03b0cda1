#include "rooster/act.h"
#include "rooster/sentence.h"

#define TEST_ERROR (test_error_quark())
GQuark test_error_quark(void);
SENTENCE_ERRORS(test_error)

static void expect(const GError *error, const char *message, const char *sentence, const char *words)
{
    const char *const *own = NULL;
    g_assert_cmpstr(error->message, ==, message);
    g_assert_cmpstr(sentence_of(error, &own), ==, sentence);
    g_autofree char *joined = own ? g_strjoinv("|", (char **)(gintptr)own) : NULL;
    g_assert_cmpstr(joined, ==, words);
}

static void test_every_conversion(void)
{
    g_autoptr(GError) error = NULL;
    sentence_set_error(&error, TEST_ERROR, 3, "%s has %d of %u, %zu in %.1f%% of %" G_GINT64_FORMAT ", %.3s", "anna",
                       -1, 2U, (gsize)3, 4.26, G_GINT64_CONSTANT(5000000000), "abcdef");
    g_assert_error(error, TEST_ERROR, 3);
    expect(error, "anna has -1 of 2, 3 in 4.3% of 5000000000, abc", "{0} has {1} of {2}, {3} in {4}% of {5}, {6}",
           "anna|-1|2|3|4.3|5000000000|abc");
    g_clear_error(&error);
    sentence_set_error(&error, TEST_ERROR, 3, "%%%-4s%c %+i %05ld %lld %#x %o %X %.*f %e %G%%%s", "a", 'b', 1, 2L, 3LL,
                       255U, 8U, 171U, 2, 1.5, 1e9, 0.5, "");
    expect(error, "%a   b +1 00002 3 0xff 10 AB 1.50 1.000000e+09 0.5%",
           "%{0}{1} {2} {3} {4} {5} {6} {7} {8} {9} {10}%{11}", "a   |b|+1|00002|3|0xff|10|AB|1.50|1.000000e+09|0.5|");
}

/* A page fills as many gaps as there are, also where somebody's bytes are none of UTF-8. */
static void test_a_word_for_each_gap(void)
{
    const char *const *words = NULL;
    g_autoptr(GError) error = NULL, plain = NULL;
    sentence_set_error(&error, TEST_ERROR, 1, "%s and %s",
                       "a\xff\x1f\xff"
                       "b",
                       "c");
    sentence_of(error, &words);
    g_assert_cmpuint(g_strv_length((GStrv)(gintptr)words), ==, 2);
    sentence_set_error(&plain, TEST_ERROR, 1, "it is 100%% over");
    expect(plain, "it is 100% over", "it is 100% over", "");
}

static void test_an_error_keeps_it(void)
{
    g_autoptr(GError) error = NULL, passed = NULL;
    sentence_set_error(&error, TEST_ERROR, 1, "swap %s is over", "s1");
    g_autoptr(GError) copy = g_error_copy(error);
    sentence_pass_error(&passed, ACT_ERROR, ACT_ERROR_REFUSED, error);
    g_clear_error(&error);
    expect(copy, "swap s1 is over", "swap {0} is over", "s1");
    g_assert_error(passed, ACT_ERROR, ACT_ERROR_REFUSED);
    expect(passed, "swap s1 is over", "swap {0} is over", "s1");
    sentence_set_error(NULL, TEST_ERROR, 1, "nobody asked for %d", 1);
}

static void test_one_without_has_none(void)
{
    g_autoptr(GError) plain = g_error_new(TEST_ERROR, 1, "plain %d", 1),
                      foreign = g_error_new(G_FILE_ERROR, 1, "foreign");
    g_autoptr(GError) passed = NULL;
    expect(plain, "plain 1", NULL, NULL);
    expect(foreign, "foreign", NULL, NULL);
    sentence_pass_error(&passed, TEST_ERROR, 2, foreign);
    expect(passed, "foreign", NULL, NULL);
    sentence_put(passed, "for{0}", (const char *const[]){"eign", NULL});
    expect(passed, "foreign", "for{0}", "eign");
}

/* What a sentence repeats of somebody's words is made one line, in the words as in the message. */
static void test_one_line(void)
{
    g_autoptr(GError) error = NULL;
    sentence_set_error(&error, TEST_ERROR, 1, "no %s here", "a\nb\xff");
    expect(error, "no a b\357\277\275 here", "no {0} here", "a b\357\277\275");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sentence/every-conversion-is-a-gap-and-a-word", test_every_conversion);
    g_test_add_func("/sentence/a-word-for-each-gap", test_a_word_for_each_gap);
    g_test_add_func("/sentence/an-error-keeps-it-when-copied-and-passed-on", test_an_error_keeps_it);
    g_test_add_func("/sentence/an-error-without-one-has-none", test_one_without_has_none);
    g_test_add_func("/sentence/what-it-repeats-is-one-line", test_one_line);
    return g_test_run();
}
