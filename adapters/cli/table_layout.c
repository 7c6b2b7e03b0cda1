#include "table.h"

#include "text.h"

enum { WIDTH_LEAST = 6, WORD_MOST = 16 };

/* One that is cut has a least width; one that wraps keeps its words whole, but for very long ones; no other gives way.
 */
typedef struct Width {
    int now, least; /* 0: not shown */
} Width;

typedef struct Layout {
    const Table *table;
    const Column *columns;
    guint column_count;
    Width *widths; /* one a column */
    int gap;
    GString *text;
} Layout;

static gboolean is_shown(const Column *column)
{
    return (column->flags & COLUMN_PROGRAM) == 0;
}

static void widen(const Layout *layout, guint column, const char *text)
{
    unsigned flags = layout->columns[column].flags;
    Width *width = &layout->widths[column];
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint line = 0; lines[line] != NULL; line++) {
        g_autofree char *clean = text_clean(lines[line]);
        width->now = MAX(width->now, text_width(clean));
        g_auto(GStrv) words = g_strsplit(clean, " ", -1);
        for (guint word = 0; (flags & COLUMN_WRAP) != 0 && words[word] != NULL; word++)
            width->least = MAX(width->least, MIN(text_width(words[word]), WORD_MOST));
    }
    width->least = (flags & (COLUMN_CUT | COLUMN_WRAP)) != 0 ? MAX(width->least, WIDTH_LEAST) : width->now;
}

static int total_width(const Layout *layout)
{
    int total = 0;
    for (guint column = 0; column < layout->column_count; column++) {
        int width = layout->widths[column].now;
        total += width > 0 ? width + (total > 0 ? layout->gap : 0) : 0;
    }
    return total;
}

/* Natural widths; then the widest column that may shrink gives way, a letter at a time, until the line fits. */
static void measure(Layout *layout, int columns)
{
    const Table *table = layout->table;
    for (guint column = 0; column < layout->column_count; column++) {
        if (!is_shown(&layout->columns[column]))
            continue;
        widen(layout, column, layout->columns[column].header);
        for (guint row = 0; row < table_rows(table); row++)
            if (column < table_row_cells(table, row))
                widen(layout, column, table_cell(table, row, column)->people);
    }
    layout->gap = 2;
    if (total_width(layout) > columns)
        layout->gap = 1;
    while (total_width(layout) > columns) {
        Width *widest = NULL;
        for (guint column = 0; column < layout->column_count; column++) {
            Width *width = &layout->widths[column];
            if (width->now > width->least && (widest == NULL || width->now > widest->now))
                widest = width;
        }
        if (widest == NULL)
            break;
        widest->now -= 1;
    }
}

static void pad(GString *text, int blanks)
{
    for (int blank = 0; blank < blanks; blank++)
        g_string_append_c(text, ' ');
}

static GPtrArray *cell_lines(const Layout *layout, guint column, const char *text)
{
    int width = layout->widths[column].now;
    unsigned flags = layout->columns[column].flags;
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) parts = g_strsplit(text, "\n", -1);
    for (guint part = 0; parts[part] != NULL; part++) {
        g_autofree char *clean = text_clean(parts[part]);
        if ((flags & COLUMN_WRAP) != 0) {
            g_autoptr(GPtrArray) wrapped = text_wrap(clean, width);
            for (guint line = 0; line < wrapped->len; line++)
                g_ptr_array_add(lines, g_strdup(g_ptr_array_index(wrapped, line)));
        } else {
            g_ptr_array_add(lines, (flags & COLUMN_CUT) != 0 ? text_truncate(clean, width) : g_strdup(clean));
        }
    }
    return lines;
}

/* One row from the texts of its cells (NULL: none), as many lines as its tallest cell. */
static void append_row(Layout *layout, const char *const *texts)
{
    guint count = layout->column_count;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    guint height = 1;
    for (guint column = 0; column < count; column++) {
        const char *text = is_shown(&layout->columns[column]) ? texts[column] : "";
        GPtrArray *lines = cell_lines(layout, column, text);
        g_ptr_array_add(cells, lines);
        height = MAX(height, lines->len);
    }
    for (guint line = 0; line < height; line++) {
        g_autoptr(GString) whole = g_string_new(NULL);
        gboolean is_first = TRUE;
        for (guint column = 0; column < count; column++) {
            if (layout->widths[column].now == 0)
                continue;
            GPtrArray *lines = g_ptr_array_index(cells, column);
            const char *text = line < lines->len ? g_ptr_array_index(lines, line) : "";
            int blanks = layout->widths[column].now - text_width(text);
            gboolean is_right = (layout->columns[column].flags & COLUMN_RIGHT) != 0;
            pad(whole, is_first ? 0 : layout->gap);
            pad(whole, is_right ? blanks : 0);
            g_string_append(whole, text);
            pad(whole, is_right ? 0 : blanks);
            is_first = FALSE;
        }
        g_autofree char *trimmed = g_strchomp(g_strdup(whole->str));
        g_string_append_printf(layout->text, "%s\n", trimmed);
    }
}

static void append_rule(Layout *layout)
{
    for (int column = 0; column < total_width(layout); column++)
        g_string_append(layout->text, "─");
    g_string_append_c(layout->text, '\n');
}

static void append_header(Layout *layout, gboolean is_bold)
{
    g_autofree const char **headers = g_new0(const char *, layout->column_count);
    for (guint column = 0; column < layout->column_count; column++)
        headers[column] = layout->columns[column].header;
    g_string_append(layout->text, is_bold ? "\033[1m" : "");
    append_row(layout, headers);
    if (is_bold)
        g_string_insert(layout->text, (gssize)layout->text->len - 1, "\033[0m");
    append_rule(layout);
}

char *table_format(const Table *table, int columns, gboolean is_bold)
{
    if (table_rows(table) == 0)
        return g_strconcat(table_empty(table), "\n", NULL);
    Layout layout = {.table = table, .text = g_string_new(NULL)};
    layout.columns = table_columns(table, &layout.column_count);
    g_autofree Width *widths = g_new0(Width, layout.column_count);
    layout.widths = widths;
    measure(&layout, columns);
    append_header(&layout, is_bold);
    g_autofree const char **texts = g_new0(const char *, layout.column_count);
    for (guint row = 0; row < table_rows(table); row++) {
        RowKind kind = table_row_kind(table, row);
        if (kind == ROW_SECTION) {
            g_autofree char *clean = text_clean(table_section_text(table, row));
            g_autofree char *section = text_truncate(clean, columns);
            g_string_append_printf(layout.text, "%s%s\n", row == 0 ? "" : "\n", section);
            continue;
        }
        if (kind == ROW_TOTAL)
            append_rule(&layout);
        for (guint column = 0; column < layout.column_count; column++)
            texts[column] = column < table_row_cells(table, row) ? table_cell(table, row, column)->people : "";
        append_row(&layout, texts);
    }
    return g_string_free(layout.text, FALSE);
}
