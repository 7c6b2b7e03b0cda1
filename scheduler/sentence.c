#include "rooster/sentence.h"

#include <string.h>

/* What GLib keeps before an error of an extended domain (GError, "Extended GError domains"). */
typedef struct Sentence {
    char *text;
    GStrv words;
} Sentence;

static void clear(GError *error);
static void copy(const GError *source, GError *target);

#define WORD_END "\xff\x1f\xff" /* nothing that UTF-8 has */

enum { DOMAINS_MOST = 16 };
static GQuark domains[DOMAINS_MOST];
static guint domain_count;
G_LOCK_DEFINE_STATIC(domains);

static Sentence *private_of(const GError *error)
{
    const gsize step = 2 * sizeof(gsize), room = (sizeof(Sentence) + step - 1) / step * step;
    return (Sentence *)(gpointer)((guint8 *)(gintptr)error - room);
}

static gboolean has_room(const GError *error)
{
    gboolean is_ours = FALSE;
    G_LOCK(domains);
    for (guint i = 0; i < domain_count; i++)
        is_ours |= domains[i] == error->domain;
    G_UNLOCK(domains);
    return is_ours;
}

static void init(GError *error)
{
    *private_of(error) = (Sentence){0};
}

static void copy(const GError *source, GError *target)
{
    const Sentence *from = private_of(source);
    *private_of(target) = (Sentence){g_strdup(from->text), g_strdupv(from->words)};
}

static void clear(GError *error)
{
    Sentence *sentence = private_of(error);
    g_clear_pointer(&sentence->text, g_free);
    g_clear_pointer(&sentence->words, g_strfreev);
}

GQuark sentence_errors(const char *name)
{
    GQuark quark = g_error_domain_register_static(name, sizeof(Sentence), init, copy, clear);
    G_LOCK(domains);
    g_assert(domain_count < DOMAINS_MOST);
    domains[domain_count++] = quark;
    G_UNLOCK(domains);
    return quark;
}

/* --- formats */

/* The conversion that begins at its %; printf itself knows what it holds. */
static gsize conversion_length(const char *at)
{
    return strcspn(at + 1, "diouxXaAeEfFgGcCsSpnm%") + 2;
}

static gboolean is_percent(const char *at)
{
    return at[1] == '%';
}

/* Whatever of somebody's words a sentence repeats or cuts short. Caller frees. */
static char *one_line(const char *text)
{
    char *line = g_utf8_make_valid(text, -1);
    for (char *at = line; *at; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return line;
}

/* "shift {0} is in {1}" of "shift %s is in %s" */
static char *with_gaps(const char *format)
{
    GString *text = g_string_new(NULL);
    int gap = 0;
    for (const char *at = format; *at; at += *at == '%' ? conversion_length(at) : 1) {
        if (*at == '%' && !is_percent(at))
            g_string_append_printf(text, "{%d}", gap++);
        else
            g_string_append_c(text, *at);
    }
    return g_string_free(text, FALSE);
}

GStrv sentence_words(const char *format, va_list words)
{
    g_autoptr(GString) conversions = g_string_new(NULL);
    int count = 0;
    for (const char *at = strchr(format, '%'); at; at = strchr(at + conversion_length(at), '%')) {
        if (is_percent(at))
            continue;
        g_string_append_len(conversions, at, (gssize)conversion_length(at));
        g_string_append(conversions, WORD_END);
        count++;
    }
    g_autofree char *all = g_strdup_vprintf(conversions->str, words);
    g_auto(GStrv) parts = g_strsplit(all, WORD_END, count + 1);
    GStrv list = g_new0(char *, count + 1);
    for (int i = 0; i < count; i++)
        list[i] = one_line(parts[i]);
    return list;
}

/* --- errors */

void sentence_set_error_valist(GError **error, GQuark domain, gint code, const char *format, va_list words)
{
    va_list again;
    va_copy(again, words);
    if (error) {
        g_autofree char *text = g_strdup_vprintf(format, words), *line = one_line(text);
        *error = g_error_new_literal(domain, code, line);
        *private_of(*error) = (Sentence){with_gaps(format), sentence_words(format, again)};
    }
    va_end(again);
}

void sentence_set_error(GError **error, GQuark domain, gint code, const char *format, ...)
{
    va_list words;
    va_start(words, format);
    sentence_set_error_valist(error, domain, code, format, words);
    va_end(words);
}

void sentence_pass_error(GError **error, GQuark domain, gint code, const GError *reason)
{
    const char *const *words = NULL;
    const char *text = sentence_of(reason, &words);
    GError *passed = g_error_new_literal(domain, code, reason->message);
    if (text)
        sentence_put(passed, text, words);
    g_propagate_error(error, passed);
}

const char *sentence_of(const GError *error, const char *const **words)
{
    const Sentence *sentence = has_room(error) ? private_of(error) : NULL;
    *words = sentence ? (const char *const *)sentence->words : NULL;
    return sentence ? sentence->text : NULL;
}

void sentence_put(GError *error, const char *sentence, const char *const *words)
{
    g_assert(has_room(error));
    clear(error);
    *private_of(error) = (Sentence){g_strdup(sentence), g_strdupv((char **)(gintptr)words)};
}
