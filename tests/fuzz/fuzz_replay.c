/*
 * Runs a fuzz target without libFuzzer: every file of a corpus folder, then mutated variants of each, drawn from a
 * fixed seed, so that a failure comes back on the next run. What killed the program is said on stderr and kept in a
 * file.
 *
 *     fuzz_NAME FOLDER            the corpus and its variants
 *     fuzz_NAME FILE [FILE ...]   just these inputs, as libFuzzer's own main does
 */
#include "fuzz.h"

#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define VARIANTS_OF_A_FILE 150
#define CHANGES_AT_MOST    8

static GByteArray *running;
static char running_name[256];

/* Sanitizers end the program by themselves; this is their hook. Weak: absent in a build without them. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void keep_what_killed_us(void)
{
    const char *file = "fuzz-failure.bin";
    fprintf(stderr, "fuzz: failed on %s, kept in %s\n", running_name, file);
    FILE *stream = fopen(file, "wb");
    if (stream != NULL) {
        fwrite(running->data, 1, running->len, stream);
        fclose(stream);
    }
}

static void on_abort(int number)
{
    keep_what_killed_us();
    signal(number, SIG_DFL);
    raise(number);
}

static void run(const char *name, guint variant, const GByteArray *input)
{
    g_snprintf(running_name, sizeof running_name, "%s, variant %u", name, variant);
    g_byte_array_set_size(running, 0);
    g_byte_array_append(running, input->data, input->len);
    LLVMFuzzerTestOneInput(running->data, running->len);
}

static guint draw(GRand *random, guint below)
{
    return below == 0 ? 0 : (guint)g_rand_int_range(random, 0, (gint32)below);
}

/* The address of a byte; an empty array has none. */
static const guint8 *byte_at(const GByteArray *input, guint at)
{
    return at < input->len ? input->data + at : NULL;
}

static void insert(GByteArray *input, guint at, const guint8 *bytes, guint length)
{
    g_autofree guint8 *inserted = g_memdup2(bytes, length);
    g_autofree guint8 *rest = g_memdup2(byte_at(input, at), input->len - at);
    guint rest_length = input->len - at;
    g_byte_array_set_size(input, at);
    g_byte_array_append(input, inserted, length);
    g_byte_array_append(input, rest, rest_length);
}

/* One small change; the kinds are those that find most in text formats. */
static void mutate(GByteArray *input, const GByteArray *other, GRand *random)
{
    static const char *const pieces[] = {"\"", ",", ";", "\n", "\r", "\xff", "\0", "-1", "0", "99999999999999999999",
                                         ":",  "T", "="};
    guint at = draw(random, input->len + 1);
    switch (draw(random, 6)) {
    case 0: /* another byte */
        if (at < input->len)
            input->data[at] = (guint8)draw(random, 256);
        break;
    case 1: /* a stretch less */
        if (at < input->len)
            g_byte_array_remove_range(input, at, 1 + draw(random, MIN(input->len - at, 32)));
        break;
    case 2: { /* a piece that means something more */
        const char *piece = pieces[draw(random, G_N_ELEMENTS(pieces))];
        insert(input, at, (const guint8 *)piece, (guint)MAX(strlen(piece), 1));
        break;
    }
    case 3: /* cut short */
        if (draw(random, 8) == 0)
            g_byte_array_set_size(input, at);
        break;
    case 4: /* a stretch twice */
        insert(input, at, byte_at(input, at), draw(random, MIN(input->len - at, 200) + 1));
        break;
    default: { /* a stretch of another file of the corpus */
        guint from = draw(random, other->len + 1);
        insert(input, at, byte_at(other, from), draw(random, MIN(other->len - from, 200) + 1));
    }
    }
}

static gboolean is_file(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

static GByteArray *read_input(const char *path)
{
    char *bytes = NULL;
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &bytes, &size, &error))
        g_error("%s", error->message);
    return g_byte_array_new_take((guint8 *)bytes, size);
}

static int compare_names(gconstpointer first, gconstpointer second)
{
    return strcmp(*(const char *const *)first, *(const char *const *)second);
}

/* The folder's files by name, so that the order is the same on every file system. */
static GPtrArray *list_inputs(const char *folder)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) directory = g_dir_open(folder, 0, &error);
    if (directory == NULL)
        g_error("%s", error->message);
    for (const char *name = g_dir_read_name(directory); name != NULL; name = g_dir_read_name(directory))
        g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

int main(int count, char **arguments)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    guint variants = 0;
    if (count == 2 && !is_file(arguments[1])) {
        g_ptr_array_unref(paths);
        paths = list_inputs(arguments[1]);
        variants = VARIANTS_OF_A_FILE;
    }
    for (int argument = 1; argument < count && variants == 0; argument++)
        g_ptr_array_add(paths, g_strdup(arguments[argument]));
    if (paths->len == 0)
        g_error("fuzz: no inputs; give a corpus folder or files");

    running = g_byte_array_sized_new(1); /* its address is never NULL, as under libFuzzer */
    signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback != NULL)
        __sanitizer_set_death_callback(keep_what_killed_us);

    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);
    for (guint file = 0; file < paths->len; file++)
        g_ptr_array_add(inputs, read_input(paths->pdata[file]));
    for (guint file = 0; file < inputs->len; file++) {
        const GByteArray *input = inputs->pdata[file];
        g_autoptr(GRand) random = g_rand_new_with_seed(file + 1);
        run(paths->pdata[file], 0, input);
        for (guint variant = 1; variant <= variants; variant++) {
            g_autoptr(GByteArray) changed = g_byte_array_new();
            g_byte_array_append(changed, input->data, input->len);
            guint changes = 1 + draw(random, CHANGES_AT_MOST);
            for (guint change = 0; change < changes; change++)
                mutate(changed, inputs->pdata[draw(random, inputs->len)], random);
            run(paths->pdata[file], variant, changed);
        }
    }
    printf("fuzz: %u inputs and %u variants of each\n", inputs->len, variants);
    g_byte_array_unref(running);
    return 0;
}
