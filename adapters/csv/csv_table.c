/*
 * libcsv knows quotes and delimiters but not lines. It is fed one physical line at a time: a row that is not complete
 * after its line goes on in the next one, so the line on which a row begins is always known, quoted line breaks or not.
 */
#include "csv_table.h"

#include <csv.h>
#include <string.h>

#define FIELDS_MOST 64 /* kept of one row; a row has another number of fields than the header long before */
#define BUFFER_STEP 4096
#define UTF8_BOM    "\xef\xbb\xbf"

struct CsvTable {
    const char *file;
    GBytes *bytes;
    const char *next, *end; /* what is not fed yet */
    guint next_line;        /* the number of the line at `next` */
    struct csv_parser parser;
    const CsvColumn *columns;
    guint column_count;
    int *field_of; /* per column: the field that holds it, -1: none */
    guint header_fields;

    /* the row */
    guint line;
    GString *text; /* its fields, each ended by NUL */
    gsize fields[FIELDS_MOST];
    guint field_count;
    guint long_field; /* the number of a field above the limit, from 1; 0: none */
    gboolean is_complete;
};

/* Blanks belong to a field (RFC 4180, 2.4); libcsv would drop them at its ends. */
static int is_never_space(unsigned char character)
{
    (void)character;
    return 0;
}

static void on_field(void *bytes, size_t size, void *data)
{
    CsvTable *table = data;
    if (size > CSV_FIELD_BYTES_MOST) {
        table->long_field = table->field_count + 1;
    } else if (table->field_count < FIELDS_MOST) {
        table->fields[table->field_count] = table->text->len;
        g_string_append_len(table->text, bytes, (gssize)size);
        g_string_append_c(table->text, '\0');
    }
    table->field_count++;
}

static void on_row(int terminator, void *data)
{
    (void)terminator;
    CsvTable *table = data;
    table->is_complete = TRUE;
}

static gboolean is_utf8(const CsvTable *table, gsize size, GError **error)
{
    const char *bad = NULL;
    if (g_utf8_validate_len(table->next, size, &bad))
        return TRUE;
    if (*bad == '\0')
        return fault_set(error, table->file, table->next_line, "a zero byte is not text, save the file as UTF-8");
    return fault_set(error, table->file, table->next_line, "byte 0x%02X is not UTF-8, save the file as UTF-8",
                     (guint8)*bad);
}

/* The bytes up to and with the next line end (LF, CRLF or a lone CR). */
static gsize line_size(const CsvTable *table)
{
    gsize left = (gsize)(table->end - table->next);
    const char *newline = memchr(table->next, '\n', left);
    gsize size = newline ? (gsize)(newline - table->next) + 1 : left;
    const char *carriage_return = memchr(table->next, '\r', size);
    if (!carriage_return)
        return size;
    gsize short_size = (gsize)(carriage_return - table->next) + 1;
    return short_size < left && carriage_return[1] == '\n' ? short_size + 1 : short_size;
}

static gboolean is_blank(const char *line, gsize size)
{
    return size <= 2 && (line[0] == '\n' || line[0] == '\r');
}

/* Feeds one line; FALSE with a fault where the parser or a limit refuses it. */
static gboolean feed_line(CsvTable *table, GError **error)
{
    gsize size = line_size(table);
    if (size > CSV_LINE_BYTES_MOST)
        return fault_set(error, table->file, table->next_line,
                         "the line has %" G_GSIZE_FORMAT " bytes, %d are the most", size, CSV_LINE_BYTES_MOST);
    if (!is_utf8(table, size, error))
        return FALSE;
    gsize used = csv_parse(&table->parser, table->next, size, on_field, on_row, table);
    if (used < size) /* the parser is strict: this can only be its complaint about a quote */
        return fault_set(
            error, table->file, table->next_line,
            "a quote in the middle of a field, one with quotes in it is quoted as a whole and has each twice");
    table->next += size;
    table->next_line++;
    return TRUE;
}

/* Sees a field that is too long before its end, too: an open quote must not gather the rest of the file. */
static gboolean has_long_field(const CsvTable *table, GError **error)
{
    guint number = table->long_field;
    if (number == 0 &&
        csv_get_buffer_size((struct csv_parser *)&table->parser) > CSV_FIELD_BYTES_MOST + 2 * BUFFER_STEP)
        number = table->field_count + 1;
    if (number > 0)
        fault_set(error, table->file, table->line, "field %u has more than %d bytes", number, CSV_FIELD_BYTES_MOST);
    return number > 0;
}

/* Reads one row, whatever is in it. FALSE at the end and on a fault. */
static gboolean read_row(CsvTable *table, GError **error)
{
    g_string_truncate(table->text, 0);
    table->field_count = 0;
    table->long_field = 0;
    table->is_complete = FALSE;
    gboolean is_begun = FALSE;
    while (!table->is_complete && table->next < table->end) {
        if (!is_begun)
            table->line = table->next_line;
        is_begun = is_begun || !is_blank(table->next, line_size(table));
        if (!feed_line(table, error))
            return FALSE;
        if (has_long_field(table, error))
            return FALSE;
    }
    if (!table->is_complete && is_begun && csv_fini(&table->parser, on_field, on_row, table) != 0)
        return fault_set(error, table->file, table->line,
                         "a quoted field that begins in this row has no closing quote");
    return table->is_complete && !has_long_field(table, error);
}

/* The names of the columns, NULL-terminated. Caller frees the array. */
static const char **column_names(const CsvTable *table)
{
    const char **names = g_new0(const char *, table->column_count + 1);
    for (guint column = 0; column < table->column_count; column++)
        names[column] = table->columns[column].name;
    return names;
}

static const char *field(const CsvTable *table, guint number)
{
    return table->text->str + table->fields[number];
}

static gboolean place_column(CsvTable *table, guint number, GError **error)
{
    const char *name = field(table, number);
    for (guint column = 0; column < table->column_count; column++) {
        if (strcmp(table->columns[column].name, name) != 0)
            continue;
        if (table->field_of[column] >= 0)
            return fault_set(error, table->file, table->line, "column %s: is there twice in the header row", name);
        table->field_of[column] = (int)number;
        return TRUE;
    }
    if (strpbrk(name, ";\t"))
        return fault_set(error, table->file, table->line,
                         "column '%s' is unknown, the file's columns are to be separated "
                         "by commas",
                         name);
    g_autofree const char **known = column_names(table);
    g_autofree char *hint = fault_hint(name, known);
    if (*name == '\0')
        return fault_set(error, table->file, table->line, "column %u of the header row has no name%s", number + 1,
                         hint);
    return fault_set(error, table->file, table->line, "column '%s' is unknown%s", name, hint);
}

static gboolean read_header(CsvTable *table, GError **error)
{
    GError *fault = NULL;
    if (!read_row(table, &fault)) {
        if (!fault)
            return fault_set(error, table->file, 1, "the file is empty, a header row with column names would be right");
        g_propagate_error(error, fault);
        return FALSE;
    }
    table->header_fields = table->field_count;
    for (guint number = 0; number < MIN(table->field_count, FIELDS_MOST); number++)
        if (!place_column(table, number, error))
            return FALSE;
    for (guint column = 0; column < table->column_count; column++)
        if (table->columns[column].is_required && table->field_of[column] < 0)
            return fault_set(error, table->file, table->line, "column %s: is missing in the header row",
                             table->columns[column].name);
    return TRUE;
}

CsvTable *csv_table_new(const char *file, GBytes *bytes, const CsvColumn *columns, guint count, GError **error)
{
    g_autoptr(CsvTable) table = g_new0(CsvTable, 1);
    gsize size;
    table->file = file;
    table->bytes = g_bytes_ref(bytes);
    const char *start = g_bytes_get_data(bytes, &size);
    table->next = start ? start : ""; /* of nothing there is no address */
    table->end = table->next + size;
    if (size >= strlen(UTF8_BOM) && memcmp(table->next, UTF8_BOM, strlen(UTF8_BOM)) == 0)
        table->next += strlen(UTF8_BOM);
    table->next_line = 1;
    table->columns = columns;
    table->column_count = count;
    table->field_of = g_new(int, count);
    for (guint column = 0; column < count; column++)
        table->field_of[column] = -1;
    table->text = g_string_new(NULL);
    if (csv_init(&table->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        g_error("csv_init failed");
    csv_set_space_func(&table->parser, is_never_space);
    csv_set_blk_size(&table->parser, BUFFER_STEP);
    return read_header(table, error) ? g_steal_pointer(&table) : NULL;
}

void csv_table_free(CsvTable *table)
{
    if (!table)
        return;
    csv_free(&table->parser);
    g_string_free(table->text, TRUE);
    g_free(table->field_of);
    g_bytes_unref(table->bytes);
    g_free(table);
}

gboolean csv_table_next(CsvTable *table, GError **error)
{
    if (!read_row(table, error))
        return FALSE;
    if (table->field_count != table->header_fields)
        return fault_set(error, table->file, table->line, "the row has %u field%s, the header row %u",
                         table->field_count, table->field_count == 1 ? "" : "s", table->header_fields);
    for (guint column = 0; column < table->column_count; column++)
        if (table->columns[column].is_required && *csv_text(table, column) == '\0')
            return csv_fault(table, column, error, "is empty, every row needs one");
    return TRUE;
}

guint csv_table_line(const CsvTable *table)
{
    return table->line;
}

const char *csv_text(const CsvTable *table, guint column)
{
    int number = table->field_of[column];
    return number < 0 ? "" : field(table, (guint)number);
}

gboolean csv_fault(const CsvTable *table, guint column, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return fault_set(error, table->file, table->line, "column %s: %s", table->columns[column].name, message);
}

gboolean csv_refuse(const CsvTable *table, GError *reason, GError **error)
{
    return fault_from(error, table->file, table->line, reason);
}
