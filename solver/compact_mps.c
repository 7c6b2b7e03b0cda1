/*
 * The compact model as free-format MPS, the form that GLPK, CBC and HiGHS all read: sections of words, one column after
 * the other. What readers understand differently is avoided: every bound of an integer column is said, the constant is
 * a column fixed at 1 and not a right side of the objective, and there are no ranges.
 */
#include "compact.h"

#include <inttypes.h>
#include <stdlib.h>

static void write_number(FILE *stream, double value)
{
    if (value == floor(value) && fabs(value) < 1e15) {
        fprintf(stream, "%" PRId64, (int64_t)value);
    } else {
        fprintf(stream, "%.15g", value);
    }
}

static void write_element(FILE *stream, const char *column, const char *row, double value)
{
    fprintf(stream, " %s %s ", column, row);
    write_number(stream, value);
    fputc('\n', stream);
}

static void write_header(const CompactModel *model, FILE *stream)
{
    fprintf(stream,
            "* A week of work as one mixed-integer program, in cents, to be minimised.\n"
            "* x:WORKER:SLOT = 1: the worker takes the slot.\n"
            "* The true cost of a roster is at most %.10g cents above its cost here (charges are rounded to cents).\n",
            model->slack);
    if (model->relaxed_workers > 0) {
        fprintf(stream,
                "* Relaxed: %d worker(s) have too many ways to join slots to one duty; for them the rules on duties,\n"
                "* rests, stretches and nights are left out. The optimum here is then a lower bound.\n",
                (int)model->relaxed_workers);
    }
    fputs("NAME rooster\n", stream);
}

/* The elements by column; within a column in the order of rows. [column_count + 1] begins in *begin. */
static CompactElement *by_column(const CompactModel *model, int64_t *begin)
{
    CompactElement *sorted = MEMORY_NEW(CompactElement, model->element_count + 1);
    for (int64_t i = 0; i < model->element_count; i++) {
        begin[model->elements[i].column + 1]++;
    }
    for (int64_t column = 0; column < model->column_count; column++) {
        begin[column + 1] += begin[column];
    }
    int64_t *next = MEMORY_NEW(int64_t, model->column_count + 1);
    for (int64_t i = 0; i < model->element_count; i++) {
        int32_t column = model->elements[i].column;
        sorted[begin[column] + next[column]++] = model->elements[i];
    }
    free(next);
    return sorted;
}

static void write_columns(const CompactModel *model, FILE *stream)
{
    int64_t *begin = MEMORY_NEW(int64_t, model->column_count + 1);
    CompactElement *elements = by_column(model, begin);
    bool is_integer = false;
    int marks = 0;
    fputs("COLUMNS\n", stream);
    write_element(stream, "constant", "cost", model->constant);
    for (int64_t index = 0; index < model->column_count; index++) {
        const CompactColumn *column = &model->columns[index];
        if (column->is_integer != is_integer) {
            is_integer = column->is_integer;
            fprintf(stream, " mark%d 'MARKER' '%s'\n", marks++, is_integer ? "INTORG" : "INTEND");
        }
        if (column->cost != 0 || begin[index] == begin[index + 1]) {
            write_element(stream, column->name, "cost", column->cost);
        }
        for (int64_t i = begin[index]; i < begin[index + 1];) {
            double value = 0; /* a row may have been given the column more than once */
            int32_t row = elements[i].row;
            for (; i < begin[index + 1] && elements[i].row == row; i++) {
                value += elements[i].value;
            }
            write_element(stream, column->name, model->rows[row].name, value);
        }
    }
    if (is_integer) {
        fprintf(stream, " mark%d 'MARKER' 'INTEND'\n", marks);
    }
    free(elements);
    free(begin);
}

static void write_bound(FILE *stream, const char *kind, const char *column, double value)
{
    fprintf(stream, " %s bounds %s ", kind, column);
    write_number(stream, value);
    fputc('\n', stream);
}

static void write_bounds(const CompactModel *model, FILE *stream)
{
    fputs("BOUNDS\n", stream);
    write_bound(stream, "FX", "constant", 1);
    for (int64_t index = 0; index < model->column_count; index++) {
        const CompactColumn *column = &model->columns[index];
        if (column->lower == column->upper) {
            write_bound(stream, "FX", column->name, column->lower);
            continue;
        }
        if (column->lower != 0) {
            write_bound(stream, "LO", column->name, column->lower);
        }
        if (isfinite(column->upper)) {
            write_bound(stream, "UP", column->name, column->upper);
        }
    }
}

bool compact_mps_write(const CompactModel *model, FILE *stream)
{
    write_header(model, stream);
    fputs("ROWS\n N cost\n", stream);
    for (int64_t row = 0; row < model->row_count; row++) {
        fprintf(stream, " %c %s\n", model->rows[row].sense, model->rows[row].name);
    }
    write_columns(model, stream);
    fputs("RHS\n", stream);
    for (int64_t row = 0; row < model->row_count; row++) {
        if (model->rows[row].right != 0) {
            write_element(stream, "right", model->rows[row].name, model->rows[row].right);
        }
    }
    write_bounds(model, stream);
    fputs("ENDATA\n", stream);
    return !ferror(stream);
}
