#include "curtois_instance.h"

#include <string.h>

#define DAY_MINUTES 1440

/* The file as it stands: rows of fields by section. */
typedef struct Row {
    int line;
    GStrv fields;
    guint count;
} Row;

typedef struct Reader {
    CurtoisInstance *instance;
    const char *path;
    GHashTable *sections;            /* name -> GPtrArray of Row */
    GHashTable *type_of, *person_of; /* name -> index */
    int64_t *cost;                   /* [people * days * types] of requests */
    gboolean *may;                   /* likewise: may have it at all */
    int *length;                     /* [types] minutes */
    GError **error;
} Reader;

static void row_free(gpointer data)
{
    Row *row = data;
    g_strfreev(row->fields);
    g_free(row);
}

static gboolean fault(const Reader *reader, const Row *row, const char *what)
{
    g_set_error(reader->error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s:%d: %s", reader->path, row ? row->line : 0, what);
    return FALSE;
}

static gboolean read_sections(Reader *reader)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(reader->path, &text, NULL, reader->error))
        return FALSE;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = NULL;
    for (int i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        if (g_str_has_prefix(line, "SECTION_")) {
            rows = g_ptr_array_new_with_free_func(row_free);
            g_hash_table_replace(reader->sections, g_strdup(line), rows);
        } else if (*line && *line != '#' && rows) {
            Row *row = g_new0(Row, 1);
            row->line = i + 1;
            row->fields = g_strsplit(line, ",", -1);
            row->count = g_strv_length(row->fields);
            g_ptr_array_add(rows, row);
        }
    }
    return TRUE;
}

static const GPtrArray *section(const Reader *reader, const char *name)
{
    static GPtrArray *none;
    const GPtrArray *rows = g_hash_table_lookup(reader->sections, name);
    if (!none)
        none = g_ptr_array_new();
    return rows ? rows : none;
}

static gboolean number_of(const Reader *reader, const Row *row, guint field, int64_t *number)
{
    g_autofree char *what = NULL;
    if (field < row->count && g_ascii_string_to_signed(row->fields[field], 10, 0, 1000000000, number, NULL))
        return TRUE;
    what = g_strdup_printf("field %u: a whole number is wanted", field + 1);
    return fault(reader, row, what);
}

static gboolean index_of(const Reader *reader, GHashTable *names, const Row *row, const char *name, int *index)
{
    gpointer found;
    if (g_hash_table_lookup_extended(names, name, NULL, &found)) {
        *index = GPOINTER_TO_INT(found);
        return TRUE;
    }
    g_autofree char *what = g_strdup_printf("%s is not known", name);
    return fault(reader, row, what);
}

static gpointer keep(CurtoisInstance *instance, gpointer memory)
{
    g_ptr_array_add(instance->memory, memory);
    return memory;
}

static gsize cell(const Reader *reader, int person, int64_t day, int type)
{
    return ((gsize)person * (gsize)reader->instance->days + (gsize)day) * (gsize)reader->instance->types + (gsize)type;
}

/* Horizon, shift types and people by name. */
static gboolean read_sets(Reader *reader)
{
    CurtoisInstance *instance = reader->instance;
    const GPtrArray *horizon = section(reader, "SECTION_HORIZON"), *shifts = section(reader, "SECTION_SHIFTS"),
                    *staff = section(reader, "SECTION_STAFF");
    int64_t days, minutes;
    if (horizon->len != 1 || shifts->len == 0 || shifts->len > 64 || staff->len == 0)
        return fault(reader, NULL, "a horizon, at most 64 shifts and some staff are wanted");
    if (!number_of(reader, g_ptr_array_index(horizon, 0), 0, &days))
        return FALSE;
    if (days < 1 || days > 1000)
        return fault(reader, g_ptr_array_index(horizon, 0), "a horizon of 1 to 1000 days is wanted");
    instance->days = (int)days;
    instance->types = (int)shifts->len;
    reader->length = keep(instance, g_new0(int, shifts->len));
    for (guint i = 0; i < shifts->len; i++) {
        const Row *row = g_ptr_array_index(shifts, i);
        if (!number_of(reader, row, 1, &minutes))
            return FALSE;
        if (minutes < 1 || minutes > DAY_MINUTES)
            return fault(reader, row, "a shift of 1 to 1440 minutes is wanted");
        reader->length[i] = (int)minutes;
        g_ptr_array_add(instance->type_names, g_strdup(row->fields[0]));
        g_hash_table_insert(reader->type_of, g_strdup(row->fields[0]), GINT_TO_POINTER((int)i));
    }
    for (guint i = 0; i < staff->len; i++) {
        const Row *row = g_ptr_array_index(staff, i);
        g_ptr_array_add(instance->people, g_strdup(row->fields[0]));
        g_hash_table_insert(reader->person_of, g_strdup(row->fields[0]), GINT_TO_POINTER((int)i));
    }
    gsize cells = (gsize)staff->len * (gsize)instance->days * (gsize)instance->types;
    reader->cost = keep(instance, g_new0(int64_t, cells));
    reader->may = keep(instance, g_new0(gboolean, cells));
    return TRUE;
}

static uint8_t *read_successions(Reader *reader)
{
    CurtoisInstance *instance = reader->instance;
    uint8_t *forbidden = keep(instance, g_new0(uint8_t, (gsize)instance->types * (gsize)instance->types));
    const GPtrArray *shifts = section(reader, "SECTION_SHIFTS");
    for (guint i = 0; i < shifts->len; i++) {
        const Row *row = g_ptr_array_index(shifts, i);
        g_auto(GStrv) names = g_strsplit(row->count > 2 ? row->fields[2] : "", "|", -1);
        for (int k = 0; names[k]; k++) {
            int next;
            if (!*names[k])
                continue;
            if (!index_of(reader, reader->type_of, row, names[k], &next))
                return NULL;
            forbidden[i * (guint)instance->types + (guint)next] = 1;
        }
    }
    return forbidden;
}

/* The most shifts of each type: 0 for those not named. */
static gboolean read_type_limits(Reader *reader, const Row *row, int32_t *most)
{
    g_auto(GStrv) limits = g_strsplit(row->count > 1 ? row->fields[1] : "", "|", -1);
    for (int i = 0; limits[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(limits[i], "=", 2);
        int type;
        int64_t number;
        if (g_strv_length(parts) != 2 || !g_ascii_string_to_signed(parts[1], 10, 0, 100000, &number, NULL))
            return fault(reader, row, "field 2: TYPE=NUMBER separated by | is wanted");
        if (!index_of(reader, reader->type_of, row, parts[0], &type))
            return FALSE;
        most[type] = number >= reader->instance->days ? INT32_MAX : (int32_t)number;
    }
    return TRUE;
}

static gboolean read_staff(Reader *reader)
{
    CurtoisInstance *instance = reader->instance;
    const GPtrArray *staff = section(reader, "SECTION_STAFF");
    uint8_t *forbidden = read_successions(reader);
    if (!forbidden)
        return FALSE;
    SolverWorker *workers = keep(instance, g_new0(SolverWorker, staff->len));
    SolverDayRules *rules = keep(instance, g_new0(SolverDayRules, staff->len));
    for (guint i = 0; i < staff->len; i++) {
        const Row *row = g_ptr_array_index(staff, i);
        int32_t *most = keep(instance, g_new0(int32_t, (gsize)instance->types));
        int64_t number[6]; /* minutes most, least; days on most, least; days off least; weekends most */
        if (!read_type_limits(reader, row, most))
            return FALSE;
        for (guint k = 0; k < G_N_ELEMENTS(number); k++)
            if (!number_of(reader, row, k + 2, &number[k]))
                return FALSE;
        rules[i] = (SolverDayRules){.first_day = 0,
                                    .days = instance->days,
                                    .days_on_least = (int32_t)number[3],
                                    .days_on_most = (int32_t)number[2],
                                    .days_off_least = (int32_t)number[4],
                                    .weekends_most = (int32_t)number[5],
                                    .first_weekend_day = 5,
                                    .minutes_least = (int32_t)number[1],
                                    .types = instance->types,
                                    .type_most = most,
                                    .type_forbidden_next = forbidden};
        workers[i] = (SolverWorker){.minutes_most = number[0], .unit_per_min = 1, .day_rules = &rules[i]};
        for (int side = 0; side < 2; side++)
            workers[i].limits[side] = (SolverDutyLimits){.work_most_min = DAY_MINUTES,
                                                         .span_most_min = DAY_MINUTES,
                                                         .curfew_most_min = INT32_MAX,
                                                         .breaks = {{INT32_MAX, 0}, {INT32_MAX, 0}, {INT32_MAX, 0}}};
        for (int day = 0; day < instance->days; day++)
            for (int type = 0; type < instance->types; type++)
                reader->may[cell(reader, (int)i, day, type)] = most[type] > 0;
    }
    instance->problem.workers = workers;
    instance->problem.worker_count = (int32_t)staff->len;
    return TRUE;
}

static gboolean read_days_off(Reader *reader)
{
    const GPtrArray *rows = section(reader, "SECTION_DAYS_OFF");
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index(rows, i);
        int person;
        if (!index_of(reader, reader->person_of, row, row->fields[0], &person))
            return FALSE;
        for (guint k = 1; k < row->count; k++) {
            int64_t day;
            if (!*row->fields[k])
                continue;
            if (!number_of(reader, row, k, &day))
                return FALSE;
            for (int type = 0; day < reader->instance->days && type < reader->instance->types; type++)
                reader->may[cell(reader, person, day, type)] = FALSE;
        }
    }
    return TRUE;
}

static gboolean read_requests(Reader *reader, const char *name, gboolean is_on)
{
    const GPtrArray *rows = section(reader, name);
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index(rows, i);
        int person, type;
        int64_t day, weight;
        if (row->count < 4)
            return fault(reader, row, "person, day, shift and weight are wanted");
        if (!index_of(reader, reader->person_of, row, row->fields[0], &person) || !number_of(reader, row, 1, &day) ||
            !index_of(reader, reader->type_of, row, row->fields[2], &type) || !number_of(reader, row, 3, &weight))
            return FALSE;
        if (day >= reader->instance->days)
            return fault(reader, row, "the day is beyond the horizon");
        reader->cost[cell(reader, person, day, type)] += is_on ? -weight : weight;
        reader->instance->constant += is_on ? weight : 0;
    }
    return TRUE;
}

static gboolean read_cover(Reader *reader)
{
    CurtoisInstance *instance = reader->instance;
    const GPtrArray *rows = section(reader, "SECTION_COVER");
    SolverRow *covers = keep(instance, g_new0(SolverRow, (gsize)instance->days * (gsize)instance->types));
    for (int i = 0; i < instance->days * instance->types; i++)
        covers[i].most = SOLVER_NEVER;
    for (guint i = 0; i < rows->len; i++) {
        const Row *row = g_ptr_array_index(rows, i);
        int64_t day, wanted, under, over;
        int type;
        if (row->count < 5)
            return fault(reader, row, "day, shift, requirement and two weights are wanted");
        if (!number_of(reader, row, 0, &day) || !index_of(reader, reader->type_of, row, row->fields[1], &type) ||
            !number_of(reader, row, 2, &wanted) || !number_of(reader, row, 3, &under) ||
            !number_of(reader, row, 4, &over))
            return FALSE;
        if (day >= instance->days)
            return fault(reader, row, "the day is beyond the horizon");
        covers[day * instance->types + type] = (SolverRow){.most = SOLVER_NEVER,
                                                           .wanted = wanted,
                                                           .below = {.pieces = 1, .rate = {under}, .denominator = 1},
                                                           .above = {.pieces = 1, .rate = {over}, .denominator = 1}};
    }
    instance->problem.rows = covers;
    instance->problem.row_count = instance->days * instance->types;
    return TRUE;
}

/* Slots by day and type, in the order (start, end) that the optimiser wants: within a day by length. */
static void make_slots(Reader *reader, int *slot_of)
{
    CurtoisInstance *instance = reader->instance;
    SolverSlot *slots = keep(instance, g_new0(SolverSlot, (gsize)instance->days * (gsize)instance->types));
    for (int day = 0; day < instance->days; day++)
        for (int type = 0; type < instance->types; type++) {
            int at = day * instance->types + type;
            slots[at] = (SolverSlot){.start_min = (int64_t)day * DAY_MINUTES,
                                     .end_min = (int64_t)day * DAY_MINUTES + reader->length[type],
                                     .work_min = reader->length[type],
                                     .day = day,
                                     .late_after_min = SOLVER_NEVER,
                                     .type = type};
            slot_of[at] = at;
        }
    instance->problem.slots = slots;
    instance->problem.slot_count = instance->days * instance->types;
}

static void make_entries(Reader *reader)
{
    CurtoisInstance *instance = reader->instance;
    int people = (int)instance->people->len, types = instance->types, all = instance->days * types;
    int *order = g_newa(int, (gsize)types); /* types by length: the order of a day's slots */
    for (int type = 0; type < types; type++) {
        int at = type;
        for (; at > 0 && reader->length[order[at - 1]] > reader->length[type]; at--)
            order[at] = order[at - 1];
        order[at] = type;
    }
    g_autofree int *slot_of = g_new0(int, (gsize)all);
    make_slots(reader, slot_of);
    gsize most = (gsize)people * (gsize)all;
    SolverEntry *entries = keep(instance, g_new0(SolverEntry, most + 1));
    int64_t *begin = keep(instance, g_new0(int64_t, most + 1));
    int32_t *row = keep(instance, g_new0(int32_t, most + 1)), count = 0;
    int64_t *coefficient = keep(instance, g_new0(int64_t, most + 1));
    for (int person = 0; person < people; person++)
        for (int day = 0; day < instance->days; day++)
            for (int i = 0; i < types; i++) {
                int type = order[i];
                gsize at = cell(reader, person, day, type);
                if (!reader->may[at])
                    continue;
                int slot = slot_of[day * types + type];
                entries[count] = (SolverEntry){.worker = person, .slot = slot, .cost_cents = reader->cost[at]};
                begin[count] = count;
                row[count] = slot;
                coefficient[count++] = 1;
            }
    begin[count] = count;
    instance->problem.entries = entries;
    instance->problem.entry_count = count;
    instance->problem.entry_row_begin = begin;
    instance->problem.entry_row = row;
    instance->problem.entry_coefficient = coefficient;
}

CurtoisInstance *curtois_instance_read(const char *path, GError **error)
{
    g_autoptr(CurtoisInstance) instance = g_new0(CurtoisInstance, 1);
    instance->people = g_ptr_array_new_with_free_func(g_free);
    instance->type_names = g_ptr_array_new_with_free_func(g_free);
    instance->memory = g_ptr_array_new_with_free_func(g_free);
    instance->problem.rules = (SolverLineRules){.stretch_span_most_min = INT32_MAX,
                                                .night_work_most_min = INT32_MAX,
                                                .night_run_long = INT32_MAX,
                                                .series_duties_most = INT32_MAX,
                                                .days_in_row_most = INT32_MAX,
                                                .slots_a_day_most = 1};
    g_autoptr(GHashTable) sections =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) type_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) person_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Reader reader = {.instance = instance,
                     .path = path,
                     .sections = sections,
                     .type_of = type_of,
                     .person_of = person_of,
                     .error = error};
    if (!read_sections(&reader) || !read_sets(&reader) || !read_staff(&reader) || !read_days_off(&reader) ||
        !read_requests(&reader, "SECTION_SHIFT_ON_REQUESTS", TRUE) ||
        !read_requests(&reader, "SECTION_SHIFT_OFF_REQUESTS", FALSE) || !read_cover(&reader))
        return NULL;
    make_entries(&reader);
    int64_t index;
    const char *wrong = solver_problem_fault(&instance->problem, &index);
    if (wrong) {
        fault(&reader, NULL, wrong);
        return NULL;
    }
    return g_steal_pointer(&instance);
}

void curtois_instance_free(CurtoisInstance *instance)
{
    if (!instance)
        return;
    g_ptr_array_unref(instance->people);
    g_ptr_array_unref(instance->type_names);
    g_ptr_array_unref(instance->memory);
    g_free(instance);
}

gboolean curtois_instance_write_roster(const CurtoisInstance *instance, const int32_t *chosen, int32_t count,
                                       const char *path, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    int32_t at = 0;
    for (int person = 0; person < (int)instance->people->len; person++)
        for (int day = 0; day < instance->days; day++) {
            const SolverEntry *entry = at < count ? &instance->problem.entries[chosen[at]] : NULL;
            gboolean works = entry && entry->worker == person && entry->slot / instance->types == day;
            g_string_append_printf(
                text, "%s%c",
                works ? (const char *)g_ptr_array_index(instance->type_names, (guint)(entry->slot % instance->types))
                      : "-",
                day + 1 < instance->days ? ',' : '\n');
            at += works;
        }
    return g_file_set_contents(path, text->str, (gssize)text->len, error);
}
