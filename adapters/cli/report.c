#include "report.h"

#include "text.h"

#include <jansson.h>
#include <stdio.h>

typedef struct Part {
    char *line;   /* for people; or NULL */
    char *key;    /* of the table */
    Table *table; /* or NULL */
    unsigned forms;
} Part;

struct Report {
    OutputFormat format;
    GArray *parts; /* of Part */
    json_t *facts;
};

static void part_clear(gpointer data)
{
    Part *part = data;
    g_free(part->line);
    g_free(part->key);
    table_free(part->table);
}

Report *report_new(OutputFormat format)
{
    Report *report = g_new0(Report, 1);
    report->format = format;
    report->parts = g_array_new(FALSE, TRUE, sizeof(Part));
    g_array_set_clear_func(report->parts, part_clear);
    report->facts = json_object();
    return report;
}

void report_free(Report *report)
{
    if (report == NULL)
        return;
    g_array_unref(report->parts);
    json_decref(report->facts);
    g_free(report);
}

void report_line(Report *report, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    Part part = {.line = g_strdup_vprintf(format, arguments)};
    va_end(arguments);
    g_array_append_val(report->parts, part);
}

static void set_fact(Report *report, const char *key, json_t *value)
{
    g_assert(value != NULL);
    json_object_set_new(report->facts, key, value);
}

void report_fact(Report *report, const char *key, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* a path may be any bytes */
    set_fact(report, key, json_string(valid));
}

void report_fact_number(Report *report, const char *key, int64_t number)
{
    set_fact(report, key, json_integer(number));
}

void report_fact_real(Report *report, const char *key, double real)
{
    set_fact(report, key, json_real(real));
}

void report_fact_flag(Report *report, const char *key, gboolean is_set)
{
    set_fact(report, key, json_boolean(is_set));
}

void report_fact_none(Report *report, const char *key)
{
    set_fact(report, key, json_null());
}

void report_figures(Report *report, const char *key, const GArray *statistics)
{
    json_t *object = json_object();
    for (guint index = 0; index < statistics->len; index++) {
        const PlanStatistic *figure = &g_array_index(statistics, PlanStatistic, index);
        json_object_set_new(object, figure->name,
                            figure->is_seconds ? json_real(figure->seconds) : json_integer(figure->count));
    }
    set_fact(report, key, object);
}

Table *report_table(Report *report, unsigned forms, const char *key, const Column *columns, guint count)
{
    Part part = {.key = g_strdup(key), .table = table_new(columns, count), .forms = forms};
    g_array_append_val(report->parts, part);
    return part.table;
}

void report_cost(Report *report, const Cost *cost)
{
    json_t *terms = json_object();
    for (int term = 0; term < COST_TERMS; term++)
        json_object_set_new(terms, cost_term_name((CostTerm)term), json_integer(cost->cents[term]));
    set_fact(report, "terms", terms);

    static const Column columns[] = {{"term", "Charged for", 0}, {"cents", "euro", COLUMN_RIGHT}};
    Table *table = report_table(report, FOR_PEOPLE | FOR_CSV, "terms", columns, G_N_ELEMENTS(columns));
    for (int term = 0; term < COST_TERMS; term++) {
        if (cost->cents[term] != 0 || report->format != OUTPUT_TABLE) {
            table_text(table, cost_term_name((CostTerm)term));
            table_cents(table, cost->cents[term]);
        }
    }
    table_total(table);
    table_text(table, "total");
    table_cents(table, cost_total(cost));
}

/* --- the three forms */

static void print_people(const Report *report)
{
    int columns = terminal_columns();
    for (guint index = 0; index < report->parts->len; index++) {
        const Part *part = &g_array_index(report->parts, Part, index);
        if (part->line != NULL) {
            g_auto(GStrv) paragraphs = g_strsplit(part->line, "\n", -1);
            for (guint paragraph = 0; paragraphs[paragraph] != NULL; paragraph++) {
                g_autofree char *clean = text_clean(paragraphs[paragraph]);
                g_autoptr(GPtrArray) lines = text_wrap(clean, columns);
                for (guint line = 0; line < lines->len; line++)
                    puts(g_ptr_array_index(lines, line));
            }
            if (paragraphs[0] == NULL)
                puts("");
        } else if ((part->forms & FOR_PEOPLE) != 0) {
            g_autofree char *text = table_format(part->table, columns, terminal_has_bold());
            fputs(text, stdout);
        }
    }
}

/* RFC 4180, 2.5 to 2.7. */
static void print_csv_field(const char *text, gboolean is_first)
{
    fputs(is_first ? "" : ",", stdout);
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, stdout);
        return;
    }
    putchar('"');
    for (const char *at = text; *at != '\0'; at++)
        fputs(*at == '"' ? "\"\"" : (const char[]){*at, '\0'}, stdout);
    putchar('"');
}

static void print_csv(const Table *table)
{
    guint count = 0;
    const Column *columns = table_columns(table, &count);
    gboolean is_first = TRUE;
    for (guint column = 0; column < count; column++) {
        if ((columns[column].flags & COLUMN_PEOPLE) == 0) {
            print_csv_field(columns[column].key, is_first);
            is_first = FALSE;
        }
    }
    putchar('\n');
    for (guint row = 0; row < table_rows(table); row++) {
        if (table_row_kind(table, row) != ROW_DATA)
            continue;
        is_first = TRUE;
        for (guint column = 0; column < count; column++) {
            if ((columns[column].flags & COLUMN_PEOPLE) == 0) {
                print_csv_field(table_cell(table, row, column)->program, is_first);
                is_first = FALSE;
            }
        }
        putchar('\n');
    }
}

static json_t *cell_json(const Cell *cell)
{
    switch (cell->kind) {
    case CELL_TEXT:
        return json_string(cell->program);
    case CELL_NUMBER:
        return json_integer(cell->number);
    case CELL_REAL:
        return json_real(cell->real);
    case CELL_FLAG:
        return json_boolean(cell->number != 0);
    case CELL_NONE:
        return json_null();
    case CELL_LIST:
        break;
    }
    json_t *list = json_array();
    g_auto(GStrv) texts = g_strsplit(cell->program, ";", -1);
    for (guint index = 0; texts[index] != NULL; index++)
        json_array_append_new(list, json_string(texts[index]));
    return list;
}

static json_t *table_json(const Table *table)
{
    json_t *rows = json_array();
    guint count = 0;
    const Column *columns = table_columns(table, &count);
    for (guint row = 0; row < table_rows(table); row++) {
        if (table_row_kind(table, row) != ROW_DATA)
            continue;
        json_t *object = json_object();
        for (guint column = 0; column < count; column++)
            if ((columns[column].flags & COLUMN_PEOPLE) == 0)
                json_object_set_new(object, columns[column].key, cell_json(table_cell(table, row, column)));
        json_array_append_new(rows, object);
    }
    return rows;
}

static void print_json(const Report *report)
{
    json_t *whole = json_copy(report->facts);
    for (guint index = 0; index < report->parts->len; index++) {
        const Part *part = &g_array_index(report->parts, Part, index);
        if ((part->forms & FOR_JSON) != 0)
            json_object_set_new(whole, part->key, table_json(part->table));
    }
    json_dumpf(whole, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    putchar('\n');
    json_decref(whole);
}

void report_print(const Report *report)
{
    if (report->format == OUTPUT_JSON) {
        print_json(report);
        return;
    }
    if (report->format == OUTPUT_TABLE) {
        print_people(report);
        return;
    }
    for (guint index = 0; index < report->parts->len; index++) {
        const Part *part = &g_array_index(report->parts, Part, index);
        if ((part->forms & FOR_CSV) != 0) {
            print_csv(part->table);
            return;
        }
    }
}
