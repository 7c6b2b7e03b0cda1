/*
 * Sentences: an error's message is English; beside it stands the same sentence with gaps and what fills them -
 * "swap {0} is {1} already", and "swap-8f3a", "accepted" - so that a page can say it in another language. The sentence
 * with its gaps is the key of the catalogues in data/locales, and a test holds them to every sentence in the sources.
 *
 * A domain of errors that carries sentences is defined with SENTENCE_ERRORS; g_set_error serves it too, without one.
 */
#ifndef ROOSTER_SENTENCE_H
#define ROOSTER_SENTENCE_H

#include <glib.h>

G_BEGIN_DECLS

/* For SENTENCE_ERRORS alone. The name must be static. */
GQuark sentence_errors(const char *name);

/* Defines what a header declares as `GQuark NAME_quark(void)`. */
#define SENTENCE_ERRORS(NAME)                                                                                          \
    GQuark NAME##_quark(void)                                                                                          \
    {                                                                                                                  \
        static gsize quark = 0;                                                                                        \
        if (g_once_init_enter(&quark))                                                                                 \
            g_once_init_leave(&quark, sentence_errors("rooster-" #NAME "-quark"));                                     \
        return (GQuark)quark;                                                                                          \
    }

/* As g_set_error, made one line of valid UTF-8. */
void sentence_set_error(GError **error, GQuark domain, gint code, const char *format, ...) G_GNUC_PRINTF(4, 5);
void sentence_set_error_valist(GError **error, GQuark domain, gint code, const char *format, va_list words)
    G_GNUC_PRINTF(4, 0);
/* An error of another domain, in the same words. */
void sentence_pass_error(GError **error, GQuark domain, gint code, const GError *reason);
/* The error's own: the sentence with its gaps, or NULL where it has none, and a NULL-terminated list of what fills
 * them. */
const char *sentence_of(const GError *error, const char *const **words);
/* Gives the error of such a domain a sentence that came from elsewhere. */
void sentence_put(GError *error, const char *sentence, const char *const *words);

/* The words that fill the gaps of a format, in their order. Caller frees. */
GStrv sentence_words(const char *format, va_list words) G_GNUC_PRINTF(1, 0);

G_END_DECLS

#endif
