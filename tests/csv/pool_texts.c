#include "pool_texts.h"

#include "csv/pool_folder.h"
#include "pool_ini.h"
#include "pool_write.h"

#include <string.h>

#define MARK   "-- "
#define ABSENT " absent"

PoolTexts *pool_texts_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
}

void pool_texts_set(PoolTexts *texts, const char *name, const char *text)
{
    if (text)
        g_hash_table_insert(texts, g_strdup(name), g_bytes_new(text, strlen(text)));
    else
        g_hash_table_remove(texts, name);
}

static const char *line_after(const char *from, const char *end)
{
    const char *newline = memchr(from, '\n', (gsize)(end - from));
    return newline ? newline + 1 : end;
}

static gboolean is_mark(const char *line, const char *end)
{
    return (gsize)(end - line) > strlen(MARK) && memcmp(line, MARK, strlen(MARK)) == 0;
}

void pool_texts_add(PoolTexts *texts, const char *bytes, gsize size)
{
    const char *end = bytes + size, *line = bytes;
    while (line < end && !is_mark(line, end))
        line = line_after(line, end);
    while (line < end) {
        const char *begin = line_after(line, end);
        g_autofree char *name = g_strndup(line + strlen(MARK), (gsize)(begin - line) - strlen(MARK));
        g_strchomp(name);
        for (line = begin; line < end && !is_mark(line, end);)
            line = line_after(line, end);
        if (g_str_has_suffix(name, ABSENT)) {
            name[strlen(name) - strlen(ABSENT)] = '\0';
            g_hash_table_remove(texts, name);
        } else
            g_hash_table_insert(texts, g_steal_pointer(&name), g_bytes_new(begin, (gsize)(line - begin)));
    }
}

static GBytes *read_text(const FileSource *source, const char *name, GError **error)
{
    (void)error;
    GBytes *bytes = g_hash_table_lookup((GHashTable *)source->from, name);
    return bytes ? g_bytes_ref(bytes) : NULL;
}

PoolImport *pool_texts_read(PoolTexts *texts, const Pool *base, GError **error)
{
    FileSource source = {read_text, texts};
    return pool_read(&source, base, error);
}

PoolTexts *pool_texts_write(const Pool *pool, const GPtrArray *rosters)
{
    PoolTexts *texts = pool_texts_new();
    g_autofree char *ini = pool_ini_write(pool), *roster = roster_csv_write(pool, rosters);
    pool_texts_set(texts, POOL_INI, ini);
    for (PoolFile file = 0; file < FILE_ROSTER; file++) {
        g_autofree char *text = pool_file_write(pool, file);
        pool_texts_set(texts, pool_file_kinds[file].name, text);
    }
    pool_texts_set(texts, pool_file_kinds[FILE_ROSTER].name, roster);
    return texts;
}

PoolTexts *pool_texts_good(void)
{
    static const char files[] = "-- pool.ini\n"
                                "[pool]\n"
                                "id = west\n"
                                "-- coops.csv\n"
                                "coop\n"
                                "C1\n"
                                "-- workers.csv\n"
                                "worker,birth_date,contract_min,contract_max,hourly_cost\n"
                                "W1,1990-01-02,16,24,25\n"
                                "W2,1991-02-03,20,32,27.5\n"
                                "-- demand.csv\n"
                                "shift,coop,start,end\n"
                                "S1,C1,2026-11-30T08:00,2026-11-30T12:00\n";
    PoolTexts *texts = pool_texts_new();
    pool_texts_add(texts, files, strlen(files));
    return texts;
}

PoolImport *pool_texts_read_with(const char *name, const char *text, const Pool *base)
{
    g_autoptr(GHashTable) texts = pool_texts_good();
    g_autoptr(GError) error = NULL;
    pool_texts_set(texts, name, text);
    PoolImport *import = pool_texts_read(texts, base, &error);
    g_assert_no_error(error);
    return import;
}
