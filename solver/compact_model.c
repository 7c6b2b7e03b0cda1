/* Columns and rows of the compact model, and what they are called. */
#include "compact.h"

#include <stdarg.h>
#include <string.h>

enum { NAME_MOST = 200, ID_MOST = 40 };

static const char *keep_text(CompactModel *model, const char *format, va_list arguments)
{
    char text[NAME_MOST];
    vsnprintf(text, sizeof text, format, arguments);
    size_t size = strlen(text) + 1;
    char *kept = ARENA_NEW(&model->texts, char, size);
    memcpy(kept, text, size);
    return kept;
}

#define GROW(array, count, room)                                                                                       \
    do {                                                                                                               \
        if ((count) == (room)) {                                                                                       \
            (room) = (room) ? 2 * (room) : 1024;                                                                       \
            (array) = memory_grow((array), (size_t)(room), sizeof *(array));                                           \
        }                                                                                                              \
    } while (0)

int32_t compact_column(CompactModel *model, CompactColumn column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    column.name = keep_text(model, format, arguments);
    va_end(arguments);
    GROW(model->columns, model->column_count, model->column_room);
    model->columns[model->column_count++] = column;
    return (int32_t)model->column_count - 1;
}

void compact_row(CompactModel *model, char sense, double right, const char *format, ...)
{
    CompactRow row = {.sense = sense, .right = right};
    va_list arguments;
    va_start(arguments, format);
    row.name = keep_text(model, format, arguments);
    va_end(arguments);
    GROW(model->rows, model->row_count, model->row_room);
    model->rows[model->row_count++] = row;
}

void compact_add(CompactModel *model, int32_t column, double value)
{
    GROW(model->elements, model->element_count, model->element_room);
    model->elements[model->element_count++] = (CompactElement){(int32_t)model->row_count - 1, column, value};
}

void compact_add_right(CompactModel *model, double value)
{
    model->rows[model->row_count - 1].right += value;
}

void compact_forbid(CompactModel *model, int32_t entry)
{
    if (!model->problem->entries[entry].is_required) {
        model->columns[entry].upper = 0;
        return;
    }
    compact_row(model, 'L', 0, "forbidden:%d", (int)model->row_count); /* a contradiction that the solver may find */
    compact_add(model, entry, 1);
}

static bool is_plain(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '_' || letter == '-' || letter == '.';
}

const char *compact_name(CompactModel *model, const char *const *names, int32_t index, char letter)
{
    char text[ID_MOST + 16] = "";
    if (names) {
        size_t length = strlen(names[index]), kept = 0;
        bool is_changed = length == 0 || length > ID_MOST;
        for (size_t i = 0; i < length && kept < ID_MOST; i++) {
            is_changed |= !is_plain(names[index][i]);
            text[kept++] = is_plain(names[index][i]) ? names[index][i] : '_';
        }
        if (is_changed) { /* no plain name holds a #, so this cannot be another's */
            snprintf(text + kept, sizeof text - kept, "#%d", (int)index);
        }
    } else {
        snprintf(text, sizeof text, "%c%d", letter, (int)index);
    }
    size_t size = strlen(text) + 1;
    char *kept = ARENA_NEW(&model->texts, char, size);
    memcpy(kept, text, size);
    return kept;
}
