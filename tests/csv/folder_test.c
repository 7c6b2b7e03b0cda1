/* Folders and files: what is missing, strange, too large or in the way. */
#include "csv/pool_folder.h"
#include "pool_equal.h"
#include "pool_texts.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Folder {
    char *path;
    PoolImport *import; /* a small good pool, with a roster */
} Folder;

static void folder_make(Folder *folder, gconstpointer data)
{
    (void)data;
    folder->path = g_dir_make_tmp("rooster-csv-XXXXXX", NULL);
    g_assert_nonnull(folder->path);
    folder->import = pool_texts_read_with("roster.csv", "shift,worker\nS1,W1\n", NULL);
}

static void folder_remove(Folder *folder, gconstpointer data)
{
    (void)data;
    g_autoptr(GDir) directory = g_dir_open(folder->path, 0, NULL);
    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_autofree char *path = g_build_filename(folder->path, name, NULL);
        g_remove(path);
    }
    g_assert_cmpint(g_rmdir(folder->path), ==, 0);
    pool_import_free(folder->import);
    g_free(folder->path);
}

static char *path_in(const Folder *folder, const char *name)
{
    return g_build_filename(folder->path, name, NULL);
}

static void write_good(const Folder *folder)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(pool_folder_write(folder->path, folder->import->pool, folder->import->rosters, &error));
    g_assert_no_error(error);
}

static void assert_refused(const Folder *folder, ImportError code, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_folder_read(folder->path, NULL, &error);
    g_assert_null(import);
    g_assert_error(error, IMPORT_ERROR, (gint)code);
    g_assert_cmpstr(error->message, ==, expected);
}

static void a_folder_holds_ten_files_and_nothing_else(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autoptr(GDir) directory = g_dir_open(folder->path, 0, NULL);
    guint files = 0;
    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_assert_true(g_str_has_suffix(name, ".csv") || strcmp(name, "pool.ini") == 0);
        files++;
    }
    g_assert_cmpuint(files, ==, 10);
    g_autoptr(PoolImport) again = pool_folder_read(folder->path, NULL, NULL);
    assert_no_difference(pool_difference(folder->import->pool, again->pool));
    assert_no_difference(rosters_difference(folder->import->rosters, again->rosters));
}

static void a_folder_is_made_with_its_parents(Folder *folder, gconstpointer data)
{
    (void)data;
    g_autofree char *parent = path_in(folder, "a"), *child = g_build_filename(parent, "b", NULL);
    g_assert_true(pool_folder_write(child, folder->import->pool, NULL, NULL));
    g_autoptr(PoolImport) again = pool_folder_read(child, NULL, NULL);
    g_assert_nonnull(again);
    g_autoptr(GDir) directory = g_dir_open(child, 0, NULL);
    for (const char *name = g_dir_read_name(directory); name; name = g_dir_read_name(directory)) {
        g_autofree char *path = g_build_filename(child, name, NULL);
        g_assert_cmpint(g_unlink(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(child), ==, 0);
}

static void an_old_roster_is_removed_when_there_is_none(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_assert_true(pool_folder_write(folder->path, folder->import->pool, NULL, NULL));
    g_autoptr(PoolImport) again = pool_folder_read(folder->path, NULL, NULL);
    g_assert_cmpuint(again->rosters->len, ==, 0);
}

static void a_write_that_fails_changes_nothing(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *in_the_way = path_in(folder, "history.csv.new");
    g_assert_cmpint(g_mkdir(in_the_way, 0700), ==, 0);
    g_autoptr(PoolImport) other = pool_texts_read_with("coops.csv", "coop,name\nC1,Changed\n", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(pool_folder_write(folder->path, other->pool, NULL, &error));
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_WRITE);
    g_autoptr(PoolImport) again = pool_folder_read(folder->path, NULL, NULL);
    assert_no_difference(pool_difference(folder->import->pool, again->pool));
    g_assert_cmpuint(again->rosters->len, ==, 1);
    g_autofree char *left_over = path_in(folder, "coops.csv.new");
    g_assert_false(g_file_test(left_over, G_FILE_TEST_EXISTS));
}

static void a_file_for_a_folder_cannot_be_written_to(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *file = path_in(folder, "coops.csv");
    g_autoptr(GError) error = NULL;
    g_assert_false(pool_folder_write(file, folder->import->pool, NULL, &error));
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_WRITE);
}

static void a_folder_that_is_not_there_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    g_autofree char *path = path_in(folder, "nowhere"), *expected = g_strdup_printf("%s: is not a folder", path);
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_folder_read(path, folder->import->pool, &error);
    g_assert_null(import);
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_READ);
    g_assert_cmpstr(error->message, ==, expected);
}

static void replace_file(const Folder *folder, const char *name, const char *text)
{
    g_autofree char *path = path_in(folder, name);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void a_named_pipe_keeps_nobody_waiting(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *path = path_in(folder, "demand.csv");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    assert_refused(folder, IMPORT_ERROR_READ, "demand.csv: cannot be read: it is not a regular file");
}

static void a_folder_for_a_file_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *path = path_in(folder, "history.csv");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_mkdir(path, 0700), ==, 0);
    assert_refused(folder, IMPORT_ERROR_READ, "history.csv: cannot be read: it is not a regular file");
}

static void a_file_that_may_not_be_read_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    if (geteuid() == 0) {
        g_test_skip("root may read everything");
        return;
    }
    write_good(folder);
    g_autofree char *path = path_in(folder, "coops.csv");
    g_assert_cmpint(g_chmod(path, 0), ==, 0);
    g_autofree char *expected = g_strdup_printf("coops.csv: cannot be read: %s", g_strerror(EACCES));
    assert_refused(folder, IMPORT_ERROR_READ, expected);
}

static void a_link_to_itself_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *path = path_in(folder, "coops.csv");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(symlink("coops.csv", path), ==, 0);
    g_autofree char *expected = g_strdup_printf("coops.csv: cannot be read: %s", g_strerror(ELOOP));
    assert_refused(folder, IMPORT_ERROR_READ, expected);
}

/* A sparse file: large without taking room. */
static void a_file_beyond_256_mb_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *path = path_in(folder, "coops.csv");
    g_assert_cmpint(truncate(path, (off_t)256 * 1024 * 1024 + 1), ==, 0);
    assert_refused(folder, IMPORT_ERROR_LIMIT, "coops.csv: is larger than 256 MB");
}

static char *text_of(const char *head, gsize length, const char *tail)
{
    g_autofree char *filling = g_strnfill(length, 'x');
    return g_strconcat(head, filling, tail, NULL);
}

static void a_field_of_64_kb_is_read_and_a_longer_one_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *longest = text_of("coop,name\nC1,\"", 64 * 1024, "\"\n");
    replace_file(folder, "coops.csv", longest);
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_folder_read(folder->path, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(strlen(pool_coop(import->pool, 0)->name), ==, 64 * 1024);
    g_autofree char *longer = text_of("coop,name\nC1,\"", 64 * 1024 + 1, "\"\n");
    replace_file(folder, "coops.csv", longer);
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: field 2 has more than 65536 bytes");
}

static void an_endless_line_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *text = text_of("coop,name\nC1,", 2000000, "");
    replace_file(folder, "coops.csv", text);
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: the line has 2000003 bytes, 1048576 are the most");
}

/* The last row of a file that does not end its last line comes another way out of the parser. */
static void a_long_field_at_the_very_end_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *text = text_of("coop,name\nC1,", 64 * 1024 + 1, "");
    replace_file(folder, "coops.csv", text);
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: field 2 has more than 65536 bytes");
}

/* A quote that nobody closes must not gather the rest of the file first. */
static void an_endless_quoted_field_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    GString *text = g_string_new("coop,name\nC1,\"");
    for (guint line = 0; line < 100000; line++)
        g_string_append(text, "xxxxxxxxxx\n");
    replace_file(folder, "coops.csv", text->str);
    g_string_free(text, TRUE);
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: field 2 has more than 65536 bytes");
}

static void an_endless_row_of_fields_is_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    write_good(folder);
    g_autofree char *commas = g_strnfill(500000, ','), *text = g_strconcat("coop,name\nC1", commas, "\n", NULL);
    replace_file(folder, "coops.csv", text);
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: the row has 500001 fields, the header row 2");
    g_autofree char *header = g_strconcat("coop,name", commas, "\n", NULL);
    replace_file(folder, "coops.csv", header);
    assert_refused(
        folder, IMPORT_ERROR_INPUT,
        "coops.csv:1: column 3 of the header row has no name, known are coop, name, sector, address, latitude, "
        "longitude, contact, rate");
}

static void more_than_a_million_rows_are_refused(void)
{
    g_autoptr(GHashTable) texts = pool_texts_good();
    GString *text = g_string_new("worker,coop,kind\n");
    for (guint row = 0; row <= 1000000; row++)
        g_string_append(text, "W1,C1,avoid\n");
    pool_texts_set(texts, "preferences.csv", text->str);
    g_string_free(text, TRUE);
    g_autoptr(GError) error = NULL;
    g_autoptr(PoolImport) import = pool_texts_read(texts, NULL, &error);
    g_assert_null(import);
    g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT);
    g_assert_cmpstr(error->message, ==, "preferences.csv:1000002: the file has more than 1000000 rows");
}

static void zero_bytes_are_refused(Folder *folder, gconstpointer data)
{
    (void)data;
    static const char coops[] = "coop,name\nC1,O\0ne\n", ini[] = "[pool]\nid = we\0st\n";
    write_good(folder);
    g_autofree char *path = path_in(folder, "coops.csv"), *ini_path = path_in(folder, "pool.ini");
    g_assert_true(g_file_set_contents(path, coops, sizeof coops - 1, NULL));
    assert_refused(folder, IMPORT_ERROR_INPUT, "coops.csv:2: a zero byte is not text, save the file as UTF-8");
    g_assert_true(g_file_set_contents(ini_path, ini, sizeof ini - 1, NULL));
    assert_refused(folder, IMPORT_ERROR_INPUT, "pool.ini:2: a zero byte is not text, save the file as UTF-8");
}

#define ADD(name, test) g_test_add("/csv/folder/" name, Folder, NULL, folder_make, test, folder_remove)

int main(int count, char **arguments)
{
    g_test_init(&count, &arguments, NULL);
    ADD("holds-ten-files-and-nothing-else", a_folder_holds_ten_files_and_nothing_else);
    ADD("is-made-with-its-parents", a_folder_is_made_with_its_parents);
    ADD("an-old-roster-is-removed-when-there-is-none", an_old_roster_is_removed_when_there_is_none);
    ADD("a-write-that-fails-changes-nothing", a_write_that_fails_changes_nothing);
    ADD("a-file-for-a-folder-cannot-be-written-to", a_file_for_a_folder_cannot_be_written_to);
    ADD("a-folder-that-is-not-there-is-refused", a_folder_that_is_not_there_is_refused);
    ADD("a-named-pipe-keeps-nobody-waiting", a_named_pipe_keeps_nobody_waiting);
    ADD("a-folder-for-a-file-is-refused", a_folder_for_a_file_is_refused);
    ADD("a-file-that-may-not-be-read-is-refused", a_file_that_may_not_be_read_is_refused);
    ADD("a-link-to-itself-is-refused", a_link_to_itself_is_refused);
    ADD("a-file-beyond-256-mb-is-refused", a_file_beyond_256_mb_is_refused);
    ADD("a-field-of-64-kb-is-read-and-a-longer-one-refused", a_field_of_64_kb_is_read_and_a_longer_one_refused);
    ADD("a-long-field-at-the-very-end-is-refused", a_long_field_at_the_very_end_is_refused);
    ADD("an-endless-line-is-refused", an_endless_line_is_refused);
    ADD("an-endless-quoted-field-is-refused", an_endless_quoted_field_is_refused);
    ADD("an-endless-row-of-fields-is-refused", an_endless_row_of_fields_is_refused);
    g_test_add_func("/csv/folder/more-than-a-million-rows-are-refused", more_than_a_million_rows_are_refused);
    ADD("zero-bytes-are-refused", zero_bytes_are_refused);
    return g_test_run();
}
