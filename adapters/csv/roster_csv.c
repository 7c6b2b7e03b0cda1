/* roster.csv: the published rosters, one row an assignment. */
#include "csv/pool_folder.h"
#include "csv_fields.h"
#include "csv_writer.h"
#include "pool_reader.h"

#define FIRST_REVISION 1

/* The roster of the week, made where there is none yet; they stay sorted by week. */
static Roster *roster_of(GPtrArray *rosters, IsoWeek week)
{
    guint place = 0;
    for (; place < rosters->len; place++) {
        Roster *roster = rosters->pdata[place];
        if (roster->week.monday == week.monday)
            return roster;
        if (roster->week.monday > week.monday)
            break;
    }
    Roster *roster = roster_new(week, ROSTER_PUBLISHED, FIRST_REVISION);
    g_ptr_array_insert(rosters, (gint)place, roster);
    return roster;
}

gboolean read_roster_row(PoolReader *reader, const CsvTable *table, GError **error)
{
    const char *id = csv_text(table, ROSTER_SHIFT);
    guint shift, worker, first;
    gboolean is_pinned;
    if (!pool_find_shift(reader->pool, id, &shift))
        return csv_fault(table, ROSTER_SHIFT, error, "'%.64s' is unknown, a shift of demand.csv would be right", id);
    if (!find_worker(reader, table, ROSTER_WORKER, &worker, error) || !csv_yes(table, ROSTER_PINNED, &is_pinned, error))
        return FALSE;
    if (!remember_key(reader, table, g_strdup_printf("%u %u", shift, worker), &first))
        return csv_fault(table, ROSTER_WORKER, error, "%s is on shift %s twice, first in line %u",
                         csv_text(table, ROSTER_WORKER), id, first);
    roster_add(roster_of(reader->rosters, pool_shift(reader->pool, shift)->week), shift, worker, is_pinned);
    return TRUE;
}

char *roster_csv_write(const Pool *pool, const GPtrArray *rosters)
{
    GString *text = g_string_new(NULL);
    csv_write_header(text, &pool_file_kinds[FILE_ROSTER]);
    for (guint number = 0; number < rosters->len; number++) {
        const Roster *roster = rosters->pdata[number];
        for (guint place = 0; place < roster->assignments->len; place++) {
            const Assignment *assignment = roster_at(roster, place);
            const char *const fields[ROSTER_COLUMNS] = {
                [ROSTER_SHIFT] = pool_shift(pool, assignment->shift)->id,
                [ROSTER_WORKER] = pool_worker(pool, assignment->worker)->id,
                [ROSTER_PINNED] = assignment->is_pinned ? "1" : "0",
            };
            csv_write_row(text, fields, ROSTER_COLUMNS);
        }
    }
    return g_string_free(text, FALSE);
}
